package dev.mayfly.house;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Takes every template as a new user would: {@code mayfly new} into an empty folder, then what its
 * README says, as it stands there. Two are built and tested at a time; one after the other serves,
 * on the port that all READMEs name.
 */
final class TemplatesIT {
    private static final int PORT = 3000;
    private static final Pattern REQUEST_ID = Pattern.compile("[0-9a-f]{32}");
    private static final String BUILD = "mayfly build";

    /** What takes longest begins first. */
    private static final List<String> LONG = List.of("go", "kotlin", "java", "assemblyscript");

    private static final Map<String, Future<Tried>> TRIED = new HashMap<>();
    private static final ExecutorService WORKERS = Executors.newFixedThreadPool(2);

    @TempDir private static Path home;

    /**
     * A template up to where it serves.
     *
     * @param folder the app that was made of it
     * @param readme what its README says
     * @param toolchain what is here to build it, as it names itself
     * @param same whether the build gave the module that was there before
     */
    private record Tried(Path folder, Walkthrough readme, Here toolchain, boolean same) {}

    private enum Found {
        NOT_NEEDED,
        MISSING,
        HERE
    }

    private record Here(Found found, String version) {}

    @BeforeAll
    static void begin() throws IOException {
        NewUser user = NewUser.in(home);
        for (String template : Templates.names(LONG)) {
            Callable<Tried> work = () -> tried(user, template);
            TRIED.put(template, WORKERS.submit(work));
        }
    }

    @AfterAll
    static void end() {
        WORKERS.shutdownNow();
    }

    @ParameterizedTest
    @MethodSource("templates")
    void aTemplateDoesWhatItsReadmeSays(String template) throws Exception {
        Tried tried = waitFor(template);
        Here toolchain = tried.toolchain();
        boolean isServed =
                toolchain.found() != Found.MISSING || !Templates.modules(template).isEmpty();
        if (isServed) {
            serve(template, tried);
        }
        assumeTrue(
                toolchain.found() != Found.MISSING,
                () -> template + " was not built: here is no " + Toolchain.of(template).wanted());
    }

    @ParameterizedTest
    @MethodSource("templates")
    void aPrebuiltModuleIsWhatItsBuildGives(String template) throws Exception {
        Tried tried = waitFor(template);
        assumeTrue(!Templates.modules(template).isEmpty(), template + " has no prebuilt module");
        assumeTrue(tried.toolchain().found() == Found.HERE, template + " was not built here");
        String before = Toolchain.of(template).prebuiltBy();
        if (!tried.same()) {
            String differs = template + " differs: built by " + tried.toolchain().version();
            if (tried.toolchain().version().equals(before)) {
                fail(differs + ", as was the module that is committed: run its build, and commit");
            }
            abort(differs + ", the module that is committed by " + before);
        }
    }

    static List<String> templates() {
        return Templates.names(LONG);
    }

    private static Tried waitFor(String template) throws Exception {
        try {
            return Objects.requireNonNull(TRIED.get(template)).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AssertionError failure) {
                throw failure;
            }
            throw e;
        }
    }

    private static Tried tried(NewUser user, String template) throws Exception {
        Path folder = home.resolve("my-" + template);
        user.run(home, "mayfly new " + template + " my-" + template);
        Walkthrough readme = Walkthrough.of(Files.readString(folder.resolve("README.md")));
        Here toolchain = toolchain(user, folder, template, readme);
        Map<Path, byte[]> prebuilt = bytes(folder, template);
        if (toolchain.found() == Found.MISSING && prebuilt.isEmpty()) {
            return new Tried(folder, readme, toolchain, false);
        }
        for (String command : readme.commands()) {
            if (!command.equals(BUILD) || toolchain.found() == Found.HERE) {
                user.run(folder, command);
            }
        }
        boolean same = true;
        for (Map.Entry<Path, byte[]> module : prebuilt.entrySet()) {
            same &= Arrays.equals(Files.readAllBytes(module.getKey()), module.getValue());
            Files.write(module.getKey(), module.getValue());
        }
        if (!same) {
            user.run(folder, "mayfly test");
        }
        return new Tried(folder, readme, toolchain, same);
    }

    private static Here toolchain(NewUser user, Path folder, String template, Walkthrough readme)
            throws Exception {
        if (!readme.commands().contains(BUILD)) {
            return new Here(Found.NOT_NEEDED, "");
        }
        NewUser.Typed version = user.tries(folder, Toolchain.of(template).version());
        String line = version.output().strip().replace('\n', ' ');
        return version.code() == 0 ? new Here(Found.HERE, line) : new Here(Found.MISSING, line);
    }

    private static Map<Path, byte[]> bytes(Path folder, String template) throws IOException {
        Map<Path, byte[]> modules = new HashMap<>();
        for (String module : Templates.modules(template)) {
            modules.put(folder.resolve(module), Files.readAllBytes(folder.resolve(module)));
        }
        return modules;
    }

    private static void serve(String template, Tried tried) throws Exception {
        NewUser user = new NewUser(home);
        Path log = home.resolve(template + ".log");
        Walkthrough readme = tried.readme();
        try (ServedApp app = user.serve(tried.folder(), readme.server(), PORT, log)) {
            assertThat(app.process().isAlive()).as(Files.readString(log)).isTrue();
            for (Readme.Shown shown : readme.shown()) {
                String printed = user.run(tried.folder(), shown.command());
                assertThat(masked(printed)).as(shown.command()).isEqualTo(masked(shown.output()));
            }
            assertThat(app.stop()).as(Files.readString(log)).isZero();
        }
    }

    /** Ids differ each time. */
    private static String masked(String answer) {
        return REQUEST_ID.matcher(answer.strip()).replaceAll("<id>");
    }
}
