package dev.wayleave.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayleave.TestIssuer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExplainTokenTest {
    @TempDir
    Path folder;

    private static Run over(Path folder, String... arguments) throws IOException {
        Path api = Files.writeString(folder.resolve("vault.yaml"), ExplainCommandTest.API);
        List<String> all = new ArrayList<>(List.of("explain", "--openapi", api.toString()));
        all.addAll(Arrays.asList(arguments));
        return Run.of(all.toArray(String[]::new));
    }

    @Test
    void aTokenIsReadAndNeverRepeated() throws IOException {
        String token;
        try (TestIssuer issuer = new TestIssuer()) {
            token = issuer.token("https://mcp.example.com/mcp", "thing:read canary:secret");
        }
        String canary = token.substring(token.indexOf('.') + 1, token.indexOf('.') + 30);
        Path file = Files.writeString(folder.resolve("token.txt"), "Bearer " + token + "\n");
        Run run = over(folder, "--token", file.toString());
        JsonNode json = new ObjectMapper()
                .readTree(over(folder, "--token", file.toString(), "--format", "json")
                        .out());

        assertThat(run.out())
                .contains("2 of 4 tools", "Note: the token's claims were read and nothing of it was verified");
        assertThat(json.at("/totals/allowed").intValue()).isEqualTo(2);
        List<Run> runs = List.of(
                run,
                over(folder, "--diff", "@" + file, "a"),
                over(folder, "--least", "list_things", "--token", file.toString()),
                over(folder, "--token", token),
                over(folder, "--claims", token),
                over(folder, "--scopes", token),
                over(folder, "--diff", token, "@" + token),
                over(folder, "--least", token),
                over(folder, "--level", token),
                over(folder, "--audit", token),
                over(folder, token),
                Run.of("explain", "--platform", token, "--config", token));
        assertThat(runs)
                .allSatisfy(one -> assertThat(one.out() + one.err())
                        .isNotEmpty()
                        .doesNotContain(canary, "canary:secret", token.substring(token.length() - 20)));
    }
}
