package dev.mayfly.manifest;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code METHOD /path [body]}. */
final class RequestLine {
    private static final String LINE = "(" + HttpWords.TOKEN + ") (/[!-\"$-~]*)(?: ([^\\u0000]*))?";

    static final Text<FunctionSpec.MadeRequest> REQUEST =
            Text.any("a request", "METHOD /path [body], as in \"GET /\"")
                    .matching(LINE)
                    .as(RequestLine::read);

    private static final Pattern PARTS = Pattern.compile(LINE);
    private static final Pattern BAD_ESCAPE = Pattern.compile("%(?![0-9A-Fa-f]{2})|%00");

    private RequestLine() {}

    private static Reading<FunctionSpec.MadeRequest> read(String text) {
        Matcher parts = PARTS.matcher(text);
        if (!parts.matches()) {
            String mend = text.startsWith("/") ? Shown.of("GET " + text) : "\"GET /\"";
            return new Reading.Bad<>("expected: " + REQUEST.expected(), "write " + mend);
        }
        String path = parts.group(2).split("\\?", 2)[0];
        if (BAD_ESCAPE.matcher(path).find()) {
            return new Reading.Bad<>("its path has a malformed escape", "write % as %25");
        }
        return HttpWords.METHOD.read(parts.group(1))
                        instanceof Reading.Bad<String>(String why, String mend)
                ? new Reading.Bad<>(why, mend)
                : new Reading.Good<>(request(parts));
    }

    private static FunctionSpec.MadeRequest request(Matcher parts) {
        String body = parts.group(3);
        return new FunctionSpec.MadeRequest(
                parts.group(1), parts.group(2), body == null ? "" : body);
    }
}
