package dev.wayleave.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.wayleave.openapi.Parameter;
import dev.wayleave.openapi.Schema;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadersTest {
    private static boolean mayBeArgument(String name) {
        Schema text = new Schema(JsonNodeFactory.instance.objectNode(), Map.of());
        return new Headers("softr-api-key")
                .mayBeArgument(new Parameter(
                        name,
                        Parameter.In.HEADER,
                        true,
                        false,
                        null,
                        Parameter.Style.SIMPLE,
                        false,
                        false,
                        false,
                        null,
                        text,
                        Map.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization",
                "authorization ",
                "Host",
                "Cookie",
                "Content-Length",
                "Transfer-Encoding",
                "Softr-Api-Key",
                "softr_api_key",
                "X-Forwarded-For",
                "Proxy-Authorization",
                "User-Agent",
                "X-HTTP-Method-Override",
                "a b",
                "a:b",
                "a\r\nb",
                ""
            })
    void whatCarriesCredentialsOrFramesTheMessageIsNoArgument(String name) {
        assertThat(mayBeArgument(name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Request-Id", "If-Match", "Prefer", "Idempotency-Key"})
    void anyOtherHeaderIs(String name) {
        assertThat(mayBeArgument(name)).isTrue();
    }
}
