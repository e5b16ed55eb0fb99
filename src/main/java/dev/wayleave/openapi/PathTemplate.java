package dev.wayleave.openapi;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.wayleave.openapi.Parameter.In;
import dev.wayleave.openapi.Parameter.Style;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A path such as {@code /pets/{petId}}, and whether the parameters of an operation fit it.
 *
 * @param isLabelled whether it had a fragment that tells it from another one
 */
record PathTemplate(String text, Set<String> names, boolean isLabelled) {
    private static final Pattern PARAMETER = Pattern.compile("\\{[^{}]*}");

    /**
     * The path without the fragment by which some descriptions tell two of its operations apart, and which is never sent.
     * A path that could lead anywhere but to itself is none: it would carry the caller's token there.
     */
    static PathTemplate of(Place path) throws Unreadable {
        int hash = path.token().indexOf('#');
        boolean label = hash > 0 && path.token().substring(hash).matches("[^/{}]*");
        String text = label ? path.token().substring(0, hash) : path.token();
        if (!text.startsWith("/") || text.startsWith("//")) {
            throw new Unreadable(path, "a path begins with one /");
        }
        String outside = PARAMETER.matcher(text).replaceAll("");
        if (outside.indexOf('{') >= 0 || outside.indexOf('}') >= 0) {
            throw new Unreadable(path, "the braces of the path do not match");
        }
        if (text.chars().anyMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT)
                || outside.chars().anyMatch(c -> c == '?' || c == '#' || c == '\\')) {
            throw new Unreadable(path, "a path has no control characters, ?, # or \\");
        }
        for (String segment : text.split("/", -1)) {
            String plain = segment.toLowerCase(Locale.ROOT).replace("%2e", ".");
            if (plain.equals(".") || plain.equals("..")) {
                throw new Unreadable(path, "a path has no . or .. segments");
            }
        }
        Set<String> names = new LinkedHashSet<>();
        for (int open = text.indexOf('{'); open >= 0; open = text.indexOf('{', open + 1)) {
            String name = text.substring(open + 1, text.indexOf('}', open));
            if (name.isBlank() || !names.add(name)) {
                throw new Unreadable(path, "the path names no parameter, or one twice");
            }
        }
        return new PathTemplate(text, names, label);
    }

    /** The same for every path that would match the same requests. */
    String shape() {
        return PARAMETER.matcher(text).replaceAll("{}");
    }

    /** The parameters with those of the path made to fit: what it names is there and required, and nothing else. */
    List<Parameter> fit(List<Parameter> parameters, Place operation, Findings findings) {
        List<Parameter> fitting = new ArrayList<>();
        Set<String> missing = new LinkedHashSet<>(names);
        for (Parameter parameter : parameters) {
            if (parameter.in() != In.PATH) {
                fitting.add(parameter);
            } else if (missing.remove(parameter.name())) {
                fitting.add(parameter.required() ? parameter : required(parameter, operation, findings));
            } else {
                findings.warning(
                        operation,
                        "the path has no {" + Texts.excerpt(parameter.name()) + "}; that parameter is left out");
            }
        }
        for (String name : missing) {
            findings.warning(operation, "the path's {" + Texts.excerpt(name) + "} is not declared; taken as a string");
            fitting.add(undeclared(name));
        }
        return fitting;
    }

    private static Parameter undeclared(String name) {
        Schema text = new Schema(JsonNodeFactory.instance.objectNode().put("type", "string"), Map.of());
        return new Parameter(name, In.PATH, true, false, null, Style.SIMPLE, false, false, false, null, text, Map.of());
    }

    private static Parameter required(Parameter given, Place operation, Findings findings) {
        findings.warning(operation, "the path parameter " + Texts.excerpt(given.name()) + " is taken as required");
        return new Parameter(
                given.name(),
                given.in(),
                true,
                given.deprecated(),
                given.description(),
                given.style(),
                given.explode(),
                given.allowReserved(),
                given.allowEmptyValue(),
                given.content(),
                given.schema(),
                given.extensions());
    }
}
