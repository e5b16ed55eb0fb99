package dev.wayleave.mcp;

import static dev.wayleave.mcp.ModernRequests.META;
import static dev.wayleave.mcp.ModernRequests.json;
import static dev.wayleave.mcp.ModernRequests.post;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wayleave.FakePlatform;
import dev.wayleave.FakePlatform.Received;
import dev.wayleave.RunningWayleave;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetriesWireTest {
    private static final String KEYED = PetStore.YAML.replace("      operationId: createPet\n", """
                  operationId: createPet
                  x-mcp: {idempotency-key: Idempotency-Key}
                  parameters:
                    - {name: idempotency-key, in: header, required: true, schema: {type: string}}
            """);
    private static final String CREATE = META + ",\"name\":\"create_pet\",\"arguments\":{\"name\":\"Rex\"}";
    private static final String DELETE = META + ",\"name\":\"delete_pet\",\"arguments\":{\"petId\":\"7\"}";

    @TempDir
    Path folder;

    private static String text(HttpResponse<String> response) throws IOException {
        return json(response).at("/result/content/0/text").asText();
    }

    private static HttpResponse<String> create(RunningWayleave wayleave) {
        return post(wayleave, "tools/call", CREATE, "Mcp-Name", "create_pet");
    }

    private static HttpResponse<String> delete(RunningWayleave wayleave, String... headers) {
        String[] all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 2, headers.length);
        all[0] = "Mcp-Name";
        all[1] = "delete_pet";
        return post(wayleave, "tools/call", DELETE, all);
    }

    @Test
    void aWriteWhoseKeyThePlatformKnowsIsSentAgainWithTheSameOne() throws IOException {
        try (RunningWayleave wayleave = RunningWayleave.over(folder, KEYED)) {
            AtomicInteger asked = new AtomicInteger();
            wayleave.platform.answer(request ->
                    asked.incrementAndGet() == 1 ? "" : FakePlatform.response(201, "application/json", "{\"id\":7}"));
            assertThat(text(create(wayleave))).contains("7");
            create(wayleave);
            List<String> keys = wayleave.platform.received().stream()
                    .map(request -> request.header("Idempotency-Key"))
                    .peek(values -> assertThat(values).hasSize(1))
                    .map(List::getFirst)
                    .toList();
            assertThat(keys).hasSize(3);
            assertThat(keys.get(0)).isEqualTo(keys.get(1)).isNotEqualTo(keys.get(2));
            assertThat(wayleave.audited().getFirst()).contains(keys.getFirst());
        }
    }

    @Test
    void theKeyIsNoArgument() {
        try (RunningWayleave wayleave = RunningWayleave.over(folder, KEYED)) {
            assertThat(post(wayleave, "tools/list", META).body())
                    .contains("create_pet")
                    .doesNotContainIgnoringCase("idempotency-key")
                    .doesNotContainIgnoringCase("idempotency_key");
        }
    }

    @Test
    void aWriteWithoutAKeyIsSentOnce() throws IOException {
        try (RunningWayleave wayleave = RunningWayleave.over(folder, PetStore.YAML)) {
            wayleave.platform.answer(request -> "");
            assertThat(text(create(wayleave)))
                    .contains("Outcome unknown: it may have been done.")
                    .contains("Check with list_pets before you call again.");
            assertThat(wayleave.platform.received()).hasSize(1);
            assertThat(wayleave.platform.received().getFirst())
                    .extracting(request -> request.header("Idempotency-Key"))
                    .isEqualTo(List.of());
        }
    }

    @Test
    void aWriteWhoseAnswerIsTooLargeMayHaveBeenDone() throws IOException {
        try (RunningWayleave wayleave = RunningWayleave.over(folder, PetStore.YAML)) {
            wayleave.platform.answerBytes("text/plain", new byte[2 << 20]);
            assertThat(text(create(wayleave)))
                    .contains("larger than what may be passed on. Outcome unknown: it may have been done.")
                    .doesNotContain("Ask for less");
            assertThat(wayleave.platform.received()).hasSize(1);
            assertThat(text(post(
                            wayleave,
                            "tools/call",
                            META + ",\"name\":\"list_pets\",\"arguments\":{}",
                            "Mcp-Name",
                            "list_pets")))
                    .contains("Ask for less")
                    .doesNotContain("Outcome unknown");
        }
    }

    @Test
    void soMayOneWhoseAnswerBreaksTheRules() throws IOException {
        try (RunningWayleave wayleave = RunningWayleave.over(folder, PetStore.YAML)) {
            wayleave.platform.answer(request -> "HTTP/1.1 99999 X\r\n\r\n");
            for (int i = 0; i < 25; i++) {
                assertThat(text(create(wayleave)))
                        .contains("breaks the rules of HTTP")
                        .contains("Outcome unknown: it may have been done.");
            }
            assertThat(wayleave.platform.received()).hasSize(25);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {502, 503, 504})
    void aGatewayThatLostTheAnswerLeavesTheOutcomeUnknown(int status) throws IOException {
        try (RunningWayleave wayleave = RunningWayleave.over(folder, PetStore.YAML)) {
            wayleave.platform.answer(request -> FakePlatform.response(status, "", ""));
            assertThat(text(delete(wayleave)))
                    .contains("Outcome unknown: it may have been done. Check with get_pet before you call again.");
            assertThat(wayleave.platform.received()).hasSize(1);
        }
    }

    @Test
    void whatSaysWhenToComeBackWasNotDone() throws IOException {
        try (RunningWayleave wayleave = RunningWayleave.over(folder, PetStore.YAML)) {
            wayleave.platform.answer(request -> FakePlatform.response(503, "", "", "Retry-After: 7"));
            assertThat(text(delete(wayleave)))
                    .contains("Try again in 7 seconds.")
                    .doesNotContain("unknown");
        }
    }

    @Test
    void aToolThatTheCallerMayNotUseIsNotNamed() throws IOException {
        try (RunningWayleave wayleave = RunningWayleave.over(folder, PetStore.YAML)) {
            wayleave.platform.answer(request -> "");
            HttpResponse<String> answer = delete(wayleave, "Authorization", "Bearer " + wayleave.token("pets:write"));
            assertThat(text(answer)).contains("Outcome unknown").contains("Look before you call again.");
            assertThat(wayleave.platform.received())
                    .extracting(Received::target)
                    .containsExactly("/pets/7");
        }
    }

    @Test
    void whoeverIsRefusedByTheBreakerIsToldWhenToComeBack() throws IOException {
        try (RunningWayleave wayleave = RunningWayleave.over(folder, PetStore.YAML)) {
            wayleave.platform.answer(request -> FakePlatform.response(500, "", ""));
            for (int i = 0; i < 20; i++) {
                delete(wayleave);
            }
            assertThat(text(delete(wayleave))).containsPattern("Nothing was sent; try again in [345] seconds\\.");
            assertThat(wayleave.platform.received()).hasSize(20);
        }
    }
}
