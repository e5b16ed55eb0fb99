package dev.wayleave.sandbox;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.Headers;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One request as endpoints see it: body read within its bound, path matched.
 *
 * @param path as it was sent, still encoded
 * @param variables the decoded path variables
 */
record Request(
        String method,
        String path,
        Map<String, String> variables,
        Parameters query,
        Headers headers,
        String body,
        InetAddress remote) {
    Request {
        variables = Map.copyOf(variables);
    }

    String variable(String name) {
        String value = variables.get(name);
        if (value == null) {
            throw new IllegalStateException("no path variable " + name);
        }
        return value;
    }

    /** The one value of a header, or null; one given twice is refused with 400. */
    @Nullable
    String header(String name) {
        List<String> values = headers.getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw Refused.badRequest("the header " + name + " is given more than once");
        }
        return values.isEmpty() ? null : values.getFirst();
    }

    /** The bearer token (RFC 6750 §2.1), or a refusal with 401. */
    String bearer() {
        String authorization = header("Authorization");
        if (authorization == null) {
            throw Refused.unauthorized("a token is required", false);
        }
        if (authorization.length() > 7 && authorization.substring(0, 7).equalsIgnoreCase("Bearer ")) {
            return authorization.substring(7).strip();
        }
        throw Refused.unauthorized("the Authorization header must carry a bearer token", true);
    }

    /** The JSON body's members; none where the body is empty. */
    JsonFields json(Set<String> known) {
        return JsonFields.of(body.isEmpty() ? StrictJson.object() : jsonObject(), "", known);
    }

    /** The JSON body whatever its members. */
    ObjectNode jsonObject() {
        requireType("application/json");
        return StrictJson.parse(body);
    }

    Parameters form() {
        requireType("application/x-www-form-urlencoded");
        return Parameters.parse(body);
    }

    private void requireType(String wanted) {
        String type = header("Content-Type");
        int end = type == null ? -1 : type.indexOf(';');
        String essence = type == null ? "" : (end < 0 ? type : type.substring(0, end)).strip();
        if (!essence.toLowerCase(Locale.ROOT).equals(wanted)) {
            throw new Refused(415, "the body must be " + wanted);
        }
    }

    /** Leaves out headers, query and body, where secrets travel. */
    @Override
    public String toString() {
        return method + " " + path;
    }
}
