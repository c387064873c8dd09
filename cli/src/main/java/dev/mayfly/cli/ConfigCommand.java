package dev.mayfly.cli;

import dev.mayfly.gateway.Setting;
import dev.mayfly.gateway.SettingValue;
import dev.mayfly.gateway.SettingsExplained;
import dev.mayfly.manifest.Manifests;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "config",
        description = {
            "List every setting of a server: what it is here, and who said so.",
            "As mayfly server would read them, with the same options, environment and settings file.",
            "Nothing secret is shown, and nothing that a MAYFLY_<SETTING>_FILE holds: only that it is set."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  mayfly config",
            "  mayfly config --explain",
            "  mayfly config drain_delay --explain",
            "  mayfly config --settings mayfly.toml --output json"
        })
final class ConfigCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec private @Nullable CommandSpec command;

    @Parameters(
            arity = "0..1",
            paramLabel = "KEY",
            description = "This setting only, as mayfly.toml calls it, or by its variable.")
    private @Nullable String key;

    @Option(
            names = "--explain",
            description = "Tell what each is for, what it may be, and what else sets it.")
    private boolean explain;

    @Mixin private ServerFlags flags = new ServerFlags();

    @Mixin private OutputOption output = new OutputOption();

    ConfigCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        SettingsExplained read = flags.sources(surroundings).explain();
        List<SettingValue> values = key == null ? read.values() : List.of(one(read, key));
        surroundings.out().print(output.isJson() ? json(values) : text(values));
        surroundings.out().flush();
        if (read.problems().isEmpty()) {
            return Exit.OK.code();
        }
        flags.report(surroundings, read.problems());
        return Exit.USAGE.code();
    }

    private SettingValue one(SettingsExplained read, String name) {
        return read.values().stream()
                .filter(each ->
                        each.setting().key().equals(name) || each.setting().variable().equals(name))
                .findFirst()
                .orElseThrow(() -> Usage.wrong(command, unknown(read, name)));
    }

    private static String unknown(SettingsExplained read, String name) {
        List<String> keys = read.values().stream().map(each -> each.setting().key()).toList();
        return name
                + " is no setting"
                + Manifests.nearest(name, keys)
                        .map(near -> " (did you mean " + near + "?)")
                        .orElse("");
    }

    private String text(List<SettingValue> values) {
        return explain ? explained(values) : table(values);
    }

    private String table(List<SettingValue> values) {
        Table table = new Table(surroundings, "setting", "value", "from");
        values.forEach(each -> table.row(each.setting().key(), value(each), origin(each)));
        return table.text("");
    }

    private static String value(SettingValue value) {
        return value.value().orElse("-");
    }

    private static String origin(SettingValue value) {
        return value.origin() == SettingValue.Origin.DEFAULT ? "default" : value.where();
    }

    private String explained(List<SettingValue> values) {
        StringBuilder text = new StringBuilder();
        for (SettingValue value : values) {
            Setting setting = value.setting();
            text.append(surroundings.bold(setting.key() + " = " + Shown.plain(value(value))))
                    .append("   (")
                    .append(Shown.plain(origin(value)))
                    .append(")\n    ")
                    .append(plain(setting.meaning()))
                    .append("\n    ")
                    .append(setting.form().name() + ": " + plain(setting.form().allowed()))
                    .append("\n    default ")
                    .append(plain(setting.fallback().text()))
                    .append("; set by ")
                    .append(setting.flag().map(flag -> flag + " or ").orElse(""))
                    .append(setting.variable())
                    .append(setting.secret() ? "; secret" : "")
                    .append('\n');
        }
        return text.toString();
    }

    /** Without what only a page of documentation shows. */
    private static String plain(String text) {
        return text.replace("`", "");
    }

    private static String json(List<SettingValue> values) {
        return Json.text(Map.of("settings", values.stream().map(ConfigCommand::object).toList()))
                + "\n";
    }

    private static Map<String, Object> object(SettingValue value) {
        Setting setting = value.setting();
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("key", setting.key());
        value.value().ifPresent(text -> object.put("value", text));
        object.put("from", value.origin().name().toLowerCase(Locale.ROOT));
        Optional.of(value.where())
                .filter(where -> !where.isEmpty())
                .ifPresent(where -> object.put("where", where));
        object.put("meaning", plain(setting.meaning()));
        object.put("form", setting.form().name());
        object.put("allowed", plain(setting.form().allowed()));
        object.put("default", plain(setting.fallback().text()));
        object.put("variable", setting.variable());
        setting.flag().ifPresent(flag -> object.put("flag", flag));
        object.put("secret", setting.secret());
        return object;
    }
}
