package dev.wayleave.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.openapi.OpenApiReader;
import java.io.File;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a tool is called depends on its operation, not on where that stands or what else is there. */
class NameStabilityTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> METHODS = List.of("get", "put", "post", "delete", "patch");
    private static final List<String> WORDS = List.of(
            "list",
            "Get",
            "createOrUpdate",
            "repository",
            "organization",
            "secret",
            "Configuration",
            "for",
            "the",
            "authenticated_user",
            "v2",
            "2fa",
            "\ud83d\ude42",
            "constructor",
            "selfHostedRunner",
            "group",
            "ID");

    @ParameterizedTest
    @ValueSource(longs = {1, 7, 42, 1_000_003})
    void aDocumentMayBeReorderedAndGrow(long seed) throws Exception {
        Random random = new Random(seed);
        ObjectNode document = document(random);
        Map<String, String> names = names(document);
        ObjectNode grown = shuffled(document, random);
        grown.withObject("/paths/~1unrelated").putObject("get").put("operationId", "tellTheTimeOfDay");

        assertThat(names).as("seed %d", seed).hasSizeGreaterThan(400);
        assertThat(names.values()).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z][a-z0-9_]{0,39}"));
        for (int i = 0; i < 3; i++) {
            assertThat(names(shuffled(document, random))).as("seed %d", seed).isEqualTo(names);
        }
        Map<String, String> more = names(grown);
        assertThat(more.remove("GET /unrelated")).isEqualTo("tell_the_time_of_day");
        assertThat(more).as("seed %d", seed).isEqualTo(names);
    }

    @Test
    void aVendorsDocumentMayBeReordered() throws Exception {
        File vendor = new File("../shared/platforms/turso-vendor.openapi.json");
        assumeTrue(vendor.exists(), () -> vendor + " is not there; nothing to reorder");
        ObjectNode document = (ObjectNode) JSON.readTree(vendor);

        assertThat(names(shuffled(document, new Random(3)))).isEqualTo(names(document));
    }

    /** Some of its ids stand twice, some not at all, some are names that their owner gave, once or twice. */
    private static ObjectNode document(Random random) {
        ObjectNode document = JsonNodeFactory.instance.objectNode().put("openapi", "3.1.0");
        document.putObject("info").put("title", "T").put("version", "1");
        for (int i = 0; i < 300; i++) {
            String path = "/" + phrase(random, "/") + "/p" + i + (random.nextBoolean() ? "" : "/x" + i % 7);
            ObjectNode item = document.withObject("/paths").putObject(path);
            for (int j = random.nextInt(3); j >= 0; j--) {
                ObjectNode operation = item.putObject(METHODS.get(random.nextInt(METHODS.size())));
                operation.putArray("tags").add(WORDS.get(random.nextInt(WORDS.size())));
                if (random.nextInt(4) > 0) {
                    operation.put("operationId", phrase(random, random.nextBoolean() ? "-" : "_"));
                }
                if (random.nextInt(20) == 0) {
                    operation.putObject("x-mcp").put("name", "mine_" + random.nextInt(20));
                }
            }
        }
        return document;
    }

    private static String phrase(Random random, String between) {
        List<String> words = new ArrayList<>();
        random.ints(1 + random.nextInt(7), 0, WORDS.size()).forEach(n -> words.add(WORDS.get(n)));
        return String.join(between, words);
    }

    private static ObjectNode shuffled(ObjectNode document, Random random) {
        ObjectNode copy = document.deepCopy();
        ObjectNode paths = reordered(document.path("paths"), random);
        paths.properties().forEach(path -> path.setValue(reordered(path.getValue(), random)));
        copy.set("paths", paths);
        return copy;
    }

    private static ObjectNode reordered(JsonNode object, Random random) {
        List<Map.Entry<String, JsonNode>> members = new ArrayList<>(object.properties());
        Collections.shuffle(members, random);
        ObjectNode out = JsonNodeFactory.instance.objectNode();
        members.forEach(member -> out.set(member.getKey(), member.getValue()));
        return out;
    }

    private static Map<String, String> names(ObjectNode document) throws Exception {
        Map<String, String> names = new TreeMap<>();
        Catalog catalog = Catalog.of(OpenApiReader.read("a.json", JSON.writeValueAsBytes(document)));
        catalog.tools().forEach(tool -> names.put(tool.work().label(), tool.name()));
        return names;
    }
}
