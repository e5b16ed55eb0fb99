package dev.wayleave.tool;

import dev.wayleave.openapi.Operation;
import dev.wayleave.openapi.Source;

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
}
