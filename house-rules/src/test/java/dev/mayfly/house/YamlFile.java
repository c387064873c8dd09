package dev.mayfly.house;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * YAML of the repository as a tree, anchors and merges resolved; a key that is given twice fails.
 */
final class YamlFile {
    private static final ObjectMapper TREES = new ObjectMapper();

    private YamlFile() {}

    static JsonNode of(String path) {
        return documents(Repository.text(path)).getFirst();
    }

    static List<JsonNode> documents(String text) {
        LoaderOptions strict = new LoaderOptions();
        strict.setAllowDuplicateKeys(false);
        List<JsonNode> documents = new ArrayList<>();
        new Yaml(new SafeConstructor(strict))
                .loadAll(text)
                .forEach(document -> documents.add(TREES.valueToTree(document)));
        return documents;
    }
}
