package dev.wayleave.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table of OCSF attributes has a row for each member that the schema describes. */
class OcsfMappingTest {
    @Test
    void everyMemberIsMapped() throws IOException {
        Set<String> members = new TreeSet<>();
        try (InputStream in = Calls.class.getResourceAsStream("audit.schema.json")) {
            JsonNode schema = Chain.JSON.readTree(in);
            schema.path("properties").fieldNames().forEachRemaining(members::add);
            for (JsonNode definition : schema.path("$defs")) {
                definition.path("properties").fieldNames().forEachRemaining(members::add);
            }
        }
        String guide = Files.readString(Path.of("docs", "audit.md"));
        Set<String> mapped = new TreeSet<>();
        guide.substring(guide.indexOf("## OCSF"))
                .lines()
                .filter(line -> line.startsWith("| `"))
                .forEach(line -> {
                    Matcher names = Pattern.compile("`([a-z0-9_]+)`").matcher(line.split("\\|", -1)[1]);
                    while (names.find()) {
                        mapped.add(names.group(1));
                    }
                });
        assertThat(mapped).isEqualTo(members);
    }
}
