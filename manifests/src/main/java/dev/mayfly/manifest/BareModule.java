package dev.mayfly.manifest;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** An app made from a module alone. */
final class BareModule {
    private static final int LONGEST_NAME = 63;

    private BareModule() {}

    static Manifest of(String name, String source) {
        String app = appName(name);
        return new Manifest(
                new Manifest.App(app, Optional.empty(), Optional.empty()),
                Map.of(),
                List.of(everything(app)),
                List.of(),
                Map.of(app, function(app, source)));
    }

    /** Any text as the name of an app: what is no letter or digit becomes a dash. */
    static String appName(String text) {
        String plain = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        String name = plain.startsWith("-") ? plain.substring(1) : plain;
        String shorter = name.substring(0, Math.min(name.length(), LONGEST_NAME));
        String bare = shorter.endsWith("-") ? shorter.substring(0, shorter.length() - 1) : shorter;
        return bare.isEmpty() ? "app" : bare;
    }

    private static HttpRoute everything(String function) {
        return new HttpRoute(
                new RoutePattern("/...", List.of(), true),
                List.of(),
                List.of(),
                false,
                new HttpRoute.Target.ToFunction(function),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    private static FunctionSpec function(String name, String source) {
        return new FunctionSpec(
                name,
                new FunctionSpec.Source.File(source),
                Optional.empty(),
                ArgvTemplate.DEFAULT,
                Map.of(),
                List.of(),
                new FunctionSpec.Access(List.of(), List.of(), FunctionSpec.Activations.META),
                FunctionSpec.BodyMode.BUFFER,
                FunctionSpec.Limits.DEFAULT,
                FunctionSpec.Pool.DEFAULT,
                FunctionSpec.Snapshot.DEFAULT,
                List.of(),
                Optional.empty());
    }
}
