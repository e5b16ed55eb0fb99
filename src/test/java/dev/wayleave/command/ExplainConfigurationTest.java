package dev.wayleave.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What serves can be explained: whatever a configuration may say, and whoever's scopes stand in whatever claim. */
class ExplainConfigurationTest {
    @TempDir
    Path folder;

    private String configuration() throws IOException {
        Path api = Files.writeString(folder.resolve("vault.yaml"), ExplainCommandTest.API);
        return """
                wayleave:
                  public-url: https://mcp.example.com
                  audit: {file: audit.jsonl}
                  platforms:
                    vault:
                      path: /vault
                      openapi: %s
                      overlays: []
                      workflows: []
                      constants: {region: eu}
                      strict: true
                      expose: {methods: [GET, POST, DELETE]}
                      asks: {confirm: destructive}
                      page-size: 100
                      limits: {concurrent: 64}
                      upstream: {url: "https://api.example.com"}
                      callers:
                        verify: jwt
                        issuers:
                          a: {issuer: "https://a.example.com"}
                          b: {issuer: "https://b.example.com", scope-claim: realm.roles}
                      access: {unscoped: allow}
                """.formatted(api);
    }

    @Test
    void everyKeyOfAPlatformThatIsDocumentedMayStandThere() throws IOException {
        String written = configuration();
        List<String> lines = Files.readAllLines(Path.of("docs", "configuration.md"));
        lines.subList(lines.indexOf("## `wayleave.platforms.<name>`") + 1, lines.size()).stream()
                .takeWhile(line -> !line.startsWith("## "))
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split("`", -1)[1])
                .forEach(key -> assertThat(written).contains("\n      " + key + ":"));

        Run run = explain("--scopes", "thing:read");

        assertThat(run.err()).isEmpty();
        assertThat(run.exit()).isZero();
    }

    @Test
    void eachIssuersScopesAreReadWhereItHasThem() throws IOException {
        String claims = "{\"iss\":\"https://%s.example.com\",\"realm\":{\"roles\":[\"thing:read\"]}}";
        String other = "{\"iss\":\"https://%s.example.com\",\"scope\":\"thing:read\"}";
        for (String issuer : List.of("a", "b")) {
            String good = (issuer.equals("a") ? other : claims).formatted(issuer);
            String bad = (issuer.equals("a") ? claims : other).formatted(issuer);
            assertThat(explain("--claims", good, "list_things").exit()).as(good).isZero();
            assertThat(explain("--claims", bad, "list_things").exit()).as(bad).isEqualTo(1);
        }
    }

    private Run explain(String... arguments) throws IOException {
        Path file = Files.writeString(folder.resolve("wayleave.yml"), configuration());
        String[] all = new String[arguments.length + 3];
        all[0] = "explain";
        all[1] = "--config";
        all[2] = file.toString();
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return Run.of(all);
    }
}
