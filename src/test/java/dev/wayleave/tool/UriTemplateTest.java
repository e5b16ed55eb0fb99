package dev.wayleave.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which templates are taken, and which URIs fit them, and with what. */
class UriTemplateTest {
    private static UriTemplate template(String text) {
        return Objects.requireNonNull(UriTemplate.parse(text), text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bkend://tables",
                "bkend://tables/{tableId}",
                "bkend://tables/{tableId}/schema/versions",
                "pets://{shop}/items-{item}?page={page}",
                "a+b.c-1://x/%20y/{z}",
            })
    void whatIsOfLevelOneIsATemplate(String text) {
        assertThat(template(text).text()).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "tables",
                "/tables/{id}",
                "{scheme}://x",
                "b{x}://y",
                "B://tables",
                "http://tables/{id}",
                "https://x",
                "file:///etc/{x}",
                "javascript://x",
                "data://x",
                "wayleave://answers/{id}",
                "ui://x",
                "pets:tables",
                "pets://a/{id}{other}",
                "pets://a/{id}.json",
                "pets://a/{id}-{id2}",
                "pets://a/{id}%2F",
                "pets://a/{id}/{id}",
                "pets://a/{id",
                "pets://a/id}",
                "pets://a/{}",
                "pets://a/{+id}",
                "pets://a/{/id}",
                "pets://a{?page}",
                "pets://a/{id*}",
                "pets://a/{id:3}",
                "pets://a/{a,b}",
                "pets://a/{a-b}",
                "pets://a/#{id}",
                "pets://a b",
                "pets://a\u00e9",
                "pets://a/%2",
                "pets://a/<b>",
                "pets://a/\nb",
            })
    void whatIsMoreOrLessIsNone(String text) {
        assertThat(UriTemplate.parse(text)).isNull();
    }

    @Test
    void whatIsTooLongIsNeitherTemplateNorUri() {
        String fits = "pets://" + "a".repeat(UriTemplate.LONGEST - 7);
        assertThat(UriTemplate.parse(fits)).isNotNull();
        assertThat(UriTemplate.parse(fits + "a")).isNull();
        assertThat(template("pets://{a}").match(fits)).isPresent();
        assertThat(template("pets://{a}").match(fits + "a")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pets://pets/1 | 1",
                "pets://pets/a.b_c~d-e | a.b_c~d-e",
                "pets://pets/a%2Fb | a/b",
                "pets://pets/a%252Fb | a%2Fb",
                "pets://pets/%2e%2E | ..",
                "pets://pets/.. | ..",
                "pets://pets/%C3%A9 | \u00e9",
                "pets://pets/a%20b | a b",
                "pets://pets/%7Bx%7D | {x}",
                "pets://pets/%3Fa%23b | ?a#b",
            })
    void aValueIsDecodedOnce(String uri, String value) {
        assertThat(template("pets://pets/{id}").match(uri)).contains(Map.of("id", value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "pets://pets/",
                "pets://pets",
                "pets://pets/a/b",
                "pets://pets/a/",
                "pets://pets//a",
                "pets://pets/a?b",
                "pets://pets/a#b",
                "pets://pets/a b",
                "pets://pets/a\u00e9",
                "pets://pets/a\\b",
                "pets://pets/a@b",
                "pets://pets/a+b",
                "pets://pets/%",
                "pets://pets/%4",
                "pets://pets/%zz",
                "pets://pets/%C3",
                "pets://pets/%C0%AF",
                "pets://pets/%ED%A0%80",
                "pets://pets/%00",
                "pets://pets/%0d%0aX:1",
                "PETS://pets/a",
                "pets://PETS/a",
                "pets:///pets/a",
                "pets://user@pets/a",
                "pets://pets:80/a",
                "pets://pets/../pets/a",
                " pets://pets/a",
                "pets://pets/a ",
                "https://pets/a",
                "file:///etc/passwd",
            })
    void whatDoesNotFitFromEndToEndDoesNotFit(String uri) {
        assertThat(template("pets://pets/{id}").match(uri)).isEmpty();
    }

    @Test
    void variablesEndWhereTheTextBehindThemBegins() {
        UriTemplate two = template("pets://{shop}/items-{item}/all");
        assertThat(two.match("pets://s/items-items-1/all")).contains(Map.of("shop", "s", "item", "items-1"));
        assertThat(two.match("pets://s/items-/all")).isEmpty();
        assertThat(two.match("pets://s%2Fx/items-1/all")).contains(Map.of("shop", "s/x", "item", "1"));
        assertThat(two.expand(name -> name.equals("shop") ? "s" : "1")).isEqualTo("pets://s/items-1/all");
        assertThat(two.shape()).isEqualTo("pets://{}/items-{}/all");
    }
}
