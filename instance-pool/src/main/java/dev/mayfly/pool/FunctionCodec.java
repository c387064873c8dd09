package dev.mayfly.pool;

import dev.mayfly.pool.ArtifactFile.DamagedException;
import dev.mayfly.pool.ModuleReport.Interpreted;
import dev.mayfly.pool.ModuleReport.Section;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;

/** What is kept of a frozen function beside its state: where to call into it, and its report. */
final class FunctionCodec {
    private FunctionCodec() {}

    static void write(FrozenFunction function, DataOutputStream out) throws IOException {
        out.writeInt(function.entrypoint());
        out.writeInt(function.entrances().size());
        for (FrozenFunction.Entrance one : function.entrances()) {
            out.writeUTF(one.route().path());
            out.writeUTF(one.route().entrypoint());
            out.writeInt(one.function());
        }
        write(function.report(), out);
    }

    private static void write(ModuleReport report, DataOutputStream out) throws IOException {
        out.writeUTF(report.form().name());
        out.writeInt(report.moduleBytes());
        out.writeInt(report.sections().size());
        for (Section section : report.sections()) {
            out.writeUTF(section.name());
            out.writeInt(section.bytes());
        }
        texts(report.imports(), out);
        texts(report.exports(), out);
        out.writeUTF(report.entrypoint());
        out.writeInt(report.initialPages());
        out.writeInt(report.maximumPages());
        out.writeInt(report.imagePages());
        interpreted(report.interpreted(), out);
    }

    private static void texts(List<String> texts, DataOutputStream out) throws IOException {
        out.writeInt(texts.size());
        for (String text : texts) {
            out.writeUTF(text);
        }
    }

    static void interpreted(List<Interpreted> functions, DataOutputStream out) throws IOException {
        out.writeInt(functions.size());
        for (Interpreted one : functions) {
            out.writeUTF(one.function());
            out.writeInt(one.bytes());
            out.writeUTF(one.reason());
        }
    }

    /** The function of {@code snapshot}. */
    static FrozenFunction read(PartReader in, Snapshot snapshot, FrozenKey key)
            throws IOException, DamagedException {
        int entrypoint = in.i32();
        List<FrozenFunction.Entrance> entrances = in.list(8, FunctionCodec::entrance);
        return new FrozenFunction(snapshot, entrypoint, entrances, report(in), key);
    }

    private static FrozenFunction.Entrance entrance(PartReader in) throws IOException {
        SubRoute route = new SubRoute(in.text(), in.text());
        return new FrozenFunction.Entrance(route, in.i32());
    }

    private static ModuleReport report(PartReader in) throws IOException, DamagedException {
        return new ModuleReport(
                ModuleForm.valueOf(in.text()),
                in.i32(),
                in.list(6, one -> new Section(one.text(), one.i32())),
                in.list(2, PartReader::text),
                in.list(2, PartReader::text),
                in.text(),
                in.i32(),
                in.i32(),
                in.i32(),
                interpreted(in));
    }

    static List<Interpreted> interpreted(PartReader in) throws IOException, DamagedException {
        return in.list(8, one -> new Interpreted(one.text(), one.i32(), one.text()));
    }
}
