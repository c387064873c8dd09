package dev.mayfly.load;

/** Manifests of the apps that scenarios serve; app {@code x} has the host {@code x.test}. */
final class Apps {
    private Apps() {}

    /**
     * An app of one function, which every path leads to.
     *
     * @param module its file
     * @param settings more lines of its table
     */
    static String function(String name, String module, String... settings) {
        return head(name)
                + "function = \"f\"\n[function.f]\nsource = \""
                + module
                + "\"\n"
                + String.join("\n", settings)
                + "\n";
    }

    /** An app without a guest. */
    static String still(String name, String body) {
        return head(name) + "static_response = { status = 200, body = \"" + body + "\" }\n";
    }

    private static String head(String name) {
        return """
        manifest_version = 1
        [app]
        name = "%s"
        [[trigger.http]]
        route = "/..."
        hosts = ["%s"]
        """
                .formatted(name, host(name));
    }

    static String host(String name) {
        return name + ".test";
    }
}
