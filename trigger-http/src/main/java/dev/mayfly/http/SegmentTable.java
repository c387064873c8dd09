package dev.mayfly.http;

import org.jspecify.annotations.Nullable;

/**
 * Path segments to tree nodes: an open-addressed hash table that is asked with a range of the path,
 * so that a look-up makes no substring unless the segment has an escape.
 */
final class SegmentTable {
    private String[] keys = new String[2];
    private @Nullable PathTree[] values = new PathTree[2];
    private int size;

    PathTree computeIfAbsent(String segment) {
        PathTree known = lookUp(segment, 0, segment.length());
        if (known != null) {
            return known;
        }
        if (2 * ++size > keys.length) {
            grow();
        }
        PathTree fresh = new PathTree();
        insert(segment, fresh);
        return fresh;
    }

    /** {@return the node for a raw segment, decoded if need be; null if there is none} */
    @Nullable PathTree get(String path, int from, int to) {
        if (size == 0) {
            return null;
        }
        int escape = path.indexOf('%', from, to);
        if (escape < 0) {
            return lookUp(path, from, to);
        }
        String decoded = Escapes.decode(path, from, to);
        return lookUp(decoded, 0, decoded.length());
    }

    private @Nullable PathTree lookUp(String text, int from, int to) {
        int mask = keys.length - 1;
        for (int slot = hash(text, from, to) & mask; ; slot = slot + 1 & mask) {
            PathTree value = values[slot];
            if (value == null || equal(keys[slot], text, from, to)) {
                return value;
            }
        }
    }

    private static boolean equal(String key, String text, int from, int to) {
        return key.length() == to - from && text.startsWith(key, from);
    }

    private static int hash(String text, int from, int to) {
        int hash = to - from;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + text.charAt(i);
        }
        return hash ^ hash >>> 15;
    }

    private void grow() {
        String[] oldKeys = keys;
        @Nullable PathTree[] oldValues = values;
        keys = new String[2 * oldKeys.length];
        values = new PathTree[2 * oldKeys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            PathTree value = oldValues[i];
            if (value != null) {
                insert(oldKeys[i], value);
            }
        }
    }

    private void insert(String key, PathTree value) {
        int mask = keys.length - 1;
        int slot = hash(key, 0, key.length()) & mask;
        while (values[slot] != null) {
            slot = slot + 1 & mask;
        }
        keys[slot] = key;
        values[slot] = value;
    }
}
