package dev.wayleave.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runtime expressions, templates and simple conditions, each as a table. */
class ExpressionTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static ObjectNode object(String json) {
        try {
            return (ObjectNode) JSON.readTree(json.replace('\'', '"'));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    static final Facts FACTS = new Facts(
            object(
                    "{'name':'Ada','n':3,'flag':true,'none':null,'a.b':1,'deep':{'x':{'y':2}},'list':[{'id':7}],'s':'5'}"),
            Map.of("find", object("{'host':'db.example.com','rows':[{'id':1},{'id':2}],'my.out':'o'}")),
            Map.of("other", new Facts.Finished(object("{'q':1}"), object("{'r':{'s':'t'}}"))),
            object("{'total':9}"),
            new Exchange(
                    "POST",
                    "https://api.example.com/pets/4?limit=2",
                    object("{'petId':4}"),
                    object("{'limit':2}"),
                    object("{'x-trace':'abc'}"),
                    object("{'pet':{'tag':'cat'}}"),
                    201,
                    Map.of("location", "/pets/4", "x-rate", "10"),
                    object("{'id':4,'a/b':{'~':5},'items':[{'id':'x'}],'status':'OK','count':'12','nil':null}")));

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            quoteCharacter = '`',
            value = {
                "$url | \"https://api.example.com/pets/4?limit=2\"",
                "$method | \"POST\"",
                "$statusCode | 201",
                "$request.path.petId | 4",
                "$request.query.limit | 2",
                "$request.header.X-Trace | \"abc\"",
                "$request.body#/pet/tag | \"cat\"",
                "$response.header.LOCATION | \"/pets/4\"",
                "$response.body#/id | 4",
                "$response.body#/a~1b/~0 | 5",
                "$response.body#/items/0/id | \"x\"",
                "$response.body.items[0].id | \"x\"",
                "$response.body#/nil | null",
                "$response.body#/items/1/id | ",
                "$response.body#/absent | ",
                "$response.header.absent | ",
                "$inputs.name | \"Ada\"",
                "$inputs.n | 3",
                "$inputs.flag | true",
                "$inputs.none | null",
                "$inputs.a.b | 1",
                "$inputs.deep.x.y | 2",
                "$inputs.deep#/x/y | 2",
                "$inputs.list[0].id | 7",
                "$inputs.list#/0 | {\"id\":7}",
                "$inputs.absent | ",
                "$steps.find.outputs.host | \"db.example.com\"",
                "$steps.find.outputs.rows#/1/id | 2",
                "$steps.find.outputs.my.out | \"o\"",
                "$steps.absent.outputs.host | ",
                "$workflows.other.inputs.q | 1",
                "$workflows.other.outputs.r#/s | \"t\"",
                "$outputs.total | 9",
            })
    void anExpressionKeepsTheTypeOfItsValue(String text, String expected) throws InvalidExpression {
        JsonNode value = Expression.parse(text).in(FACTS);
        assertThat(value.isMissingNode() ? null : value.toString()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$",
                "$inputs",
                "$inputs.",
                "$input.x",
                "$inputs.x y",
                "$inputs.x#a",
                "$inputs.x#/~2",
                "$steps.find.host",
                "$steps.find.outputs",
                "$steps.a b.outputs.x",
                "$response.query.x",
                "$response.path.x",
                "$response.header.",
                "$response.header.a b",
                "$request.header.",
                "$statusCode.x",
                "$statusCode.",
                "$url#/x",
                "$message.payload",
                "$self",
                "$sourceDescriptions.a.url",
                "$components.parameters.x",
                "$workflows.a.steps.b",
                "$response.body#x",
                "$response.bodyx",
                "inputs.x",
                "",
            })
    void whatIsNoExpressionIsRefused(String text) {
        assertThatThrownBy(() -> Expression.parse(text)).isInstanceOf(InvalidExpression.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " | ",
            quoteCharacter = '`',
            value = {
                "https://{$steps.find.outputs.host}/x | https://db.example.com/x",
                "{$inputs.n}{$inputs.flag}{$inputs.none} | 3truenull",
                "{$inputs.list} | [{\"id\":7}]",
                "a {b} c | a {b} c",
                "^2\\d{2}$ | ^2\\d{2}$",
                "{$inputs.absent} x | ",
            })
    void aTemplateIsTextWithValuesInIt(String text, String expected) throws InvalidExpression {
        assertThat(Template.parse(text).in(FACTS).orElse(null)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " ~ ",
            quoteCharacter = '`',
            value = {
                "$statusCode == 201 ~ true",
                "$statusCode != 201 ~ false",
                "$statusCode >= 200 && $statusCode < 300 ~ true",
                "$statusCode<200||$statusCode>=300 ~ false",
                "!($statusCode == 404) ~ true",
                "$response.body.status == 'ok' ~ true",
                "$response.body#/status == 'OK' ~ true",
                "$response.body#/status == 'no' ~ false",
                "$response.body.count > 9 ~ true",
                "$response.body.count == 12 ~ true",
                "$inputs.name < 'bob' ~ true",
                "$inputs.name == 'it''s' ~ false",
                "$inputs.none == null ~ true",
                "$inputs.absent == null ~ true",
                "$inputs.name == null ~ false",
                "$inputs.name != null ~ true",
                "$inputs.none < 3 ~ false",
                "$inputs.flag ~ true",
                "!$inputs.flag ~ false",
                "$inputs.absent ~ false",
                "$inputs.flag == true ~ true",
                "$inputs.flag == 'true' ~ false",
                "$inputs.n == 3.0 ~ true",
                "$inputs.s == 5 ~ true",
                "$inputs.list[0].id == 7 ~ true",
                "true || false && false ~ true",
                "(true || false) && false ~ false",
                "null ~ false",
                "'x' == 'X' ~ true",
                "$inputs.list > 3 ~ false",
                "-1.5e1 < 0 ~ true",
            })
    void aSimpleConditionHoldsOrNot(String text, boolean expected) throws InvalidExpression {
        assertThat(SimpleCondition.parse(text).holds(FACTS)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "==",
                "$statusCode ==",
                "$statusCode = 200",
                "$statusCode == 200 200",
                "($statusCode == 200",
                "'open",
                "\"x\" == 'x'",
                "$statusCode == abc",
                "$nothing == 1",
                "1 == 2 == 3",
                "a && ",
            })
    void whatIsNoConditionIsRefused(String text) {
        assertThatThrownBy(() -> SimpleCondition.parse(text)).isInstanceOf(InvalidExpression.class);
    }

    @Test
    void aConditionThatIsNestedTooDeepIsRefused() {
        assertThatThrownBy(() -> SimpleCondition.parse("(".repeat(1_000) + "true" + ")".repeat(1_000)))
                .isInstanceOf(InvalidExpression.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " ~ ",
            quoteCharacter = '`',
            value = {
                "$response.body#/status ~ ^O.$ ~ true",
                "$response.body#/status ~ ^({$inputs.name}|OK)$ ~ true",
                "$response.body#/status ~ {$inputs.absent} ~ false",
                "$response.body#/nil ~ .* ~ false",
                "$statusCode ~ ^2\\d{2}$ ~ true",
                "$steps.find.outputs.host ~ ^{$response.body#/open}( ~ false",
            })
    void aPatternIsFoundOrNot(String context, String pattern, boolean expected) throws InvalidExpression {
        Criterion criterion = Criterion.Matches.of(Expression.parse(context), Template.parse(pattern));
        assertThat(criterion.holds(FACTS)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiterString = " ~ ",
            quoteCharacter = '`',
            value = {
                "$response.body ~ $.items[*] ~ true",
                "$response.body ~ $.items[?@.id == 'y'] ~ false",
                "$steps.find.outputs.rows ~ $[?@.id == {$inputs.n}] ~ false",
                "$steps.find.outputs.rows ~ $[?@.id < {$inputs.n}] ~ true",
                "$response.body ~ $[?@ == '{$inputs.quote}'] ~ false",
                "$inputs.absent ~ $.* ~ false",
            })
    void aQuerySelectsSomethingOrNot(String context, String query, boolean expected) throws InvalidExpression {
        Criterion criterion = Criterion.Selects.of(Expression.parse(context), Template.parse(query));
        assertThat(criterion.holds(FACTS)).isEqualTo(expected);
    }

    @Test
    void aValueStaysWithinTheQuotesOfAQuery() throws InvalidExpression {
        Facts hostile = new Facts(
                object("{}").put("q", "x' || @.id == 'a\"").put("same", "it's \"b\" \\"),
                Map.of(),
                Map.of(),
                object("{}"),
                null);
        ObjectNode rows = object("{'rows':[{'id':'a'}]}");
        Facts facts = new Facts(hostile.inputs().deepCopy().setAll(rows), Map.of(), Map.of(), object("{}"), null);
        Criterion all =
                Criterion.Selects.of(Expression.parse("$inputs.rows"), Template.parse("$[?@.id == '{$inputs.q}']"));
        assertThat(all.holds(facts)).isFalse();
        ((ObjectNode) facts.inputs().path("rows").path(0)).put("id", "it's \"b\" \\");
        Criterion same = Criterion.Selects.of(
                Expression.parse("$inputs.rows"), Template.parse("$[?@.id == \"{$inputs.same}\"]"));
        assertThat(same.holds(facts)).isTrue();
    }
}
