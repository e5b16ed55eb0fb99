package dev.wayleave.mcp;

import static dev.wayleave.mcp.SlowFixture.BOTH;
import static dev.wayleave.mcp.SlowFixture.TOKEN;
import static dev.wayleave.mcp.WorkflowFixture.ok;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayleave.FakePlatform;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a call when its client goes away. */
class DepartureWireTest {
    @TempDir
    static Path folder;

    private static SlowFixture fixture;

    @BeforeAll
    static void start() throws IOException {
        fixture = new SlowFixture(folder);
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @BeforeEach
    void reset() {
        fixture.slow(0);
    }

    /** Sends it, waits until the platform has it, and goes away. */
    private static void leave(String request) throws Exception {
        CountDownLatch arrived = new CountDownLatch(1);
        fixture.wayleave.platform.answer(r -> {
            arrived.countDown();
            SlowFixture.pause(3_000);
            return ok("{}");
        });
        try (Socket socket = fixture.open(request)) {
            assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(socket.isConnected()).isTrue();
        }
    }

    @Test
    void v35AClientThatGoesAwayHasCancelledItsCall() throws Exception {
        int before = fixture.wayleave.audited().size();
        long began = System.nanoTime();
        leave(fixture.request("get_thing", "{\"id\":\"a\"}", "", BOTH));

        JsonNode event = fixture.audited(before);
        assertThat(System.nanoTime() - began).isLessThan(2_500_000_000L);
        assertThat(event.path("outcome").asText()).isEqualTo("cancelled");
    }

    @Test
    void v35ThePlatformsConnectionEndsWithTheCall() throws Exception {
        CompletableFuture<Void> ended = fixture.wayleave.platform.hold();
        int before = fixture.wayleave.platform.requests();
        try (Socket socket = fixture.open(fixture.request("get_thing", "{\"id\":\"a\"}", "", BOTH))) {
            ReloadFixture.until(() -> fixture.wayleave.platform.requests() > before);
            assertThat(ended).isNotDone();
            assertThat(socket.isConnected()).isTrue();
        }
        // before its own timeout, which is 4 seconds
        ended.get(2, TimeUnit.SECONDS);
    }

    @Test
    void whoeverLeavesWhileAnotherAttemptIsWaitedForIsNotAskedForAgain() throws Exception {
        int before = fixture.wayleave.audited().size();
        int sent = fixture.wayleave.platform.received().size();
        CountDownLatch arrived = new CountDownLatch(1);
        fixture.wayleave.platform.answer(r -> {
            arrived.countDown();
            return FakePlatform.response(503, "", "", "Retry-After: 2");
        });
        try (Socket socket = fixture.open(fixture.request("get_thing", "{\"id\":\"a\"}", "", BOTH))) {
            assertThat(arrived.await(10, TimeUnit.SECONDS)).isTrue();
            SlowFixture.pause(300);
            assertThat(socket.isConnected()).isTrue();
        }
        long left = System.nanoTime();

        assertThat(fixture.audited(before).path("outcome").asText()).isEqualTo("cancelled");
        assertThat(System.nanoTime() - left).isLessThan(1_500_000_000L);
        SlowFixture.pause(2_500);
        assertThat(fixture.wayleave.platform.received()).hasSize(sent + 1);
    }

    @Test
    void soHasOneThatLeavesAStream() throws Exception {
        int before = fixture.wayleave.audited().size();
        fixture.slow(3_000);
        try (Socket socket = fixture.open(fixture.request("get_thing", "{\"id\":\"a\"}", TOKEN, BOTH))) {
            assertThat(SlowFixture.line(socket.getInputStream(), "notifications/progress"))
                    .contains("text/event-stream");
        }
        long left = System.nanoTime();

        assertThat(fixture.audited(before).toString()).contains("\"cancelled\"");
        assertThat(System.nanoTime() - left).isLessThan(2_000_000_000L);
    }

    @Test
    void aWriteThatIsUnderWayIsWaitedForSoThatItsEndIsKnown() throws Exception {
        int before = fixture.wayleave.audited().size();
        leave(fixture.request("set_thing", "{\"id\":\"a\",\"body\":{}}", "", BOTH));

        assertThat(fixture.audited(before).toString()).contains("\"outcome\":\"ok\"");
    }

    @Test
    void stepsThatWereNotBegunAreNotDoneForNobody() throws Exception {
        int before = fixture.wayleave.audited().size();
        int sent = fixture.wayleave.platform.received().size();
        leave(fixture.request("look_and_make", "{}", "", BOTH));

        assertThat(fixture.audited(before).toString()).contains("\"cancelled\"");
        SlowFixture.pause(300);
        assertThat(fixture.wayleave.platform.received()).hasSize(sent + 1);
    }

    @Test
    void inOlderErasGoingAwayCancelsNothing() throws Exception {
        int before = fixture.wayleave.audited().size();
        leave(fixture.legacy("get_thing", "{\"id\":\"a\"}", "", BOTH));

        assertThat(fixture.audited(before).toString()).contains("\"outcome\":\"ok\"");
    }
}
