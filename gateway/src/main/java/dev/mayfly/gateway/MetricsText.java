package dev.mayfly.gateway;

/**
 * Every meter, as text.
 *
 * @param type of the text, as {@code Content-Type} tells it
 * @param text a sample a line
 */
public record MetricsText(String type, String text) {
    static final String OPEN_METRICS = "application/openmetrics-text";

    private static final String OPEN_METRICS_TYPE = OPEN_METRICS + "; version=1.0.0; charset=utf-8";
    private static final String PROMETHEUS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    /** The type of what is answered to who accepts {@code accept}. */
    static String typeFor(String accept) {
        return accept.contains(OPEN_METRICS) ? OPEN_METRICS_TYPE : PROMETHEUS_TYPE;
    }
}
