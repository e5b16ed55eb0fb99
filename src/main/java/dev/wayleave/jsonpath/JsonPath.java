package dev.wayleave.jsonpath;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A compiled JSONPath query (RFC 9535). It finds every node that the RFC says, in the order of the document; an
 * expression that is not of the RFC's grammar, or not well-typed, is refused. Immutable.
 */
public final class JsonPath {
    private static final int LONGEST = 4_096;
    private final String expression;
    private final Query query;

    private JsonPath(String expression, Query query) {
        this.expression = expression;
        this.query = query;
    }

    /** Compiles an expression of at most 4,096 characters, nested at most 32 deep. */
    public static JsonPath compile(String expression) throws InvalidJsonPathException {
        if (expression.length() > LONGEST) {
            throw new InvalidJsonPathException("is longer than " + LONGEST + " characters");
        }
        Scanner scanner = new Scanner(expression);
        Query query = new QueryParser(scanner).root();
        if (!scanner.atEnd()) {
            throw scanner.refused(
                    scanner.peek() == '-'
                            ? "a name with a hyphen is written in brackets and quotes: ['x-name']"
                            : "something follows the query");
        }
        return new JsonPath(expression, query);
    }

    /**
     * The nodes that it selects, one of them as often as it is selected.
     *
     * @throws CostlyJsonPathException where it visits more than 20 million nodes or selects more than half a million
     */
    public List<Selected> select(JsonNode root) throws CostlyJsonPathException {
        return select(root, none -> null);
    }

    /**
     * The same in a tree some of whose nodes stand for others.
     *
     * @param follow what a node stands for; null for most, which are themselves
     */
    public List<Selected> select(JsonNode root, Function<JsonNode, @Nullable JsonNode> follow)
            throws CostlyJsonPathException {
        return new Evaluation(root, follow).select(query, Selected.root(root));
    }

    @Override
    public String toString() {
        return expression;
    }
}
