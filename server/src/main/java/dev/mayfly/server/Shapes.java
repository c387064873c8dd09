package dev.mayfly.server;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Shapes of Java types: records, texts, numbers, and lists, tables and options of them. */
final class Shapes {
    private static final Map<Class<? extends Record>, Struct> STRUCTS = new ConcurrentHashMap<>();

    private Shapes() {}

    static Struct of(Class<? extends Record> type) {
        Struct known = STRUCTS.get(type);
        if (known != null) {
            return known;
        }
        Struct made =
                new Struct(
                        type,
                        Arrays.stream(type.getRecordComponents()).map(Shapes::member).toList());
        STRUCTS.put(type, made);
        return made;
    }

    private static Struct.Member member(RecordComponent component) {
        Said said = component.getAnnotation(Said.class);
        Rules rules = said == null ? Rules.NONE : Rules.of(said);
        Type type = component.getGenericType();
        boolean optional = component.getType() == Optional.class;
        return new Struct.Member(
                said == null || said.name().isEmpty() ? snake(component.getName()) : said.name(),
                component,
                shape(optional ? argument(type, 0) : type, rules),
                optional,
                said == null ? "" : said.value());
    }

    /** What a component's annotation asks for. */
    private record Rules(String pattern, int longest, long least, long most) {
        static final Rules NONE = new Rules("", ApiLimits.LONGEST_TEXT, 0, Long.MAX_VALUE);

        static Rules of(Said said) {
            return new Rules(said.pattern(), said.longest(), said.least(), said.most());
        }

        /** Of a table's values: its pattern is the names'. */
        Rules withoutPattern() {
            return new Rules("", longest, least, most);
        }

        Scalars.Text text() {
            return new Scalars.Text(pattern, longest);
        }
    }

    private static Shape shape(Type type, Rules rules) {
        if (type instanceof ParameterizedType generic) {
            return generic.getRawType() == List.class
                    ? new Groups.Items(shape(argument(type, 0), rules))
                    : new Groups.Table(
                            rules.text(), shape(argument(type, 1), rules.withoutPattern()));
        }
        return single((Class<?>) type, rules);
    }

    private static Shape single(Class<?> type, Rules rules) {
        if (type.isRecord()) {
            return of(type.asSubclass(Record.class));
        }
        return switch (type.getName()) {
            case "java.lang.String" -> rules.text();
            case "int", "java.lang.Integer" -> new Scalars.Whole(rules.least(), rules.most(), true);
            case "long", "java.lang.Long" -> new Scalars.Whole(rules.least(), rules.most(), false);
            case "boolean", "java.lang.Boolean" -> new Scalars.Truth();
            case "java.time.Instant" -> new Scalars.Moment();
            default -> throw new IllegalArgumentException(type + " has no shape");
        };
    }

    private static Type argument(Type type, int index) {
        return ((ParameterizedType) type).getActualTypeArguments()[index];
    }

    private static String snake(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
    }
}
