package dev.wayleave.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A fault in how we were asked, answered as a JSON-RPC error. Its message is written here and goes to the client. */
final class ProtocolError extends Exception {
    static final int PARSE_ERROR = -32700;
    static final int INVALID_REQUEST = -32600;
    static final int METHOD_NOT_FOUND = -32601;
    static final int INVALID_PARAMS = -32602;
    static final int INTERNAL_ERROR = -32603;
    static final int HEADER_MISMATCH = -32020;
    static final int MISSING_CAPABILITY = -32021;
    static final int UNSUPPORTED_VERSION = -32022;

    /** In the eras before 2026-07-28, which has no such code. */
    static final int RESOURCE_NOT_FOUND = -32002;

    private static final long serialVersionUID = 1L;
    private final int status;
    private final int code;
    private final String text;
    private final transient @Nullable JsonNode data;
    private final transient Map<String, String> headers;

    private ProtocolError(int status, int code, String text, @Nullable JsonNode data, Map<String, String> headers) {
        super(text, null, false, false);
        this.status = status;
        this.code = code;
        this.text = text;
        this.data = data;
        this.headers = headers;
    }

    /** A fault with a code that JSON-RPC or MCP defines. */
    static ProtocolError of(int status, int code, String text) {
        return new ProtocolError(status, code, text, null, Map.of());
    }

    static ProtocolError of(int status, int code, String text, JsonNode data) {
        return new ProtocolError(status, code, text, data, Map.of());
    }

    /** A fault of HTTP, which no JSON-RPC code names: the status stands for the code too. */
    static ProtocolError http(int status, String text, Map<String, String> headers) {
        return new ProtocolError(status, status, text, null, headers);
    }

    int status() {
        return status;
    }

    int code() {
        return code;
    }

    String text() {
        return text;
    }

    @Nullable
    JsonNode data() {
        return data;
    }

    Map<String, String> headers() {
        return headers;
    }
}
