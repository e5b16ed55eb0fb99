package dev.wayleave.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wayleave.RunningWayleave;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditCommandTest {
    private static final String OPENAPI = """
            openapi: 3.1.0
            info: {title: Pets, version: "1"}
            paths:
              /pets/{id}:
                put:
                  operationId: putPet
                  parameters:
                    - {name: id, in: path, required: true, schema: {type: string}}
                    - {name: tag, in: query, schema: {type: array, items: {type: string}}}
                  requestBody:
                    content:
                      application/json:
                        schema:
                          type: object
                          properties:
                            name: {type: string}
                            password: {type: string}
                            note: {type: string}
                  responses: {"200": {description: ok}}
            """;

    @TempDir
    Path folder;

    private void run() {
        List<String> values = List.of("put_pet.id", "put_pet.tag", "put_pet.name", "put_pet.password");
        try (RunningWayleave wayleave =
                RunningWayleave.with(folder, OPENAPI, Map.of("wayleave.audit.values", values))) {
            wayleave.post(
                    """
                    {"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"put_pet","arguments":{"id":"a/b",\
                    "tag":["x","y z"],"name":"Rex\\n\\u2028","password":"CANARY","note":"unkept"}}}""",
                    "Authorization",
                    "Bearer " + wayleave.token("pets:read"),
                    "MCP-Protocol-Version",
                    "2025-06-18",
                    "traceparent",
                    "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        }
    }

    private Run verify(String... more) {
        String[] args = new String[more.length + 2];
        args[0] = "audit";
        args[1] = "verify";
        System.arraycopy(more, 0, args, 2, more.length);
        return Run.of(args);
    }

    @Test
    void aLogIsVerifiedWithoutConfiguration() throws Exception {
        run();
        Path audit = folder.resolve("audit.jsonl");
        Run intact = verify(audit.toString());
        assertThat(intact.exit()).as(intact.err()).isZero();
        assertThat(intact.out()).contains("intact: records 1 to 4, signed up to 4");

        Files.writeString(audit, Files.readString(audit).replace("user-1", "user-2"));
        Run edited = verify(audit.toString());
        assertThat(edited.exit()).isEqualTo(1);
        assertThat(edited.out()).contains("line 2 was edited");

        assertThat(verify(folder.resolve("none").toString()).exit()).isEqualTo(2);
        assertThat(verify(audit.toString(), "--key", audit.toString()).exit()).isEqualTo(2);
        assertThat(verify().exit()).isEqualTo(2);
    }

    @Test
    void aLogWithoutItsKeptCheckpointIsNotSaidToBeIntact() throws Exception {
        run();
        Path audit = folder.resolve("audit.jsonl");
        List<String> lines = Files.readAllLines(audit);
        Path head = folder.resolve("audit.jsonl.head");
        Path copy = Files.move(head, folder.resolve("copy"));

        Run whole = verify(audit.toString());
        assertThat(whole.exit()).isEqualTo(1);
        assertThat(whole.out()).contains(head + " is missing", "--no-head").doesNotContain("intact");
        assertThat(verify(audit.toString(), "--no-head").exit()).isZero();
        assertThat(verify(audit.toString(), "--head", copy.toString()).exit()).isZero();

        Files.write(audit, lines.subList(0, 2));
        assertThat(verify(audit.toString()).exit()).isEqualTo(1);
        assertThat(verify(audit.toString(), "--head", copy.toString()).out()).contains("line 3 is missing");
        assertThat(verify(audit.toString(), "--head", copy.toString(), "--no-head")
                        .exit())
                .isEqualTo(1);
        Files.move(copy, head);
        assertThat(verify(audit.toString()).out()).contains("line 3 is missing");
        assertThat(verify(audit.toString(), "--no-head").exit()).isEqualTo(1);
    }

    @Test
    void aRunIsReplayedAsFarAsItsValuesWereKept() throws Exception {
        run();
        Path audit = folder.resolve("audit.jsonl");
        assertThat(Files.readString(audit))
                .contains("\"trace\":\"4bf92f3577b34da6a3ce929d0e0e4736\"", "\"request\":\"7\"", "\"hmac\":\"")
                .doesNotContain("CANARY", "unkept");

        Run replayed = Run.of("audit", "replay", audit.toString());
        assertThat(replayed.exit()).isZero();
        assertThat(replayed.out())
                .contains("\"method\":\"PUT\",\"target\":\"/pets/a%2Fb?tag=x&tag=y%20z\"")
                .contains("\"body\":{\"name\":\"Rex\\n")
                .contains("\"missing\":[\"password\",\"note\"]", "\"attempts\":1,\"outcome\":\"ok\"")
                .doesNotContain("CANARY", "unkept", "Bearer");
        assertThat(Run.of("audit", "schema").out()).contains("One line of a Wayleave audit");
    }
}
