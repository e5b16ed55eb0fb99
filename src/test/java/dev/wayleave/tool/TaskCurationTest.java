package dev.wayleave.tool;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wayleave.openapi.DocumentException;
import dev.wayleave.openapi.OpenApiReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskCurationTest {
    private static Catalog catalog(String task) throws DocumentException {
        String yaml = """
                openapi: 3.1.0
                info: {title: t, version: "1"}
                paths:
                  /a/{shop}:
                    parameters: [{name: shop, in: path, required: true, schema: {type: string}}]
                    post: {operationId: begin, x-mcp: {task: %s}, responses: {"202": {description: ok}}}
                  /jobs/{job}:
                    parameters: [{name: job, in: path, required: true, schema: {type: string}}]
                    get: {operationId: job, responses: {"200": {description: ok}}}
                    post: {operationId: change, x-mcp: {task: {status: job, id: Location}}, responses: {"200": {description: ok}}}
                    delete: {operationId: stop, x-mcp: {confirm: true}, responses: {"200": {description: ok}}}
                  /jobs: {get: {operationId: jobs, responses: {"200": {description: ok}}}}
                  /other/{area}/jobs/{job}:
                    get:
                      operationId: far
                      parameters:
                        - {name: area, in: path, required: true, schema: {type: string}}
                        - {name: job, in: path, required: true, schema: {type: string}}
                      responses: {"200": {description: ok}}
                  /query/{job}:
                    get:
                      operationId: query
                      parameters:
                        - {name: job, in: path, required: true, schema: {type: string}}
                        - {name: version, in: query, required: true, schema: {type: string}}
                      responses: {"200": {description: ok}}
                  /files/{job}.json:
                    get:
                      operationId: file
                      parameters: [{name: job, in: path, required: true, schema: {type: string}}]
                      responses: {"200": {description: ok}}
                  /abroad/{job}:
                    get:
                      operationId: abroad
                      x-mcp: {origin: docs}
                      parameters: [{name: job, in: path, required: true, schema: {type: string}}]
                      responses: {"200": {description: ok}}
                """.formatted(task);
        return Catalog.of(OpenApiReader.read("api.yaml", yaml.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {id: /id}                                                       | `status` is missing
            {status: job}                                                   | `id` is missing
            {status: job, id: 'not a header'}                               | a JSON pointer such as
            {status: job, id: /a~2}                                         | a JSON pointer such as
            {status: job, id: /id, state: {completed: [done]}}              | `pointer` is missing
            {status: job, id: /id, state: {pointer: /s}}                    | `completed` is missing
            {status: job, id: /id, state: {pointer: /s, completed: []}}     | `completed` is empty
            {status: job, id: /id, state: {pointer: /s, completed: [d], failed: [d]}} | means something else already
            {status: job, id: /id, state: {pointer: /s, completed: [d], failed: [f], cancelled: [f]}} | means something else already
            {status: job, id: /id, poll: soon}                              | a duration such as
            {status: job, id: /id, ttl: 0s}                                 | a duration such as
            {status: job, id: /id, retries: 3}                              | is no key
            {status: nope, id: /id}                                         | there is no operation nope
            {status: change, id: /id}                                       | a GET that only reads
            {status: jobs, id: /id}                                         | has no variable
            {status: far, id: /id}                                          | nothing says what {area}
            {status: query, id: /id}                                        | needs the argument version
            {status: file, id: Location}                                    | only a part of a segment
            {status: abroad, id: /id}                                       | sent to another origin
            {status: job, id: /id, cancel: stop}                            | nobody is asked while a task goes on
            {status: job, id: /id, cancel: job}                             | `cancel` only reads
            {status: job, id: /id, cancel: begin}                           | needs the argument shop
            """)
    void whatIsDeclaredWronglyIsToldAndLeavesTheOperationOut(String task, String told) throws DocumentException {
        Catalog catalog = catalog(task);
        assertThat(catalog.find("begin")).isNull();
        assertThat(catalog.findings()).anyMatch(finding -> finding.toString().contains(told));
        assertThat(catalog.followable().find(Served.status("begin"))).isNull();
    }

    @Test
    void whatEndsATaskMayBeginAnotherAndIsNotFollowedItself() throws DocumentException {
        Catalog catalog = catalog("{status: far, id: Location, cancel: 'POST /jobs/{job}'}");
        Tool cancel = Objects.requireNonNull(catalog.followable().find(Served.cancel("begin")));
        assertThat(Objects.requireNonNull(catalog.find("change")).handling().task())
                .isNotNull();
        assertThat(cancel.handling().task()).isNull();
    }

    @Test
    void aTaskIsFollowedByTheOperationsThatAreNamed() throws DocumentException {
        Catalog catalog = catalog("{status: far, id: Location, cancel: 'POST /jobs/{job}', poll: 500ms}");
        assertThat(catalog.findings()).isEmpty();
        assertThat(catalog.followable().byName().keySet()).contains("status begin", "cancel begin");
        Task task = Objects.requireNonNull(catalog.tools().getFirst().handling().task());
        assertThat(task.status().name()).isEqualTo("far");
        assertThat(task.poll()).isEqualTo(Duration.ofMillis(500));
        assertThat(task.ttl()).isEqualTo(Duration.ofHours(24));
    }
}
