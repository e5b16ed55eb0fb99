package dev.wayleave.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents with a few things in the wrong place never end in anything but operations or a {@link DocumentException}. */
class MutatedDocumentsTest {
    private static final int TIMES = Integer.getInteger("wayleave.mutations", 400);
    private static final long SEED = Long.getLong("wayleave.seed", new Random().nextLong());
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> ODDITIES = List.of(
            "null",
            "true",
            "-1",
            "1e300",
            "\"\"",
            "\"\\u0000\\u202e\"",
            "\"any\"",
            "[]",
            "{}",
            "[null]",
            "{\"\":null}",
            "{\"$ref\":\"#\"}",
            "{\"$ref\":\"#/paths\"}",
            "{\"$ref\":\"\"}",
            "{\"$ref\":\"%\"}",
            "{\"$ref\":\"http://h/\"}",
            "{\"$ref\":\"../x.yaml#/y\"}",
            "{\"$ref\":1}",
            "{\"allOf\":[{\"$ref\":\"#/components/schemas/Pet\"}]}",
            "{\"oneOf\":[{\"$ref\":\"#/components/schemas/Pet\"}]}",
            "{\"$ref\":\"#/definitions/Pet\"}",
            "{\"not\":{\"$ref\":\"#/components/schemas/Pet\"},\"required\":[\"id\"]}",
            "{\"type\":[\"null\",3]}",
            "{\"pattern\":\"[\"}",
            "{\"enum\":[]}",
            "{\"$id\":\":\",\"$dynamicRef\":\"#node\",\"items\":[{}]}",
            "{\"readOnly\":true}",
            "{\"nullable\":true,\"not\":false,\"required\":true}",
            "\"querystring\"",
            "\"{\"",
            "false");

    @ParameterizedTest
    @ValueSource(strings = {"pets-2.0.yaml", "pets-3.0.yaml", "pets-3.1.json", "pets-3.2.yaml"})
    void endInOneOfTwoWays(String name) throws Exception {
        JsonNode original = YamlTree.read(name, Resources.bytes(name));
        for (int i = 0; i < TIMES; i++) {
            Random random = new Random(SEED + i);
            JsonNode mutated = JSON.readTree(original.toString());
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                change(mutated, random);
            }
            byte[] bytes = JSON.writeValueAsBytes(mutated);
            if (random.nextInt(10) == 0) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            survives(name, bytes, i);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pets-2.0.yaml", "pets-3.0.yaml", "pets-3.2.yaml"})
    void textWithOtherBytesEndsInOneOfTwoWays(String name) {
        byte[] odd = "{}[]:&*!|>-#%@\"'\n\t ,?\u0000\u00ff<<".getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < TIMES; i++) {
            Random random = new Random(SEED + i);
            byte[] bytes = Resources.bytes(name);
            for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
                bytes[random.nextInt(bytes.length)] = odd[random.nextInt(odd.length)];
            }
            survives(name, bytes, i);
        }
    }

    private static void survives(String name, byte[] bytes, int step) {
        String told = "wayleave.seed=" + SEED + " step " + step + ": " + new String(bytes, StandardCharsets.UTF_8);
        try {
            ApiDescription read = OpenApiReader.read(name, bytes);
            for (JsonNode schema : Validity.schemasOf(read)) {
                Validity.assertUsable(schema);
            }
        } catch (DocumentException clear) {
            assertThat(clear.getMessage()).as(told).startsWith(name).hasSizeLessThan(1_000);
        } catch (RuntimeException | StackOverflowError | AssertionError bug) {
            throw new AssertionError(told, bug);
        }
    }

    private static void change(JsonNode root, Random random) throws Exception {
        List<JsonNode> containers = new ArrayList<>();
        collect(root, containers);
        JsonNode container = containers.get(random.nextInt(containers.size()));
        JsonNode odd = random.nextInt(3) == 0
                ? containers.get(random.nextInt(containers.size())).deepCopy()
                : JSON.readTree(ODDITIES.get(random.nextInt(ODDITIES.size())));
        if (container instanceof ArrayNode array) {
            array.insert(random.nextInt(array.size() + 1), odd);
        } else if (container instanceof ObjectNode object && !object.isEmpty()) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            String name = names.get(random.nextInt(names.size()));
            switch (random.nextInt(4)) {
                case 0 -> object.remove(name);
                case 1 -> object.set("x" + name, object.remove(name));
                default -> object.set(name, odd);
            }
        }
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainerNode()) {
            containers.add(node);
            node.forEach(child -> collect(child, containers));
        }
    }
}
