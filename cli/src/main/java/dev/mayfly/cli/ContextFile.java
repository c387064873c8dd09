package dev.mayfly.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.tomlj.Toml;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlTable;

/**
 * Where contexts are kept between commands: {@code $XDG_CONFIG_HOME/mayfly/config.toml}. It holds
 * tokens, so nobody else may read it.
 *
 * <pre>
 * current = "live"
 *
 * [context.live]
 * server = "https://mayfly.example.com"
 * token = "…"
 * ca_file = "/etc/mayfly/ca.pem"
 * </pre>
 */
final class ContextFile {
    private static final Set<PosixFilePermission> OTHERS =
            Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

    private final Path file;
    private final Surroundings surroundings;

    ContextFile(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.file = Homes.config(surroundings.environment()).resolve("config.toml");
    }

    Path path() {
        return file;
    }

    /**
     * {@return what is kept, nothing if there is no file}
     *
     * @throws IOException for a file that cannot be read or is not of this form
     */
    Contexts read() throws IOException {
        if (!Files.exists(file)) {
            return Contexts.NONE;
        }
        warnOfReaders();
        TomlParseResult toml = Toml.parse(file);
        if (toml.hasErrors()) {
            throw new IOException(
                    file + ": " + toml.errors().getFirst() + "; mend it, or remove it and log in");
        }
        return contexts(toml);
    }

    /** Changes what is kept; a crash leaves the file as it was or as it is to be. */
    void change(UnaryOperator<Contexts> change) throws IOException {
        PrivateText.write(file, text(change.apply(read())));
    }

    private void warnOfReaders() throws IOException {
        Set<PosixFilePermission> permissions = PrivateText.permissions(file);
        if (OTHERS.stream().anyMatch(permissions::contains)) {
            surroundings
                    .err()
                    .println("warning: others can read the tokens in " + file + "; chmod 600 it");
        }
    }

    private Contexts contexts(TomlTable toml) throws IOException {
        TreeMap<String, Context> byName = new TreeMap<>();
        TomlTable table = toml.getTableOrEmpty("context");
        for (String name : table.keySet()) {
            if (!(table.get(List.of(name)) instanceof TomlTable context)) {
                throw new IOException(file + ": context." + name + " (expected: a table)");
            }
            byName.put(name, context(name, context));
        }
        Object current = toml.get("current");
        return new Contexts(
                current instanceof String name ? Optional.of(name) : Optional.empty(), byName);
    }

    private Context context(String name, TomlTable table) throws IOException {
        String server = textOf(name, table, "server");
        try {
            ClientTls tls =
                    new ClientTls(
                            file(table, "ca_file"),
                            file(table, "client_certificate"),
                            file(table, "client_key"));
            return new Context(ServerAddress.of(server), textOf(name, table, "token"), tls);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": context." + name + ": " + e.getMessage(), e);
        }
    }

    private static Optional<Path> file(TomlTable table, String key) {
        return table.get(key) instanceof String text
                ? Optional.of(Path.of(text))
                : Optional.empty();
    }

    private String textOf(String name, TomlTable table, String key) throws IOException {
        if (table.get(key) instanceof String text) {
            return text;
        }
        throw new IOException(
                file + ": context." + name + "." + key + " is missing; log in to it again");
    }

    private static String text(Contexts contexts) {
        StringBuilder toml = new StringBuilder("# Written by mayfly login. It holds tokens.\n");
        contexts.current().ifPresent(name -> line(toml, "current", name));
        contexts.byName()
                .forEach((name, context) -> {
                    toml.append("\n[context.").append(quoted(name)).append("]\n");
                    line(toml, "server", context.server().toString());
                    line(toml, "token", context.token());
                    file(toml, "ca_file", context.tls().caFile());
                    file(toml, "client_certificate", context.tls().certificate());
                    file(toml, "client_key", context.tls().key());
                });
        return toml.toString();
    }

    private static void file(StringBuilder toml, String key, Optional<Path> file) {
        file.ifPresent(path -> line(toml, key, path.toString()));
    }

    private static void line(StringBuilder toml, String key, String value) {
        toml.append(key).append(" = ").append(quoted(value)).append('\n');
    }

    private static String quoted(String text) {
        return "\"" + Objects.requireNonNull(Toml.tomlEscape(text)) + "\"";
    }
}
