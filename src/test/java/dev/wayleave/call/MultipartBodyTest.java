package dev.wayleave.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.wayleave.FakePlatform.Received;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Multipart bodies as they reach a real socket. */
class MultipartBodyTest {
    private static final byte[] BYTES = {0, (byte) 0x89, 'P', 'N', 'G', '\r', '\n', (byte) 0xff};

    private static Mounted body(String type, String rest) {
        return Mounted.operation(
                "3.1.0",
                "post",
                "/a",
                "requestBody:\n  required: true\n  content:\n    '" + type + "':\n" + rest.indent(6));
    }

    @Test
    void aMultipartFormHasAPartForEachMember() {
        String base64 = Base64.getEncoder().encodeToString(BYTES);
        try (Mounted api = body("multipart/form-data", """
                schema:
                  type: object
                  properties:
                    id: {type: string, format: uuid}
                    tags: {type: array, items: {type: string}}
                    address: {type: object}
                    photo: {type: string, contentMediaType: image/png}
                    pages: {type: array, items: {}}
                encoding:
                  photo: {contentType: 'image/png, image/jpeg'}
                """)) {
            Received received = api.sent("""
                    {"id":"f81d4fae-7dec-11d0-a765-00a0c91e6bf6","tags":["a","b"],"address":{"x":1},
                     "photo":{"content":"%s","name":"a\\"b.png","type":"image/png"},
                     "pages":["data:text/plain;base64,SGk=","data:,a%%20b"]}
                    """.formatted(base64));

            assertThat(received.header("Content-Type")).containsExactly("multipart/form-data; boundary=BOUNDARY");
            String photo = new String(BYTES, StandardCharsets.ISO_8859_1);
            assertThat(new String(received.bytes(), StandardCharsets.ISO_8859_1))
                    .isEqualTo(part("name=\"id\"", "f81d4fae-7dec-11d0-a765-00a0c91e6bf6")
                            + part("name=\"tags\"", "a")
                            + part("name=\"tags\"", "b")
                            + part("name=\"address\"\r\nContent-Type: application/json", "{\"x\":1}")
                            + part("name=\"photo\"; filename=\"a%22b.png\"\r\nContent-Type: image/png", photo)
                            + part("name=\"pages\"; filename=\"file\"\r\nContent-Type: text/plain", "Hi")
                            + part("name=\"pages\"; filename=\"file\"\r\nContent-Type: text/plain", "a b")
                            + "--BOUNDARY--\r\n");
        }
    }

