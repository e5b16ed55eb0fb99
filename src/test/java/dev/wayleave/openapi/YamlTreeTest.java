package dev.wayleave.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** YAML as JSON: the values that people mean, and what is refused. */
class YamlTreeTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a: no                       | {"a":"no"}
            on: yes                     | {"on":"yes"}
            y: 2024-01-31               | {"y":"2024-01-31"}
            y: 2024-01-31T10:00:00Z     | {"y":"2024-01-31T10:00:00Z"}
            t: 12:30:45                 | {"t":"12:30:45"}
            200: ok                     | {"200":"ok"}
            null: ~                     | {"null":null}
            v: 1.10                     | {"v":1.10}
            zip: 01234                  | {"zip":"01234"}
            i: -12                      | {"i":-12}
            h: [0x1F, 0o17, 1_000]      | {"h":[31,15,"1_000"]}
            e: [1e3, .5, .inf, .nan]    | {"e":[1E+3,0.5,".inf",".nan"]}
            b: [true, False, "true"]    | {"b":[true,false,"true"]}
            s: !!str 200                | {"s":"200"}
            x: {<<: {a: 1, b: 2}, b: 3} | {"x":{"b":3,"a":1}}
            x: [&a {k: 1}, *a]          | {"x":[{"k":1},{"k":1}]}
            "<<": 1                     | {"<<":1}
            """)
    void meansWhatItSays(String yaml, String json) throws DocumentException {
        assertThat(YamlTree.read("y", yaml.getBytes(StandardCharsets.UTF_8))).hasToString(json);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            a: 1;a: 2                               | y:2 at /a: the member "a" stands here twice
            a: {b: 1, b: 2}                         | y:1 at /a/b: the member "b" stands here twice
            a: !!javax.script.ScriptEngineManager [] | y:1 at /a: the tag tag:yaml.org,2002:javax.script.ScriptEngineManager is not used in OpenAPI
            a: !!java.net.URL [x]                   | y:1 at /a: the tag tag:yaml.org,2002:java.net.URL is not used in OpenAPI
            a: !!binary aGk=                        | y:1 at /a: the tag tag:yaml.org,2002:binary is not used in OpenAPI
            a: *none                                | y:1 at /a: the alias *none names nothing that is complete
            a: &a [*a]                              | y:1 at /a/0: the alias *a names nothing that is complete
            <<: 1                                   | y:1: `<<` wants a mapping, or a list of them
            ? [a] ;: b                              | y:1: a key is text, not an alias or a structure
            a: 1;---;b: 2                           | y:2: a second document follows; one file holds one
            a: [                                    | y:1 at /a: is not YAML
            a: !!int x                              | y:1 at /a: "x" is not what its tag says
            """)
    void whatNoOneMeansIsRefused(String yaml, String message) {
        byte[] bytes = yaml.replace(';', '\n').getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> YamlTree.read("y", bytes))
                .isInstanceOf(DocumentException.class)
                .hasMessageStartingWith(message);
    }
}
