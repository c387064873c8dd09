package dev.mayfly.gateway;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * OpenMetrics text, taken apart.
 *
 * @param values by sample, {@code name{tag="value"}}
 * @param families what the text says of each metric
 */
record Scrape(Map<String, Double> values, Map<String, Family> families) {
    private static final Pattern SAMPLE = Pattern.compile("(?m)^([a-z_]+)(\\{.*})? (\\S+)$");
    private static final Pattern TAG = Pattern.compile("([a-z]+)=\"[^\"]*\"");
    private static final Pattern SAYS = Pattern.compile("(?m)^# (TYPE|UNIT|HELP) (\\S+) (.*)$");

    /**
     * A metric.
     *
     * @param says by TYPE, UNIT and HELP
     * @param tags names of its tags, those of a histogram's buckets excepted
     */
    record Family(Map<String, String> says, TreeSet<String> tags) {}

    static Scrape of(Gateway gateway) {
        return of(gateway.metrics());
    }

    static Scrape of(String text) {
        Map<String, Family> families = new TreeMap<>();
        for (MatchResult line : SAYS.matcher(text).results().toList()) {
            families.computeIfAbsent(
                            line.group(2), name -> new Family(new TreeMap<>(), new TreeSet<>()))
                    .says()
                    .put(line.group(1), line.group(3));
        }
        Map<String, Double> values = new LinkedHashMap<>();
        for (MatchResult sample : SAMPLE.matcher(text).results().toList()) {
            String tags = sample.group(2) == null ? "" : sample.group(2);
            values.put(sample.group(1) + tags, Double.valueOf(sample.group(3)));
            Family family = family(families, sample.group(1));
            TAG.matcher(tags).results().forEach(tag -> family.tags().add(tag.group(1)));
            family.tags().remove("le");
        }
        return new Scrape(values, families);
    }

    private static Family family(Map<String, Family> families, String sample) {
        for (String suffix : List.of("", "_total", "_info", "_bucket", "_count", "_sum")) {
            Family family =
                    sample.endsWith(suffix)
                            ? families.get(sample.substring(0, sample.length() - suffix.length()))
                            : null;
            if (family != null) {
                return family;
            }
        }
        throw new IllegalArgumentException("a sample without a family: " + sample);
    }

    /** The value of a sample as the text writes it, {@code name{tag="value"}}. */
    double value(String sample) {
        Double value = values.get(sample);
        if (value == null) {
            throw new IllegalArgumentException(sample + " (expected: one of " + values + ")");
        }
        return value;
    }

    /** Samples whose text has {@code part}. */
    List<String> with(String part) {
        return values.keySet().stream().filter(sample -> sample.contains(part)).toList();
    }
}
