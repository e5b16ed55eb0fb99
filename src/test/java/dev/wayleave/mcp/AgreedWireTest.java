package dev.wayleave.mcp;

import static dev.wayleave.mcp.ModernRequests.META;
import static dev.wayleave.mcp.ModernRequests.assertError;
import static dev.wayleave.mcp.ModernRequests.json;
import static dev.wayleave.mcp.ReloadFixture.until;
import static dev.wayleave.mcp.ReloadFixture.withExtra;
import static dev.wayleave.mcp.TwoInstances.state;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayleave.FakePlatform;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a person agrees to is seen whole and done once, also over a reload; what was not sent may be sent later. */
class AgreedWireTest {
    private static final String FORM = META.replace("{}}", "{\"elicitation\":{}}}");
    private static final String ACCEPT = """
            ,"inputResponses":{"confirmation":{"action":"accept","content":{"confirm":true}}}""";

    @TempDir
    Path folder;

    private ReloadFixture fixture(String doneBy) {
        return new ReloadFixture(
                folder,
                Map.of(
                        "wayleave.platforms.test.asks.confirm",
                        "destructive",
                        "wayleave.platforms.test.asks.done-by",
                        doneBy));
    }

    private static HttpResponse<String> delete(ReloadFixture fixture, String pet, String more) {
        return ModernRequests.post(
                fixture.wayleave,
                "tools/call",
                FORM + ",\"name\":\"delete_pet\",\"arguments\":{\"petId\":\"" + pet + "\"}" + more,
                "Mcp-Name",
                "delete_pet");
    }

    private static void reload(ReloadFixture fixture) {
        fixture.describe(withExtra());
        until(() -> fixture.tools("pets:write").contains("get_extra"));
    }

    private static long deletions(ReloadFixture fixture) {
        return fixture.wayleave.platform.received().stream()
                .filter(request -> request.requestLine().startsWith("DELETE "))
                .count();
    }

    @ParameterizedTest
    @ValueSource(strings = {"any", "asker"})
    void whatWasDoneIsNotDoneAgainAfterAReload(String doneBy) throws IOException {
        try (ReloadFixture fixture = fixture(doneBy)) {
            String agreed = ACCEPT + state(json(delete(fixture, "p1", "")));
            assertThat(delete(fixture, "p1", agreed).body()).contains("\"isError\":false");
            reload(fixture);
            assertError(delete(fixture, "p1", agreed), 200, -32602);
            assertThat(deletions(fixture)).isEqualTo(1);
        }
    }

    @Test
    void whoAskedBeforeAReloadIsTheOneThatAskedBehindIt() throws IOException {
        try (ReloadFixture fixture = fixture("asker")) {
            String agreed = ACCEPT + state(json(delete(fixture, "p1", "")));
            reload(fixture);
            assertThat(delete(fixture, "p1", agreed).body()).contains("\"isError\":false");
            assertThat(deletions(fixture)).isEqualTo(1);
        }
    }

    @Test
    void whatWasNotSentIsNotUsedUp() throws IOException {
        try (ReloadFixture fixture = fixture("any")) {
            String agreed = ACCEPT + state(json(delete(fixture, "p1", "")));
            fixture.wayleave.platform.answer(request -> FakePlatform.response(500, "", ""));
            for (int i = 0; i < 20; i++) {
                ModernRequests.post(
                        fixture.wayleave,
                        "tools/call",
                        META + ",\"name\":\"create_pet\",\"arguments\":{\"name\":\"Rex\"}",
                        "Mcp-Name",
                        "create_pet");
            }
            assertThat(delete(fixture, "p1", agreed).body()).contains("left alone", "Nothing was sent");
            fixture.wayleave.platform.answer(request -> FakePlatform.response(200, "application/json", "{}"));
            List<String> answers = new ArrayList<>();
            until(() -> {
                answers.add(delete(fixture, "p1", agreed).body());
                return !answers.getLast().contains("left alone");
            });
            assertThat(answers)
                    .filteredOn(answer -> answer.contains("\"isError\":false"))
                    .hasSize(1);
            assertError(delete(fixture, "p1", agreed), 200, -32602);
            assertThat(deletions(fixture)).isEqualTo(1);
        }
    }

    @Test
    void aPersonSeesTheWholeOfWhatItIsAndNothingIsHidden() throws IOException {
        try (ReloadFixture fixture = fixture("any")) {
            String harmless = "x".repeat(260);
            JsonNode asked = json(delete(fixture, "-- " + harmless + "\\nDROP \\u202eTABLE users", ""));
            assertThat(asked.at("/result/inputRequests/confirmation/params/message")
                            .asText())
                    .isEqualTo("Delete a pet: do this? It may not be possible to undo it.\npetId: \"-- " + harmless
                            + "\\\\nDROP \\\\u202eTABLE users\"");
        }
    }

    @Test
    void whatIsMoreThanAPersonCanBeShownIsNotAskedForAndNotDone() throws IOException {
        try (ReloadFixture fixture = fixture("any")) {
            assertThat(json(delete(fixture, "x".repeat(8_000), ""))
                            .at("/result/resultType")
                            .asText())
                    .isEqualTo("input_required");
            JsonNode refused = json(delete(fixture, "x".repeat(8_200), "")).path("result");
            assertThat(refused.path("isError").asBoolean()).isTrue();
            assertThat(refused.at("/content/0/text").asText())
                    .isEqualTo("The values are more than a person can be shown, which is 8192 characters. Nothing was"
                            + " done; ask for less at once.");
            assertThat(fixture.wayleave.platform.received()).isEmpty();
        }
    }
}
