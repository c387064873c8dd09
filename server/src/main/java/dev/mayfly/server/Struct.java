package dev.mayfly.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.mayfly.manifest.Problem;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The shape of a record: an object with a member for each component, and no other.
 *
 * @param type the record
 * @param members in their order
 */
record Struct(Class<? extends Record> type, List<Member> members) implements Shape {
    /**
     * A component.
     *
     * @param name as JSON has it
     * @param component as Java has it
     * @param shape of its value
     * @param optional whether it may be left out
     * @param said for people
     */
    record Member(
            String name, RecordComponent component, Shape shape, boolean optional, String said) {}

    /** {@return what the document calls it} */
    String name() {
        return type.getSimpleName();
    }

    @Override
    public ObjectNode schema() {
        return JsonNodeFactory.instance.objectNode().put("$ref", "#/components/schemas/" + name());
    }

    /** {@return what the reference of {@link #schema} stands for} */
    ObjectNode definition() {
        ObjectNode schema = Scalars.typed("object").put("additionalProperties", false);
        ObjectNode properties = schema.putObject("properties");
        List<String> required = new ArrayList<>();
        for (Member member : members) {
            properties.set(member.name(), described(member));
            if (!member.optional()) {
                required.add(member.name());
            }
        }
        if (!required.isEmpty()) {
            required.forEach(schema.putArray("required")::add);
        }
        return schema;
    }

    private static ObjectNode described(Member member) {
        ObjectNode schema = member.shape().schema();
        return member.said().isEmpty() ? schema : schema.put("description", member.said());
    }

    @Override
    public void check(JsonNode node, String key, List<Problem> problems) {
        if (!node.isObject()) {
            problems.add(Scalars.wrongType(key, node, "an object"));
            return;
        }
        checkKnown(node, key, problems);
        for (Member member : members) {
            checkMember(member, node, Sent.within(key, member.name()), problems);
        }
    }

    private void checkKnown(JsonNode node, String key, List<Problem> problems) {
        List<String> known = members.stream().map(Member::name).toList();
        int place = 0;
        for (Map.Entry<String, JsonNode> each : node.properties()) {
            place++;
            if (!known.contains(each.getKey())) {
                problems.add(Sent.unknown(each.getKey(), place, key, "key", known));
            }
        }
    }

    private static void checkMember(
            Member member, JsonNode node, String key, List<Problem> problems) {
        if (node.has(member.name())) {
            member.shape().check(node.path(member.name()), key, problems);
        } else if (!member.optional()) {
            problems.add(Shape.problem(key, "nothing (expected: a value)", "add it"));
        }
    }

    @Override
    public Object read(JsonNode node) {
        Object[] values = members.stream().map(member -> value(member, node)).toArray();
        return make(values);
    }

    private static Object value(Member member, JsonNode node) {
        if (!member.optional()) {
            return member.shape().read(node.path(member.name()));
        }
        return node.has(member.name())
                ? Optional.of(member.shape().read(node.path(member.name())))
                : Optional.empty();
    }

    private Object make(Object[] values) {
        Class<?>[] types =
                members.stream().map(member -> member.component().getType()).toArray(Class[]::new);
        try {
            Constructor<? extends Record> constructor = type.getDeclaredConstructor(types);
            return constructor.newInstance(values);
        } catch (InvocationTargetException e) {
            throw new IllegalStateException(type + " refuses what its shape allows", e.getCause());
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(type + " cannot be made", e);
        }
    }

    @Override
    public ObjectNode write(Object value) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (Member member : members) {
            Object part = part(member, value);
            if (!member.optional()) {
                object.set(member.name(), member.shape().write(part));
            } else {
                ((Optional<?>) part)
                        .ifPresent(there -> object.set(member.name(), member.shape().write(there)));
            }
        }
        return object;
    }

    private static Object part(Member member, Object value) {
        try {
            return member.component().getAccessor().invoke(value);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(member.name() + " cannot be read", e);
        }
    }
}
