package dev.mayfly.load;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A JVM beside this one, with the launcher's flags: what a figure is of runs there alone. */
final class Jvm {
    private Jvm() {}

    /** The command that runs {@code program} on this JVM's class path. */
    static List<String> command(Class<?> program, String heap, String... arguments) {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:-DontCompileHugeMethods",
                                "-XX:-ClipInlining",
                                "-XX:Tier3DelayOn=100000",
                                "-XX:+UseParallelGC",
                                "-XX:-UsePerfData",
                                heap,
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-Dio.netty.jfr.enabled=false",
                                "-cp",
                                ManagementFactory.getRuntimeMXBean().getClassPath(),
                                program.getName()));
        if (Files.exists(Path.of("/sys/kernel/mm/transparent_hugepage"))) { // as the launcher does
            command.add(1, "-XX:+UseTransparentHugePages");
        }
        command.addAll(List.of(arguments));
        return command;
    }
}
