package dev.wayleave.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.wayleave.openapi.ApiDescription;
import dev.wayleave.openapi.DocumentException;
import dev.wayleave.openapi.Finding;
import dev.wayleave.openapi.OpenApiReader;
import dev.wayleave.openapi.Overlay;
import dev.wayleave.openapi.ReadOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code x-mcp} makes of operations, and what it is told where it is wrong. */
class CurationTest {
    private static Catalog catalog(String yaml) throws DocumentException {
        return Catalog.of(api(yaml));
    }

    private static ApiDescription api(String yaml, Overlay... overlays) throws DocumentException {
        return OpenApiReader.read(
                "api.yaml", yaml.getBytes(StandardCharsets.UTF_8), ReadOptions.with(List.of(overlays)));
    }

    private static Catalog one(String method, String extension) throws DocumentException {
        return catalog("""
                openapi: 3.1.0
                info: {title: T, version: "1"}
                paths:
                  /a:
                    %s:
                      operationId: a
                      x-mcp: %s
                      responses: {"200": {description: ok}}
                """.formatted(method, extension));
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            quoteCharacter = '`',
            value = {
                // method, x-mcp, readOnly destructive idempotent, safe repeatable, finding
                "get | {} | R-I SR | ``",
                "get | {safe: false} | -DI -- | ``",
                "get | {annotations: {readOnlyHint: false, destructiveHint: false}} | --I SR | ``",
                "get | {idempotent: false} | R-- S- | ``",
                "post | {} | --- -- | ``",
                "post | {safe: true} | R-I SR | ``",
                "post | {access: read} | R-I -- | ``",
                "post | {idempotent: true} | --I -R | ``",
                "post | {annotations: {destructiveHint: true}} | -D- -- | ``",
                "post | {annotations: {readOnlyHint: true}} | --- -- | a POST only reads where",
                "put | {} | -DI -- | ``",
                "put | {annotations: {destructiveHint: false}} | --I -- | ``",
                "put | {safe: true} | -DI -- | a PUT never is",
                "patch | {annotations: {readOnlyHint: true}} | -D- -- | a PATCH never is",
                "delete | {} | -DI -- | ``",
                "delete | {safe: true, access: read} | -DI -- | a DELETE never is",
                "delete | {annotations: {readOnlyHint: true, destructiveHint: false}} | -DI -- | a DELETE destroys",
            })
    void theFloorHolds(String method, String extension, String expected, String finding) throws DocumentException {
        Catalog catalog = one(method, extension);
        Tool tool = catalog.tools().getFirst();
        Annotations hints = tool.annotations();
        assertThat((hints.readOnly() ? "R" : "-")
                        + (hints.destructive() ? "D" : "-")
                        + (hints.idempotent() ? "I" : "-")
                        + (tool.handling().safe() ? " S" : " -")
                        + (tool.handling().repeatable() ? "R" : "-"))
                .isEqualTo(expected);
        assertThat(catalog.findings().toString()).contains(finding);
        assertThat(catalog.findings().isEmpty()).isEqualTo(finding.isEmpty());
    }

    @Test
    void aKeyThatIsNoneIsToldWithItsLineAndTheOthersStay() throws DocumentException {
        Catalog catalog = catalog("""
                openapi: 3.1.0
                info: {title: T, version: "1"}
                paths:
                  /a:
                    get:
                      operationId: a
                      x-mcp:
                        name: a
                        exposed: true
                  /b:
                    get:
                      operationId: b
                      parameters:
                        - name: q
                          in: query
                          schema: {type: string}
                          x-mcp:
                            bind:
                              claims: org
                  /c: {get: {operationId: c}}
                """);
        assertThat(catalog.tools()).extracting(Tool::name).containsExactly("c");
        assertThat(catalog.findings())
                .extracting(Finding::toString)
                .anyMatch(f -> f.startsWith(
                        "api.yaml:9 at /paths/~1a/get/x-mcp/exposed: GET /a is left out: `exposed` is no key"))
                .anyMatch(f -> f.startsWith("api.yaml:18 at /paths/~1b/get/parameters/0/x-mcp/bind"))
                .allMatch(f -> !f.contains("/paths/~1c/get/x-mcp"));
    }

