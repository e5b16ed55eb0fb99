package dev.wayleave.call;

import com.fasterxml.jackson.databind.JsonNode;
import dev.wayleave.tool.VisibleText;
import java.util.ArrayList;
import java.util.List;

/** Finds what a platform says in the JSON of its error: a sentence, and which fields are wrong. */
final class ErrorWords {
    private static final int LONGEST_DETAILS = 1024;
    private static final int MOST = 10;

    /** Where APIs put the sentence that people are to read; the first that is there is told. */
    private static final List<String> MESSAGES = List.of(
            "/message",
            "/error/message",
            "/error_description",
            "/error/description",
            "/error/detail",
            "/error/reason",
            "/error",
            "/detail",
            "/errorMessage",
            "/error_message",
            "/errorSummary",
            "/fault/faultstring",
            "/status/message",
            "/Message",
            "/msg",
            "/reason",
            "/description",
            "/title");

    /** Where they put which fields are wrong. */
    private static final List<String> DETAILS = List.of(
            "/errors",
            "/detail",
            "/invalid-params",
            "/invalid_params",
            "/error/errors",
            "/error/details",
            "/details",
            "/violations");

    /** Names of what is said of one field, and of the field. */
    private static final List<String> WHAT = List.of("message", "msg", "detail", "description", "reason", "title");

    private static final List<String> WHERE =
            List.of("loc", "field", "path", "pointer", "param", "parameter", "property", "name", "source");

    private ErrorWords() {}

    /** Empty where nothing is found. */
    static String of(JsonNode json) {
        if (json.isTextual()) {
            return json.textValue().strip();
        }
        String sentence = sentence(json);
        JsonNode list = json.isArray() ? json : details(json);
        String said = list.isContainerNode() ? each(list) : "";
        if (sentence.isEmpty()) {
            return said;
        }
        boolean isNew = list.isContainerNode()
                && !list.isEmpty()
                && !(list.size() == 1 && said.equals(sentence) && list.path(0).size() < 2);
        String more = said.isEmpty() ? list.toString() : said;
        return isNew ? sentence + "\nDetails: " + VisibleText.of(more, LONGEST_DETAILS) : sentence;
    }

    /** Of a problem (RFC 9457) its kind as well as its case. */
    private static String sentence(JsonNode json) {
        String title = text(json.path("title"));
        String detail = text(json.path("detail"));
        if (!title.isEmpty() && !detail.isEmpty() && !detail.startsWith(title)) {
            return title.replaceAll("\\.$", "") + ": " + detail;
        }
        for (String pointer : MESSAGES) {
            String message = text(json.at(pointer));
            if (!message.isEmpty()) {
                return message;
            }
        }
        return "";
    }

    private static JsonNode details(JsonNode json) {
        for (String pointer : DETAILS) {
            JsonNode details = json.at(pointer);
            if (details.isContainerNode() && !details.isEmpty()) {
                return details;
            }
        }
        return json.path("");
    }

    /** What is said of each field; empty where one of them says nothing that is known. */
    private static String each(JsonNode list) {
        List<String> lines = new ArrayList<>();
        if (list.isObject()) {
            for (var field : list.properties()) {
                JsonNode what = field.getValue().isArray() ? field.getValue().path(0) : field.getValue();
                lines.add(text(what).isEmpty() ? "" : field.getKey() + ": " + text(what));
            }
        } else {
            list.forEach(entry -> lines.add(one(entry)));
        }
        boolean known = lines.stream().noneMatch(String::isEmpty);
        return known ? String.join("; ", lines.subList(0, Math.min(lines.size(), MOST))) : "";
    }

    private static String one(JsonNode entry) {
        if (entry.isTextual()) {
            return text(entry);
        }
        String what = first(entry, WHAT);
        String where = first(entry, WHERE);
        return what.isEmpty() || where.isEmpty() ? what : where + ": " + what;
    }

    private static String first(JsonNode entry, List<String> names) {
        for (String name : names) {
            JsonNode value = entry.path(name);
            if (name.equals("source")) {
                value = value.has("pointer") ? value.path("pointer") : value.path("parameter");
            }
            if (value.isArray()) {
                List<String> steps = new ArrayList<>();
                value.forEach(step -> steps.add(step.asText()));
                return String.join(".", steps);
            }
            if (!text(value).isEmpty()) {
                return text(value);
            }
        }
        return "";
    }

    private static String text(JsonNode value) {
        return value.isTextual() ? value.textValue().strip() : "";
    }
}
