package dev.mayfly.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "rollback",
        description = {
            "Give all traffic of an app to an earlier revision.",
            "The one named, else the one that was live before. Nothing is built or uploaded; no request is",
            "lost."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  mayfly rollback", "  mayfly rollback 3 --app shop --wait"})
final class RollbackCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin private ServerOptions server = new ServerOptions();

    @Mixin private AppChoice app = new AppChoice();

    @Parameters(
            arity = "0..1",
            paramLabel = "REVISION",
            description = "Which (default: the one that was live before).")
    private @Nullable Integer revision;

    @Option(names = "--wait", description = "Return when every gateway has switched.")
    private boolean wait;

    RollbackCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        Session session = server.open(surroundings);
        Map<String, Object> wish = new LinkedHashMap<>();
        if (revision != null) {
            wish.put("revision", revision);
        }
        if (wait) {
            wish.put("wait", Waiting.LONGEST);
        }
        String path = ApiPath.of("apps", app.name(session), "rollback");
        JsonNode answer = session.send(Waiting.call(path, wish)).body();
        return session.tell(answer, RollbackCommand::text).code();
    }

    private static String text(JsonNode answer) {
        return answer.path("name").asText()
                + " is back at revision "
                + answer.path("live").asText()
                + "\n";
    }
}
