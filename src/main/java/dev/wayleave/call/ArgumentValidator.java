package dev.wayleave.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.PathType;
import java.util.List;

/** Checks arguments against a tool's input schema, compiled once. */
final class ArgumentValidator {
    private static final int MOST_PROBLEMS = 10;
    private static final int LONGEST_PROBLEM = 300;
    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            builder -> builder.schemaRegistryConfig(SchemaRegistryConfig.builder()
                            .formatAssertionsEnabled(true)
                            .pathType(PathType.JSON_POINTER)
                            .build())
                    .schemaLoader(loader -> loader.fetchRemoteResources(false)));
    private final Schema schema;

    ArgumentValidator(ObjectNode inputSchema) {
        this.schema = REGISTRY.getSchema(inputSchema);
        this.schema.initializeValidators();
    }

    /** What does not fit: each problem names the argument and the rule. Empty where all fits. */
    List<String> problems(JsonNode arguments) {
        return schema.validate(arguments).stream()
                .map(ArgumentValidator::problem)
                .distinct()
                .limit(MOST_PROBLEMS)
                .toList();
    }

    private static String problem(Error error) {
        String where = error.getInstanceLocation().toString();
        String text = where.isEmpty()
                ? "arguments: " + error.getMessage()
                : "argument " + where.substring(1) + ": " + error.getMessage();
        String whole = text + " (" + error.getKeyword() + ")";
        return whole.length() <= LONGEST_PROBLEM ? whole : whole.substring(0, LONGEST_PROBLEM) + "…";
    }
}
