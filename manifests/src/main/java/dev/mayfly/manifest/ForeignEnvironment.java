package dev.mayfly.manifest;

import java.util.LinkedHashMap;
import java.util.Map;

/** Environments of other platforms' files. */
final class ForeignEnvironment {
    private ForeignEnvironment() {}

    static Map<String, Object> read(Node.Table environment, String where, Draft draft) {
        Map<String, Object> read = new LinkedHashMap<>();
        environment
                .entries()
                .forEach((name, node) -> {
                    String otherwise =
                            "The environment variable %s of %s is left out"
                                    .formatted(Shown.of(name), where);
                    if (!(node instanceof Node.Scalar(_, String value))) {
                        draft.notes().add(otherwise + ": its value is not text.");
                    } else if (draft.accepts(ContractNames.FREE_NAME, name, otherwise)
                            && draft.accepts(Substituted.VALUE, value, otherwise)
                            && draft.resolves(value, otherwise)) {
                        read.put(name, value);
                    }
                });
        return read;
    }
}
