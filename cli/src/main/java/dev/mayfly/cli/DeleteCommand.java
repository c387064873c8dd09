package dev.mayfly.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "delete",
        description = {
            "Delete an app from a server.",
            "Its revisions, routes, variables and secrets go with it, and it cannot be taken back; mayfly",
            "export keeps a copy first."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  mayfly delete shop", "  mayfly delete shop --yes"})
final class DeleteCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin private ServerOptions server = new ServerOptions();

    @Parameters(paramLabel = "APP", description = "Which; always to be named.")
    private String app = "";

    @Option(names = "--yes", description = "Do not ask.")
    private boolean yes;

    DeleteCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        Session session = server.open(surroundings);
        if (!yes && !confirmed(session)) {
            session.remark("nothing was deleted");
            return Exit.FAILURE.code();
        }
        JsonNode answer = session.send(Call.bare("DELETE", ApiPath.of("apps", app))).body();
        return session.tell(answer, done -> "deleted " + app + "\n").code();
    }

    private boolean confirmed(Session session) {
        Keyboard keyboard = surroundings.keyboard();
        if (!keyboard.isTerminal()) {
            throw server.misused("nobody is there to ask: --yes deletes without a question");
        }
        String question =
                "Delete "
                        + app
                        + " from "
                        + session.client().access().server()
                        + "? Type its name: ";
        return keyboard.ask(question).strip().equals(app);
    }
}
