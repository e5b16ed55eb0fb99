package dev.wayleave.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Requests from what was written of a call. */
class ReplayTest {
    @Test
    void ofAToolWithStepsEachStepThatWasSentIsTold() throws IOException {
        String line = """
                {"type":"call","time":"2026-01-01T00:00:00Z","id":"1","platform":"p","tool":"t","operation":"workflow w",\
                "arguments":["a"],"attempts":3,"outcome":"upstream_error","steps":[\
                {"id":"find","operation":"GET /x/{id}","outcome":"ok","attempts":2},\
                {"id":"never","operation":"PUT /y","outcome":"denied","attempts":0},\
                {"id":"change","operation":"PUT /x/{id}","outcome":"upstream_error","attempts":1}]}
                """;
        List<ObjectNode> requests = new ArrayList<>();
        Replay.each(new ByteArrayInputStream(line.getBytes(StandardCharsets.UTF_8)), requests::add);
        assertThat(requests).extracting(ObjectNode::toString).containsExactly("""
                        {"time":"2026-01-01T00:00:00Z","id":"1","platform":"p","tool":"t","step":"find","method":"GET",\
                        "target":"/x/{id}","missing":["all"],"attempts":2,"outcome":"ok"}""", """
                        {"time":"2026-01-01T00:00:00Z","id":"1","platform":"p","tool":"t","step":"change","method":"PUT",\
                        "target":"/x/{id}","missing":["all"],"attempts":1,"outcome":"upstream_error"}""");
    }

    @Test
    void aCallThatWasStartedAndHasNoEndIsToldWithAnOutcomeThatNobodyKnows() throws IOException {
        String began = """
                {"type":"started","time":"2026-01-01T00:00:00Z","id":"%s","platform":"p","tool":"t","operation":"%s",\
                "arguments":["id","name"],"values":[{"argument":"id","in":"path","name":"id","value":7}]}
                """;
        String ended = """
                {"type":"call","time":"2026-01-01T00:00:00Z","id":"%s","platform":"p","tool":"t","operation":"PUT /x/{id}",\
                "arguments":[],"attempts":%d,"outcome":"x"}
                """;
        String lines = began.formatted("killed", "PUT /x/{id}")
                + began.formatted("ended", "PUT /x/{id}")
                + began.formatted("unsent", "PUT /x/{id}")
                + began.formatted("steps", "workflow w")
                + ended.formatted("ended", 1)
                + ended.formatted("unsent", 0);
        List<ObjectNode> requests = new ArrayList<>();
        Replay.each(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)), requests::add);
        assertThat(requests).extracting(ObjectNode::toString).containsExactly("""
                        {"time":"2026-01-01T00:00:00Z","id":"ended","platform":"p","tool":"t","method":"PUT",\
                        "target":"/x/{id}","missing":[],"attempts":1,"outcome":"x"}""", """
                        {"time":"2026-01-01T00:00:00Z","id":"killed","platform":"p","tool":"t","method":"PUT",\
                        "target":"/x/7","missing":["name"],"outcome":"unknown"}""", """
                        {"time":"2026-01-01T00:00:00Z","id":"steps","platform":"p","tool":"t","operation":"workflow w",\
                        "missing":["all"],"outcome":"unknown"}""");
    }
}
