package dev.wayleave.tool;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayleave.workflow.Expression;
import dev.wayleave.workflow.InvalidExpression;
import dev.wayleave.workflow.Step;
import dev.wayleave.workflow.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What {@code x-mcp} says of a step; null is what it does not say.
 *
 * @param origin where it is sent instead of to the platform: an origin, or a host with or without a port
 * @param credential the output of an earlier step that it carries there
 * @param errors where an answer that is no success by its criteria says why; the first that has anything counts
 * @param safe whether it only reads, whatever is said of the operation
 */
public record StepCuration(
        @Nullable Template origin,
        @Nullable Expression credential,
        List<Expression> errors,
        @Nullable Boolean safe,
        @Nullable ForEach forEach) {
    static final StepCuration NONE = new StepCuration(null, null, List.of(), null, null);
    private static final int MOST_ERRORS = 10;
    private static final int MOST = 1_000;
    private static final int USUAL = 100;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    public StepCuration {
        errors = List.copyOf(errors);
    }

    /**
     * The step is done once for each element of a list.
     *
     * @param as the input that stands for the element
     * @param perSecond how many are begun in a second at most; null for as many as there is room for
     */
    public record ForEach(
            Expression items,
            String as,
            int atMost,
            @Nullable Integer perSecond) {}

    /** Whether everything is known that its address is made of, once these steps are done. */
    public boolean isAddressed(Set<String> done) {
        return origin != null
                && origin.expressions().stream()
                        .allMatch(one -> one.kind() == Expression.Kind.STEP_OUTPUT
                                ? done.contains(one.owner())
                                : one.kind() == Expression.Kind.INPUT
                                        && (forEach == null || !one.name().equals(forEach.as())));
    }

    boolean takesCredentialOf(String step) {
        return credential != null && credential.owner().equals(step);
    }

    static StepCuration of(Step step) throws UnusableOperation {
        JsonNode extension = step.extensions().get(Extension.NAME);
        return extension == null ? NONE : Extension.read(extension, step.source(), StepCuration::read);
    }

    private static StepCuration read(Extension x) throws UnusableOperation {
        String url = x.text("url");
        String host = x.text("host");
        if (url != null && host != null) {
            throw x.wrong("host", "stands beside `url`, which says it too");
        }
        Template origin =
                x.parsed(url == null ? "host" : "url", "text with runtime expressions", StepCuration::template);
        Expression credential = x.parsed("credential", "a runtime expression", StepCuration::expression);
        if (credential != null && (origin == null || credential.kind() != Expression.Kind.STEP_OUTPUT)) {
            throw x.wrong("credential", "is an output of an earlier step, for a `url` or `host` of its own");
        }
        Expression items = x.parsed("for-each", "a runtime expression", StepCuration::expression);
        String as = x.parsed("as", "a name", text -> NAME.matcher(text).matches() ? text : null);
        Integer most = count(x, "at-most");
        Integer perSecond = count(x, "per-second");
        if (items == null && (as != null || most != null || perSecond != null)) {
            String key = as != null ? "as" : most != null ? "at-most" : "per-second";
            throw x.wrong(key, "has no meaning without `for-each`");
        }
        ForEach forEach = items == null
                ? null
                : new ForEach(items, as == null ? "item" : as, most == null ? USUAL : most, perSecond);
        return new StepCuration(origin, credential, errors(x), x.flag("safe"), forEach);
    }

    private static @Nullable Integer count(Extension x, String key) throws UnusableOperation {
        JsonNode said = x.number(key);
        if (said != null && (!said.isInt() || said.intValue() < 1 || said.intValue() > MOST)) {
            throw x.wrong(key, "is a whole number from 1 to " + MOST);
        }
        return said == null ? null : said.intValue();
    }

    private static List<Expression> errors(Extension x) throws UnusableOperation {
        JsonNode said = x.value("error");
        List<Expression> errors = new ArrayList<>();
        for (JsonNode one : said == null ? List.<JsonNode>of() : said.isArray() ? said : List.of(said)) {
            Expression error = one.isTextual() ? expression(one.textValue()) : null;
            if (error == null) {
                throw x.wrong("error", "is a runtime expression, or a list of them");
            }
            errors.add(error);
        }
        if (said != null && (errors.isEmpty() || errors.size() > MOST_ERRORS)) {
            throw x.wrong("error", "has 1 to " + MOST_ERRORS + " runtime expressions");
        }
        return errors;
    }

    private static @Nullable Template template(String text) {
        try {
            Template bare = Template.parse(text.startsWith("$") ? "{" + text + "}" : text);
            return bare.expressions().isEmpty() && text.indexOf('{') >= 0 ? null : bare;
        } catch (InvalidExpression e) {
            return null;
        }
    }

    private static @Nullable Expression expression(String text) {
        try {
            return Expression.parse(text);
        } catch (InvalidExpression e) {
            return null;
        }
    }

    /** What gets into an address, an error or a list, and so may be no credential. */
    List<Expression> told() {
        List<Expression> told = new ArrayList<>(expressions());
        told.removeIf(one -> one.equals(credential));
        if (origin != null) {
            told.addAll(origin.expressions());
        }
        told.addAll(errors);
        return told;
    }

    /** What is asked before the step is done. */
    List<Expression> expressions() {
        List<Expression> asked = new ArrayList<>(origin == null ? List.of() : origin.expressions());
        if (credential != null) {
            asked.add(credential);
        }
        if (forEach != null) {
            asked.add(forEach.items());
        }
        return asked;
    }
}
