package dev.wayleave.call;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.wayleave.FakePlatform;
import dev.wayleave.TestClients;
import dev.wayleave.upstream.HttpUpstream;
import dev.wayleave.upstream.PlatformAddress;
import dev.wayleave.upstream.Upstream;
import dev.wayleave.upstream.UpstreamException;
import dev.wayleave.upstream.UpstreamRequest;
import dev.wayleave.upstream.UpstreamResponse;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * No arguments lead outside of the origin and the template: 60,000 maps, or 1,000,000 under the guarantees, some of them as
 * far as a socket. {@code -Dsabotage=true} takes the encoding away, and this fails.
 */
class AddressFuzzTest {
    private static final boolean SABOTAGE = Boolean.getBoolean("sabotage");
    private static final boolean LONG = Boolean.getBoolean("guarantees");
    private static final int MAPS = LONG ? 1_000_000 : 60_000;
    private static final int ON_SOCKETS = LONG ? 20_000 : 1_500;
    private static final int OPERATIONS = 200;
    private static final String BASE = "/base/v2";
    private static final List<String> OURS =
            List.of("host", "accept", "accept-encoding", "user-agent", "connection", "content-length");

    /** What was seen on the way of one run. */
    private static final class Seen {
        private int sent;
        private int refused;
        private int outside;
        private int unclassified;
        private final List<String> examples = new ArrayList<>();

        void outside(String what) {
            outside++;
            if (examples.size() < 5) {
                examples.add(what);
            }
        }
    }

    @Test
    void noArgumentsLeadOutsideOfOriginAndTemplate() {
        long seed = Long.getLong("seed", System.nanoTime());
        report("addresses built", built(MAPS, seed, SABOTAGE), seed);
    }

    @Test
    void norDoTheyOnTheWire() {
        long seed = Long.getLong("seed", System.nanoTime());
        report("addresses received", received(ON_SOCKETS, seed, SABOTAGE), seed);
    }

    @Test
    void thisWouldShowIt() {
        assertThat(built(2_000, 1, true).outside).isPositive();
        assertThat(received(200, 1, true).outside).isPositive();
    }

    private static void report(String what, Seen seen, long seed) {
        System.out.println(what + ": " + seen.outside + " outside of origin and template, " + seen.sent + " sent, "
                + seen.refused + " refused, " + seen.unclassified + " unclassified, seed " + seed);
        assertThat(seen.examples).as("seed " + seed).isEmpty();
        assertThat(seen.unclassified).isZero();
        assertThat(seen.sent).isGreaterThan(seen.refused / 5);
    }

    /** The request as it is built, in front of the client. */
    private static Seen built(int maps, long seed, boolean sabotage) {
        Random random = new Random(seed);
        Seen seen = new Seen();
        List<OperationFuzz> operations = operations(random);
        PlatformAddress address = new PlatformAddress(URI.create("https://api.example.com" + BASE));
        List<UpstreamRequest> last = new ArrayList<>();
        Upstream upstream = request -> {
            last.add(request);
            return new UpstreamResponse(200, Map.of(), new byte[0]);
        };
        HostileValues values = new HostileValues(random, List.of());
        try (Mounted api = Mounted.over(document(operations), sabotage ? decoding(upstream) : upstream)) {
            for (int i = 0; i < maps; i++) {
                OperationFuzz operation = operations.get(random.nextInt(OPERATIONS));
                ObjectNode arguments = operation.arguments(values, random);
                last.clear();
                count(seen, call(api, operation, arguments));
                for (UpstreamRequest request : last) {
                    String wrong = operation.wrongTarget(request.target(), "", arguments);
                    for (UpstreamRequest.Header header : request.headers()) {
                        wrong = wrong == null ? operation.wrongHeader(header.name(), header.value()) : wrong;
                    }
                    if (wrong != null || !address.admits(request.target()) || last.size() > 1) {
                        seen.outside(wrong + ": " + operation.template() + " " + arguments + " " + request);
                    }
                }
            }
        }
        return seen;
    }