    private static String part(String head, String content) {
        return "--BOUNDARY\r\nContent-Disposition: form-data; " + head + "\r\n\r\n" + content + "\r\n";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"content\":\"%%%\"} | Base64",
                "{\"content\":\"AAAA\",\"type\":\"text/html\"} | image/png or image/jpeg",
                "{\"content\":\"AAAA\",\"type\":\"image/png\\r\\nX: y\"} | media type",
                "\"data:image/png;base64\" | data URI",
                "\"AAAA\" | data:",
                "{\"name\":\"x\"} | content",
            })
    void aFileThatIsNoneIsNotSent(String file, String reason) {
        try (Mounted api = body("multipart/form-data", """
                schema: {type: object, properties: {photo: {type: string, format: binary}}}
                encoding: {photo: {contentType: 'image/png, image/jpeg'}}
                """)) {
            assertThat(api.refused("{\"photo\":" + file + "}"))
                    .contains("photo")
                    .contains(reason);
        }
    }

    @Test
    void aBoundaryIsNotInWhatItDivides() {
        try (Mounted api = body("multipart/form-data", "schema: {type: object, properties: {a: {type: string}}}")) {
            Received received = api.sent("{\"a\":\"--BOUNDARY--\"}");

            assertThat(received.header("Content-Type"))
                    .containsExactly("multipart/form-data; boundary=BOUNDARY-BOUNDARY");
        }
    }

    private static String parts(Mounted api, String arguments) {
        return new String(api.sent(arguments).bytes(), StandardCharsets.ISO_8859_1).replace("\r\n", "\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{allOf: [{type: string, format: binary}, {description: A picture}]} | \"data:,x\" | 1",
                "{oneOf: [{type: string, format: binary}, {type: array, items: {type: string, format: binary}}]} | \"data:,x\" | 1",
                "{oneOf: [{type: string, format: binary}, {type: array, items: {type: string, format: binary}}]} | [\"data:,x\",\"data:,x\"] | 2",
                "{oneOf: [{type: string, format: binary}, {type: 'null'}]} | \"data:,x\" | 1",
                "{type: [string, 'null'], format: binary} | \"data:,x\" | 1",
                "{anyOf: [{oneOf: [{type: string, format: binary}]}, {$ref: '#/components/schemas/F'}]} | \"data:,x\" | 1",
                "{type: array, items: {$ref: '#/components/schemas/F'}} | [\"data:,x\",{\"content\":\"eA==\"}] | 2",
                "{anyOf: [{type: string, format: binary}, {type: string, format: uri}]} | \"data:,x\" | 0",
            })
    void filesAreFoundWhereverTheSchemaSaysSo(String schema, String value, int files) {
        String document = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {/a: {post: {operationId: op, "
                + "requestBody: {required: true, content: {multipart/form-data: {schema: "
                + "{oneOf: [{type: object, properties: {f: " + schema + "}}, {type: object, required: [zzz]}]}}}}, "
                + "responses: {}}}}\ncomponents: {schemas: {F: {type: string, contentMediaType: image/png}}}\n";
        for (String one : new String[] {document, document.replace(", {type: object, required: [zzz]}]}", "]}")}) {
            try (Mounted api = Mounted.document(one)) {
                String sent = parts(api, "{\"body\":{\"f\":" + value + "}}");

                assertThat(sent.split("filename=\"file\"\nContent-Type: [a-z/-]+\n\nx\n", -1))
                        .as(sent)
                        .hasSize(files + 1);
            }
        }
    }

    /** The headers of an encoding object whose schema leaves one value are sent; the type of a part is its own. */
    @Test
    void partsHaveTheHeadersThatAreSettled() {
        try (Mounted api = Mounted.document("""
                openapi: 3.1.0
                info: {title: T, version: '1'}
                paths:
                  /a:
                    post:
                      operationId: op
                      requestBody:
                        required: true
                        content:
                          multipart/form-data:
                            schema:
                              type: object
                              properties:
                                meta: {type: object}
                                doc: {type: object, properties: {a: {type: string}}}
                                photo: {type: string, format: binary}
                            encoding:
                              meta:
                                headers:
                                  X-Kind: {$ref: '#/components/headers/Kind'}
                                  X-Free: {schema: {type: string}}
                                  X-One: {required: true, schema: {enum: [7]}}
                                  Content-Type: {schema: {const: text/evil}}
                                  Content-Disposition: {schema: {const: other}}
                                  X-Break: {schema: {const: "a\\r\\nb"}}
                              doc: {contentType: application/xml}
                              photo: {headers: {Content-Transfer-Encoding: {schema: {const: base64}}}}
                      responses: {}
                components: {headers: {Kind: {schema: {type: string, default: meta}}}}
                """)) {
            assertThat(parts(api, "{\"meta\":{},\"doc\":\"<a/>\",\"photo\":\"data:,x\"}"))
                    .isEqualTo("""
                            --BOUNDARY
                            Content-Disposition: form-data; name="meta"
                            Content-Type: application/json
                            X-Kind: meta
                            X-One: 7

                            {}
                            --BOUNDARY
                            Content-Disposition: form-data; name="doc"
                            Content-Type: application/xml

                            <a/>
                            --BOUNDARY
                            Content-Disposition: form-data; name="photo"; filename="file"
                            Content-Type: text/plain
                            Content-Transfer-Encoding: base64

                            eA==
                            --BOUNDARY--
                            """);
            assertThat(api.refused("{\"doc\":{\"a\":\"b\"}}")).contains("argument doc: must be a string");
        }
    }

    /** The examples of OpenAPI 3.2.0 §4.15.5: ordered parts, a stream of images, parts within a part. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "multipart/mixed | {schema: {type: array, prefixItems: [{type: object}, {}]}, prefixEncoding: [{}, {contentType: 'image/*'}]} | [{\"author\":\"A\"},\"data:image/png,x\"] | Content-Type: application/json%%{\"author\":\"A\"}%--BOUNDARY%Content-Type: image/png%%x",
                "multipart/mixed | {itemSchema: {}, itemEncoding: {contentType: image/jpg}} | [\"data:image/jpg,x\",{\"content\":\"eA==\",\"name\":\"a.jpg\"}] | Content-Type: image/jpg%%x%--BOUNDARY%Content-Disposition: attachment; filename=\"a.jpg\"%Content-Type: image/jpg%%x",
                "multipart/related; type=text/html | {schema: {prefixItems: [{type: string}], items: {anyOf: [{type: string}, {}]}}, prefixEncoding: [{contentType: text/html}], itemEncoding: {contentType: 'text/css,text/javascript,image/*'}} | [\"<p>\",\"data:text/css,x\"] | Content-Type: text/html%%<p>%--BOUNDARY%Content-Type: text/css%%x",
                "multipart/mixed | {schema: {type: array, prefixItems: [{type: array}, {type: array, prefixItems: [{type: object}, {type: string}, {}]}]}, prefixEncoding: [{}, {contentType: multipart/mixed, prefixEncoding: [{contentType: application/xml}, {}, {contentType: image/png}]}]} | [[1],[\"<a/>\",\"t\",\"data:image/png,x\"]] | Content-Type: application/json%%[1]%--BOUNDARY-BOUNDARY%Content-Type: multipart/mixed; boundary=BOUNDARY%%--BOUNDARY%Content-Type: application/xml%%<a/>%--BOUNDARY%%t%--BOUNDARY%Content-Type: image/png%%x%--BOUNDARY--%",
                "multipart/form-data | {schema: {type: array, items: {type: string}}, itemEncoding: {headers: {Content-Disposition: {schema: {const: 'form-data; name=\"a\"'}}}}} | [\"x\"] | Content-Disposition: form-data; name=\"a\"%%x",
            })
    void partsWithoutNamesAreTheItemsOfAnArray(String type, String media, String value, String expected) {
        try (Mounted api = Mounted.operation(
                "3.2.0", "post", "/a", "requestBody: {required: true, content: {'" + type + "': " + media + "}}\n")) {
            String sent = parts(api, "{\"body\":" + value + "}");
            String boundary = sent.substring(2, sent.indexOf('\n'));

            assertThat(sent.replace("\n", "%")).isEqualTo("--" + boundary + "%" + expected + "%--" + boundary + "--%");
            assertThat(api.platform.received().getLast().header("Content-Type"))
                    .containsExactly(type + "; boundary=" + boundary);
            assertThat(api.refused("{\"body\":{}}")).contains("argument body");
        }
    }
}
