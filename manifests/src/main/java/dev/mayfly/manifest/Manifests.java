package dev.mayfly.manifest;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads, resolves and imports app.toml: the facade of this module. */
public final class Manifests {
    private Manifests() {}

    /**
     * Reads an app.toml; every problem at once. Never throws on any input.
     *
     * @param toml the text of the file
     * @return the app, or every problem
     */
    public static Parsed<Manifest> parse(String toml) {
        return ManifestReader.read(toml);
    }

    /**
     * Reads a file of tests, as docs/testing.md has them; every problem at once. Never throws on
     * any input.
     *
     * @param toml the text of the file
     * @return its cases, or every problem
     */
    public static Parsed<TestFile> parseTests(String toml) {
        return TestReader.read(toml);
    }

    /**
     * {@return the same app with room for so many runs of each function at once, and no end to
     * their waiting} For runs that must not feel each other.
     *
     * @param manifest the app
     * @param atOnce runs of one function
     */
    public static Manifest withRoom(Manifest manifest, int atOnce) {
        return manifest.withFunctions(spec -> spec.withRoom(atOnce));
    }

    /**
     * Puts variables in. Values come from {@code given}, else the defaults; names every required
     * one without a value and every given one that is not declared.
     *
     * @param given values by name
     * @param manifest the app
     * @return the app with its variables put in, or every problem
     */
    public static Parsed<Manifest> resolve(Manifest manifest, Map<String, String> given) {
        return Resolution.of(manifest, given);
    }

    /**
     * Adds to every function's environment, or overrides what is there. Values are taken as they
     * are, without variables: call it after {@link #resolve}. Problems have the key {@code --env
     * NAME}.
     *
     * @param given values by name; names follow the rules of {@code environment}
     * @param manifest the app
     * @return the app with the larger environment, or every problem
     */
    public static Parsed<Manifest> withEnvironment(Manifest manifest, Map<String, String> given) {
        return Resolution.withEnvironment(manifest, given);
    }

    /**
     * {@return the limits of {@code manifest} that exceed the server's}
     *
     * @param manifest the app
     * @param server the server's limits
     */
    public static List<Problem> exceeding(Manifest manifest, ServerLimits server) {
        return LoadRules.exceeding(manifest, server);
    }

    /**
     * Keys the app uses whose feature this build does not serve yet, each with a plain sentence.
     *
     * @param manifest the app
     * @return the keys, empty when all is served
     */
    public static List<Problem> notServedYet(Manifest manifest) {
        return LoadRules.notServed(manifest);
    }

    /**
     * {@return an app named {@code name} with the one function {@code source}, the route {@code
     * /...} and every default}
     *
     * @param name the name
     * @param source path of the module
     */
    public static Manifest bareModule(String name, String source) {
        return BareModule.of(name, source);
    }

    /**
     * {@return the one of {@code known} that somebody probably meant, if a typing mistake away}
     *
     * @param word as written
     * @param known all there are
     */
    public static Optional<String> nearest(String word, Collection<String> known) {
        return Nearest.to(word, known);
    }

    /**
     * {@return what is wrong with {@code name} as an app's name, if anything}
     *
     * @param name any text
     */
    public static Optional<Problem> wrongAppName(String name) {
        return Names.wrong(Names.APP, name);
    }

    /**
     * {@return what is wrong with {@code name} as a function's name, if anything}
     *
     * @param name any text
     */
    public static Optional<Problem> wrongFunctionName(String name) {
        return Names.wrong(Names.FUNCTION, name);
    }

    /** {@return the JSON Schema of app.toml (2020-12)} */
    public static String jsonSchema() {
        return JsonSchema.text();
    }

    /**
     * Turns WAGI's {@code modules.toml} into an app.toml.
     *
     * @param appName the name of the new app
     * @param modulesToml the text of the file
     * @return the new text, or why it cannot be read
     */
    public static Parsed<Imported> importWagi(String modulesToml, String appName) {
        return WagiImport.of(modulesToml, appName);
    }

    /**
     * Turns Spin's {@code spin.toml}, version 2, into an app.toml.
     *
     * @param spinToml the text of the file
     * @return the new text, or why it cannot be read
     */
    public static Parsed<Imported> importSpin(String spinToml) {
        return SpinImport.of(spinToml);
    }
}