    @Test
    void aFaultInAnOverlayIsToldWithTheOverlaysLine() throws DocumentException {
        Overlay overlay = Overlay.read("mine.yaml", """
                overlay: 1.1.0
                info: {title: O, version: "1"}
                actions:
                  - target: $.paths["/a"].get
                    update:
                      x-mcp:
                        name: not a name
                """.getBytes(StandardCharsets.UTF_8));
        Catalog catalog = Catalog.of(api(
                "{openapi: 3.1.0, info: {title: T, version: '1'}, paths: {/a: {get: {x-mcp: {safe: true}}}}}",
                overlay));
        assertThat(catalog.tools()).isEmpty();
        assertThat(catalog.findings().getLast().toString()).startsWith("mine.yaml:7 at /paths/~1a/get/x-mcp/name");
    }

    @Test
    void aFaultOfTheDocumentStopsTheStart() {
        assertThatThrownBy(() ->
                        catalog("openapi: 3.1.0\ninfo: {title: T, version: '1'}\nx-mcp:\n  themes: []\npaths: {}"))
                .isInstanceOf(DocumentException.class)
                .hasMessageStartingWith("api.yaml:4 at /x-mcp/themes: `themes` is no key");
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            quoteCharacter = '`',
            value = {
                "{not: {properties: {p: {x-mcp: {hidden: true}}}}} | cannot be kept here",
                "{patternProperties: {'^p': {x-mcp: {hidden: true}}}} | cannot be kept here",
                "{if: {properties: {p: {x-mcp: {hidden: true}}}}, then: {}} | cannot be kept here",
                "{$ref: '#/components/schemas/Tree'} | cannot be kept here",
                "{required: [p], properties: {p: {x-mcp: {hidden: true}}}} | which is required",
                "{properties: {p: {x-mcp: {bind: {lookup: {operation: o, pointer: /a}}}}}} | not served yet",
                "{properties: {p: {type: string, x-mcp: {clamp: true}}}} | neither `minimum` nor `maximum`",
                "{properties: {p: {x-mcp: {reject: {minimum: 2, maximum: 1}}}}} | is more than `maximum`",
            })
    void whatCannotBeKeptIsNeverShown(String schema, String expected) throws DocumentException {
        Catalog catalog = catalog("""
                openapi: 3.1.0
                info: {title: T, version: "1"}
                paths:
                  /a:
                    post:
                      operationId: a
                      requestBody: {required: true, content: {application/json: {schema: {type: object, properties: {o: %s}}}}}
                components: {schemas: {Tree: {type: object, properties: {s: {x-mcp: {hidden: true}}, t: {$ref: '#/components/schemas/Tree'}}}}}
                """.formatted(schema));
        assertThat(catalog.tools()).isEmpty();
        assertThat(catalog.findings().toString()).contains(expected);
    }

    @Test
    void whatSwaggerSaysOfAParameterCountsToo() throws DocumentException {
        Catalog catalog = catalog("""
                swagger: "2.0"
                info: {title: T, version: "1"}
                paths:
                  /a:
                    get:
                      operationId: a
                      parameters:
                        - {name: p, in: query, type: string, x-mcp: {hidden: true}}
                        - {name: q, in: query, type: string}
                  /b:
                    post:
                      operationId: b
                      parameters: [{name: body, in: body, schema: {type: object}, x-mcp: {forbid: [a]}}]
                """);
        assertThat(catalog.tools()).extracting(CurationTest::shown).containsExactly("a [q] []");
        assertThat(catalog.findings().toString()).contains("`x-mcp` of a body stands in its schema");
    }

