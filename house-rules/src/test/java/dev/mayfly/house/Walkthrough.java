package dev.mayfly.house;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;

/**
 * What a template's README tells its reader to type, in order.
 *
 * @param commands what is run one after the other, before anything serves
 * @param server what serves
 * @param shown what is typed beside it, and what it prints
 */
record Walkthrough(List<String> commands, String server, List<Readme.Shown> shown) {
    private static final String SERVES = "mayfly up";

    Walkthrough {
        commands = List.copyOf(commands);
        shown = List.copyOf(shown);
    }

    static Walkthrough of(String readme) {
        List<String> commands = new ArrayList<>();
        List<String> servers = new ArrayList<>();
        List<Readme.Shown> shown = new ArrayList<>();
        for (Matcher block = Readme.FENCE.matcher(readme); block.find(); ) {
            switch (block.group(1)) {
                case "sh" -> {
                    for (String command : Readme.commandsIn(block.group(2))) {
                        (command.startsWith(SERVES) ? servers : commands).add(command);
                    }
                }
                case "console" -> shown.addAll(Readme.shownIn(block.group(2)));
                default -> {}
            }
        }
        if (servers.size() != 1) {
            throw new AssertionError(servers + " (expected: one line with " + SERVES + ")");
        }
        return new Walkthrough(commands, servers.getFirst(), shown);
    }
}
