package dev.mayfly.load;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.pool.TemplateTrial;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemplateTrialTest {
    @TempDir private Path cache;

    @Test
    void aTemplateIsLoadedThawedAndAskedForItsGreeting() throws IOException {
        TemplateTrial trial = new TemplateTrial(Path.of("../sdk-templates/c"), cache);
        trial.reload();
        trial.thawAndAsk();
        assertThat(trial.ask(1)).isPositive();
        assertThat(trial.isReset()).isTrue();
        assertThat(trial.dirtyPages()).isPositive();
        assertThat(trial.imageBytes()).isPositive().isLessThan(trial.sandboxBytes());
    }
}
