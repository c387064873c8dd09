package dev.mayfly.manifest;

/** The formats of paths. */
final class Paths {
    private static final String CONTROLS = "[\\u0000-\\u001f\\u007f]";

    /** A path that cannot leave the folder of app.toml. */
    static final Text<String> RELATIVE =
            Text.any(
                            "a path inside the app's folder",
                            "a relative path without .., as in \"hello.wasm\"")
                    .matching("[^/][^\\u0000]*")
                    .refusing("(^|/)\\.\\.(/|$)|\\\\|^[A-Za-z]:|://|" + CONTROLS)
                    .as(Paths::relative);

    /** Where a guest sees a folder. */
    static final Text<String> ABSOLUTE =
            Text.any("a path the guest sees", "an absolute path without .., as in \"/assets\"")
                    .matching("/[^\\u0000]*")
                    .refusing("/\\.{1,2}(/|$)|//|" + CONTROLS)
                    .as(Paths::absolute);

    static final Text<String> GLOB =
            Text.any("a glob", "a pattern such as \"src/**/*.c\"").matching("[^\\u0000]+");

    private Paths() {}

    private static Reading<String> relative(String path) {
        if (path.contains("://")) {
            return new Reading.Bad<>(
                    "expected: " + RELATIVE.expected(),
                    "write { url = " + Shown.of(path) + ", digest = \"sha256:…\" }");
        }
        if (path.startsWith("/")) {
            return new Reading.Bad<>("it is absolute", "write it relative to app.toml");
        }
        if (path.contains("\\")) {
            return new Reading.Bad<>(
                    "it has a backslash", "write " + Shown.of(path.replace('\\', '/')));
        }
        return leaves(path)
                ? new Reading.Bad<>("it leaves the folder of app.toml", "move it into the folder")
                : new Reading.Good<>(path);
    }

    private static boolean leaves(String path) {
        return ("/" + path + "/").contains("/../");
    }

    private static Reading<String> absolute(String path) {
        return path.startsWith("/")
                ? new Reading.Good<>(path)
                : new Reading.Bad<>(
                        "expected: " + ABSOLUTE.expected(), "write " + Shown.of("/" + path));
    }
}
