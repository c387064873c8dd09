package dev.mayfly.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AppNameTest {
    @Test
    void otherCharactersBecomeSingleDashes() {
        assertThat(AppName.from("My  Module_2.wasm")).isEqualTo("my-module-2");
        assertThat(AppName.from("_hello_.wasm")).isEqualTo("hello");
    }

    @Test
    void whatHoldsNoLetterIsCalledApp() {
        assertThat(AppName.from("___.wasm")).isEqualTo("app");
        assertThat(AppName.from("")).isEqualTo("app");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ÄÖÜ.wasm", "-", "a.b.c", ".wasm", "0", "A B", "x-"})
    void everyNameIsOneAManifestAccepts(String file) {
        assertThat(AppName.from(file)).matches("[a-z0-9][a-z0-9-]{0,62}");
    }

    @Test
    void longNamesAreCut() {
        assertThat(AppName.from("a".repeat(62) + " b.wasm")).isEqualTo("a".repeat(62));
    }
}
