package dev.wayleave.call;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.FakePlatform;
import dev.wayleave.FakePlatform.Received;
import dev.wayleave.TestClients;
import dev.wayleave.caller.Caller;
import dev.wayleave.openapi.DocumentException;
import dev.wayleave.openapi.OpenApiReader;
import dev.wayleave.policy.AccessRules;
import dev.wayleave.policy.Policy;
import dev.wayleave.seal.Seal;
import dev.wayleave.tool.Catalog;
import dev.wayleave.tool.Tool;
import dev.wayleave.upstream.Credentials;
import dev.wayleave.upstream.HttpUpstream;
import dev.wayleave.upstream.Origins;
import dev.wayleave.upstream.PlatformAddress;
import dev.wayleave.upstream.Upstream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The tools of a description in front of a platform on a real socket, without MCP. */
final class Mounted implements AutoCloseable {
    static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();
    /** One for all tests of this package: they run one after the other. */
    private static final FakePlatform PLATFORM = FakePlatform.json("{}");

    private static final HttpUpstream UPSTREAM = new HttpUpstream(
            new PlatformAddress(PLATFORM.url()),
            "Authorization",
            new HttpUpstream.Terms(Duration.ofSeconds(2), Duration.ofMinutes(1), 4 << 20),
            TestClients.CLIENTS,
            InstantSource.system());
    final FakePlatform platform = PLATFORM;
    final Catalog catalog;
    private final ToolCaller calls;

    private Mounted(String document, Upstream upstream) {
        try {
            catalog = Catalog.of(OpenApiReader.read("test.yaml", document.getBytes(StandardCharsets.UTF_8)));
        } catch (DocumentException e) {
            throw new IllegalArgumentException(e);
        }
        platform.answer(request -> FakePlatform.response(200, "application/json", "{}"));
        Policy policy = new Policy(AccessRules.NONE);
        ForwardingCaller flow = new ForwardingCaller(
                catalog.callable(),
                new Means(
                        policy,
                        new Sender(upstream, Credentials.forward(), policy::needed),
                        Origins.NONE,
                        new Delivery(4096, PLATFORM.url(), Map.of(), catalog.errors()),
                        asking(),
                        new TaskIds(seal(), "/mcp", InstantSource.system()),
                        () -> "BOUNDARY",
                        InstantSource.system()));
        calls = call -> flow.call(call).result();
    }

    static Seal seal() {
        return new Seal(List.of(new byte[Seal.KEY_LENGTH]), new SecureRandom());
    }

    /** What asks, under a key that anybody could have. */
    static Asking asking() {
        return new Asking(
                seal(),
                "/mcp",
                new Asking.Rules(Duration.ofMinutes(1), false),
                new DoneOnce("here", InstantSource.system()),
                () -> UUID.randomUUID().toString(),
                InstantSource.system());
    }

    static Mounted document(String yaml) {
        return new Mounted(yaml, UPSTREAM);
    }

    /** In front of what this leads to. */
    static Mounted over(String yaml, Upstream upstream) {
        return new Mounted(yaml, upstream);
    }

    /** One operation named {@code op}, its members indented by six spaces. */
    static Mounted operation(String version, String method, String path, String members) {
        return new Mounted(
                "openapi: " + version + "\ninfo: {title: T, version: '1'}\npaths:\n  " + path + ":\n    "
                        + method + ":\n      operationId: op\n" + members.indent(6)
                        + "      responses: {'200': {description: ok}}\n",
                UPSTREAM);
    }

    Tool tool() {
        return catalog.tools().getFirst();
    }

    ToolResult call(String arguments) {
        try {
            return call(tool().name(), (ObjectNode) JSON.readTree(arguments));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    ToolResult call(String tool, ObjectNode arguments) {
        return calls.call(new ToolCall(
                "id-1", Caller.anonymous(), tool, arguments, Instant.now().plusSeconds(10)));
    }

    /** What reached the platform; fails where nothing did. */
    Received sent(String arguments) {
        int before = platform.received().size();
        ToolResult result = call(arguments);
        if (platform.received().size() != before + 1) {
            throw new AssertionError("nothing was sent: " + result);
        }
        return platform.received().getLast();
    }

    /** What is wrong with these arguments; fails where anything was sent. */
    String refused(String arguments) {
        int before = platform.received().size();
        ToolResult result = call(arguments);
        if (platform.received().size() != before || !(result instanceof ToolResult.InvalidArguments invalid)) {
            throw new AssertionError("sent: " + result);
        }
        return String.join("\n", invalid.problems());
    }

    @Override
    public void close() {
        platform.answer(request -> FakePlatform.response(500, "", ""));
    }
}
