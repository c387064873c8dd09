package dev.mayfly.gateway;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything that can be set, the only description of it: what the reader takes, {@code mayfly
 * config} explains and docs/configuration.md lists.
 */
final class SettingTable {
    static final List<SettingGroup> GROUPS =
            List.of(
                    DoorEntries.listeners(),
                    DoorEntries.connections(),
                    WorkEntries.functions(),
                    WorkEntries.kept(),
                    SightEntries.group(),
                    KafkaEntries.group());

    /** By key. */
    static final Map<String, Setting> SETTINGS = byKey();

    private SettingTable() {}

    private static Map<String, Setting> byKey() {
        Map<String, Setting> settings = new LinkedHashMap<>();
        GROUPS.stream()
                .flatMap(group -> group.settings().stream())
                .forEach(each -> settings.put(each.key(), each));
        return settings;
    }

    static List<Setting> settings(Entry<?>... entries) {
        return Arrays.stream(entries).<Setting>map(Entry::setting).toList();
    }

    /** {@return the setting of a variable, or the one whose value is in the file it names} */
    static Optional<Setting> of(String variable) {
        Stream<Setting> all = SETTINGS.values().stream();
        return all.filter(each ->
                        each.variable().equals(variable) || each.fileVariable().equals(variable))
                .findFirst();
    }
}
