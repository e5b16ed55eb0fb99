package dev.wayleave.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An operation made up at random, arguments for it, and a judge of what a platform received: it shares nothing with what
 * writes requests but RFC 3986.
 *
 * @param declared place and type of each parameter, by its name
 */
record OperationFuzz(String name, String template, Map<String, Declared> declared) {
    private static final List<String> LITERALS =
            List.of("pets", "v1.0", "a:b", "x(y)", "~me", "data.json", "$all", "a+b", "q=1");
    private static final List<String> SHAPES =
            List.of("%s", "%s", "%s", "%s", "pre-%s", "%s.json", "%s:cancel", "a.%s", "%s;v");
    private static final Pattern VARIABLE = Pattern.compile("\\{([a-z0-9]+)}");
    /** What RFC 3986 §3.3 and §3.4 allow, less the brackets that browsers leave alone. */
    private static final Pattern PATH = Pattern.compile("/[A-Za-z0-9._~!$&'()*+,;=:@/-]*+");

    private static final Pattern QUERY = Pattern.compile("[A-Za-z0-9._~!$&'()*+,;=:@/?-]*+");
    private static final Pattern BRACKETS = Pattern.compile("(\\[[^\\[\\]]*])+");
    private static final Pattern TRIPLE = Pattern.compile("%[0-9A-Fa-f]{2}");
    /** What servers take for a step up or for none, whether they decode first or take path parameters away first. */
    private static final Pattern STEP = Pattern.compile("|\\.{1,2}(;.*)?", Pattern.DOTALL);

    /** One parameter. */
    record Declared(String in, String style, boolean explode, String type) {}

