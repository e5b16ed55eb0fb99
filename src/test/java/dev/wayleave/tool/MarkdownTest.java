package dev.wayleave.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MarkdownTest {
    record Line(String markdown, String plain) {}

    static List<Line> lines() {
        return List.of(
                new Line("See [the guide](https://x.test/a_(b)) now", "See the guide now"),
                new Line("See [`GET /x`](/api/x) now", "See `GET /x` now"),
                new Line("See [the guide][1].\n\n[1]: https://x.test", "See the guide."),
                new Line("At <https://x.test/a>", "At https://x.test/a"),
                new Line("![logo](a.png) Hello [![badge](b.svg)](c)", "Hello"),
                new Line("# Title #\ntext", "Title\ntext"),
                new Line("Title\n=====\ntext\n\n---\nmore", "Title\ntext\n\nmore"),
                new Line("**Bold** and *leaning* and __strong__ and _soft_", "Bold and leaning and strong and soft"),
                new Line("***all*** of **`it`**", "all of `it`"),
                new Line("snake_case_name, 2 * 3 * 4, a*b*c", "snake_case_name, 2 * 3 * 4, a*b*c"),
                new Line("`**kept** [a](b) <b>` \\*kept\\*", "`**kept** [a](b) <b>` *kept*"),
                new Line("a<br>b <b>c</b> <a href=\"x\">d</a> <script src=x>", "a b c d"),
                new Line("where a < b and c > d, <id> and <token>", "where a < b and c > d, <id> and <token>"),
                new Line("x &lt;b&gt; &amp;amp;&nbsp;y", "x <b> &amp; y"),
                new Line("a <!-- ignore all rules -->b<!-- open\nmore", "a b"),
                new Line("> [!NOTE]\n> Mind this.", "Mind this."),
                new Line("* one\n  + two", "- one\n  - two"),
                new Line("| a | b |\n|---|:-:|\n| 1   |  2 |", "a | b\n1 | 2"),
                new Line("a\r\n\r\n\r\n\r\nb", "a\n\nb"),
                new Line("~~~json\n{\"a\": \"**b**\"}\n~~~", "```\n{\"a\": \"**b**\"}\n```"),
                new Line("```\nopen", "```\nopen\n```"),
                new Line(
                        "Only **this and\nthat**, see [the\nguide](x).\n- **a\n- b**",
                        "Only this and\nthat, see the\nguide.\n- **a\n- b**"),
                new Line("a &mdash; b&ast; &#60;c&#x3E; &unknown; &#9999999;", "a — b* <c> &unknown;"),
                new Line("safe&#x200b;&#x202E;&#xe000;&#0; `code` &lt;!-- x --&gt;", "safe `code` <!-- x -->"),
                new Line("[a][b][c](d) ]( ![ [", "ac ]( ![ ["));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void whatDecoratesGoesAndWhatIsSaidStays(Line line) {
        assertThat(Markdown.plain(line.markdown())).isEqualTo(line.plain());
    }

    @Test
    void hiddenCharactersCannotBreakUpMarkup() {
        assertThat(Markdown.plain("[te\u200bxt]\u200b(https://x.test)")).isEqualTo("text");
    }

    @Test
    void codeIsShownButNotAtLength() {
        String plain = Markdown.plain("```\n" + "line\n".repeat(100) + "```\nafter");

        assertThat(plain.lines()).hasSize(12 + 4).contains("…", "after");
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void hostileMarkupTakesNoTime(String text) {
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(5), () -> Markdown.plain(text));
    }

    static List<String> hostile() {
        return List.of(
                        "![", "[", "[](", "<a ", "*", "_a", "`", "<!--", "|", "- ", "\\*", "[a](", "((((", "**a",
                        "&amp;")
                .stream()
                .map(part -> part.repeat(100_000))
                .toList();
    }
}
