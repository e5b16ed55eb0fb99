package dev.wayleave.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.wayleave.RunningWayleave;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** For random descriptions and grants, {@code explain} says yes to just the tools that a running server lists. */
class ExplainPropertyTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> SCOPES = List.of("a:read", "a:write", "b:read", "a:b:read", "admin", "owner");
    private static final List<String> HELD =
            List.of("a:read", "a:write", "b:read", "a:b:read", "admin", "owner", "a:*", "*:read", "*", "A:READ");
    private static final List<String> GROUPS = List.of("red", "green", "none");

    @TempDir
    Path folder;

    @Test
    void explainAndTheServerNeverDisagree() throws IOException {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("explain and the server: seed " + seed);
        Random random = new Random(seed);
        int cells = 0;
        for (int document = 0; document < 4; document++) {
            Path in = Files.createDirectory(folder.resolve("d" + document));
            Map<String, Object> access = access(random);
            try (RunningWayleave wayleave = RunningWayleave.with(
                    in,
                    description(random),
                    access.isEmpty() ? Map.of() : Map.of("wayleave.platforms.test.access", access))) {
                Path config = Files.writeString(in.resolve("c.json"), configuration(in, access));
                for (int grant = 0; grant < 12; grant++) {
                    List<String> scopes = some(random, HELD);
                    List<String> groups = some(random, GROUPS);
                    JsonNode told = JSON.readTree(Run.of(
                                    "explain",
                                    "--config",
                                    config.toString(),
                                    "--format",
                                    "json",
                                    "--scopes",
                                    String.join(" ", scopes),
                                    "--claims",
                                    claims(groups))
                            .out());
                    Set<String> yes = new TreeSet<>();
                    told.path("tools").forEach(tool -> {
                        if (tool.path("allowed").booleanValue()) {
                            yes.add(tool.path("name").textValue());
                        }
                    });
                    cells += told.path("tools").size();
                    assertThat(yes)
                            .as("seed " + seed + " document " + document + " " + scopes + groups + access)
                            .isEqualTo(listed(wayleave, scopes, groups));
                }
            }
        }
        System.out.println("explain and the server: " + cells + " cells, 0 differences");
        assertThat(cells).isGreaterThan(100);
    }

    private static Set<String> listed(RunningWayleave wayleave, List<String> scopes, List<String> groups)
            throws IOException {
        String token = wayleave.issuer.token(
                wayleave.url.toString(), String.join(" ", scopes), claims -> claims.claim("groups", groups));
        Set<String> names = new TreeSet<>();
        JSON.readTree(wayleave.post(
                                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}",
                                "MCP-Protocol-Version",
                                "2025-11-25",
                                "Authorization",
                                "Bearer " + token)
                        .body())
                .at("/result/tools")
                .forEach(tool -> names.add(tool.path("name").textValue()));
        return names;
    }

    private static String claims(List<String> groups) throws IOException {
        return JSON.writeValueAsString(Map.of("groups", groups));
    }

    private static String configuration(Path in, Map<String, Object> access) throws IOException {
        Map<String, Object> platform = new LinkedHashMap<>();
        platform.put("openapi", in.resolve("openapi.yaml").toString());
        platform.put("callers", Map.of("verify", "jwt"));
        if (!access.isEmpty()) {
            platform.put("access", access);
        }
        return JSON.writeValueAsString(Map.of("wayleave", Map.of("platforms", Map.of("test", platform))));
    }

    private static Map<String, Object> access(Random random) {
        Map<String, Object> access = new LinkedHashMap<>();
        if (random.nextBoolean()) {
            access.put("unscoped", random.nextBoolean() ? "deny" : "allow");
            access.put(
                    "scopes",
                    Map.of("wildcards", random.nextBoolean(), "implies", Map.of("owner", some(random, SCOPES))));
        }
        if (random.nextInt(3) > 0) {
            Map<String, Object> grants = new LinkedHashMap<>();
            for (String group : GROUPS.subList(0, 2)) {
                Map<String, Object> grant = new LinkedHashMap<>();
                grant.put("tools", List.of("op_" + random.nextInt(4), "*" + random.nextInt(8)));
                if (random.nextBoolean()) {
                    grant.put("scopes", some(random, HELD));
                }
                grants.put(group, grant);
            }
            access.put("groups", Map.of("claim", "groups", "grants", grants));
        }
        if (random.nextInt(3) == 0) {
            access.put("rules", List.of(Map.of("require", "'red' in claims.groups || tool.name != 'op_1'")));
        }
        return access;
    }

    private static List<String> some(Random random, List<String> of) {
        List<String> some = new ArrayList<>(of);
        some.removeIf(one -> random.nextInt(3) > 0);
        return some.isEmpty() ? List.of(of.get(random.nextInt(of.size()))) : some;
    }

    private static String description(Random random) throws IOException {
        Map<String, Object> paths = new LinkedHashMap<>();
        for (int i = 0; i < 8; i++) {
            Map<String, Object> operation = new LinkedHashMap<>();
            operation.put("operationId", "op_" + i);
            operation.put("responses", Map.of("200", Map.of("description", "ok")));
            List<List<String>> alternatives = new ArrayList<>();
            for (int j = 0; j <= random.nextInt(3); j++) {
                alternatives.add(some(random, SCOPES));
            }
            switch (random.nextInt(4)) {
                case 0 ->
                    operation.put(
                            "x-mcp",
                            Map.of("scopes", alternatives.stream().distinct().toList()));
                case 1, 2 ->
                    operation.put(
                            "security",
                            alternatives.stream()
                                    .map(scopes -> Map.of("o", scopes))
                                    .toList());
                default -> operation.put("summary", "Asks for nothing");
            }
            paths.put("/p" + i, Map.of("get", operation));
        }
        return JSON.writeValueAsString(Map.of(
                "openapi",
                "3.1.0",
                "info",
                Map.of("title", "Random", "version", "1"),
                "paths",
                paths,
                "components",
                Map.of("securitySchemes", Map.of("o", Map.of("type", "http", "scheme", "bearer")))));
    }
}
