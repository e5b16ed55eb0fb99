package dev.wayleave.platforms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wayleave.FakePlatform;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whose tokens the shipped configurations take: those of RFC 9068 and plain JWTs, for their own address alone. */
class TokensOfPlatformsTest {
    @ParameterizedTest
    @CsvSource({"softr", "schemastack", "bkend", "smallstack"})
    void tokensOfBothTypesAreTakenForThisServerAlone(String name) {
        try (FakePlatform platform = FakePlatform.json("{\"accessMode\":\"FULL\"}");
                Served served = Served.platform(
                        name, platform.url(), Map.of("DOCS_URL", platform.url().toString()))) {
            String own = served.url().toString();
            for (String type : List.of("at+jwt", "application/at+jwt", "JWT", "")) {
                assertThat(status(served, type, own)).as(type).isEqualTo(200);
            }
            for (String type : List.of("logout+jwt", "dpop+jwt", "id_token+jwt")) {
                assertThat(status(served, type, own)).as(type).isEqualTo(401);
            }
            for (String other : List.of(own + "/", own.replace("/mcp", ""), own.replace(name, "other"), "*")) {
                assertThat(status(served, "JWT", other)).as(other).isEqualTo(401);
            }
        }
    }

    private static int status(Served served, String type, String audience) {
        String token = served.tokenOfType(
                type,
                audience,
                claims -> claims.claim("workspace", "w")
                        .claim("organization", "o")
                        .claim("features", List.of("mcp")));
        return served.post(token, "tools/list", Served.JSON.createObjectNode()).statusCode();
    }
}
