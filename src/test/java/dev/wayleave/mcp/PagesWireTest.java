package dev.wayleave.mcp;

import static dev.wayleave.mcp.ModernRequests.META;
import static dev.wayleave.mcp.ModernRequests.assertError;
import static dev.wayleave.mcp.ModernRequests.json;
import static dev.wayleave.mcp.ModernRequests.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayleave.RunningWayleave;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists in pages, each asked of the other of two instances that share a key. */
class PagesWireTest {
    private static final String KEY = "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
    private static final String OLD = "YWJjZGVmZ2hpamFiY2RlZmdoaWphYmNkZWZnaGlqMDE=";
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path folder;

    private static RunningWayleave one;
    private static RunningWayleave other;

    private static Map<String, Object> settings(String key) {
        Map<String, Object> settings = new HashMap<>();
        settings.put("wayleave.seal.key", key);
        settings.put("wayleave.platforms.test.page-size", "2");
        settings.put("wayleave.platforms.test.callers.audience", "http://127.0.0.1/pages");
        return settings;
    }

    @BeforeAll
    static void start() throws IOException {
        String api = PetStore.YAML + """
                x-mcp:
                  resources:
                    - {uri: "pets://status", operation: getStatus}
                    - {uri: "pets://pets", operation: listPets}
                    - {uri: "pets://all", operation: listPets}
                    - {uri: "pets://pets/{petId}", operation: getPet}
                    - {uri: "pets://pet/{petId}", operation: getPet}
                    - {uri: "pets://animals/{petId}", operation: getPet}
                  prompts:
                    - {name: a, messages: [{text: a}]}
                    - {name: b, messages: [{text: b}]}
                    - {name: c, messages: [{text: c}]}
                """;
        one = RunningWayleave.with(folder, api, settings(KEY + "," + OLD));
        Map<String, Object> second = settings(OLD + "," + KEY);
        second.put("wayleave.platforms.test.callers.issuer", one.issuer.issuer());
        second.put(
                "wayleave.platforms.test.callers.jwks-url", one.issuer.jwksUrl().toString());
        other = RunningWayleave.with(Files.createDirectory(folder.resolve("other")), api, second);
    }

    @AfterAll
    static void stop() {
        one.close();
        other.close();
    }

    private static String token(String scope, String subject) {
        return one.issuer.token("http://127.0.0.1/pages", scope, token -> token.subject(subject));
    }

    private static HttpResponse<String> list(RunningWayleave instance, String method, String token, String cursor) {
        String params = META + (cursor.isEmpty() ? "" : ",\"cursor\":" + cursor);
        return post(instance, method, params, "Authorization", "Bearer " + token);
    }

    private static List<String> all(String method, String member, String token) throws IOException {
        List<String> names = new ArrayList<>();
        String cursor = "";
        for (int page = 0; page < 9; page++) {
            HttpResponse<String> response = list(page % 2 == 0 ? one : other, method, token, cursor);
            JsonNode result = json(response).path("result");
            assertThat(result.path("cacheScope").asText()).as(response.body()).isEqualTo("private");
            assertThat(result.path(member).size()).isBetween(1, 2);
            result.path(member).forEach(entry -> names.add(entry.path("name").asText()));
            if (!result.has("nextCursor")) {
                return names;
            }
            cursor = result.path("nextCursor").toString();
        }
        throw new AssertionError("it never ends");
    }

    @Test
    void everyListComesInPagesWhicheverInstanceIsAsked() throws IOException {
        String token = token("pets:read pets:write", "u");
        assertThat(all("tools/list", "tools", token))
                .containsExactly("list_pets", "create_pet", "get_pet", "delete_pet", "get_status");
        assertThat(all("resources/list", "resources", token)).containsExactly("get_status", "list_pets", "list_pets");
        assertThat(all("resources/templates/list", "resourceTemplates", token)).hasSize(3);
        assertThat(all("prompts/list", "prompts", token)).containsExactly("a", "b", "c");
        assertThat(all("tools/list", "tools", token("pets:read", "u")))
                .containsExactly("list_pets", "get_pet", "get_status");
    }

    @Test
    void soTheyDoInTheOlderEras() throws IOException {
        String token = token("pets:read pets:write", "u");
        String[] headers = {"MCP-Protocol-Version", "2025-11-25", "Authorization", "Bearer " + token};
        JsonNode first = JSON.readTree(one.post("""
                {"jsonrpc":"2.0","id":1,"method":"tools/list"}""", headers).body());
        JsonNode second = JSON.readTree(other.post("""
                {"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"cursor":%s}}""".formatted(first.at("/result/nextCursor")), headers)
                .body());
        assertThat(second.at("/result/tools").findValuesAsText("name")).containsExactly("get_pet", "delete_pet");
        assertThat(other.post("""
                {"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"cursor":"x"}}""", headers).body()).contains("-32602");
    }

    @Test
    void aCursorThatWasChangedOrIsOfSomethingElseIsRefused() throws IOException {
        String token = token("pets:read pets:write", "u");
        String cursor = json(list(one, "tools/list", token, ""))
                .at("/result/nextCursor")
                .textValue();
        String changed = (cursor.charAt(60) == 'A' ? "B" : "A");
        for (String bad : List.of(
                "\"\"",
                "\"2\"",
                "7",
                "{}",
                "\"" + cursor + "x\"",
                "\"" + cursor.substring(0, 60) + changed + cursor.substring(61) + "\"")) {
            assertError(list(one, "tools/list", token, bad), 200, -32602);
        }
        String good = "\"" + cursor + "\"";
        assertError(list(one, "prompts/list", token, good), 200, -32602);
        assertError(list(one, "tools/list", token("pets:read pets:write", "v"), good), 200, -32602);
        assertThat(list(other, "tools/list", token("pets:read", "u"), good).statusCode())
                .isEqualTo(200);
        assertThat(list(one, "tools/list", token, "null").statusCode()).isEqualTo(200);
    }

    @Test
    void aKeyThatIsNoneStopsTheStartAndIsNotShown() {
        for (String key : List.of("secretive", "c2VjcmV0aXZl", KEY + ",secretive")) {
            assertThatThrownBy(() -> RunningWayleave.with(folder, PetStore.YAML, settings(key)))
                    .rootCause()
                    .hasMessageContaining("wayleave.seal.key")
                    .hasMessageContaining("openssl rand -base64 32")
                    .hasMessageNotContaining("secretive")
                    .hasMessageNotContaining("c2VjcmV0aXZl");
        }
    }
}