    static OperationFuzz random(int number, Random random) {
        Map<String, Declared> declared = new LinkedHashMap<>();
        StringBuilder template = new StringBuilder();
        template.append("/o").append(number);
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            template.append('/');
            if (random.nextInt(3) == 0) {
                template.append(LITERALS.get(random.nextInt(LITERALS.size())));
            } else {
                String name = "p" + declared.size();
                declared.put(name, one("path", List.of("simple", "simple", "simple", "label", "matrix"), random));
                template.append(SHAPES.get(random.nextInt(SHAPES.size())).formatted("{" + name + "}"));
            }
        }
        List<String> query = List.of("form", "form", "spaceDelimited", "pipeDelimited", "deepObject");
        for (int i = random.nextInt(3); i > 0; i--) {
            declared.put("q" + declared.size(), one("query", query, random));
        }
        if (random.nextInt(3) == 0) {
            declared.put("X-H" + declared.size(), one("header", List.of("simple"), random));
        }
        if (random.nextInt(5) == 0) {
            declared.put("c" + declared.size(), one("cookie", List.of("form"), random));
        }
        return new OperationFuzz("op" + number, template.toString(), declared);
    }

    private static Declared one(String in, List<String> styles, Random random) {
        String style = styles.get(random.nextInt(styles.size()));
        String type = switch (style) {
            case "deepObject" -> "object";
            case "spaceDelimited", "pipeDelimited" -> "array";
            default -> List.of("string", "string", "string", "array", "object").get(random.nextInt(5));
        };
        boolean explode = style.equals("deepObject") || (!style.endsWith("Delimited") && random.nextBoolean());
        return new Declared(in, style, explode, type);
    }

    String yaml() {
        StringBuilder yaml = new StringBuilder("  \"" + template + "\":\n    get:\n      operationId: " + name + "\n");
        yaml.append(declared.isEmpty() ? "" : "      parameters:\n");
        declared.forEach((key, one) -> yaml.append(String.format(
                Locale.ROOT,
                "        - {name: %s, in: %s, required: %b, style: %s, explode: %b, schema: {type: %s%s}}%n",
                key,
                one.in(),
                one.in().equals("path"),
                one.style(),
                one.explode(),
                one.type(),
                one.type().equals("array") ? ", items: {type: string}" : "")));
        return yaml.append("      responses: {'200': {description: ok}}\n").toString();
    }

    ObjectNode arguments(HostileValues values, Random random) {
        ObjectNode arguments = JsonNodeFactory.instance.objectNode();
        declared.forEach((key, one) -> {
            if (random.nextInt(20) > 0) {
                arguments.set(key.toLowerCase(Locale.ROOT).replace("-", "_"), values.of(one.type()));
            }
        });
        if (random.nextInt(30) == 0) {
            arguments.put(values.text(), values.text());
        }
        return arguments;
    }

    /**
     * What is wrong with a target that was received; null for nothing.
     *
     * @param base what stands in front of every path
     */
    @Nullable
    String wrongTarget(String target, String base, ObjectNode arguments) {
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        String query = mark < 0 ? "" : target.substring(mark + 1);
        if (!PATH.matcher(TRIPLE.matcher(path).replaceAll("x")).matches()
                || !QUERY.matcher(TRIPLE.matcher(query).replaceAll("x")).matches()) {
            return "characters";
        }
        String[] got = path.split("/", -1);
        String[] expected = (base + template).split("/", -1);
        if (got.length != expected.length) {
            return "segments";
        }
        for (int i = 0; i < got.length; i++) {
            String wrong = wrongSegment(got[i], expected[i], arguments);
            if (wrong != null || (i > 0 && STEP.matcher(decoded(got[i])).matches())) {
                return wrong == null ? "a step in segment " + i : wrong;
            }
        }
        return wrongQuery(query, arguments);
    }

    private @Nullable String wrongSegment(String got, String expected, ObjectNode arguments) {
        Matcher variable = VARIABLE.matcher(expected);
        if (!variable.find()) {
            return got.equals(expected) ? null : "another segment than " + expected;
        }
        String before = expected.substring(0, variable.start());
        String behind = expected.substring(variable.end());
        if (!got.startsWith(before) || !got.endsWith(behind) || got.length() < before.length() + behind.length()) {
            return "another frame than " + expected;
        }
        String value = got.substring(before.length(), got.length() - behind.length());
        JsonNode given = arguments.path(variable.group(1));
        Declared one = declared.get(variable.group(1));
        boolean plain = one != null && one.style().equals("simple") && given.isTextual();
        boolean whole = StandardCharsets.UTF_8.newEncoder().canEncode(given.asText());
        return plain && whole && !decoded(value).equals(given.textValue()) ? "another value" : null;
    }

    private @Nullable String wrongQuery(String query, ObjectNode arguments) {
        Set<String> names = new TreeSet<>();
        List<String> open = new ArrayList<>();
        declared.forEach((key, one) -> {
            if (one.in().equals("query")) {
                names.add(key);
                if (one.type().equals("object") && one.style().equals("form") && one.explode()) {
                    arguments.path(key).fieldNames().forEachRemaining(member -> names.add(replaced(member)));
                } else if (one.style().equals("deepObject")) {
                    open.add(key);
                }
            }
        });
        for (String pair : query.isEmpty() ? new String[0] : query.split("&", -1)) {
            int equals = pair.indexOf('=');
            String key = decoded(equals < 0 ? pair : pair.substring(0, equals));
            if (!names.contains(key) && open.stream().noneMatch(name -> isMember(key, name, arguments))) {
                return "a parameter that nobody set: " + key;
            }
        }
        return null;
    }

    /** Whether a name such as {@code q[a][b]} tells a member that was given, read as platforms read it: from bracket to bracket. */
    private static boolean isMember(String written, String name, ObjectNode arguments) {
        String rest = written.startsWith(name) ? written.substring(name.length()) : "";
        return BRACKETS.matcher(rest).matches()
                && reaches(
                        arguments.path(name),
                        List.of(rest.substring(1, rest.length() - 1).split("]\\[", -1)));
    }

    private static boolean reaches(JsonNode value, List<String> path) {
        if (value.isArray()) {
            return value.valueStream().anyMatch(item -> reaches(item, path));
        }
        return path.isEmpty()
                ? !value.isObject()
                : value.properties().stream()
                        .anyMatch(member -> replaced(member.getKey()).equals(path.getFirst())
                                && reaches(member.getValue(), path.subList(1, path.size())));
    }

    /** What is wrong with the headers; null for nothing. */
    @Nullable
    String wrongHeader(String key, String value) {
        boolean known = key.equalsIgnoreCase("Cookie")
                || declared.entrySet().stream()
                        .anyMatch(one -> one.getValue().in().equals("header")
                                && one.getKey().equalsIgnoreCase(key));
        return known && value.chars().allMatch(c -> c == '\t' || (c >= 0x20 && c < 0x7f)) ? null : "header " + key;
    }

    private static String replaced(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static String decoded(String text) {
        byte[] bytes = new byte[text.length()];
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '%') {
                bytes[length++] = (byte) Integer.parseInt(text.substring(i + 1, i + 3), 16);
                i += 2;
            } else {
                bytes[length++] = (byte) text.charAt(i);
            }
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }
}
