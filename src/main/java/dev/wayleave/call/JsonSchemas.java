package dev.wayleave.call;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.format.DateTimeFormat;
import com.networknt.schema.format.Format;
import com.networknt.schema.keyword.NonValidationKeyword;
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

    /** RFC 5321 §4.1.2; the library's own pattern refuses domains that there are. */
    private static final Pattern MAILBOX = Pattern.compile(
            "([A-Za-z0-9!#$%&'*+/=?^_`{|}~-]++(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]++)*+|\"([\\x20\\x21\\x23-\\x5b\\x5d-\\x7e]|\\\\[\\x20-\\x7e])*+\")"
                    + "@([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*|\\[[A-Za-z0-9:.-]+])");

    private static final DateTimeFormat TIME = new DateTimeFormat();

    /** Names of the draft of 2010 that the library still checks, and that descriptions use more freely. */
    private static final List<String> FREE =
            List.of("alpha", "alphanumeric", "color", "ip-address", "phone", "style", "utc-millisec");

    private static final Dialect DIALECT = Dialect.builder(Dialects.getDraft202012())
            .formats(FREE.stream()
                    .<Format>map(name -> new Added(name, value -> true))
                    .toList())
            .formats(List.of(
                    new Added("int8", value -> isWithin(value, 7)),
                    new Added("int16", value -> isWithin(value, 15)),
                    new Added("int32", value -> isWithin(value, 31)),
                    new Added("int64", value -> isWithin(value, 63)),
                    new Added("uint8", value -> isWithin(value, 8) && !isNegative(value)),
                    new Added("uint16", value -> isWithin(value, 16) && !isNegative(value)),
                    new Added("uint32", value -> isWithin(value, 32) && !isNegative(value)),
                    new Added("uint64", value -> isWithin(value, 64) && !isNegative(value)),
                    new Added("float", value -> !value.isNumber() || Float.isFinite(value.floatValue())),
                    new Added("double", value -> !value.isNumber() || Double.isFinite(value.doubleValue())),
                    new Added("date-time", value -> !value.isTextual() || isTime(value.textValue())),
                    new Added("email", value -> !value.isTextual() || isMailbox(value.textValue())),
                    new Added("base64url", value -> isBase64(value, Base64.getUrlDecoder())),
                    new Added("byte", value -> isBase64(value, Base64.getDecoder()))))
            .keyword(new NonValidationKeyword("x-mcp-header"))
            .build();
    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            DIALECT,
            builder -> builder.schemaRegistryConfig(SchemaRegistryConfig.builder()
                            .formatAssertionsEnabled(true)
                            .pathType(PathType.JSON_POINTER)
                            .regularExpressionFactory(BoundedPattern::new)
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

    private static boolean isNegative(JsonNode value) {
        return value.isNumber()
                ? value.decimalValue().signum() < 0
                : value.asText().startsWith("-");
    }

    /** RFC 3339 §5.6; what would pass for one in prose, with a blank for its T, is none. */
    private static boolean isTime(String text) {
        return text.length() > 10 && "Tt".indexOf(text.charAt(10)) >= 0 && TIME.matches(new ExecutionContext(), text);
    }

    private static boolean isMailbox(String text) {
        return text.length() <= 320 && MAILBOX.matcher(text).matches();
    }

    private static boolean isBase64(JsonNode value, Base64.Decoder decoder) {
        try {
            return !value.isTextual() || decoder.decode(value.textValue()) != null;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
