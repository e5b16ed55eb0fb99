package dev.wayleave.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What overlays make of a document: the Overlay Specification 1.0, 1.1 and 1.2, case by case. */
class OverlayTest {
    private static final String ZOO = """
            {openapi: 3.1.0, info: {title: Zoo, version: "1", x-old: {a: 1}}, tags: [{name: cats}, {name: dogs}],
             paths: {/cats: {get: {tags: [cats, public], summary: Cats}}, /dogs: {get: {tags: [dogs]}, delete: {}}}}""";

    private final Findings findings = new Findings();

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Overlay overlay(String version, String actions) throws DocumentException {
        return Overlay.read("zoo.overlay.yaml", bytes("""
                overlay: %s
                info: {title: Changes, version: "1"}
                actions:
                %s""".formatted(version, actions.indent(2))));
    }

    private JsonNode applied(String document, Overlay... overlays) throws DocumentException {
        Documents documents = Documents.of("zoo.yaml", bytes(document));
        documents.overlay(List.of(overlays), findings);
        return documents.first().root();
    }

    private static String at(JsonNode root, String pointer) {
        return root.at(pointer).toString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // objects are merged, deep down; what is new is put in; what is single is replaced
                "1.0.0 | {target: $.info, update: {title: Park, x-old: {b: 2}, contact: {name: K}}} | /info"
                        + " | {\"title\":\"Park\",\"version\":\"1\",\"x-old\":{\"a\":1,\"b\":2},\"contact\":{\"name\":\"K\"}}",
                "1.1.0 | {target: $, update: {info: {title: Park}}} | /info/title | \"Park\"",
                "1.1.0 | {target: $.info, update: {title: null}} | /info/title | null",
                // arrays grow
                "1.0.0 | {target: $.tags, update: {name: fish}} | /tags | [{\"name\":\"cats\"},{\"name\":\"dogs\"},{\"name\":\"fish\"}]",
                "1.0.0 | {target: $.tags, update: [{name: fish}]} | /tags/2 | [{\"name\":\"fish\"}]",
                "1.1.0 | {target: $.tags, update: [{name: fish}]} | /tags/2 | {\"name\":\"fish\"}",
                "1.1.0 | {target: '$.paths.*.get.tags', update: all} | /paths/~1cats/get/tags | [\"cats\",\"public\",\"all\"]",
                "1.0.0 | {target: '$.paths[\"/cats\"].get', update: {tags: [small]}} | /paths/~1cats/get/tags | [\"cats\",\"public\",\"small\"]",
                // single values, since 1.1
                "1.1.0 | {target: $.info.title, update: Park} | /info/title | \"Park\"",
                "1.1.0 | {target: '$.paths.*.get.tags[?@ == \"public\"]', update: open} | /paths/~1cats/get/tags | [\"cats\",\"open\"]",
                // removal
                "1.0.0 | {target: '$.paths[\"/dogs\"]', remove: true} | /paths | {\"/cats\":{\"get\":{\"tags\":[\"cats\",\"public\"],\"summary\":\"Cats\"}}}",
                "1.0.0 | {target: '$.tags[*]', remove: true} | /tags | []",
                "1.0.0 | {target: '$.tags[0,0]', remove: true} | /tags | [{\"name\":\"dogs\"}]",
                "1.1.0 | {target: '$.paths.*.get.tags[?@ == \"cats\"]', remove: true} | /paths/~1cats/get/tags | [\"public\"]",
                "1.1.0 | {target: $.info.title, remove: true, update: X} | /info | {\"version\":\"1\",\"x-old\":{\"a\":1}}",
                "1.1.0 | {target: $.info.title, remove: false, update: X} | /info/title | \"X\"",
                // copies
                "1.1.0 | {target: '$.paths[\"/dogs\"]', copy: '$.paths[\"/cats\"]'} | /paths/~1dogs | {\"get\":{\"tags\":[\"dogs\",\"cats\",\"public\"],\"summary\":\"Cats\"},\"delete\":{}}",
                "1.1.0 | {target: $.info.title, copy: $.info.version} | /info/title | \"1\"",
                "1.1.0 | {target: '$.info[\"x-old\"]', copy: $.info} | /info/x-old | {\"a\":1,\"title\":\"Zoo\",\"version\":\"1\",\"x-old\":{\"a\":1}}",
            })
    void anActionChanges(String version, String action, String pointer, String expected) throws DocumentException {
        assertThat(at(applied(ZOO, overlay(version, "- " + action)), pointer)).isEqualTo(expected);
        assertThat(findings.list()).isEmpty();
    }

    @Test
    void anActionSeesWhatTheOneBeforeItLeft() throws DocumentException {
        JsonNode root = applied(
                ZOO,
                overlay("1.1.0", """
                - {target: $.paths, update: {/felines: {}}}
                - {target: '$.paths["/felines"]', copy: '$.paths["/cats"]'}
                - {target: '$.paths["/cats"]', remove: true}
                """),
                overlay("1.0.0", "- {target: '$.paths[\"/felines\"].get', update: {summary: Felines}}"));
        assertThat(at(root, "/paths/~1felines/get"))
                .isEqualTo("{\"tags\":[\"cats\",\"public\"],\"summary\":\"Felines\"}");
        assertThat(root.at("/paths").has("/cats")).isFalse();
    }

    @Test
    void aTraitIsAppliedWhereTheDocumentAsksForIt() throws DocumentException {
        JsonNode root = applied(
                """
                {openapi: 3.1.0, paths: {/a: {get: {x-traits: [paged]}}, /b: {get: {x-traits: [paged], parameters: [{name: q}]}}, /c: {get: {}}}}""",
                overlay(
                        "1.0.0",
                        "- {target: '$.paths[?@.get[\"x-traits\"][?@ == \"paged\"]].get', update: {parameters: [{name:"
                                + " top}]}}"));
        assertThat(root.findValuesAsText("name")).containsExactly("top", "q", "top");
        assertThat(root.at("/paths/~1c/get").isEmpty()).isTrue();
    }

    @Test
    void aReusableActionIsPutTogetherWithItsTarget() throws DocumentException {
        Overlay overlay = Overlay.read("o.yaml", bytes("""
                overlay: 1.2.0
                $self: https://example.com/o.yaml
                info: {title: T, version: "1", description: d}
                components:
                  actions:
                    not~found/404: {description: for all, fields: {update: {responses: {"404": {description: none}}}}}
                    gone: {fields: {remove: true}}
                actions:
                  - {$ref: '#/components/actions/not~0found~1404', target: $.paths.*.get}
                  - {$ref: '#/components/actions/gone', target: '$.paths["/dogs"].delete', description: never}
                """));
        JsonNode root = applied(ZOO, overlay);
        assertThat(root.findValues("404")).hasSize(2);
        assertThat(root.at("/paths/~1dogs").has("delete")).isFalse();
    }

    @Test
    void anAliasedNodeIsChangedInOnePlace() throws DocumentException {
        JsonNode root = applied("""
                {openapi: 3.1.0, paths: {/a: &shared {get: {summary: one}}, /b: *shared}}""", overlay("1.0.0", "- {target: '$.paths[\"/a\"].get', update: {summary: two}}"));
        assertThat(root.findValuesAsText("summary")).containsExactly("two", "one");
    }

    @Test
    void aTargetThatSelectsNothingIsToldWithItsLine() throws DocumentException {
        applied(ZOO, overlay("1.1.0", "- {target: $.info, update: {x: 1}}\n- {target: $.absent, remove: true}"));
        assertThat(findings.list())
                .extracting(Finding::toString)
                .containsExactly("zoo.overlay.yaml:5 at /actions/1/target: \"$.absent\" selects nothing in zoo.yaml");
    }

    @Test
    void aFindingNamesTheOverlayThatItsValueCameFrom() throws DocumentException {
        List<Overlay> overlays = List.of(overlay("1.1.0", """
                - target: $.paths["/cats"].get
                  update:
                    deprecated: maybe
                - target: $.paths["/cats"].get
                  update:
                    parameters:
                      - in: query
                        name: q
                        style: spiral
                        schema: {type: string}
                """));
        ApiDescription api = OpenApiReader.read(
                "zoo.yaml",
                bytes(ZOO.replace("Cats}", "Cats, tags: 1}").replace("tags: [cats, public], ", "")),
                ReadOptions.with(overlays));
        assertThat(api.findings().stream().map(Finding::toString))
                .anyMatch(f -> f.startsWith("zoo.overlay.yaml:6 at /paths/~1cats/get/deprecated"))
                .anyMatch(f -> f.startsWith("zoo.overlay.yaml:12 at /paths/~1cats/get/parameters/0/style"))
                .anyMatch(f -> f.startsWith("zoo.yaml:2 at /paths/~1cats/get/tags"));
    }

    @Test
    void extendsIsComparedWithTheDocument(@TempDir Path folder) throws Exception {
        Path document = Files.writeString(folder.resolve("zoo.yaml"), ZOO);
        List<String> told = new ArrayList<>();
        for (String target : List.of("zoo.yaml", "./zoo.yaml", "other.yaml", "https://example.com/x.yaml")) {
            Path file = Files.writeString(folder.resolve("o.yaml"), """
                    overlay: 1.1.0
                    info: {title: T, version: "1"}
                    extends: %s
                    actions: [{target: $.info, update: {x-a: 1}}]
                    """.formatted(target));
            ApiDescription api = OpenApiReader.read(document, ReadOptions.with(List.of(Overlay.read(file))));
            api.findings().stream()
                    .filter(f -> f.message().contains("is written for"))
                    .forEach(f -> told.add(
                            target + (f.message().contains("cannot be compared") ? " cannot be compared" : "")));
        }
        assertThat(told).containsExactly("other.yaml", "https://example.com/x.yaml cannot be compared");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1.1.0 | {target: $.info, update: text} | /actions/0/update | is a single value, and selected is an object at /info",
                "1.1.0 | {target: $.info.title, update: {a: 1}} | /actions/0/update | is an object, and selected is a single value",
                "1.1.0 | {target: $.info, update: {title: {a: 1}}} | /actions/0/update | `title` is an object here and a single value",
                "1.1.0 | {target: $.info, update: {x-old: [1]}} | /actions/0/update | `x-old` is an array here and an object",
                "1.1.0 | {target: '$.info.*', update: {a: 1}} | /actions/0/target | selects both a single value",
                "1.0.0 | {target: $.info.title, update: X} | /actions/0/target | say overlay: 1.1.0",
                "1.0.0 | {target: $.info.title, remove: true} | /actions/0/target | say overlay: 1.1.0",
                "1.1.0 | {target: $, remove: true} | /actions/0/target | whole document cannot be removed",
                "1.1.0 | {target: $.info, copy: $.nothing} | /actions/0/copy | selects 0",
                "1.1.0 | {target: $.info, copy: '$.paths.*'} | /actions/0/copy | selects 2",
                "1.0.0 | {target: $.info, copy: $.paths} | /actions/0/copy | no member of this in Overlay 1.0",
                "1.1.0 | {$ref: '#/components/actions/a', target: $.info} | /actions/0/$ref | no member of this in Overlay 1.1",
                "1.2.0 | {$ref: '#/components/actions/a', target: $.info} | /actions/0/$ref | NAME of one that is there",
                "1.1.0 | {target: $.info, update: {}, copy: $.tags} | /actions/0/copy | not both",
                "1.1.0 | {update: {}} | /actions/0/target | is a JSONPath expression",
                "1.1.0 | {target: info, update: {}} | /actions/0/target | no JSONPath of RFC 9535",
                "1.1.0 | {target: $.info, remove: yes} | /actions/0/remove | true or false",
                "1.1.0 | {target: $.info, updates: {}} | /actions/0/updates | the members are copy, description, remove, target, update",
                "1.1.0 | {target: '$..*..*..*..*..*..*..*..*..*', update: {}} | /actions/0/target | the expression",
            })
    void aWrongActionIsAnErrorWithItsPlace(String version, String action, String pointer, String expected) {
        String wide =
                ZOO.replace("x-old: {a: 1}", "x-old: {a: 1, b: " + "[".repeat(40) + "1,2,3,4" + "]".repeat(40) + "}");
        assertThatThrownBy(() -> applied(wide, overlay(version, "- " + action)))
                .isInstanceOf(DocumentException.class)
                .hasMessageStartingWith("zoo.overlay.yaml:4 at " + pointer + ": ")
                .hasMessageContaining(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "overlay: 2.0.0 | o.yaml:1 at /overlay",
                "overlay: 1.1 | o.yaml:1 at /overlay",
                "overlay: 1.1.0, info: {title: T}, actions: [] | o.yaml:1 at /info/version",
                "overlay: 1.1.0, info: {title: 1, version: '1'} | o.yaml:1 at /info/title",
                "overlay: 1.1.0, info: {title: T, version: '1'} | o.yaml:1 at /actions",
                "overlay: 1.1.0, info: {title: T, version: '1'}, actions: [1] | o.yaml:1 at /actions/0",
                "overlay: 1.1.0, info: {title: T, version: '1'}, extends: 1, actions: [{target: $}] | o.yaml:1 at /extends",
                "overlay: 1.2.0, info: {title: T, version: '1'}, extends: 'a#b', actions: [{target: $}] | o.yaml:1 at /extends",
                "overlay: 1.1.0, info: {title: T, version: '1'}, actions: [{target: $}, {target: $}] | o.yaml:1 at /actions/1",
                "overlay: 1.1.0, info: {title: T, version: '1'}, components: {}, actions: [{target: $}] | o.yaml:1 at /components",
                "overlay: 1.2.0, info: {title: T, version: '1'}, components: {actions: {a: {fields: {target: $}}}}, actions: [{target: $}]"
                        + " | o.yaml:1 at /components/actions/a/fields/target",
            })
    void aMalformedOverlayIsRefused(String members, String place) {
        assertThatThrownBy(() -> Overlay.read("o.yaml", bytes("{" + members + "}")))
                .isInstanceOf(DocumentException.class)
                .hasMessageStartingWith(place);
    }

    @Test
    void copyingOverAndOverComesToAnEnd() {
        StringBuilder actions = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            actions.append("- {target: $.info, update: {x-").append(i).append(": {}}}\n");
            actions.append("- {target: '$.info[\"x-").append(i).append("\"]', copy: $}\n");
        }
        assertThatThrownBy(() -> applied(ZOO, overlay("1.1.0", actions.toString())))
                .isInstanceOf(DocumentException.class)
                .hasMessageMatching("(?s).*(add more than|nest deeper than).*");
    }
}
