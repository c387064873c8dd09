package dev.mayfly.manifest;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** True or false; some flags may only say one of them. */
record Flag(String expected) implements Shape<Boolean> {
    static final Flag EITHER = new Flag("true or false");

    /** A flag that says something only when it is true. */
    static final Flag TRUE = new Flag("true");

    @Override
    public @Nullable Boolean read(Node node, KeyPath path, Findings findings) {
        if (node instanceof Node.Scalar(_, Boolean flag) && (flag || this.equals(EITHER))) {
            return flag;
        }
        String mend = this.equals(EITHER) ? "write true or false without quotes" : "write true";
        return refuse(node, path, findings, mend);
    }

    @Override
    public Map<String, Object> schema() {
        return this.equals(EITHER) ? Map.of("type", "boolean") : Map.of("const", true);
    }

    @Override
    public String noun() {
        return this.equals(EITHER) ? "a truth value" : "true";
    }
}
