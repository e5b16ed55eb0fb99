package dev.wayleave.mcp;

import static dev.wayleave.mcp.ModernRequests.assertError;
import static dev.wayleave.mcp.ModernRequests.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayleave.FakePlatform;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Resources, from the wire to the platform and back, in both eras. */
class ResourceWireTest {
    @TempDir
    static Path folder;

    private static ResourceRequests base;

    @BeforeAll
    static void start() {
        base = ResourceRequests.start(folder);
    }

    @AfterAll
    static void stop() {
        base.wayleave().close();
    }

    @BeforeEach
    void reset() {
        base.wayleave().platform.answer(r -> FakePlatform.response(200, "application/json", "{\"id\":7}"));
    }

    @Test
    void theyAreToldAmongTheCapabilities() throws IOException {
        assertThat(json(base.modern("server/discover", ""))
                        .at("/result/capabilities")
                        .toString())
                .isEqualTo("{\"tools\":{},\"resources\":{},\"completions\":{}}");
        assertThat(json(base.legacy("initialize", "\"protocolVersion\":\"2025-06-18\""))
                        .at("/result/capabilities")
                        .toString())
                .isEqualTo("{\"tools\":{},\"resources\":{},\"completions\":{}}");
    }

    @Test
    void singleUrisAreListedInBothEras() throws IOException {
        String listed = """
                [{"uri":"base://tables","name":"base_table_list","title":"Table list",\
                "description":"Calls GET /v1/tables.","mimeType":"application/json"},\
                {"uri":"base://logo","name":"base_get_logo","title":"Base get logo","description":"Calls GET /logo."}]""";
        JsonNode modern = json(base.modern("resources/list", "")).path("result");
        assertThat(modern.path("resources").toString()).isEqualTo(listed);
        assertThat(modern.path("ttlMs").isInt()).isTrue();
        assertThat(modern.path("cacheScope").asText()).isEqualTo("private");
        assertThat(modern.path("resultType").asText()).isEqualTo("complete");
        assertThat(json(base.legacy("resources/list", "")).path("result").toString())
                .isEqualTo("{\"resources\":" + listed + "}");
    }

    @Test
    void templatesAreListedInBothEras() throws IOException {
        JsonNode modern = json(base.modern("resources/templates/list", "")).path("result");
        assertThat(modern.at("/resourceTemplates/0").toString()).isEqualTo("""
                {"uriTemplate":"base://tables/{tableId}","name":"table","title":"One table",\
                "description":"Fields and indexes.","mimeType":"application/json"}""");
        assertThat(modern.path("resourceTemplates").findValuesAsText("uriTemplate"))
                .containsExactly(
                        "base://tables/{tableId}", "base://tables/{tableId}/versions/{kind}", "base://numbers/{n}");
        assertThat(modern.path("cacheScope").asText()).isEqualTo("private");
        assertThat(json(base.legacy("resources/templates/list", "")).at("/result/resourceTemplates"))
                .isEqualTo(modern.path("resourceTemplates"));
    }

    @Test
    void aReadReachesThePlatformWithTheCallersTokenAndComesBackAsItIs() throws IOException {
        base.wayleave()
                .platform
                .answer(r -> FakePlatform.response(200, "application/json", "{\"id\":\"x\",\"n\":1.50}"));
        String token = "Bearer " + base.wayleave().token("table:read");
        HttpResponse<String> response = base.read("base://tables/a%2Fb", "Authorization", token);

        assertThat(response.body()).isEqualTo("""
                {"jsonrpc":"2.0","id":"a-1","result":{"resultType":"complete",\
                "contents":[{"uri":"base://tables/a%%2Fb","mimeType":"application/json",\
                "text":"{\\"id\\":\\"x\\",\\"n\\":1.50}"}],"ttlMs":30000,"cacheScope":"private",\
                "_meta":{"io.modelcontextprotocol/serverInfo":{"name":"test","title":"Base","version":"%s"}}}}""".formatted(json(response)
                .at("/result/_meta/io.modelcontextprotocol~1serverInfo/version")
                .asText()));
        FakePlatform.Received received = base.wayleave().platform.received().getLast();
        assertThat(received.requestLine()).isEqualTo("GET /v1/tables/a%2Fb HTTP/1.1");
        assertThat(received.header("Authorization")).containsExactly(token);
        JsonNode line = base.lastAudit();
        assertThat(line.path("kind").asText()).isEqualTo("resource");
        assertThat(line.path("resource").asText()).isEqualTo("base://tables/{tableId}");
        assertThat(line.path("tool").asText()).isEqualTo("base_table_get");
        assertThat(line.path("operation").asText()).isEqualTo("GET /v1/tables/{tableId}");
        assertThat(line.path("arguments").toString()).isEqualTo("[\"tableId\"]");
        assertThat(line.path("outcome").asText()).isEqualTo("ok");
        assertThat(line.toString()).doesNotContain("a/b", "a%%2Fb", token.substring(7));
    }

    @Test
    void olderErasGetTheContentsAndNothingElse() throws IOException {
        assertThat(json(base.legacy("resources/read", "\"uri\":\"base://tables\""))
                        .path("result")
                        .toString())
                .isEqualTo(
                        "{\"contents\":[{\"uri\":\"base://tables\",\"mimeType\":\"application/json\",\"text\":\"{\\\"id\\\":7}\"}]}");
    }

