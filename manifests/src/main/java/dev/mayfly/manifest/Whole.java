package dev.mayfly.manifest;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A whole number in a range. */
record Whole(int least, int most) implements Shape<Integer> {
    static final Whole POSITIVE = new Whole(1, Integer.MAX_VALUE);

    @Override
    public @Nullable Integer read(Node node, KeyPath path, Findings findings) {
        if (node instanceof Node.Scalar(_, Long number) && number >= least && number <= most) {
            return number.intValue();
        }
        return refuse(node, path, findings, mend(node));
    }

    private String mend(Node node) {
        if (node instanceof Node.Scalar(_, Long number)) {
            return "write " + (number < least ? least : most);
        }
        return "write a number without quotes or a point";
    }

    @Override
    public Map<String, Object> schema() {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "integer");
        schema.put("minimum", least);
        schema.put("maximum", most);
        return schema;
    }

    @Override
    public String noun() {
        return least == most ? "" + least : "a whole number in range";
    }

    @Override
    public String expected() {
        if (least == most) {
            return "" + least;
        }
        return most == Integer.MAX_VALUE
                ? "a whole number, at least " + least
                : "a whole number from " + least + " to " + most;
    }
}
