package dev.mayfly.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.manifest.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the check of a start says of a real database, without leaving anything there. */
class StartCheckIT {
    @TempDir static Path folder;

    private static OwnPostgres database;

    @BeforeAll
    static void open() throws Exception {
        database = new OwnPostgres(folder.resolve("database"));
    }

    @AfterAll
    static void close() throws Exception {
        database.close();
    }

    private static List<Problem> problems(String url, String... more) {
        return Server.check(LiveServer.settings(folder.resolve("data"), url, more)).problems();
    }

    private static void sql(String text) throws Exception {
        database.run(
                "psql",
                "--no-psqlrc",
                "--set=ON_ERROR_STOP=1",
                "--command=" + text,
                database.url());
    }

    @Test
    void aDatabaseThatCanBeUsedIsNoProblemAndNothingIsMadeAnywhere() throws Exception {
        assertThat(problems(database.url())).isEmpty();
        assertThat(Files.exists(folder.resolve("data"))).isFalse();
        sql(
                "DO $$ BEGIN IF to_regnamespace('mayfly') IS NOT NULL THEN RAISE 'made'; END IF;"
                        + " END $$");
    }

    @Test
    void aUserWhoMayMakeNoTablesIsAProblem() throws Exception {
        sql("CREATE ROLE reader LOGIN PASSWORD 'planted-too'");
        String url = database.url().replace("tester:" + OwnPostgres.PASSWORD, "reader:planted-too");
        assertThat(problems(url))
                .singleElement()
                .satisfies(problem -> {
                    assertThat(problem.key()).isEqualTo("database.url");
                    assertThat(problem.message())
                            .isEqualTo(
                                    "its user may not make tables in the schema mayfly (expected:"
                                            + " the right CREATE)");
                });
    }

    @Test
    void aWrongPasswordAndAWrongKeyAreTwoProblemsAndNeitherIsShown() {
        String url = database.url().replace(OwnPostgres.PASSWORD, "planted-wrong");
        List<Problem> problems = problems(url, "secrets.keys", "planted-key");
        assertThat(problems)
                .extracting(Problem::key)
                .containsExactlyInAnyOrder("database.url", "secrets.keys");
        assertThat(problems.toString()).contains("refuses this server").doesNotContain("planted");
    }
}