    /** The bytes that a platform received; another server is named in arguments and never hears of it. */
    private static Seen received(int maps, long seed, boolean sabotage) {
        Random random = new Random(seed);
        Seen seen = new Seen();
        List<OperationFuzz> operations = operations(random);
        List<FakePlatform.Received> last = new ArrayList<>();
        try (FakePlatform elsewhere = FakePlatform.json("{}");
                FakePlatform platform = FakePlatform.answering(request -> {
                    last.add(request);
                    return FakePlatform.response(200, "application/json", "{}");
                });
                Upstream upstream = upstream(platform);
                Mounted api = Mounted.over(document(operations), sabotage ? decoding(upstream) : upstream)) {
            String other = elsewhere.url().getAuthority();
            HostileValues values =
                    new HostileValues(random, List.of(other, "//" + other, "@" + other, "http://" + other + "/"));
            for (int i = 0; i < maps; i++) {
                OperationFuzz operation = operations.get(random.nextInt(OPERATIONS));
                ObjectNode arguments = operation.arguments(values, random);
                last.clear();
                ToolResult result = call(api, operation, arguments);
                count(seen, result);
                for (FakePlatform.Received request : last) {
                    String wrong = wrong(operation, request, platform.url().getAuthority(), arguments);
                    if (wrong != null || last.size() > 1 || result instanceof ToolResult.InvalidArguments) {
                        seen.outside(wrong + ": " + operation.template() + " " + arguments + " " + request.requestLine()
                                + " " + request.headerLines());
                    }
                }
            }
            if (elsewhere.connections() > 0) {
                seen.outside("elsewhere");
            }
        }
        return seen;
    }

    private static @Nullable String wrong(
            OperationFuzz operation, FakePlatform.Received request, String authority, ObjectNode arguments) {
        String[] parts = request.requestLine().split(" ", -1);
        if (parts.length != 3 || !parts[0].equals("GET") || !parts[2].equals("HTTP/1.1")) {
            return "request line";
        }
        if (!request.header("Host").equals(List.of(authority)) || request.bytes().length > 0) {
            return "host or body";
        }
        String wrong = operation.wrongTarget(parts[1], BASE, arguments);
        for (String line : request.headerLines()) {
            String name = line.substring(0, Math.max(0, line.indexOf(':')));
            if (wrong == null && OURS.stream().noneMatch(name::equalsIgnoreCase)) {
                wrong = operation.wrongHeader(name, line.substring(name.length() + 1));
            }
        }
        return wrong;
    }

    private static ToolResult call(Mounted api, OperationFuzz operation, ObjectNode arguments) {
        return api.call(operation.name(), arguments);
    }

    private static void count(Seen seen, ToolResult result) {
        switch (result) {
            case ToolResult.Answer answer -> seen.sent++;
            case ToolResult.InvalidArguments invalid -> seen.refused++;
            default -> {
                seen.unclassified++;
                seen.examples.add(result.toString());
            }
        }
    }

    private static List<OperationFuzz> operations(Random random) {
        List<OperationFuzz> operations = new ArrayList<>();
        for (int i = 0; i < OPERATIONS; i++) {
            operations.add(OperationFuzz.random(i, random));
        }
        return operations;
    }

    private static String document(List<OperationFuzz> operations) {
        StringBuilder yaml = new StringBuilder("openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths:\n");
        operations.forEach(operation -> yaml.append(operation.yaml()));
        return yaml.toString();
    }

    private static Upstream upstream(FakePlatform platform) {
        return new HttpUpstream(
                new PlatformAddress(platform.url().resolve(BASE)),
                "Authorization",
                new HttpUpstream.Terms(Duration.ofSeconds(2), Duration.ofMinutes(1), 65_536),
                TestClients.CLIENTS,
                InstantSource.system());
    }

    /** The sabotage: takes away what keeps a value in its place. */
    private static Upstream decoding(Upstream upstream) {
        return new Upstream() {
            @Override
            public UpstreamResponse send(UpstreamRequest request) throws UpstreamException {
                return upstream.send(new UpstreamRequest(
                        request.method(),
                        request.target().replace("%2F", "/").replace("%3F", "?").replace("%26", "&"),
                        request.headers(),
                        request.body(),
                        request.credential(),
                        request.safe(),
                        request.deadline(),
                        request.trail()));
            }
        };
    }
}
