package dev.wayleave.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A runtime expression (Arazzo 1.1, "Runtime Expressions").
 *
 * @param owner the id of the step or workflow that it asks; empty where it asks neither
 * @param name of the field, header or parameter; empty for a body
 * @param path the way into the value from there
 */
public record Expression(Kind kind, String owner, String name, List<String> path) {
    private static final int LONGEST = 1_024;
    private static final String IDENTIFIER = "[A-Za-z0-9._-]+";
    private static final Pattern NAMED = Pattern.compile("(" + IDENTIFIER + ")(#.*|\\[.*)?", Pattern.DOTALL);
    private static final Pattern STEP =
            Pattern.compile("([A-Za-z0-9_-]+)\\.outputs\\.(" + IDENTIFIER + ")(#.*|\\[.*)?", Pattern.DOTALL);
    private static final Pattern WORKFLOW =
            Pattern.compile("([A-Za-z0-9_-]+)\\.(inputs|outputs)\\.(" + IDENTIFIER + ")(#.*|\\[.*)?", Pattern.DOTALL);
    private static final Pattern HEADER = Pattern.compile("[A-Za-z0-9!#$%&'*+.^_`|~-]+");
    private static final Pattern POINTER = Pattern.compile("(/([^/~{}]|~[01])*)*");
    private static final Pattern TAIL = Pattern.compile("\\.([A-Za-z0-9_$-]+)|\\[(\\d{1,6})]");

    /** What it asks. */
    public enum Kind {
        URL,
        METHOD,
        STATUS,
        REQUEST_HEADER,
        REQUEST_QUERY,
        REQUEST_PATH,
        REQUEST_BODY,
        RESPONSE_HEADER,
        RESPONSE_BODY,
        INPUT,
        OUTPUT,
        STEP_OUTPUT,
        WORKFLOW_INPUT,
        WORKFLOW_OUTPUT
    }

    public Expression {
        path = List.copyOf(path);
    }

    /** Whether a text is meant as one, so that it is a mistake where it is none. */
    static boolean isMeant(String text) {
        return text.matches("\\$(url|method|statusCode|self|inputs|outputs|request|response)")
                || text.matches("(?s)\\$(request|response|message|inputs|outputs|steps|workflows"
                        + "|sourceDescriptions|components)\\..*");
    }

    /** Reads one that is the whole text. */
    public static Expression parse(String text) throws InvalidExpression {
        if (text.length() > LONGEST) {
            throw new InvalidExpression("is longer than " + LONGEST + " characters");
        }
        int dot = text.indexOf('.');
        String head = dot < 0 ? text : text.substring(0, dot);
        String rest = dot < 0 ? "" : text.substring(dot + 1);
        return switch (head) {
            case "$url" -> alone(Kind.URL, text, rest);
            case "$method" -> alone(Kind.METHOD, text, rest);
            case "$statusCode" -> alone(Kind.STATUS, text, rest);
            case "$request" -> message(true, rest, text);
            case "$response" -> message(false, rest, text);
            case "$inputs" -> named(Kind.INPUT, rest, text);
            case "$outputs" -> named(Kind.OUTPUT, rest, text);
            case "$steps" -> {
                Matcher step = matched(STEP, rest, text);
                yield new Expression(Kind.STEP_OUTPUT, step.group(1), step.group(2), way(step.group(3), text));
            }
            case "$workflows" -> {
                Matcher workflow = matched(WORKFLOW, rest, text);
                Kind kind = workflow.group(2).equals("inputs") ? Kind.WORKFLOW_INPUT : Kind.WORKFLOW_OUTPUT;
                yield new Expression(kind, workflow.group(1), workflow.group(3), way(workflow.group(4), text));
            }
            default -> throw wrong(text);
        };
    }

    /** Its value, of the type that it has there; missing where there is none. */
    public JsonNode in(Facts facts) {
        return switch (kind) {
            case INPUT -> walk(field(facts.inputs(), name));
            case OUTPUT -> walk(field(facts.outputs(), name));
            case STEP_OUTPUT -> walk(field(facts.steps().get(owner), name));
            case WORKFLOW_INPUT -> {
                Facts.Finished run = facts.workflows().get(owner);
                yield walk(field(run == null ? null : run.inputs(), name));
            }
            case WORKFLOW_OUTPUT -> {
                Facts.Finished run = facts.workflows().get(owner);
                yield walk(field(run == null ? null : run.outputs(), name));
            }
            case URL,
                    METHOD,
                    STATUS,
                    REQUEST_HEADER,
                    REQUEST_QUERY,
                    REQUEST_PATH,
                    REQUEST_BODY,
                    RESPONSE_HEADER,
                    RESPONSE_BODY -> {
                Exchange exchange = facts.exchange();
                yield exchange == null ? MissingNode.getInstance() : walk(of(exchange));
            }
        };
    }

