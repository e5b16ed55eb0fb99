package dev.wayleave.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 6570's own test files, where they stand beside the project: what its operators and our styles share is the same. */
class UriTemplateTest {
    /** Where {@code uri-templates/uritemplate-test} stands. */
    private static final Path FILES = Path.of(System.getProperty("uritemplate.tests", "../shared/uritemplate-test"));

    /** The variables of RFC 6570 §3.2, and a few with characters of other kinds. */
    private static final String VARIABLES = """
            {"count": ["one", "two", "three"], "dom": ["example", "com"], "dub": "me/too", "hello": "Hello World!",
             "half": "50%", "var": "value", "who": "fred", "base": "http://example.com/home/", "path": "/foo/bar",
             "list": ["red", "green", "blue"], "keys": {"semi": ";", "dot": ".", "comma": ","}, "v": "6", "x": "1024",
             "y": "768", "empty": "", "empty_keys": {}, "undef": null, "last.name": "Doe", "number": 6,
             "Stra%C3%9Fe": "Grüner Weg", "assoc": {"šö": "Ö×"}, "pct": "admin%2F", "not_pct": "%foo", "clef": "𝄞"}
            """;

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "X'{count}' | X'one,two,three'",
                "{count} | one,two,three",
                "{count*} | one,two,three",
                "{/count} | /one,two,three",
                "{;count} | ;count=one,two,three",
                "{;count*} | ;count=one;count=two;count=three",
                "{?count} | ?count=one,two,three",
                "{?count*} | ?count=one&count=two&count=three",
                "{&count*} | &count=one&count=two&count=three",
                "{var} | value",
                "{hello} | Hello%20World%21",
                "{half} | 50%25",
                "O{empty}X | OX",
                "O{undef}X | OX",
                "{x,y} | 1024,768",
                "{x,hello,y} | 1024,Hello%20World%21,768",
                "{list} | red,green,blue",
                "{list*} | red,green,blue",
                "{keys} | semi,%3B,dot,.,comma,%2C",
                "{keys*} | semi=%3B,dot=.,comma=%2C",
                "{+var} | value",
                "{+hello} | Hello%20World!",
                "{+half} | 50%25",
                "{base}index | http%3A%2F%2Fexample.com%2Fhome%2Findex",
                "O{+empty}X | OX",
                "O{+undef}X | OX",
                "here?ref={+path} | here?ref=/foo/bar",
                "{+x,hello,y} | 1024,Hello%20World!,768",
                "{+list} | red,green,blue",
                "{+list*} | red,green,blue",
                "{.who} | .fred",
                "{.who,who} | .fred.fred",
                "{.half,who} | .50%25.fred",
                "www{.dom*} | www.example.com",
                "X{.var} | X.value",
                "X{.empty} | X.",
                "X{.list} | X.red,green,blue",
                "X{.list*} | X.red.green.blue",
                "X{.empty_keys} | X",
                "X{.empty_keys*} | X",
                "{/who} | /fred",
                "{/who,who} | /fred/fred",
                "{/half,who} | /50%25/fred",
                "{/who,dub} | /fred/me%2Ftoo",
                "{/var} | /value",
                "{/var,x}/here | /value/1024/here",
                "{/list} | /red,green,blue",
                "{/keys} | /semi,%3B,dot,.,comma,%2C",
                "{;who} | ;who=fred",
                "{;half} | ;half=50%25",
                "{;empty} | ;empty",
                "{;v,empty,who} | ;v=6;empty;who=fred",
                "{;x,y} | ;x=1024;y=768",
                "{;x,y,empty} | ;x=1024;y=768;empty",
                "{;list} | ;list=red,green,blue",
                "{;list*} | ;list=red;list=green;list=blue",
                "{;keys} | ;keys=semi,%3B,dot,.,comma,%2C",
                "{;keys*} | ;semi=%3B;dot=.;comma=%2C",
                "{?who} | ?who=fred",
                "{?half} | ?half=50%25",
                "{?x,y} | ?x=1024&y=768",
                "{?x,y,empty} | ?x=1024&y=768&empty=",
                "{?x,y,undef} | ?x=1024&y=768",
                "{?list} | ?list=red,green,blue",
                "{?list*} | ?list=red&list=green&list=blue",
                "{?keys} | ?keys=semi,%3B,dot,.,comma,%2C",
                "{?keys*} | ?semi=%3B&dot=.&comma=%2C",
                "{&who} | &who=fred",
                "{&half} | &half=50%25",
                "?fixed=yes{&x} | ?fixed=yes&x=1024",
                "{&x,y,empty} | &x=1024&y=768&empty=",
                "{&x,y,undef} | &x=1024&y=768",
                "{&list} | &list=red,green,blue",
                "{&list*} | &list=red&list=green&list=blue",
                "{&keys} | &keys=semi,%3B,dot,.,comma,%2C",
                "{&keys*} | &semi=%3B&dot=.&comma=%2C",
                "X{.keys} | X.semi,%3B,dot,.,comma,%2C",
                "X{.keys*} | X.semi=%3B.dot=..comma=%2C",
                "{?assoc*} | ?%C5%A1%C3%B6=%C3%96%C3%97",
                "{?last.name,number} | ?last.name=Doe&number=6",
                "/lookup{?Stra%C3%9Fe} | /lookup?Stra%C3%9Fe=Gr%C3%BCner%20Weg",
                "{?undef,empty_keys,empty_keys*} | ''",
                "{+pct} | admin%2F",
                "{pct} | admin%252F",
                "{+not_pct} | %25foo",
                "{?who,keys*} | ?who=fred&semi=%3B&dot=.&comma=%2C",
                "café/{var} | caf%C3%A9/value",
                "x%20y{var}z%20w | x%20yvaluez%20w",
                "{clef} | %F0%9D%84%9E",
            })
    void whereAnOperatorIsAStyleTheExpansionIsSent(String template, String expansion) throws Exception {
        UriTemplateCase made = UriTemplateCase.of(template, Mounted.JSON.readTree(VARIABLES));

        assertThat(made.sent()).isEqualTo(made.target(expansion));
    }

    @Test
    void theTestFilesOfRfc6570AreSentAsTheyExpand() throws IOException {
        Assumptions.assumeTrue(
                Files.isDirectory(FILES), "no uritemplate-test at " + FILES + "; name it with -Duritemplate.tests=");
        List<String> different = new ArrayList<>();
        Map<String, List<String>> without = new TreeMap<>();
        int same = 0;
        for (String file : List.of("spec-examples-by-section.json", "spec-examples.json", "extended-tests.json")) {
            for (JsonNode group : Mounted.JSON.readTree(FILES.resolve(file).toFile())) {
                for (JsonNode test : group.path("testcases")) {
                    String template = test.path(0).asText();
                    try {
                        String sent = UriTemplateCase.of(template, group.path("variables"))
                                .sent();
                        if (targets(template, group, test.path(1)).contains(sent)) {
                            same++;
                        } else {
                            different.add(file + " " + template + ": " + sent + ", not " + test.path(1));
                        }
                    } catch (UriTemplateCase.NoEqual e) {
                        without.computeIfAbsent(e.getMessage(), reason -> new ArrayList<>())
                                .add(template);
                    } catch (AssertionError e) {
                        different.add(file + " " + template + ": " + e.getMessage());
                    }
                }
            }
        }
        System.out.println("RFC 6570: " + same + " expansions are the same");
        without.forEach((reason, templates) -> System.out.println("  no equal, " + reason + ": " + templates));
        different.forEach(System.out::println);
        assertThat(different).isEmpty();
    }

    private static List<String> targets(String template, JsonNode group, JsonNode expected)
            throws UriTemplateCase.NoEqual {
        UriTemplateCase made = UriTemplateCase.of(template, group.path("variables"));
        List<String> targets = new ArrayList<>();
        for (JsonNode one : expected.isArray() ? expected : List.of(expected)) {
            targets.add(made.target(one.asText()));
        }
        return targets;
    }
}
