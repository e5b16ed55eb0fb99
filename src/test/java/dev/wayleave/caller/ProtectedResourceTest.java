package dev.wayleave.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProtectedResourceTest {
    private static ProtectedResource at(String url) {
        return new ProtectedResource(URI.create(url), List.of("https://as.example"), List.of(), null);
    }

    @Test
    void theDocumentSaysWhoIssuesTokens() {
        ProtectedResource resource = new ProtectedResource(
                URI.create("https://h.example/public/mcp"),
                List.of("https://as.example/", "https://as2.example/t"),
                List.of("read"),
                "The \"API\" für alle");

        assertThat(new String(resource.json(), StandardCharsets.UTF_8)).isEqualTo("""
                {"resource":"https://h.example/public/mcp",\
                "authorization_servers":["https://as.example/","https://as2.example/t"],\
                "scopes_supported":["read"],\
                "bearer_methods_supported":["header"],\
                "resource_name":"The \\"API\\" für alle"}""");
    }

    @Test
    void whatIsNotKnownIsNotSaid() {
        assertThat(new String(at("https://h.example").json(), StandardCharsets.UTF_8))
                .doesNotContain("scopes_supported", "resource_name", "null");
    }

    @ParameterizedTest
    @CsvSource({
        "https://h.example/public/mcp,https://h.example/.well-known/oauth-protected-resource/public/mcp",
        "https://h.example:8443/mcp,https://h.example:8443/.well-known/oauth-protected-resource/mcp",
        "https://h.example,https://h.example/.well-known/oauth-protected-resource",
        "http://127.0.0.1:8080/a%20b,http://127.0.0.1:8080/.well-known/oauth-protected-resource/a%20b",
        "http://[::1]:8080/mcp,http://[::1]:8080/.well-known/oauth-protected-resource/mcp"
    })
    void theWellKnownPathGoesBetweenHostAndPath(String resource, String metadata) {
        assertThat(at(resource).metadataUrl()).hasToString(metadata);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://h.example/mcp",
                "https://h.example/mcp/",
                "https://h.example/",
                "https://H.example/mcp",
                "https://h.example/mcp?x",
                "https://h.example/mcp#x",
                "https://u@h.example/mcp",
                "/mcp",
                "mailto:a@b"
            })
    void aResourceThatClientsWouldNotRecogniseIsRefused(String resource) {
        assertThatIllegalArgumentException().isThrownBy(() -> at(resource)).withMessageStartingWith("public-url:");
    }

    @Test
    void whoIssuesTokensIsToldUnlessNobodyIsAsked() {
        ProtectedResource drawer =
                new ProtectedResource(URI.create("https://h.example/mcp"), List.of(), List.of("read"), null);
        assertThat(new String(drawer.json(), StandardCharsets.UTF_8))
                .contains("\"resource\"", "\"scopes_supported\"")
                .doesNotContain("authorization_servers");
    }

    @Test
    void tokensAreNotIssuedOverPlainHttp() {
        URI resource = URI.create("https://h.example/mcp");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ProtectedResource(resource, List.of("http://as.example"), List.of(), null))
                .withMessageStartingWith("callers.authorization-servers:");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new ProtectedResource(resource, List.of("https://as.example"), List.of("offline_access"), null))
                .withMessageStartingWith("callers.scopes-supported:");
    }
}
