package dev.wayleave.call;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an agent gets of an answer of several parts. */
class MixedAnswerTest {
    private static final String TYPE = "multipart/mixed; boundary=b";

    private static ToolResult.Answer answer(String type, String body) {
        try (Mounted api = Mounted.operation("3.1.0", "get", "/a", "")) {
            api.platform.answerBytes(type, body.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            return (ToolResult.Answer) api.call("{}");
        }
    }

    @Test
    void eachPartIsABlockOfItsOwnKind() {
        ToolResult.Answer answer = answer(TYPE, """
                --b
                Content-Type: text/plain; charset=ISO-8859-1

                caf\u00e9
                --b
                content-type: image/png
                Content-Transfer-Encoding: binary

                \u0089PNG\u0000
                --b
                Content-Type: application/pdf
                Content-Disposition: attachment; filename="a.pdf"

                \u0089PNG\u0000
                --b
                Content-Type: application/json

                {"a": 1}
                --b--
                """);

        assertThat(answer.content())
                .containsExactly(
                        new Content.Text("caf\u00e9", 0, "text/plain"),
                        new Content.Media("image", "image/png", "iVBORwA="),
                        new Content.Resource("wayleave://answers/id-1/3/a.pdf", "application/pdf", "iVBORwA="),
                        new Content.Text("{\"a\": 1}", 0, "application/json"));
        assertThat(answer.structured()).isNull();
        assertThat(answer.differs()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/mixed; boundary=\"a b\"",
                "Multipart/Mixed;charset=utf-8; Boundary=\"a b\"; x=y",
            })
    void whatStandsAroundThePartsIsLeftOut(String type) {
        assertThat(answer(type, "before\n--a b \t\n\nwithout a type\n\nand headers\n--a b--\nbehind\n--a b\n")
                        .content())
                .containsExactly(new Content.Text("without a type\n\nand headers", 0, "text/plain"));
    }

    static List<String> malformed() {
        return List.of(
                "nothing",
                "--b--\n",
                "--b\n\nnever closed",
                "--b\n\none\n--b\n\nnever closed",
                "--b\nno colon\n\na\n--b--",
                "--b\n: no name\n\na\n--b--",
                "--b\nContent-Type: text/plain\n folded: line\n\na\n--b--",
                "--b\nA: 1\na: 2\n\na\n--b--",
                "--b\nno end of headers\n--b--",
                "--b\n--b--",
                "--bc\n\na\n--b--",
                "--b\nContent-Transfer-Encoding: base64\n\nYQ==\n--b--",
                "--b\nContent-Encoding: gzip\n\na\n--b--",
                "--b\nA: " + "x".repeat(8_200) + "\n\na\n--b--",
                "--b\n\na\n".repeat(21) + "--b--");
    }

    @ParameterizedTest
    @MethodSource("malformed")
    void whatIsNotOfThatFormStaysOneThing(String body) {
        Content only = answer(TYPE, body).content().getFirst();

        switch (only) {
            case Content.Resource resource -> assertThat(resource.mimeType()).isEqualTo("multipart/mixed");
            case Content.Text text -> assertThat(text.text()).contains("bytes of multipart/mixed", "too many");
            case Content.Media media -> throw new AssertionError(media);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/mixed",
                "multipart/mixed; boundary=",
                "multipart/mixed; boundary=\"b ",
                "multipart/mixed; xboundary=b",
                "multipart/related; boundary=b",
            })
    void soDoesWhatTellsNoBoundary(String type) {
        assertThat(answer(type, "--b\n\na\n--b--").content()).singleElement().isInstanceOf(Content.Resource.class);
    }

    @Test
    void twentyPartsAreNotTooMany() {
        assertThat(answer(TYPE, "--b\n\na\n".repeat(20) + "--b--").content()).hasSize(20);
    }

    @Test
    void thePartsShareTheRoomOfOneAnswer() {
        List<Content> content = answer(
                        TYPE,
                        "--b\n\n" + "x".repeat(3_000) + "\n--b\n\n" + "y".repeat(3_000)
                                + "\n--b\n\nmore than is left, and"
                                + " there is none" + "z".repeat(4_000) + "\n--b\nContent-Type: application/zip\n\n"
                                + "z".repeat(1_000) + "\n--b--")
                .content();

        assertThat(((Content.Text) content.get(0)).text()).hasSize(3_000);
        assertThat(((Content.Text) content.get(1)).text())
                .startsWith("The first 1096 of 3000 characters shown")
                .endsWith("\n" + "y".repeat(1_096));
        assertThat(((Content.Text) content.get(2)).text()).contains("of text/plain, which are too many");
        assertThat(((Content.Text) content.get(3)).text()).contains("1000 bytes of application/zip", "too many");
    }
}
