package dev.mayfly.manifest;

/** Paths of other platforms' files as paths inside an app's folder. */
final class ForeignPath {
    private static final String FILE_SCHEME = "file://";

    private ForeignPath() {}

    /**
     * {@return a path our format accepts: the same where possible, else the file's own name, with a
     * note to copy it}
     */
    static String module(String written, Draft draft) {
        String inside = inside(written);
        if (inside.endsWith(".wat")) {
            // Not the name with another ending: a different module may have that one.
            String wasm = inside + ".wasm";
            draft.notes()
                    .add(
                            "%s is text: build %s from it with wat2wasm."
                                    .formatted(Shown.of(inside), Shown.of(wasm)));
            inside = wasm;
        }
        if (isInside(inside)) {
            return inside;
        }
        String name = draft.copyOf(inside, fileName(inside));
        draft.notes()
                .add(
                        "%s is outside the app's folder: copy it to %s beside app.toml."
                                .formatted(Shown.of(inside), Shown.of(name)));
        return name;
    }

    /** {@return whether a module's path can stay as it is} */
    static boolean isInside(String path) {
        return Paths.RELATIVE.read(path) instanceof Reading.Good<String>;
    }

    static String inside(String written) {
        String path =
                written.startsWith(FILE_SCHEME) ? written.substring(FILE_SCHEME.length()) : written;
        return path.startsWith("./") ? path.substring(2) : path;
    }

    /** {@return the last segment of any path, as a name that is safe as a relative path} */
    static String fileName(String path) {
        String last = path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
        boolean good =
                !last.equals(".") && Paths.RELATIVE.read(last) instanceof Reading.Good<String>;
        return good ? last : "module.wasm";
    }

    /**
     * {@return the name in a reference such as {@code oci:foo/bar:1.2} or {@code
     * bindle:foo/bar/1.2}}
     */
    static String artifact(String reference) {
        String plain = reference.substring(reference.indexOf(':') + 1);
        boolean versioned = reference.startsWith("bindle:") && plain.contains("/");
        String path = versioned ? plain.substring(0, plain.lastIndexOf('/')) : plain;
        String name = path.substring(path.lastIndexOf('/') + 1);
        int colon = name.indexOf(':');
        return BareModule.appName(colon < 0 ? name : name.substring(0, colon));
    }

    /** {@return the file's name without folder and ending, to name a function after} */
    static String stem(String path) {
        String name = fileName(path);
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