    private JsonNode of(Exchange exchange) {
        return switch (kind) {
            case URL -> TextNode.valueOf(exchange.url());
            case METHOD -> TextNode.valueOf(exchange.method());
            case STATUS -> IntNode.valueOf(exchange.status());
            case REQUEST_HEADER -> exchange.headers().path(name.toLowerCase(Locale.ROOT));
            case REQUEST_QUERY -> exchange.query().path(name);
            case REQUEST_PATH -> exchange.path().path(name);
            case REQUEST_BODY -> exchange.body();
            case RESPONSE_BODY -> exchange.answer();
            case RESPONSE_HEADER -> {
                String value = exchange.answerHeaders().get(name.toLowerCase(Locale.ROOT));
                yield value == null ? MissingNode.getInstance() : TextNode.valueOf(value);
            }
            case INPUT, OUTPUT, STEP_OUTPUT, WORKFLOW_INPUT, WORKFLOW_OUTPUT -> MissingNode.getInstance();
        };
    }

    private JsonNode walk(JsonNode from) {
        JsonNode at = from;
        for (String token : path) {
            boolean index = at.isArray() && token.matches("0|[1-9]\\d{0,5}");
            at = index ? at.path(Integer.parseInt(token)) : at.isArray() ? MissingNode.getInstance() : at.path(token);
        }
        return at;
    }

    /** A name may have dots, and then is either one name or a way of several. */
    private static JsonNode field(@Nullable JsonNode object, String name) {
        if (object == null) {
            return MissingNode.getInstance();
        }
        JsonNode whole = object.path(name);
        for (int dot = name.lastIndexOf('.'); whole.isMissingNode() && dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
            JsonNode first = object.path(name.substring(0, dot));
            if (first.isObject()) {
                whole = field(first, name.substring(dot + 1));
            }
        }
        return whole;
    }

    private static Expression alone(Kind kind, String text, String rest) throws InvalidExpression {
        if (!rest.isEmpty() || text.endsWith(".")) {
            throw wrong(text);
        }
        return new Expression(kind, "", "", List.of());
    }

    private static Expression named(Kind kind, String rest, String text) throws InvalidExpression {
        Matcher named = matched(NAMED, rest, text);
        return new Expression(kind, "", named.group(1), way(named.group(2), text));
    }

    private static Expression message(boolean request, String rest, String text) throws InvalidExpression {
        if (rest.equals("body") || rest.startsWith("body#") || rest.startsWith("body.") || rest.startsWith("body[")) {
            List<String> way = way(rest.substring("body".length()), text);
            return new Expression(request ? Kind.REQUEST_BODY : Kind.RESPONSE_BODY, "", "", way);
        }
        int dot = rest.indexOf('.');
        String place = dot < 0 ? "" : rest.substring(0, dot);
        String name = rest.substring(dot + 1);
        if (place.equals("header") && HEADER.matcher(name).matches()) {
            return new Expression(request ? Kind.REQUEST_HEADER : Kind.RESPONSE_HEADER, "", name, List.of());
        }
        boolean parameter = request && !name.isEmpty() && name.indexOf('{') < 0 && name.indexOf('}') < 0;
        if (parameter && (place.equals("query") || place.equals("path"))) {
            Kind kind = place.equals("query") ? Kind.REQUEST_QUERY : Kind.REQUEST_PATH;
            return new Expression(kind, "", name, List.of());
        }
        throw wrong(text);
    }

    /** A pointer behind {@code #}, or members and indexes as conditions write them. */
    private static List<String> way(@Nullable String tail, String text) throws InvalidExpression {
        List<String> path = new ArrayList<>();
        if (tail == null || tail.isEmpty()) {
            return path;
        }
        if (tail.startsWith("#")) {
            String pointer = tail.substring(1);
            if (!POINTER.matcher(pointer).matches()) {
                throw wrong(text);
            }
            for (String token :
                    pointer.isEmpty() ? new String[0] : pointer.substring(1).split("/", -1)) {
                path.add(token.replace("~1", "/").replace("~0", "~"));
            }
            return path;
        }
        Matcher step = TAIL.matcher(tail);
        int end = 0;
        while (step.find() && step.start() == end) {
            path.add(step.group(1) == null ? step.group(2) : step.group(1));
            end = step.end();
        }
        if (end != tail.length()) {
            throw wrong(text);
        }
        return path;
    }

    private static Matcher matched(Pattern pattern, String rest, String text) throws InvalidExpression {
        Matcher matcher = pattern.matcher(rest);
        if (!matcher.matches()) {
            throw wrong(text);
        }
        return matcher;
    }

    private static InvalidExpression wrong(String text) {
        String shown = text.length() > 80 ? text.substring(0, 80) + "…" : text;
        return new InvalidExpression("\"" + shown + "\" is no runtime expression that is known here");
    }
}
