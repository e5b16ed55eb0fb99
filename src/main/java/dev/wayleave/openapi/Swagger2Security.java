package dev.wayleave.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;

/** Security schemes of 2.0 in the words of 3. */
final class Swagger2Security {
    private static final Map<String, String> FLOWS = Map.of(
            "implicit", "implicit",
            "password", "password",
            "application", "clientCredentials",
            "accessCode", "authorizationCode");

    private static final Set<String> OF_A_FLOW = Set.of("authorizationUrl", "tokenUrl", "refreshUrl", "scopes");

    private Swagger2Security() {}

    static JsonNode scheme(JsonNode given) {
        return switch (given.path("type").asText("")) {
            case "basic" -> {
                ObjectNode http = JsonNodeFactory.instance.objectNode();
                http.put("type", "http").put("scheme", "basic");
                if (given.path("description").isTextual()) {
                    http.set("description", given.path("description"));
                }
                yield http;
            }
            case "oauth2" -> oauth2(given);
            default -> given;
        };
    }

    private static JsonNode oauth2(JsonNode given) {
        ObjectNode scheme = JsonNodeFactory.instance.objectNode();
        ObjectNode flow = JsonNodeFactory.instance.objectNode();
        for (var member : given.properties()) {
            if (!member.getKey().equals("flow")) {
                (OF_A_FLOW.contains(member.getKey()) ? flow : scheme).set(member.getKey(), member.getValue());
            }
        }
        String name = given.path("flow").asText("");
        scheme.putObject("flows").set(FLOWS.getOrDefault(name, name), flow);
        return scheme;
    }
}
