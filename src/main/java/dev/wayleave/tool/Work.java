package dev.wayleave.tool;

import dev.wayleave.openapi.Operation;
import dev.wayleave.openapi.Source;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a tool does when it is called. */
public sealed interface Work {
    /** Where that is described. */
    Source source();

    /** It in a few words, for people and for the audit: method and path template, where there is one operation. */
    String label();

    /** Does the steps of a workflow. */
    record Steps(Plan plan) implements Work {
        @Override
        public Source source() {
            return plan.workflow().source();
        }

        @Override
        public String label() {
            return "workflow " + plan.workflow().id();
        }
    }

    /** Sends one request to the platform. */
    record OneCall(Operation operation) implements Work {
        @Override
        public Source source() {
            return operation.source();
        }

        @Override
        public String label() {
            return operation.method() + " " + operation.path();
        }

        /** The further origin that it is sent to, without any credential; null for the platform's own. */
        public @Nullable String origin() {
            var curation = operation.extensions().get(Extension.NAME);
            return curation == null ? null : curation.path("origin").textValue();
        }

        /** Whether its description says that nobody needs a credential, and its owner does not say otherwise. */
        boolean isPublic() {
            var security = operation.security();
            var curation = operation.extensions().get(Extension.NAME);
            return security != null
                    && security.stream()
                            .allMatch(requirement -> requirement.schemes().isEmpty())
                    && (curation == null || !curation.has("scopes"));
        }
    }

    /**
     * Tells a text.
     *
     * @param text its values are named {@code claims.NAME}, of the caller's token, and {@code constants.NAME}, of the
     *     configuration
     */
    record Fixed(TextTemplate text, Source source) implements Work {
        private static final String CLAIMS = "claims.";
        private static final String CONSTANTS = "constants.";

        @Override
        public String label() {
            return "text";
        }

        static boolean isValue(String name) {
            return claim(name) != null || constant(name) != null;
        }

        /** The claim that a value is of; null where it is none. */
        public static @Nullable String claim(String name) {
            return name.startsWith(CLAIMS) ? name.substring(CLAIMS.length()) : null;
        }

        /** The constant that a value is; null where it is none. */
        public static @Nullable String constant(String name) {
            return name.startsWith(CONSTANTS) ? name.substring(CONSTANTS.length()) : null;
        }

        List<String> claims() {
            return text.names().stream()
                    .map(Fixed::claim)
                    .filter(Objects::nonNull)
                    .toList();
        }

        /** What the configuration must give. */
        public List<String> constants() {
            return text.names().stream()
                    .map(Fixed::constant)
                    .filter(Objects::nonNull)
                    .toList();
        }
    }
}
