package dev.mayfly.house;

import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Amounts as the code writes them, {@code 8 << 10}, and as documents do, {@code 8KiB}. */
final class Amount {
    private static final Pattern SHIFTED = Pattern.compile("([\\d_]+)L?(?: (<<|\\*) (\\d+))?");
    private static final Pattern DURATION =
            Pattern.compile("Duration\\.of(Millis|Seconds|Minutes|Hours)\\((\\d+)\\)");
    private static final Pattern WITH_UNIT = Pattern.compile("(\\d+)(B|KiB|MiB|GiB|ms|s|m|h)");
    private static final List<String> SIZES = List.of("B", "KiB", "MiB", "GiB");

    private Amount() {}

    /** {@return bytes, milliseconds or a count; nothing for what is no plain amount} */
    static OptionalLong of(String text) {
        Matcher shifted = SHIFTED.matcher(text);
        if (shifted.matches()) {
            return OptionalLong.of(computed(shifted));
        }
        Matcher duration = DURATION.matcher(text);
        if (duration.matches()) {
            String unit = duration.group(1).toLowerCase(Locale.ROOT).substring(0, 1);
            boolean millis = duration.group(1).equals("Millis");
            return OptionalLong.of(in(Long.parseLong(duration.group(2)), millis ? "ms" : unit));
        }
        Matcher united = WITH_UNIT.matcher(text);
        return united.matches()
                ? OptionalLong.of(in(Long.parseLong(united.group(1)), united.group(2)))
                : OptionalLong.empty();
    }

    private static long computed(Matcher written) {
        long amount = Long.parseLong(written.group(1).replace("_", ""));
        return switch (written.group(2)) {
            case "<<" -> amount << Integer.parseInt(written.group(3));
            case "*" -> amount * Integer.parseInt(written.group(3));
            case null, default -> amount;
        };
    }

    private static long in(long amount, String unit) {
        return switch (unit) {
            case "ms" -> amount;
            case "s" -> 1_000 * amount;
            case "m" -> 60_000 * amount;
            case "h" -> 3_600_000 * amount;
            default -> amount << (10 * SIZES.indexOf(unit));
        };
    }
}
