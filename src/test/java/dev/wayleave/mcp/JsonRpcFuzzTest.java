package dev.wayleave.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.FakePlatform;
import dev.wayleave.RunningWayleave;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Requests that are nearly right, over a socket: 4,000, or 400,000 under the guarantees. None is answered with 500 or more, and
 * none is left without an answer. {@code -Dsabotage=true} asks a server that trips over what is no JSON, and this fails.
 */
class JsonRpcFuzzTest {
    private static final boolean SABOTAGE = Boolean.getBoolean("sabotage");
    private static final int REQUESTS = Boolean.getBoolean("guarantees") ? 400_000 : 4_000;
    private static final int LONGEST_MILLIS = 5_000;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String META = "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\","
            + "\"io.modelcontextprotocol/clientCapabilities\":{}}";
    private static final List<String> METHODS = List.of(
            "tools/call",
            "tools/list",
            "initialize",
            "ping",
            "resources/read",
            "prompts/get",
            "completion/complete",
            "tasks/get",
            "server/discover",
            "logging/setLevel",
            "subscriptions/listen",
            "notifications/cancelled");
    private static final List<String> PARAMS = List.of(
            "",
            "\"name\":\"list_pets\",\"arguments\":{\"tag\":[\"a\",\"b\"]}",
            "\"name\":\"create_pet\",\"arguments\":{\"name\":\"Rex\",\"tags\":[\"x\"]},\"_meta\":{\"progressToken\":1}",
            "\"protocolVersion\":\"2025-11-25\",\"capabilities\":{},\"clientInfo\":{\"name\":\"c\",\"version\":\"1\"}",
            "\"uri\":\"pets://a\",\"cursor\":\"abc\"",
            "\"ref\":{\"type\":\"ref/prompt\",\"name\":\"p\"},\"argument\":{\"name\":\"a\",\"value\":\"b\"}",
            META + ",\"name\":\"get_pet\",\"arguments\":{\"petId\":\"7\",\"verbose\":true}");
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "\"\"",
            "[]",
            "{}",
            "-0",
            "1e400",
            "1E-400",
            "123456789012345678901234567890",
            "0.1",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"__proto__\"",
            "{\"\":{\"\":[null]}}",
            "\"${jndi:x}\"",
            "[[[[[[]]]]]]");
    private static final List<String> HEADERS = List.of(
            "MCP-Protocol-Version: 2026-07-28",
            "MCP-Protocol-Version: 2025-11-25",
            "MCP-Protocol-Version: x",
            "Mcp-Method: tools/call",
            "Mcp-Method: ping",
            "Mcp-Name: list_pets",
            "Mcp-Name: =?base64?bGlzdF9wZXRz?=",
            "Mcp-Name: =?base64?!?=",
            "Mcp-Param-Tag: a",
            "Accept: */*",
            "Accept: text/html",
            "traceparent: 00-x-y-z",
            "Content-Encoding: identity",
            "Last-Event-ID: 1",
            "Mcp-Session-Id: \u00ff",
            "Cookie: a=b");

    @TempDir
    Path folder;

    /** What came of a run. */
    private record Seen(int requests, Map<Integer, Integer> statuses, List<String> wrong, long slowest) {}

    @Test
    void whatIsNearlyRightIsAnsweredAndNeverWithAFaultOfOurs() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        Seen seen = SABOTAGE ? tripping(REQUESTS, seed) : ours(seed);
        System.out.println("nearly right requests: " + seen.wrong.size() + " wrong answers of " + seen.requests
                + ", statuses " + seen.statuses + ", the slowest in " + seen.slowest + " ms, seed " + seed);
        assertThat(seen.wrong).as("seed " + seed).isEmpty();
        assertThat(seen.statuses).as("some are right").containsKeys(200, 400);
    }

    @Test
    void thisWouldShowIt() throws Exception {
        assertThat(tripping(200, 1).wrong).isNotEmpty();
    }

    private Seen ours(long seed) throws IOException {
        try (RunningWayleave wayleave = RunningWayleave.over(folder, PetStore.YAML)) {
            return run(wayleave.url, wayleave.token("pets:read pets:write"), REQUESTS, seed);
        }
    }

    /** A server that takes any body for JSON. */
    private static Seen tripping(int requests, long seed) throws IOException {
        try (FakePlatform other = FakePlatform.counting(request -> {
            try {
                JSON.readTree(request.bytes());
                return FakePlatform.response(200, "application/json", "{}");
            } catch (IOException e) {
                return FakePlatform.response(500, "application/json", "{}");
            }
        })) {
            return run(other.url().resolve("/mcp"), "none", requests, seed);
        }
    }

    private static Seen run(URI url, String token, int requests, long seed) throws IOException {
        Random random = new Random(seed);
        Map<Integer, Integer> statuses = new TreeMap<>();
        List<String> wrong = new ArrayList<>();
        long slowest = 0;
        Socket socket = null;
        try {
            for (int i = 0; i < requests && wrong.size() < 5; i++) {
                byte[] body = body(random);
                String head = head(url, token, body.length, random);
                socket = socket == null ? connect(url) : socket;
                long began = System.nanoTime();
                String answer = exchange(socket, head, body);
                slowest = Math.max(slowest, (System.nanoTime() - began) / 1_000_000);
                int status = answer.startsWith("HTTP/1.1 ") ? Integer.parseInt(answer.substring(9, 12)) : 0;
                statuses.merge(status, 1, Integer::sum);
                if (status < 200 || status >= 500) {
                    wrong.add(answer + " to " + head.replaceAll("Bearer \\S+", "Bearer") + Arrays.toString(body));
                }
                if (status == 0 || answer.toLowerCase(Locale.ROOT).contains("connection: close")) {
                    socket.close();
                    socket = null;
                }
            }
        } finally {
            if (socket != null) {
                socket.close();
            }
        }
        return new Seen(requests, statuses, wrong, slowest);
    }

    private static Socket connect(URI url) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), url.getPort());
        socket.setSoTimeout(LONGEST_MILLIS);
        return socket;
    }

    private static String head(URI url, String token, int length, Random random) {
        StringBuilder head = new StringBuilder("POST /mcp HTTP/1.1\r\nHost: 127.0.0.1:" + url.getPort()
                + "\r\nContent-Type: application/json\r\nAuthorization: Bearer " + token + "\r\nContent-Length: "
                + length + "\r\n");
        for (int i = random.nextInt(4); i > 0; i--) {
            head.append(one(HEADERS, random)).append("\r\n");
        }
        return head.append("\r\n").toString();
    }

    private static byte[] body(Random random) throws IOException {
        JsonNode tree = JSON.readTree("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + one(METHODS, random)
                + "\",\"params\":{" + one(PARAMS, random) + "}}");
        for (int i = random.nextInt(3); i > 0; i--) {
            change(tree, random);
        }
        String text = random.nextInt(20) == 0 ? "[" + tree + "," + tree + "]" : tree.toString();
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return switch (random.nextInt(8)) {
            case 0 -> Arrays.copyOf(bytes, random.nextInt(bytes.length));
            case 1 -> flipped(bytes, random);
            case 2 -> (text + one(VALUES, random)).getBytes(StandardCharsets.UTF_8);
            case 3 -> text.getBytes(random.nextBoolean() ? StandardCharsets.UTF_16 : StandardCharsets.UTF_32);
            case 4 -> repeated(text, random).getBytes(StandardCharsets.UTF_8);
            default -> bytes;
        };
    }

    /** Another value, one more or one less, somewhere in it. */
    private static void change(JsonNode tree, Random random) throws IOException {
        List<ContainerNode<?>> inner = new ArrayList<>();
        collect(tree, inner);
        JsonNode value = JSON.readTree(one(VALUES, random));
        switch (inner.get(random.nextInt(inner.size()))) {
            case ObjectNode object
            when !object.isEmpty() -> {
                List<String> names = new ArrayList<>();
                object.fieldNames().forEachRemaining(names::add);
                String name = one(names, random);
                if (random.nextInt(3) == 0) {
                    object.remove(name);
                } else {
                    object.set(random.nextInt(3) == 0 ? name + "\u0130" : name, value);
                }
            }
            case ArrayNode array -> array.add(value);
            case ContainerNode<?> empty -> {}
        }
    }

    private static void collect(JsonNode tree, List<ContainerNode<?>> into) {
        if (tree instanceof ContainerNode<?> container) {
            into.add(container);
            container.forEach(child -> collect(child, into));
        }
    }

    private static byte[] flipped(byte[] bytes, Random random) {
        byte[] flipped = bytes.clone();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            flipped[random.nextInt(flipped.length)] = (byte) random.nextInt(256);
        }
        return flipped;
    }

    /** A piece of it very often: deep, long, or the same member twice. */
    private static String repeated(String text, Random random) {
        int from = random.nextInt(text.length());
        int to = Math.min(text.length(), from + 1 + random.nextInt(20));
        return text.substring(0, to) + text.substring(from, to).repeat(random.nextInt(2_000)) + text.substring(to);
    }

    private static <T> T one(List<T> all, Random random) {
        return all.get(random.nextInt(all.size()));
    }

    /** The whole answer; nothing where none came in time. */
    private static String exchange(Socket socket, String head, byte[] body) throws IOException {
        ByteArrayOutputStream request = new ByteArrayOutputStream();
        request.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
        request.writeBytes(body);
        try {
            socket.getOutputStream().write(request.toByteArray());
            socket.getOutputStream().flush();
            InputStream in = socket.getInputStream();
            String told = until(in, "\r\n\r\n");
            String length = after(told.toLowerCase(Locale.ROOT), "content-length: ");
            if (length != null) {
                return told + new String(in.readNBytes(Integer.parseInt(length)), StandardCharsets.UTF_8);
            }
            return told.toLowerCase(Locale.ROOT).contains("chunked") ? told + until(in, "\r\n0\r\n\r\n") : told;
        } catch (SocketTimeoutException e) {
            return "nothing in " + LONGEST_MILLIS + " ms";
        }
    }

    private static @Nullable String after(String text, String name) {
        int at = text.indexOf(name);
        return at < 0 ? null : text.substring(at + name.length(), text.indexOf('\r', at));
    }

    private static String until(InputStream in, String end) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.length() < end.length()
                || !text.substring(text.length() - end.length()).equals(end)) {
            int b = in.read();
            if (b < 0) {
                return "closed after " + text;
            }
            text.append((char) b);
        }
        return text.toString();
    }
}
