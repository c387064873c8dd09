package dev.mayfly.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ScopeTest {
    @Test
    void aScopeIsWrittenAsItIsRead() {
        for (String text : List.of("admin", "read", "deploy:*", "deploy:shop-2")) {
            assertThat(Scope.parse(text)).hasToString(text);
        }
    }

    @Test
    void whatIsNoScopeIsRefused() {
        for (String text : List.of("", "Admin", "deploy", "deploy:", "deploy:Shop", "write")) {
            assertThatThrownBy(() -> Scope.parse(text))
                    .as(text)
                    .hasMessageContaining("expected: admin, read, deploy:* or deploy:<app>");
        }
    }

    @Test
    void theWiderContainsTheNarrower() {
        assertThat(Scope.ADMIN.mayDeploy("shop")).isTrue();
        assertThat(Scope.deploy("*").mayDeploy("shop")).isTrue();
        assertThat(Scope.deploy("shop").mayDeploy("shop")).isTrue();
        assertThat(Scope.deploy("shop").mayDeploy("other")).isFalse();
        assertThat(Scope.READ.mayDeploy("shop")).isFalse();
        assertThat(Scope.READ.mayRead("shop")).isTrue();
        assertThat(Scope.deploy("shop").mayRead("shop")).isTrue();
        assertThat(Scope.deploy("shop").mayRead("other")).isFalse();
    }
}
