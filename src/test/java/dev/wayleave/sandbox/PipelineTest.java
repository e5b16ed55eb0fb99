package dev.wayleave.sandbox;

import static dev.wayleave.sandbox.SandboxFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** SQL over HTTP on real files, and the fence around it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PipelineTest {
    private SandboxFixture sandbox;
    private Path folder;
    private String platform;
    private String full;
    private String readOnly;

    @BeforeAll
    void start(@TempDir Path folder) {
        this.folder = folder;
        sandbox = SandboxFixture.start(folder);
        platform = sandbox.token("acme");
        full = sandbox.databaseToken(platform, "acme", "shop", "full-access");
        readOnly = sandbox.databaseToken(platform, "acme", "shop", "read-only");
    }

    @AfterAll
    void stop() {
        sandbox.close();
    }

    private HttpResponse<String> pipeline(String body) {
        return sandbox.call("POST", "/v2/pipeline", full, body);
    }

    @Test
    void valuesGoInAndOutWithTheirTypes() {
        JsonNode result = json(pipeline("""
                        {"baton": null, "requests": [
                          {"type": "execute", "stmt": {"sql": "select ?, ?, ?, ?, ? as last",
                            "args": [{"type": "null"}, {"type": "integer", "value": "9223372036854775807"},
                                     {"type": "float", "value": 1.5}, {"type": "text", "value": "é"},
                                     {"type": "blob", "base64": "AAH/"}]}},
                          {"type": "close"}]}
                        """));

        assertThat(result.at("/results/0/response/result/rows/0"))
                .hasToString("[{\"type\":\"null\"},{\"type\":\"integer\",\"value\":\"9223372036854775807\"},"
                        + "{\"type\":\"float\",\"value\":1.5},{\"type\":\"text\",\"value\":\"é\"},"
                        + "{\"type\":\"blob\",\"base64\":\"AAH/\"}]");
        assertThat(result.at("/results/0/response/result/cols/4/name").asText()).isEqualTo("last");
        assertThat(result.at("/results/1")).hasToString("{\"type\":\"ok\",\"response\":{\"type\":\"close\"}}");
        assertThat(result.path("baton").isNull()).isTrue();
    }

    @Test
    void argumentsGoByNameToo() {
        JsonNode result = json(pipeline("""
                        {"requests": [{"type": "execute", "stmt": {"sql": "select :a, @b, :a -- :c",
                          "named_args": [{"name": "a", "value": {"type": "text", "value": "x"}},
                                         {"name": "@b", "value": {"type": "text", "value": "y"}}]}}]}
                        """)).at("/results/0/response/result/rows/0");

        assertThat(result).map(value -> value.path("value").asText()).containsExactly("x", "y", "x");
    }

    @Test
    void aWriteIsReallyWritten() {
        JsonNode results = sandbox.sql(
                full,
                "create table thing (id integer primary key, name text)",
                "insert into thing (name) values ('a'), ('b')",
                "select name from thing order by id");

        assertThat(results.at("/1/response/result/affected_row_count").asInt()).isEqualTo(2);
        assertThat(results.at("/1/response/result/last_insert_rowid").asText()).isEqualTo("2");
        assertThat(results.at("/2/response/result/rows/1/0/value").asText()).isEqualTo("b");
        assertThat(results.at("/2/response/result/cols/0/decltype").asText()).isEqualTo("TEXT");
        assertThat(sandbox.sql(readOnly, "select count(*) from thing")
                        .at("/0/response/result/rows/0/0/value")
                        .asText())
                .isEqualTo("2");
    }

    @Test
    void aFailedStatementIsAResultAndTheNextOneRuns() {
        JsonNode results = sandbox.sql(full, "select * from nowhere", "select 1");

        assertThat(results.at("/0/type").asText()).isEqualTo("error");
        assertThat(results.at("/0/error/message").asText()).isEqualTo("no such table: nowhere");
        assertThat(results.at("/0/error/code").asText()).isEqualTo("SQLITE_ERROR");
        assertThat(results.at("/1/type").asText()).isEqualTo("ok");
    }

    @Test
    void aTransactionThatIsLeftOpenIsRolledBack() {
        sandbox.sql(full, "begin", "delete from customer");

        assertThat(sandbox.sql(full, "select count(*) from customer")
                        .at("/0/response/result/rows/0/0/value")
                        .asText())
                .isEqualTo("3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insert into customer (name, city) values ('x', 'y')",
                "delete from customer",
                "drop table customer",
                "create table t (x)",
                "with a as (select 1) delete from customer",
                "update customer set name = '' returning id",
            })
    void aReadOnlyTokenCannotWrite(String sql) {
        assertThat(sandbox.sql(readOnly, sql).at("/0/error/code").asText()).isEqualTo("SQLITE_READONLY");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "attach database '%s/control.db' as control",
                "/* x */ ATTACH '%s/control.db' AS control",
                "vacuum into '%s/stolen.db'",
                "backup to '%s/stolen.db'",
                "restore from '%s/control.db'",
                "select load_extension('%s/x.so')",
                "pragma temp_store_directory = '%s'",
                "pragma main.journal_mode = wal",
                "select 1; select 2",
                "",
                "-- nothing",
            })
    void nobodyLeavesTheDatabase(String sql) throws IOException {
        for (String token : new String[] {full, readOnly}) {
            JsonNode result = sandbox.sql(token, sql.replace("%s", folder.toString()));
            assertThat(result.at("/0/type").asText()).as(result.toString()).isEqualTo("error");
        }
        try (Stream<Path> files = Files.walk(folder)) {
            assertThat(files).noneMatch(file -> file.endsWith("stolen.db"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"attach database '%s/control.db' as control", "vacuum into '%s/stolen.db'"})
    void theEngineItselfKeepsTheFence(String sql, @TempDir Path other) throws Exception {
        Path file = Files.createFile(other.resolve("a.db"));
        try (SqlSession session = SqlSession.open(file, true, 1 << 20, SqlLimits.USUAL)) {
            assertThatThrownBy(() -> run(session, sql.replace("%s", other.toString())))
                    .hasMessageContaining("attached");
        }
    }

    @Test
    void aTriggerIsOneStatement() {
        JsonNode results = sandbox.sql(
                full,
                "create table log (t text)",
                "create trigger noted after insert on log begin update log set t = 'a;b'; delete from log; end;",
                "insert into log values ('x')",
                "select count(*) from log");

        assertThat(results.at("/3/response/result/rows/0/0/value").asText()).isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"''", "a", "/* x */", "::a", "*", ";", "(", "\"\"", "é"})
    void noTextIsTooMuchForTheReader(String part) {
        for (String start : new String[] {"", "select '", "/* ", "select :a", "select "}) {
            SqlText text = SqlText.of(start + part.repeat(200_000));

            assertThat(text.words().size()).isLessThanOrEqualTo(600_001);
        }
    }

    @Test
    void aStatementThatNeverEndsIsStopped(@TempDir Path other) throws Exception {
        Path file = Files.createFile(other.resolve("a.db"));
        SqlLimits limits = new SqlLimits(Duration.ofMillis(100), 10, 1_000);
        try (SqlSession session = SqlSession.open(file, true, 1 << 20, limits)) {
            assertThatThrownBy(() -> run(
                            session,
                            "with recursive n(i) as (select 1 union all select i + 1 from n)"
                                    + " select count(*) from n"))
                    .hasMessageContaining("longer than 100 ms");
        }
        try (SqlSession session = SqlSession.open(file, true, 1 << 20, limits)) {
            assertThatThrownBy(() -> run(
                            session,
                            "with recursive n(i) as (select 1 union all select i + 1 from n"
                                    + " limit 11) select i from n"))
                    .hasMessageContaining("more than 10 rows");
            assertThatThrownBy(() -> run(session, "select zeroblob(2000)"))
                    .hasMessageContaining("larger than 1000 bytes");
            assertThatThrownBy(() -> run(session, "select zeroblob(100000000)")).hasMessageContaining("too big");
        }
    }

    @Test
    void aDatabaseGrowsOnlyToItsLimit(@TempDir Path other) throws Exception {
        Path file = Files.createFile(other.resolve("a.db"));
        try (SqlSession session = SqlSession.open(file, true, 64 << 10, SqlLimits.USUAL)) {
            run(session, "create table t (x)");
            assertThatThrownBy(() -> run(session, "insert into t values (zeroblob(100000))"))
                    .hasMessageContaining("full");
        }
    }

    private static void run(SqlSession session, String sql) throws SqlFailure {
        session.execute(new SqlStatement(SqlText.of(sql), List.of(), Map.of()));
    }

    @Test
    void blockedReadsAndWritesAreBlockedForEveryToken() {
        String configuration = "/v1/organizations/acme/databases/papers/configuration";
        String token = sandbox.databaseToken(platform, "acme", "papers", "full-access");
        sandbox.call("PATCH", configuration, platform, "{\"block_writes\":true}");
        assertThat(sandbox.sql(token, "delete from paper").at("/0/error/code").asText())
                .isEqualTo("SQLITE_READONLY");
        assertThat(sandbox.sql(token, "select 1").at("/0/type").asText()).isEqualTo("ok");

        sandbox.call("PATCH", configuration, platform, "{\"block_writes\":false,\"block_reads\":true}");
        assertThat(sandbox.sql(token, "select * from paper").at("/0/error/code").asText())
                .isEqualTo("BLOCKED");
        assertThat(sandbox.sql(token, "update paper set year = 1 returning title")
                        .at("/0/error/code")
                        .asText())
                .isEqualTo("BLOCKED");
        assertThat(sandbox.sql(token, "update paper set year = 1").at("/0/type").asText())
                .isEqualTo("ok");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"requests\":[{\"type\":\"sequence\"}]}",
                "{\"requests\":[{\"type\":\"execute\"}]}",
                "{\"requests\":[{\"type\":\"close\"},{\"type\":\"close\"}]}",
                "{\"requests\":{}}",
                "{\"baton\":\"x\",\"requests\":[]}",
                "{\"requests\":[{\"type\":\"execute\",\"stmt\":{\"sql\":\"select ?\",\"args\":[{\"type\":\"integer\",\"value\":1}]}}]}",
                "{\"requests\":[{\"type\":\"execute\",\"stmt\":{\"sql\":\"select ?\",\"args\":[{\"type\":\"date\"}]}}]}",
            })
    void aMalformedPipelineIsRefusedAsAWhole(String body) {
        assertThat(pipeline(body).statusCode()).isEqualTo(400);
    }

    @Test
    void everyPipelineIsInTheAuditLog() {
        sandbox.sql(readOnly, "select 1");

        JsonNode newest = json(sandbox.get("/v1/organizations/acme/audit-logs?page_size=1", platform))
                .at("/audit_logs/0");

        assertThat(newest.path("code").asText()).isEqualTo("sql-pipeline");
        assertThat(newest.path("author").asText()).isEqualTo("demo");
        assertThat(newest.path("data").path("status").asInt()).isEqualTo(200);
    }
}
