package dev.mayfly.registry;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Programs that tests run in a process of their own, to kill it. */
final class Child {
    private Child() {}

    static Process run(Class<?> main, String... arguments) throws IOException {
        return runOf(System.getProperty("java.class.path"), main, arguments);
    }

    /** With classes from elsewhere. */
    static Process runOf(String classPath, Class<?> main, String... arguments) throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                classPath,
                                main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    /** Deploys an app on a database of its own and dies without closing anything. */
    static final class Crash {
        private Crash() {}

        public static void main(String[] arguments) {
            Path folder = Path.of(arguments[0]);
            Registry registry =
                    Registry.open(
                            RegistrySettings.defaults(
                                    new DatabaseSettings.Embedded(
                                            folder.resolve("database"), OwnServer.PROGRAMS),
                                    folder));
            Sample.upload(registry);
            registry.apps().commit(Sample.revision(arguments[1]), Sample.ALICE);
            Runtime.getRuntime().halt(137);
        }
    }

    /** Deploys until it is killed; a line for each number that was acknowledged. */
    static final class Deploys {
        private Deploys() {}

        public static void main(String[] arguments) {
            Registry registry =
                    Registry.open(
                            Registries.settings(
                                    arguments[0], Path.of(arguments[1]), Retention.DEFAULT));
            for (int i = 0; ; i++) {
                ChangeResult result =
                        registry.apps()
                                .commit(Sample.changed(arguments[2], "try " + i), Sample.ALICE);
                if (result instanceof ChangeResult.Done done) {
                    System.out.println(done.revision());
                    System.out.flush();
                }
            }
        }
    }
}
