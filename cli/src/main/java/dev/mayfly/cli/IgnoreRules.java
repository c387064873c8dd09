package dev.mayfly.cli;

import java.util.ArrayList;
import java.util.List;

/** What a {@code .gitignore} names, as gitignore(5) says, and what no copy ever takes along. */
final class IgnoreRules {
    private static final String ALWAYS = ".git\n.hg\n.svn\nnode_modules/\n.DS_Store\n/.mayfly/\n";

    private final List<Rule> rules = new ArrayList<>();

    /**
     * One line.
     *
     * @param glob of whole paths
     * @param foldersOnly whether files of that name are kept
     * @param keeps whether it takes back what a line before it named
     */
    private record Rule(Glob glob, boolean foldersOnly, boolean keeps) {
        boolean means(String path, boolean folder) {
            return (folder || !foldersOnly) && glob.matches(path);
        }
    }

    private IgnoreRules() {}

    /**
     * @param gitignore the text of a {@code .gitignore} in the folder that paths start from
     */
    static IgnoreRules of(String gitignore) {
        IgnoreRules rules = new IgnoreRules();
        gitignore.lines().forEach(rules::add);
        ALWAYS.lines().forEach(rules::add);
        return rules;
    }

    private void add(String line) {
        String text = withoutBlanks(line);
        if (text.isEmpty() || text.startsWith("#")) {
            return;
        }
        boolean keeps = text.startsWith("!");
        String pattern = keeps ? text.substring(1) : text;
        boolean foldersOnly = pattern.endsWith("/");
        String path = foldersOnly ? pattern.substring(0, pattern.length() - 1) : pattern;
        String whole = path.contains("/") ? path.replaceFirst("^/", "") : "**/" + path;
        if (!whole.isEmpty()) {
            rules.add(new Rule(Glob.of(whole), foldersOnly, keeps));
        }
    }

    private static String withoutBlanks(String line) {
        int end = line.length();
        while (end > 0
                && Character.isWhitespace(line.charAt(end - 1))
                && !(end > 1 && line.charAt(end - 2) == '\\')) {
            end--;
        }
        return line.substring(0, end);
    }

    /**
     * {@return whether it is left out; of a folder, with all that is in it}
     *
     * @param path with slashes, from the folder of the {@code .gitignore}
     * @param folder whether it is one
     */
    boolean leavesOut(String path, boolean folder) {
        for (int i = rules.size() - 1; i >= 0; i--) {
            if (rules.get(i).means(path, folder)) {
                return !rules.get(i).keeps();
            }
        }
        return false;
    }
}
