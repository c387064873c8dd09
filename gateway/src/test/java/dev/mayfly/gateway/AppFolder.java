package dev.mayfly.gateway;

import dev.mayfly.guests.Guests;
import dev.mayfly.manifest.Manifest;
import dev.mayfly.manifest.Manifests;
import dev.mayfly.manifest.Parsed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** An app's folder as its author has it: app.toml beside modules. */
record AppFolder(Path path) {
    /** Puts a module of {@link Guests} in, as {@code <name>.wasm}. */
    AppFolder with(String guest) {
        return with(guest + ".wasm", Guests.module(guest));
    }

    AppFolder with(String file, byte[] content) {
        try {
            Files.createDirectories(path);
            Files.write(path.resolve(file), content);
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An app named {@code shop} whose routes and functions are {@code toml}. */
    AppSource app(String toml) {
        return app("shop", toml);
    }

    AppSource app(String name, String toml) {
        String whole = "manifest_version = 1\n[app]\nname = \"" + name + "\"\n" + toml;
        return new AppSource(
                path, valid(Manifests.resolve(valid(Manifests.parse(whole)), Map.of())));
    }

    private static Manifest valid(Parsed<Manifest> parsed) {
        return switch (parsed) {
            case Parsed.Valid<Manifest>(Manifest manifest) -> manifest;
            case Parsed.Invalid<Manifest> invalid ->
                    throw new IllegalArgumentException(invalid.problems().toString());
        };
    }

    /** A route that {@code guest} answers, with the function's other lines. */
    static String function(String route, String guest, String... lines) {
        return "[[trigger.http]]\nroute = \""
                + route
                + "\"\nfunction = \""
                + guest
                + "\"\n[function."
                + guest
                + "]\nsource = \""
                + guest
                + ".wasm\"\n"
                + String.join("\n", lines)
                + "\n";
    }
}
