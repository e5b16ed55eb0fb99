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
}
