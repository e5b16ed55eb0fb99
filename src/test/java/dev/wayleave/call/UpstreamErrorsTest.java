package dev.wayleave.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wayleave.FakePlatform;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an agent reads where a platform refuses or fails. */
class UpstreamErrorsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/problem+json | {\"type\":\"about:x\",\"title\":\"No credit\",\"detail\":\"Balance is 30.\"} | No credit: Balance is 30.",
                "application/problem+json | {\"title\":\"Bad\",\"errors\":[{\"pointer\":\"/a\",\"detail\":\"too old\"}]} | too old",
                "application/json | {\"error\":{\"message\":\"nope\",\"code\":7}} | nope.",
                "application/json | {\"errors\":[{\"detail\":\"why\"}]} | why.",
                "application/json | {\"error\":\"x\",\"error_description\":\"y!\"} | y!",
                "application/json | {\"detail\":[{\"loc\":[\"body\",\"age\"],\"msg\":\"no integer\"},{\"loc\":[\"query\",0],\"msg\":\"worse\"}]} | body.age: no integer; query.0: worse.",
                "application/json | {\"message\":\"Bad\",\"errors\":{\"name\":[\"is too short\"]}} | Details: name: is too short.",
                "application/json | {\"errors\":[{\"message\":\"a\"},{\"message\":\"b\",\"field\":\"x\"}]} | 422: a; x: b.",
                "application/json | {\"errors\":[\"a\",\"b\"]} | 422: a; b.",
                "application/vnd.api+json | {\"errors\":[{\"title\":\"T\",\"detail\":\"D\",\"source\":{\"pointer\":\"/data\"}}]} | 422: /data: D.",
                "application/json | [{\"message\":\"in a list\"}] | in a list.",
                "application/json | \"just text\" | 422: just text.",
                "application/json | {\"code\":7,\"description\":\"what\"} | 422: what.",
                "application/json | {\"unknown\":7} | 422: {\"unknown\":7}.",
                "text/html | <head><title>Oops &amp; more</title></head><script>x</script> | Oops & more.",
                "text/html | <html><head><title>T</title></head><p>Sorry</p></html> | Sorry",
                "application/xml | <e><m>bad key</m></e> | bad key",
            })
    void errorsAreTold(String type, String body, String expected) {
        try (Mounted api = Mounted.operation("3.1.0", "get", "/a", "")) {
            api.platform.answer(r -> FakePlatform.response(422, type, body));

            assertThat(((ToolResult.UpstreamError) api.call("{}")).text())
                    .startsWith("The platform answered 422: ")
                    .contains(expected);
        }
    }

    private static final String RULES = """
            openapi: 3.1.0
            info: {title: T, version: '1'}
            x-mcp:
              errors:
                - {status: 503, pointer: /error/code, code: BUSY, pattern: 'in ~(\\d+) seconds', retry-after: $1}
                - {status: [503, 500], pointer: /wait, retry-after: /wait}
                - {status: 503, pattern: nightly, message: It sleeps at night., retry-after: 60}
                - {status: 403, advice: Ask the owner., retryable: false}
                - {status: 422, retryable: true}
                - {status: 404, pattern: '^never'}
            paths: {/a: {get: {operationId: op, responses: {'200': {description: ok}}}}}
            """;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "503 | {\"error\":{\"code\":\"BUSY\",\"message\":\"Retry in ~15 seconds.\"}} | 503 BUSY: Retry in ~15 seconds. Try again in 15 seconds.",
                "503 | {\"error\":{\"code\":\"BUSY\",\"message\":\"Retry in ~0 seconds.\"}} | 503 BUSY: Retry in ~0 seconds.",
                "503 | {\"error\":{\"code\":\"OTHER\",\"message\":\"Retry in ~15 seconds.\"}} | 503 OTHER: Retry in ~15 seconds.",
                "503 | {\"error\":{\"code\":\"BUSY\",\"message\":\"Retry in ~999999999999 seconds.\"}} | 503 BUSY: Retry in ~999999999999 seconds.",
                "500 | {\"message\":\"m\",\"wait\":7} | 500: m. Try again in 7 seconds.",
                "503 | {\"message\":\"nightly work\"} | 503: It sleeps at night. Try again in 60 seconds.",
                "403 | {\"message\":\"No\"} | 403: No. Ask the owner. The same call will fail again.",
                "422 | {\"message\":\"No\"} | 422: No. Try again later.",
                "404 | {\"message\":\"No\"} | 404: No. Check the names and ids in the arguments.",
            })
    void whatTheOwnerKnowsOfAnErrorIsTold(int status, String body, String expected) {
        try (Mounted api = Mounted.document(RULES)) {
            api.platform.answer(r -> FakePlatform.response(status, "application/json", body));

            assertThat(((ToolResult.UpstreamError) api.call("{}")).text())
                    .isEqualTo("The platform answered " + expected);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "500 | text/html | '' | The platform answered 500. The fault is the platform's, not the arguments'.",
                "404 | application/json | {\"message\":\"Gone\",\"errorCode\":\"NOT_FOUND\"} | The platform answered 404 NOT_FOUND: Gone. Check the names and ids in the arguments.",
                "409 | application/json | {\"success\":false,\"error\":{\"code\":\"data/taken\",\"message\":\"Taken\"}} | The platform answered 409 data/taken: Taken. It is in conflict with what is there now: read the current state first.",
                "404 | application/json | {\"error\":{\"code\":\"GONE\",\"message\":\"It is GONE\"}} | The platform answered 404: It is GONE. Check the names and ids in the arguments.",
                "404 | application/json | {\"statusCode\":404,\"error\":\"Not Found\",\"message\":\"No project\"} | The platform answered 404: No project. Check the names and ids in the arguments.",
                "429 | application/json | {} | The platform answered 429. Too many calls: wait before the next one.",
                "304 | application/json | null | The platform answered 304. Nothing has changed since.",
                "302 | '' | '' | The platform answered 302. Redirects are not followed.",
            })
    void whatSaysNothingIsNotRepeated(int status, String type, String body, String expected) {
        try (Mounted api = Mounted.operation("3.1.0", "get", "/a", "")) {
            api.platform.answer(r -> FakePlatform.response(status, type, status == 304 ? "" : body));

            assertThat(((ToolResult.UpstreamError) api.call("{}")).text()).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | The platform did not accept the caller's token for this.",
                "402 | It needs a payment or another plan: the same call will be refused until that has changed.",
                "403 | The caller may not do this; the same call will be refused again.",
                "404 | Check the names and ids in the arguments.",
                "409 | It is in conflict with what is there now: read the current state first.",
                "413 | What was sent is too large for the platform: send less at once.",
                "422 | The platform understood the arguments and does not accept them: change what it names.",
                "429 | Too many calls: wait before the next one.",
                "500 | The fault is the platform's, not the arguments'.",
            })
    void eachStatusComesWithWhatCanBeDone(int status, String advice) {
        try (Mounted api = Mounted.operation("3.1.0", "get", "/a", "")) {
            for (String body : new String[] {"", "{}", "{\"message\":\"No.\"}", "No."}) {
                api.platform.answer(r -> FakePlatform.response(status, "application/json", body));

                String words = body.contains("No") ? ": No. " : ". ";
                assertThat(((ToolResult.UpstreamError) api.call("{}")).text())
                        .isEqualTo("The platform answered " + status + words + advice);
            }
        }
    }
}
