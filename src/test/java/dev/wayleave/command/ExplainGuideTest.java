package dev.wayleave.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every command of {@code docs/explain.md} prints what stands below it. */
class ExplainGuideTest {
    private static final Pattern EXAMPLE = Pattern.compile("```\nwayleave (explain .*)\n```\n```text\n((?s:.*?))```");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");
    private static final Path GUIDE = Path.of("docs", "explain.md");

    @Test
    void theExamplesAreTrue() throws IOException {
        String guide = Files.readString(GUIDE);
        List<String> printed = new ArrayList<>();
        String renewed = EXAMPLE.matcher(guide).replaceAll(example -> {
            String out = Run.of(words(example.group(1))).out();
            printed.add(out);
            return Matcher.quoteReplacement("```\nwayleave " + example.group(1) + "\n```\n```text\n" + out + "```");
        });
        if (Boolean.getBoolean("golden.renew")) {
            Files.writeString(GUIDE, renewed);
        }

        assertThat(printed).hasSize(4).doesNotContain("");
        assertThat(renewed).isEqualTo(Files.readString(GUIDE));
    }

    private static String[] words(String line) {
        return WORD.matcher(line)
                .results()
                .map((MatchResult word) -> word.group(1) == null ? word.group(2) : word.group(1))
                .toArray(String[]::new);
    }
}