    @Test
    void theNameHeaderMustBeTheUri() throws IOException {
        String uri = ",\"uri\":\"base://tables\"";
        assertError(base.modern("resources/read", uri), 400, -32020);
        assertError(base.modern("resources/read", uri, "Mcp-Name", "base://tables/1"), 400, -32020);
        assertError(base.modern("resources/read", "", "Mcp-Name", "x"), 200, -32602);
        assertThat(base.modern("resources/read", uri, "Mcp-Name", "base://tables")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void bytesAreABlobAndTextIsText() throws IOException {
        base.wayleave().platform.answerBytes("image/png", new byte[] {1, 2, 3});
        assertThat(json(base.read("base://logo")).at("/result/contents").toString())
                .isEqualTo("[{\"uri\":\"base://logo\",\"mimeType\":\"image/png\",\"blob\":\"AQID\"}]");
        assertThat(base.wayleave().platform.received().getLast().header("Authorization"))
                .isEmpty();
        base.wayleave().platform.answerBytes("application/pdf", new byte[] {1, 2, 3});
        assertThat(json(base.read("base://logo")).at("/result/contents").toString())
                .isEqualTo("[{\"uri\":\"base://logo\",\"mimeType\":\"application/pdf\",\"blob\":\"AQID\"}]");
        base.wayleave().platform.answer(r -> FakePlatform.response(200, "text/markdown; charset=utf-8", "# A\u200b"));
        assertThat(json(base.read("base://logo")).at("/result/contents").toString())
                .isEqualTo("[{\"uri\":\"base://logo\",\"mimeType\":\"text/markdown\",\"text\":\"# A\","
                        + "\"_meta\":{\"dev.wayleave/hiddenCharacters\":1}}]");
        base.wayleave().platform.answer(r -> FakePlatform.response(204, "", ""));
        assertThat(json(base.read("base://logo")).at("/result/contents").toString())
                .isEqualTo("[{\"uri\":\"base://logo\",\"mimeType\":\"text/plain\",\"text\":\"Done (204).\"}]");
    }

    @Test
    void whatIsTooLargeIsCutAndSaysSoAndIsNoLongerCalledJson() throws IOException {
        String large = "[" + "\"0123456789\",".repeat(400) + "1]";
        base.wayleave().platform.answer(r -> FakePlatform.response(200, "application/json", large));
        JsonNode cut = json(base.read("base://tables")).at("/result/contents/0");
        assertThat(cut.path("mimeType").asText()).isEqualTo("text/plain");
        assertThat(cut.path("text").asText()).contains("too large").hasSizeLessThan(2300);
        base.wayleave().platform.answerBytes("application/zip", new byte[4000]);
        assertThat(json(base.read("base://logo")).at("/result/contents/0/text").asText())
                .contains("4000 bytes of application/zip", "too many");
    }

    @Test
    void anAnswerThatDiffersFromTheDescriptionIsGivenAsItIs() throws IOException {
        base.wayleave().platform.answer(r -> FakePlatform.response(200, "application/json", "{\"id\":\"seven\"}"));
        assertThat(json(base.read("base://tables/1"))
                        .at("/result/contents/0/text")
                        .asText())
                .isEqualTo("{\"id\":\"seven\"}");
    }

    @Test
    void variablesAreCompletedFromTheirEnumeration() throws IOException {
        String ref = ",\"ref\":{\"type\":\"ref/resource\",\"uri\":\"base://tables/{tableId}/versions/{kind}\"}";
        String kind = ref + ",\"argument\":{\"name\":\"kind\",\"value\":\"S\"}";
        assertThat(json(base.modern("completion/complete", kind))
                        .at("/result/completion")
                        .toString())
                .isEqualTo("{\"values\":[\"schema\",\"shadow\"],\"total\":2,\"hasMore\":false}");
        assertThat(json(base.legacy("completion/complete", kind.substring(1)))
                        .path("result")
                        .toString())
                .isEqualTo("{\"completion\":{\"values\":[\"schema\",\"shadow\"],\"total\":2,\"hasMore\":false}}");
        String free = ref + ",\"argument\":{\"name\":\"tableId\",\"value\":\"\"}";
        assertThat(json(base.modern("completion/complete", free)).at("/result/completion/values"))
                .isEmpty();
        for (String wrong : List.of(
                ref + ",\"argument\":{\"name\":\"other\",\"value\":\"\"}",
                ref + ",\"argument\":{\"name\":\"kind\"}",
                kind.replace("base://tables", "base://nothing"),
                kind.replace("ref/resource", "ref/tool"),
                "")) {
            assertError(base.modern("completion/complete", wrong), 200, -32602);
        }
    }

    @Test
    void cursorsOfNobodyAreRefused() throws IOException {
        for (String method : List.of("resources/list", "resources/templates/list")) {
            assertError(base.modern(method, ",\"cursor\":\"abc\""), 200, -32602);
        }
    }

    @Test
    void aReadIsAuditedAsACallIs() throws IOException {
        base.read(
                "base://tables/1/versions/schema",
                "traceparent",
                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        JsonNode line = base.lastAudit();
        assertThat(line.path("kind").asText()).isEqualTo("resource");
        assertThat(line.path("tool").asText()).isEqualTo("base_version_list");
        assertThat(line.path("resource").asText()).isEqualTo("base://tables/{tableId}/versions/{kind}");
        assertThat(line.path("operation").asText()).isEqualTo("GET /v1/tables/{tableId}/versions/{kind}");
        assertThat(line.path("arguments").toString()).isEqualTo("[\"tableId\",\"kind\"]");
        assertThat(line.at("/values/0/value").asText()).isEqualTo("schema");
        assertThat(line.path("values")).hasSize(1);
        assertThat(line.path("request").asText()).isEqualTo("a-1");
        assertThat(line.path("trace").asText()).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(line.path("token").asText()).hasSize(32);
        assertThat(line.path("attempts").asInt()).isEqualTo(1);
        assertThat(line.path("reason").asText()).contains("security");
    }
}
