package dev.wayleave.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.format.Format;
import com.networknt.schema.path.PathType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Base64;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Compiles schemas of 2020-12, with the formats that OpenAPI adds. Nothing is ever fetched. */
final class JsonSchemas {
    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,30}");
    private static final Dialect DIALECT = Dialect.builder(Dialects.getDraft202012())
            .formats(List.of(
                    new Added("int32", value -> isWithin(value, 31)),
                    new Added("int64", value -> isWithin(value, 63)),
                    new Added("byte", value -> !value.isTextual() || isBase64(value.textValue()))))
            .build();
    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            DIALECT,
            builder -> builder.schemaRegistryConfig(SchemaRegistryConfig.builder()
                            .formatAssertionsEnabled(true)
                            .pathType(PathType.JSON_POINTER)
                            .build())
                    .schemaLoader(loader -> loader.fetchRemoteResources(false)));

    /** A format of OpenAPI's own registry. */
    private record Added(String name, Predicate<JsonNode> test) implements Format {
        @Override
        public String getName() {
            return name;
        }

        @Override
        public boolean matches(ExecutionContext execution, SchemaContext schema, JsonNode value) {
            return test.test(value);
        }
    }

    private JsonSchemas() {}

    static Schema compile(JsonNode schema) {
        Schema compiled = REGISTRY.getSchema(schema);
        compiled.initializeValidators();
        return compiled;
    }

    /** A number, or a string of digits as some platforms have them for 64 bits. */
    private static boolean isWithin(JsonNode value, int bits) {
        if (value.isIntegralNumber()) {
            return value.bigIntegerValue().bitLength() <= bits;
        }
        if (value.isFloatingPointNumber()) {
            return value.decimalValue().abs().compareTo(BigDecimal.ONE.scaleByPowerOfTen(30)) < 0
                    && value.decimalValue().toBigInteger().bitLength() <= bits;
        }
        return !value.isTextual()
                || (WHOLE.matcher(value.textValue()).matches()
                        && new BigInteger(value.textValue()).bitLength() <= bits);
    }

    private static boolean isBase64(String text) {
        try {
            Base64.getDecoder().decode(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
