package dev.wayleave.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says what is wrong with arguments so that a model can set it right: which argument, what rule, what would fit. */
final class ArgumentProblems {
    private static final int MOST = 10;
    private static final int LONGEST = 400;
    private static final Pattern BRANCH = Pattern.compile("(.*?/(?:anyOf|oneOf))/(\\d+)(/.*)?");
    private final RuleWords words;

    ArgumentProblems(ObjectNode inputSchema) {
        this.words = new RuleWords(inputSchema);
    }

    List<String> of(List<Error> all) {
        Set<String> ofWrongType = new HashSet<>();
        all.stream()
                .filter(error -> error.getKeyword().equals("type"))
                .forEach(error -> ofWrongType.add(error.getInstanceLocation().toString()));
        List<Error> errors = all.stream()
                .filter(error -> !error.getKeyword().equals("format")
                        || !ofWrongType.contains(error.getInstanceLocation().toString()))
                .toList();
        return lines(errors).stream().distinct().limit(MOST).toList();
    }

    /** What stands under alternatives is told together, where it does not clearly belong to one of them. */
    private List<String> lines(List<Error> errors) {
        List<String> lines = new ArrayList<>();
        Map<String, Map<Integer, List<Error>>> choices = new LinkedHashMap<>();
        Set<String> chosen = new LinkedHashSet<>();
        for (Error error : errors) {
            Matcher branch = BRANCH.matcher(error.getEvaluationPath().toString());
            if (branch.matches()) {
                choices.computeIfAbsent(branch.group(1), path -> new TreeMap<>())
                        .computeIfAbsent(Integer.valueOf(branch.group(2)), index -> new ArrayList<>())
                        .add(error);
            } else if (error.getKeyword().equals("oneOf") || error.getKeyword().equals("anyOf")) {
                chosen.add(line(error));
            } else {
                lines.add(line(error));
            }
        }
        for (Error error : errors) {
            if (RuleWords.fitsSeveral(error)
                    && choices.remove(error.getEvaluationPath().toString()) != null) {
                lines.add(line(error));
            }
        }
        choices.forEach((path, branches) -> lines.addAll(choice(path, branches)));
        return choices.isEmpty() ? concat(lines, chosen) : lines;
    }

    private static List<String> concat(List<String> lines, Set<String> more) {
        lines.addAll(more);
        return lines;
    }

    private List<String> choice(String path, Map<Integer, List<Error>> branches) {
        String top = branches.values().stream()
                .flatMap(List::stream)
                .map(error -> error.getInstanceLocation().toString())
                .min(Comparator.comparingInt(String::length))
                .orElse("");
        List<List<Error>> near = branches.values().stream()
                .filter(errors -> errors.stream().noneMatch(error -> isOfAnotherKind(error, top)))
                .toList();
        if (near.size() == 1) {
            return near.getFirst().stream().map(this::line).toList();
        }
        Set<String> ways = new LinkedHashSet<>();
        for (List<Error> errors : near.isEmpty() ? branches.values() : near) {
            Error error = errors.getFirst();
            String part = place(error).substring(top.length());
            ways.add((part.isEmpty() ? ways.isEmpty() ? "" : "it " : name(part) + " ") + words.of(error));
        }
        String keyword = path.substring(path.lastIndexOf('/') + 1);
        return List.of(shortened("argument " + name(top) + ": " + String.join("; or ", ways) + " (" + keyword + ")"));
    }

    private static boolean isOfAnotherKind(Error error, String top) {
        String keyword = error.getKeyword();
        return error.getInstanceLocation().toString().equals(top)
                && (keyword.equals("type") || keyword.equals("const") || keyword.equals("enum"));
    }

    private String line(Error error) {
        return shortened("argument " + name(place(error)) + ": " + words.of(error) + " (" + error.getKeyword() + ")");
    }

    /** Of the member that the rule speaks of, where it does. */
    private static String place(Error error) {
        String place = error.getInstanceLocation().toString();
        String member = RuleWords.member(error);
        return member.isEmpty()
                ? place
                : place + "/" + member.replace("~", "~0").replace("/", "~1");
    }

    /** {@code /filter/tags/0} is {@code filter.tags[0]}. */
    private static String name(String pointer) {
        StringBuilder name = new StringBuilder();
        for (String part : pointer.split("/", 0)) {
            String plain = part.replace("~1", "/").replace("~0", "~");
            if (plain.matches("\\d+") && !name.isEmpty()) {
                name.append('[').append(plain).append(']');
            } else if (!plain.isEmpty()) {
                name.append(name.isEmpty() ? "" : ".").append(plain);
            }
        }
        return name.isEmpty() ? "object" : name.toString();
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
    }

    /** For the schema at a pointer; missing where there is none. */
    static JsonNode at(ObjectNode schema, String pointer) {
        return pointer.isEmpty() || pointer.startsWith("/") ? schema.at(pointer) : schema.path("");
    }
}
