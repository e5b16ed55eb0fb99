package dev.wayleave.sandbox;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The consent page's form as a browser would submit it, found in its HTML. */
record ConsentForm(String action, Map<String, List<String>> fields, Map<String, List<String>> choices) {
    private static final Pattern INPUT =
            Pattern.compile("<input type=\"(\\w+)\" name=\"(\\w+)\" value=\"([^\"]*)\"( checked)?>");
    private static final Pattern SELECT =
            Pattern.compile("<select [^>]*name=\"(\\w+)\"[^>]*>(.*?)</select>", Pattern.DOTALL);
    private static final Pattern OPTION = Pattern.compile("<option value=\"([^\"]*)\">");
    private static final Pattern ACTION = Pattern.compile("<form method=\"post\" action=\"([^\"]*)\">");

    static ConsentForm parse(String html) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        Map<String, List<String>> choices = new LinkedHashMap<>();
        for (Matcher input = INPUT.matcher(html); input.find(); ) {
            if (input.group(1).equals("hidden") || input.group(4) != null) {
                fields.computeIfAbsent(input.group(2), key -> new ArrayList<>()).add(unescape(input.group(3)));
            }
            choices.computeIfAbsent(input.group(2), key -> new ArrayList<>()).add(unescape(input.group(3)));
        }
        for (Matcher select = SELECT.matcher(html); select.find(); ) {
            List<String> options = new ArrayList<>();
            for (Matcher option = OPTION.matcher(select.group(2)); option.find(); ) {
                options.add(unescape(option.group(1)));
            }
            fields.put(select.group(1), List.of(options.getFirst()));
            choices.put(select.group(1), options);
        }
        Matcher action = ACTION.matcher(html);
        if (!action.find()) {
            throw new AssertionError("no form in " + html);
        }
        return new ConsentForm(action.group(1), fields, choices);
    }

    ConsentForm with(String name, String... values) {
        Map<String, List<String>> changed = new LinkedHashMap<>(fields);
        changed.put(name, List.of(values));
        return new ConsentForm(action, changed, choices);
    }

    String encoded() {
        return encode(fields);
    }

    static String encode(Map<String, List<String>> fields) {
        return fields.entrySet().stream()
                .flatMap(field -> field.getValue().stream()
                        .map(value -> field.getKey() + "=" + URLEncoder.encode(value, StandardCharsets.UTF_8)))
                .collect(Collectors.joining("&"));
    }

    private static String unescape(String text) {
        return text.replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&#123;", "{")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }
}
