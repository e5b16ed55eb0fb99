package dev.wayleave.mcp;

import static dev.wayleave.mcp.Wire.META;
import static dev.wayleave.mcp.Wire.SERVER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.wayleave.FakePlatform;
import dev.wayleave.RunningWayleave;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** V38: what the platform refuses, and that it fails or is silent, request and answer literally. */
class FailureFixturesTest {
    @TempDir
    Path folder;

    private RunningWayleave wayleave;

    @BeforeEach
    void start() {
        wayleave = RunningWayleave.with(
                folder, PetStore.YAML, Map.of("wayleave.platforms.test.upstream.timeout", "500ms"));
    }

    @AfterEach
    void stop() {
        wayleave.close();
    }

    private Wire.Answer create() throws IOException {
        return Wire.send(wayleave, """
                POST MCP HTTP/1.1
                MCP-Protocol-Version: 2026-07-28
                Mcp-Method: tools/call
                Mcp-Name: create_pet

                {"jsonrpc":"2.0","id":38,"method":"tools/call","params":{"name":"create_pet","arguments":{"name":"x"},%s}}""", META);
    }

    private static String error(String text) {
        return """
                {"jsonrpc":"2.0","id":38,"result":{"resultType":"complete",
                "content":[{"type":"text","text":"%s"}],"isError":true,%s}}""".formatted(text, SERVER);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "401 | The platform did not accept the caller's token for this.",
                "403 | The caller may not do this; the same call will be refused again.",
                "404 | Check the names and ids in the arguments.",
                "409 | It is in conflict with what is there now: read the current state first.",
                "422 | The platform understood the arguments and does not accept them: change what it names.",
                "429 | Too many calls: wait before the next one.",
                "500 | The fault is the platform's, not the arguments'.",
                "503 | Outcome unknown: it may have been done. Check with list_pets before you call again.",
            })
    void v38WhatThePlatformRefusesIsAResultWithItsStatusAndAdvice(int status, String told) throws IOException {
        wayleave.platform.answer(r -> FakePlatform.response(status, "application/json", "{\"message\":\"No.\"}"));
        create().is(200, error("The platform answered " + status + ": No. " + told));
    }

    @Test
    void v38APlatformThatIsSilentIsWaitedForAndToldOf() throws IOException {
        CompletableFuture<Void> ended = wayleave.platform.hold();
        create().is(
                        200,
                        error(
                                "The platform did not answer in time. Outcome unknown: it may have been done. Check with list_pets"
                                        + " before you call again."));
        assertThat(ended).succeedsWithin(Duration.ofSeconds(2));
    }

    @Test
    void v38APlatformThatFailsIsLeftAlone() throws IOException {
        wayleave.platform.answer(r -> FakePlatform.response(500, "", ""));
        for (int i = 0; i < 20; i++) {
            create();
        }
        Wire.Answer answer = create();
        new Wire.Answer(answer.status(), answer.head(), answer.body().replaceAll("in [345] seconds", "in N seconds"))
                .is(
                        200,
                        error(
                                "The platform has been failing and is left alone for a moment. Nothing was sent; try again"
                                        + " in N seconds."));
    }
}
