package dev.mayfly.house;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The fenced blocks of the README, or of a page like it: {@code sh} blocks hold commands, one a
 * line; {@code console} blocks show a command after {@code $} and what it prints.
 */
record Readme(String text, List<String> commands, List<Shown> shown) {
    static final Pattern FENCE = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");
    private static final Pattern PORT = Pattern.compile("localhost:(\\d+)");

    /** A command and what the README says it prints. */
    record Shown(String command, String output) {}

    /** What serves until it is stopped, and is no command among others. */
    static final String SERVER = "./mayfly server";

    static Readme read() {
        return read("README.md");
    }

    static Readme read(String page) {
        String text = Repository.text(page);
        List<String> commands = new ArrayList<>();
        List<Shown> shown = new ArrayList<>();
        for (Matcher block = FENCE.matcher(text); block.find(); ) {
            switch (block.group(1)) {
                case "sh" -> commands.addAll(commandsIn(block.group(2)));
                case "console" -> shown.addAll(shownIn(block.group(2)));
                default -> {}
            }
        }
        return new Readme(text, List.copyOf(commands), List.copyOf(shown));
    }

    /** The first command: it serves an app until it is stopped. */
    String mainCommand() {
        return commands.getFirst();
    }

    /** The second command: it passes the tests. */
    String testCommand() {
        return commands.get(1);
    }

    List<String> otherCommands() {
        return commands.stream().skip(2).filter(command -> !command.equals(SERVER)).toList();
    }

    /** What is typed beside a server, and what it prints. */
    List<Shown> besideTheServer() {
        return shown.subList(1, shown.size());
    }

    String curl() {
        return shown.getFirst().command();
    }

    String answer() {
        return shown.getFirst().output();
    }

    int port() {
        Matcher port = PORT.matcher(curl());
        if (!port.find()) {
            throw new AssertionError("no localhost:<port> in: " + curl());
        }
        return Integer.parseInt(port.group(1));
    }

    List<String> linkedFiles() {
        return LINK.matcher(text).results().map(link -> link.group(1)).distinct().toList();
    }

    static List<String> commandsIn(String block) {
        return block.lines().map(Readme::withoutComment).filter(line -> !line.isBlank()).toList();
    }

    static List<Shown> shownIn(String block) {
        List<Shown> found = new ArrayList<>();
        for (String part : block.split("(?m)^\\$ ", -1)) {
            if (!part.isBlank()) {
                int end = part.indexOf('\n');
                found.add(new Shown(part.substring(0, end), part.substring(end + 1)));
            }
        }
        return found;
    }

    private static String withoutComment(String line) {
        int comment = line.indexOf(" #");
        return (comment < 0 ? line : line.substring(0, comment)).strip();
    }
}
