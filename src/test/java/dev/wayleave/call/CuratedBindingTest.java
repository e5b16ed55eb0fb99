package dev.wayleave.call;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code x-mcp} binds, in every place that an argument can go to. */
class CuratedBindingTest {
    private static final String FORM = """
            requestBody:
              required: true
              content:
                TYPE:
                  encoding: {filter: {style: form, explode: true}}
                  schema:
                    type: object
                    properties:
                      tenant: {type: string, x-mcp: {bind: {const: t1}}}
                      filter: {type: object}
                      name: {type: string}
            """;

    private static Mounted form(String type) {
        return Mounted.operation("3.1.0", "post", "/a", FORM.replace("TYPE", type));
    }

    private static Mounted query(String parameters) {
        return Mounted.operation("3.2.0", "get", "/a", "parameters:\n" + parameters.indent(2));
    }

    private static String body(Mounted api, String arguments) {
        return api.sent(arguments).body();
    }

    @Test
    void aFieldOfAFormIsBound() {
        try (Mounted api = form("application/x-www-form-urlencoded")) {
            assertThat(api.tool().inputSchema().toString()).doesNotContain("tenant", "x-mcp");
            assertThat(body(api, "{\"name\":\"n\",\"filter\":{\"a\":1}}")).isEqualTo("tenant=t1&a=1&name=n");
        }
    }

    @Test
    void aPartOfAMultipartFormIsBound() {
        try (Mounted api = form("multipart/form-data")) {
            assertThat(api.tool().inputSchema().toString()).doesNotContain("tenant", "x-mcp");
            assertThat(body(api, "{\"name\":\"Content-Disposition: form-data; name=\\\"tenant\\\"\"}"))
                    .contains("name=\"tenant\"\r\n\r\nt1\r\n");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "application/x-www-form-urlencoded,tenant",
        "application/x-www-form-urlencoded,Tenant",
        "application/x-www-form-urlencoded,tenant[0]",
        "multipart/form-data,tenant",
        "multipart/form-data,Tenant",
        "multipart/form-data,tenant.x",
    })
    void noOtherFieldSpeaksForIt(String type, String name) {
        try (Mounted api = form(type)) {
            assertThat(api.refused("{\"filter\":{\"" + name + "\":\"x\"}}")).contains("no argument");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{name: f, in: query, style: deepObject, schema: {type: object, properties: {id: {type: string, x-mcp: {bind: {const: k}}}}}} | f[id]",
                "{name: f, in: query, schema: {type: object, properties: {id: {type: string, x-mcp: {bind: {const: k}}}}}} | ID",
                "{name: id, in: query, schema: {type: string}, x-mcp: {bind: {const: k}}} | id.x",
            })
    void noOtherMemberSpeaksForAPartOfAParameter(String parameter, String name) {
        String other = "- {name: o, in: query, schema: {type: object}}\n";
        try (Mounted api = query("- " + parameter + "\n" + other)) {
            assertThat(api.refused("{\"o\":{\"" + name + "\":\"x\"}}")).contains("no argument");
            assertThat(api.sent("{\"o\":{\"ids\":\"x\"}}").target()).contains("=k", "ids=x");
        }
    }

    @Test
    void aWholeQueryIsBoundInPart() {
        String whole =
                "- {name: q, in: querystring, content: {application/x-www-form-urlencoded: {schema: {type: object,"
                        + " properties: {t: {type: string, x-mcp: {bind: {const: k}}}, a: {type: string}}}}}}\n";
        try (Mounted api = query(whole)) {
            assertThat(api.sent("{\"q\":{\"a\":\"1\"}}").target()).isEqualTo("/a?a=1&t=k");
            assertThat(api.refused("{\"q\":{\"T\":\"1\"}}")).contains("is not an argument");
        }
    }

    @Test
    void aCookieAndAPathAreBound() {
        String members = """
                parameters:
                  - {name: id, in: path, required: true, schema: {type: string}, x-mcp: {bind: {const: a/b}}}
                  - {name: c, in: cookie, schema: {type: string}, x-mcp: {bind: {const: k}}}
                  - {name: o, in: cookie, schema: {type: object}}
                """;
        try (Mounted api = Mounted.operation("3.1.0", "get", "/a/{id}", members)) {
            assertThat(api.sent("{}").target()).isEqualTo("/a/a%2Fb");
            assertThat(api.sent("{}").header("cookie")).containsExactly("c=k");
            assertThat(api.refused("{\"o\":{\"C\":\"x\"}}")).contains("no argument");
        }
    }

    @Test
    void aHeaderThatServersTakeForABoundOneIsNotServed() {
        String members = """
                parameters:
                  - {name: X-Tenant, in: header, schema: {type: string}, x-mcp: {bind: {const: mine}}}
                  - {name: X_Tenant, in: header, schema: {type: string}}
                """;
        try (Mounted api = Mounted.operation("3.1.0", "get", "/a", members)) {
            assertThat(api.catalog.tools()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"application/xml", "application/octet-stream", "text/plain"})
    void whatAgentsAreNotAskedForInPartsCannotBeCurated(String type) {
        try (Mounted api = form(type)) {
            assertThat(api.catalog.tools()).isEmpty();
            assertThat(api.catalog.findings().toString()).contains("`x-mcp` cannot be kept here");
        }
    }

    @Test
    void aFileCanBeHidden() {
        String members = """
                requestBody:
                  content:
                    multipart/form-data:
                      schema:
                        type: object
                        properties:
                          file: {type: string, format: binary, x-mcp: {hidden: true}}
                          name: {type: string}
                """;
        try (Mounted api = Mounted.operation("3.0.0", "post", "/a", members)) {
            assertThat(api.tool().inputSchema().path("properties").has("file")).isFalse();
            assertThat(api.refused("{\"file\":\"data:,x\"}")).contains("file");
        }
    }
}
