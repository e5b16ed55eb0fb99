package dev.wayleave.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    private static Settings settings(Map<String, Object> entries) {
        return settings(entries, UnaryOperator.identity());
    }

    private static Settings settings(Map<String, Object> entries, UnaryOperator<String> placeholders) {
        ConfigurationTree tree = new ConfigurationTree("wayleave");
        entries.forEach((key, value) -> tree.add("wayleave." + key, value, "my.yml"));
        return tree.settings(placeholders);
    }

    @Test
    void aKeyThatNobodyAsksForIsRefusedWithTheNearestOne() {
        Settings settings = settings(Map.of("platforms.turso.opnapi", "x.yaml"));

        assertThatThrownBy(() -> settings.read(root -> {
                    root.children("platforms")
                            .values()
                            .forEach(p -> p.read(s -> {
                                s.text("openapi");
                                s.text("path");
                                return s;
                            }));
                    return root;
                }))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("wayleave.platforms.turso.opnapi")
                .hasMessageContaining("my.yml")
                .hasMessageContaining("the nearest one is wayleave.platforms.turso.openapi");
    }

    @Test
    void aKeyThatResemblesNothingIsToldTheOnesThereAre() {
        assertThatThrownBy(() -> settings(Map.of("zzzzzz", "1")).read(s -> s.text("public-url")))
                .hasMessageContaining("the keys here are public-url");
    }

    @Test
    void aMissingKeyNamesItselfTheFileAndWhatItIsFor() {
        assertThatThrownBy(() -> settings(Map.of("other", "1")).required("issuer", "is the exact iss"))
                .hasMessage("wayleave.issuer is missing (my.yml): it is the exact iss");
    }

    @Test
    void theLastSourceWinsAndIsTheFileThatIsNamed() {
        ConfigurationTree tree = new ConfigurationTree("wayleave");
        tree.add("wayleave.a.b", "first", "one.yml");
        tree.add("wayleave.a.b", "second", "two.yml");
        Settings a = tree.settings(UnaryOperator.identity()).child("a").orElseThrow();

        assertThat(a.text("b")).contains("second");
        assertThat(a.file("b")).isEqualTo("two.yml");
    }

    @Test
    void whatAPlaceholderResolvesToIsNeverShown() {
        Settings settings = settings(Map.of("timeout", "${SECRET}"), text -> text.replace("${SECRET}", "hunter2"));

        assertThatThrownBy(() -> settings.duration("timeout", Duration.ofSeconds(1)))
                .hasMessageContaining("${SECRET}")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void aUrlThatHoldsAPasswordIsNotShown() {
        assertThatThrownBy(() -> settings(Map.of("url", "https://user:hunter2@api.example.com"))
                        .url("url"))
                .hasMessageContaining("wayleave.url must be")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void anEnvironmentVariableThatIsNotSetIsNamed() {
        Settings settings = settings(Map.of("issuer", "${ISSUER}"), text -> {
            throw new IllegalStateException(text);
        });

        assertThatThrownBy(() -> settings.text("issuer"))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("wayleave.issuer")
                .hasMessageContaining("${ISSUER}");
    }

    @Test
    void aSecretStandsThereOrInAFileOrInTheEnvironment(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("secret"), "hunter2\n");
        UnaryOperator<String> placeholders = text -> text.replace("${SECRET}", "file:" + file);

        assertThat(settings(Map.of("s", "hunter2")).secret("s")).contains("hunter2");
        assertThat(settings(Map.of("s", "file:" + file)).secret("s")).contains("hunter2");
        assertThat(settings(Map.of("s", "${SECRET}"), placeholders).secret("s")).contains("hunter2");
        assertThat(settings(Map.of()).secret("s")).isEmpty();
    }

    @Test
    void aSecretThatCannotBeReadIsNotShown(@TempDir Path folder) throws IOException {
        Path large = Files.writeString(folder.resolve("large"), "hunter2".repeat(10_000));
        Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, 'h'});
        Path empty = Files.writeString(folder.resolve("empty"), "\n");
        List<Object> values = List.of(
                "file:/no/such/hunter2",
                "file:" + folder,
                "file:" + large,
                "file:" + binary,
                "file:" + empty,
                "file:\0hunter2",
                " ",
                List.of("hunter2"),
                Map.of("hunter2", "x"));
        for (Object value : values) {
            assertThatThrownBy(() -> settings(Map.of("s", value)).secret("s"))
                    .isInstanceOf(InvalidConfiguration.class)
                    .hasMessageContaining("wayleave.s ")
                    .hasMessageNotContaining("hunter2");
        }
        Settings unset = settings(Map.of("s", "${hunter2"), text -> {
            throw new IllegalStateException(text);
        });
        assertThatThrownBy(() -> unset.secret("s"))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("wayleave.s ")
                .hasMessageNotContaining("hunter2");
    }

    @ParameterizedTest
    @CsvSource({"500ms,PT0.5S", "30s,PT30S", "5m,PT5M", "4h,PT4H", "2d,PT48H"})
    void durationsAreANumberAndAUnit(String text, Duration expected) {
        assertThat(settings(Map.of("t", text)).duration("t", Duration.ZERO)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"30", "0s", "-1s", "1.5s", "PT30S", "30 s", "", "99999999999s"})
    void anythingElseIsNoDuration(String text) {
        assertThatThrownBy(() -> settings(Map.of("t", text)).duration("t", Duration.ZERO))
                .isInstanceOf(InvalidConfiguration.class)
                .hasMessageContaining("a duration such as");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://x",
                "https://user@x",
                "https://x?q=1",
                "https://x#f",
                "x",
                "//x/y",
                "https:///p",
                "http://a b"
            })
    void aUrlIsAbsoluteAndBare(String url) {
        assertThatThrownBy(() -> settings(Map.of("url", url)).url("url")).isInstanceOf(InvalidConfiguration.class);
    }

    @Test
    void listsOfListsAndSingleTextsAreRead() {
        Settings settings = settings(Map.of("claims", List.of(List.of("org"), List.of("a", "b")), "one", "x"));

        assertThat(settings.textLists("claims")).containsExactly(List.of("org"), List.of("a", "b"));
        assertThat(settings.texts("one")).containsExactly("x");
    }
}
