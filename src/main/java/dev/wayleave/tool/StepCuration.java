package dev.wayleave.tool;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayleave.workflow.Expression;
import dev.wayleave.workflow.InvalidExpression;
import dev.wayleave.workflow.Step;
import dev.wayleave.workflow.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What {@code x-mcp} says of a step; null is what it does not say.
 *
 * @param origin where it is sent instead of to the platform: an origin, or a host with or without a port
 * @param credential the output of an earlier step that it carries there
 * @param error where an answer that is no success by its criteria says why
 */
public record StepCuration(
        @Nullable Template origin,
        @Nullable Expression credential,
        @Nullable Expression error,
        @Nullable ForEach forEach) {
    static final StepCuration NONE = new StepCuration(null, null, null, null);
    private static final int MOST = 1_000;
    private static final int USUAL = 100;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /**
     * The step is done once for each element of a list.
     *
     * @param as the input that stands for the element
     */
    public record ForEach(Expression items, String as, int atMost) {}

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
        JsonNode most = x.number("at-most");
        if (items == null && (as != null || most != null)) {
            throw x.wrong(as == null ? "at-most" : "as", "has no meaning without `for-each`");
        }
        if (most != null && (!most.isInt() || most.intValue() < 1 || most.intValue() > MOST)) {
            throw x.wrong("at-most", "is a whole number from 1 to " + MOST);
        }
        ForEach forEach = items == null
                ? null
                : new ForEach(items, as == null ? "item" : as, most == null ? USUAL : most.intValue());
        return new StepCuration(
                origin, credential, x.parsed("error", "a runtime expression", StepCuration::expression), forEach);
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
        if (error != null) {
            told.add(error);
        }
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