    @Test
    void twoThatSayDifferentThingsOfOneValueAreRefused() throws DocumentException {
        Catalog catalog = catalog("""
                openapi: 3.1.0
                info: {title: T, version: "1"}
                paths:
                  /a:
                    get:
                      operationId: a
                      parameters:
                        - {name: p, in: query, schema: {allOf: [{type: string, x-mcp: {default: x}}, {x-mcp: {hidden: true}}]}}
                  /b:
                    get:
                      operationId: b
                      parameters: [{name: p, in: query, x-mcp: {default: x}, schema: {type: string, x-mcp: {hidden: true}}}]
                """);
        assertThat(catalog.tools()).isEmpty();
        assertThat(catalog.findings()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            quoteCharacter = '`',
            value = {
                "$.info | /info/x-mcp",
                "$.paths[*] | /paths/~1a/x-mcp",
                "$..requestBody | /paths/~1a/post/requestBody/x-mcp",
                "$..content.* | /paths/~1a/post/requestBody/content/application~1json/x-mcp",
            })
    void whereNobodyReadsItThatIsTold(String target, String pointer) throws DocumentException {
        Overlay overlay = Overlay.read("mine.yaml", """
                {overlay: 1.1.0, info: {title: O, version: "1"}, actions: [{target: '%s', update: {x-mcp: {hidden: true}}}]}
                """.formatted(target).getBytes(StandardCharsets.UTF_8));
        Catalog catalog = Catalog.of(api("""
                {openapi: 3.1.0, info: {title: T, version: "1"},
                 paths: {/a: {post: {requestBody: {content: {application/json: {schema: {type: object}}}}}}}}""", overlay));
        assertThat(catalog.findings())
                .extracting(Finding::toString)
                .containsExactly(
                        "mine.yaml:1 at " + pointer + ": `x-mcp` means nothing here; it stands on the document, on"
                                + " operations, on parameters and on properties");
    }

    @Test
    void aNameThatAnOwnerGaveIsNobodyElsesAndOneGivenTwiceIsNobodys() throws DocumentException {
        Catalog catalog = catalog("""
                openapi: 3.1.0
                info: {title: T, version: "1"}
                x-mcp: {prefix: t-}
                paths:
                  /a: {get: {operationId: b}}
                  /b: {get: {operationId: x, x-mcp: {name: b}}}
                  /c: {get: {operationId: y, x-mcp: {name: c}}}
                  /d: {get: {operationId: z, x-mcp: {name: c}}}
                """);
        assertThat(catalog.tools())
                .extracting(tool -> tool.name() + " " + tool.work().label().replaceFirst("^\\S+ ", ""))
                .containsExactly("t-b /b");
        assertThat(catalog.findings())
                .hasSize(3)
                .allMatch(f -> f.message().contains("give it another with x-mcp.name"));
    }

    @Test
    void aVendorsDocumentIsCuratedFromBesideIt() throws Exception {
        Path vendor = Path.of("..", "shared", "platforms", "turso-vendor.openapi.json");
        assumeTrue(Files.exists(vendor), () -> vendor + " is not there; nothing to curate");
        byte[] before = Files.readAllBytes(vendor);
        Overlay overlay = Overlay.read("turso.yaml", """
                overlay: 1.1.0
                info: {title: Turso for agents, version: "1"}
                actions:
                  - target: $
                    update: {x-mcp: {expose: false, title: Turso}}
                  - target: $.components.parameters.organizationSlug
                    update: {x-mcp: {bind: {claim: org}}}
                  - target: $..[?@.operationId == 'listDatabases']
                    update: {x-mcp: {expose: true, scopes: [read]}}
                  - target: $..[?@.operationId == 'createDatabase']
                    update: {x-mcp: {expose: true, name: new_database, scopes: ["db:create"], idempotent: false}}
                  - target: $.components.schemas.CreateDatabaseInput.properties.group
                    update: {x-mcp: {bind: {const: default}}}
                  - target: $..[?@.operationId == 'deleteDatabase']
                    update: {x-mcp: {expose: true, annotations: {destructiveHint: false}}}
                """.getBytes(StandardCharsets.UTF_8));
        Catalog catalog = Catalog.of(OpenApiReader.read(vendor, ReadOptions.with(List.of(overlay))));

        assertThat(catalog.title()).isEqualTo("Turso");
        assertThat(catalog.tools())
                .extracting(CurationTest::shown)
                .containsExactly(
                        "list_databases [group, schema, parent] [read]",
                        "new_database [name, seed, size_limit, remote_encryption] [db:create]",
                        "delete_database [databaseName] []");
        assertThat(catalog.findings()).hasSize(1).allMatch(f -> f.message().contains("a DELETE destroys"));
        assertThat(catalog.tools()).allMatch(tool -> tool.claims().equals(List.of("org")));
        assertThat(Files.readAllBytes(vendor)).isEqualTo(before);
    }

    private static String shown(Tool tool) {
        List<String> arguments = new java.util.ArrayList<>();
        tool.inputSchema().path("properties").fieldNames().forEachRemaining(arguments::add);
        return tool.name() + " " + arguments + " " + tool.scopes().nearest(needed -> needed);
    }
}
