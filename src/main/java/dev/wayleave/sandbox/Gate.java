package dev.wayleave.sandbox;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Stands before every operation of the platform's API and writes each attempt down, allowed or not.
 *
 * <p>It asks in this order: is the token good (401), is it for this organization (403), is it pinned to a group where the
 * whole organization is asked for (403), has it the scope (403). What lies in another group is for the operation to hide.
 */
final class Gate {
    private final AccessTokens tokens;
    private final AuditLog audit;

    Gate(AccessTokens tokens, AuditLog audit) {
        this.tokens = tokens;
        this.audit = audit;
    }

    /** Whom an operation is for. */
    enum Level {
        /** Any token of the organization. */
        GROUP,
        /** Tokens for the whole organization only. */
        ORGANIZATION
    }

    /**
     * Wraps one operation.
     *
     * @param action its name in the audit log
     * @param scope null where any token will do
     */
    Endpoint guard(String action, @Nullable Scope scope, Level level, ApiOperation operation) {
        return request -> {
            String organization = request.variables().get("organizationSlug");
            AccessTokens.Access access;
            try {
                access = tokens.verify(request.bearer());
            } catch (Refused e) {
                audit.add(action, organization, null, request.path(), e.status());
                throw e;
            }
            int status = 500;
            try {
                Answer answer = answer(access, organization, scope, level, operation, request);
                status = answer.status();
                return answer;
            } finally {
                audit.add(action, organization, access.grant(), request.path(), status);
            }
        };
    }

    private static Answer answer(
            AccessTokens.Access access,
            @Nullable String organization,
            @Nullable Scope scope,
            Level level,
            ApiOperation operation,
            Request request)
            throws IOException {
        Grant grant = access.grant();
        try {
            if (organization != null && !organization.equals(grant.organization())) {
                throw Refused.forbidden("token is for the organization " + grant.organization() + " and no other");
            }
            if (level == Level.ORGANIZATION && grant.group() != null) {
                throw Refused.forbidden("group-scoped token cannot access org-level resources");
            }
            if (scope != null) {
                grant.require(scope);
            }
            return operation.answer(access, request);
        } catch (Refused e) {
            return e.answer();
        }
    }
}
