package dev.mayfly.manifest;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The key table as a flat list, {@code function.*.limits.memory}: what tests must cover. */
final class KeyTable {
    private KeyTable() {}

    /** {@return every key of app.toml, names and indexes written as stars} */
    static List<String> keys() {
        List<String> keys = new ArrayList<>();
        collect(AppTable.ROOT, "", keys);
        return keys;
    }

    private static void collect(Shape<?> shape, String path, List<String> keys) {
        switch (shape) {
            case Struct<?> struct -> {
                for (Key<?> key : struct.keys()) {
                    String at = path.isEmpty() ? key.name() : path + "." + key.name();
                    if (isLeaf(key.shape())) {
                        keys.add(at);
                    }
                    collect(key.shape(), at, keys);
                }
            }
            case Series<?> series -> collect(series.element(), path, keys);
            case Named<?> named -> collect(named.element(), path + ".*", keys);
            case Either<?> either -> collect(either.table(), path, keys);
            default -> {}
        }
    }

    /** {@return every text format of app.toml, of names too} */
    static Set<Text<?>> formats() {
        Set<Text<?>> formats = new LinkedHashSet<>();
        collect(AppTable.ROOT, formats);
        return formats;
    }

    private static void collect(Shape<?> shape, Set<Text<?>> formats) {
        switch (shape) {
            case Struct<?> struct -> struct.keys().forEach(key -> collect(key.shape(), formats));
            case Series<?> series -> collect(series.element(), formats);
            case Named<?> named -> {
                formats.add(named.name());
                collect(named.element(), formats);
            }
            case Either<?> either -> {
                formats.add(either.text());
                collect(either.table(), formats);
            }
            case Templated templated -> formats.add(templated.plain());
            case Substituted _ -> formats.add(Substituted.VALUE);
            case Text<?> text -> formats.add(text);
            default -> {}
        }
    }

    /** Tables and lists of tables are covered through their keys. */
    private static boolean isLeaf(Shape<?> shape) {
        return switch (shape) {
            case Struct<?> _, Named<?> _ -> false;
            case Series<?>(Shape<?> element, _, _) -> isLeaf(element);
            default -> true;
        };
    }

    /** {@return a problem's key as the table writes it} */
    static String general(String path) {
        return path.replaceAll("\\[[0-9]+\\]", "")
                .replaceAll("^(function|variables)\\.(\"[^\"]*\"|[^.]+)", "$1.*");
    }
}
