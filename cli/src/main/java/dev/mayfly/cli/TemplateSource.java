package dev.mayfly.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where a template is, as typed: a built-in name, a folder, or a git URL. */
sealed interface TemplateSource {
    /** What a person types for the path within a repository follows this. */
    String PATH = "#";

    /**
     * A built-in one.
     *
     * @param name as typed
     */
    record BuiltIn(String name) implements TemplateSource {}

    /**
     * A folder.
     *
     * @param folder absolute
     * @param shown as a person here would write it
     */
    record Folder(Path folder, String shown) implements TemplateSource {}

    /**
     * A repository, or a folder of it.
     *
     * @param url what git is given
     * @param path within it; empty for its root
     */
    record Repository(String url, String path) implements TemplateSource {
        private static final Pattern USER = Pattern.compile("(?<=://)[^/@]*@");
        private static final Pattern PASSWORD = Pattern.compile("(?<=://)[^/@]*:[^/@]*@");

        /** {@return as typed, without a password or a token in it} */
        String shown() {
            String safe = withoutSecrets(url);
            return path.isEmpty() ? safe : safe + PATH + path;
        }

        /**
         * {@return {@code text}, what stands before the host of a URL masked; ssh's user is none}
         */
        String withoutSecrets(String text) {
            Pattern secret = url.startsWith("ssh:") ? PASSWORD : USER;
            return secret.matcher(text).replaceAll("***@");
        }
    }

    /** Git's own short form of ssh, as in {@code git@example.com:shop/template.git}. */
    Pattern SHORT_SSH = Pattern.compile("[\\w.-]+@[\\w.-]+:[^:].*");

    /**
     * {@return what is meant by {@code text}}
     *
     * @throws StoppedException for what is none of the three
     */
    static TemplateSource of(String text, Surroundings surroundings) throws StoppedException {
        if (text.contains("://") || SHORT_SSH.matcher(text).matches()) {
            return repository(text);
        }
        if (text.contains("/") || text.contains("\\") || text.equals(".") || text.equals("..")) {
            Path folder = surroundings.resolve(Path.of(text));
            return new Folder(folder, surroundings.shown(folder));
        }
        return new BuiltIn(text);
    }

    private static TemplateSource repository(String text) throws StoppedException {
        int hash = text.indexOf(PATH);
        Repository repository =
                new Repository(
                        hash < 0 ? text : text.substring(0, hash),
                        hash < 0 ? "" : text.substring(hash + 1).replaceAll("^/+|/+$", ""));
        String url = repository.url();
        if (!SHORT_SSH.matcher(url).matches()
                && Stream.of("https://", "ssh://", "file://").noneMatch(url::startsWith)) {
            throw new StoppedException(
                    Exit.USAGE,
                    repository.shown() + " is no URL that templates come from",
                    "write https://…, ssh://…, git@host:path or file:///…; #path after it means a folder of it");
        }
        if (List.of(repository.path().split("/")).contains("..")) {
            throw new StoppedException(
                    Exit.USAGE,
                    repository.shown() + " leads out of the repository",
                    "after # comes the path of a folder in it, without ..");
        }
        return repository;
    }

    /**
     * {@return the template in {@code folder}}
     *
     * @param folder where it should be
     * @param shown the same, as typed
     * @param within what links may not lead out of
     * @throws StoppedException if there is none
     */
    static Template read(Path folder, String shown, Path within) throws IOException {
        if (!Files.isDirectory(folder)) {
            String what = Files.exists(folder) ? "no folder" : "not there";
            throw new StoppedException(
                    Exit.FAILURE,
                    shown + " is " + what,
                    "a template is a folder with an app.toml" + others(within));
        }
        Path real = folder.toRealPath();
        if (!real.startsWith(within.toRealPath())) {
            throw new StoppedException(
                    Exit.INVALID,
                    shown + " is a link that leads out of the repository",
                    "name a folder of it" + others(within));
        }
        if (!Files.exists(real.resolve(Location.MANIFEST))) {
            throw new StoppedException(
                    Exit.INVALID,
                    shown + " is no template: it holds no app.toml",
                    "a template is a folder with an app.toml" + others(real));
        }
        return TemplateReader.read(real, shown);
    }

    /** The folders that were probably meant. */
    private static String others(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return "";
        }
        try (Stream<Path> below = Files.find(folder, 3, (file, _) -> file.endsWith("app.toml"))) {
            List<String> found =
                    below.map(file -> Objects.requireNonNull(file.getParent()))
                            .filter(each -> !each.equals(folder))
                            .map(each -> Shown.plain(folder.relativize(each).toString()))
                            .sorted()
                            .limit(12)
                            .toList();
            return found.isEmpty() ? "" : "; there is one in " + String.join(", ", found);
        }
    }
}
