package dev.wayleave.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The organization that a token is for, its groups and its audit log. */
final class OrganizationsApi {
    private static final int LARGEST_PAGE = 100;

    private final Organizations organizations;
    private final AuditLog audit;

    OrganizationsApi(Organizations organizations, AuditLog audit) {
        this.organizations = organizations;
        this.audit = audit;
    }

    Answer list(AccessTokens.Access access, Request request) {
        return Answer.json(StrictJson.array().add(own(access).json()));
    }

    Answer get(AccessTokens.Access access, Request request) {
        ObjectNode json = StrictJson.object();
        json.set("organization", own(access).json());
        return Answer.json(json);
    }

    Answer groups(AccessTokens.Access access, Request request) {
        ObjectNode json = StrictJson.object();
        ArrayNode groups = json.putArray("groups");
        for (Organization.Group group : own(access).groups()) {
            if (access.grant().sees(group.name())) {
                groups.add(group.json());
            }
        }
        return Answer.json(json);
    }

    Answer group(AccessTokens.Access access, Request request) {
        String name = request.variable("groupName");
        Organization.Group group = own(access).groups().stream()
                .filter(one -> one.name().equals(name) && access.grant().sees(name))
                .findFirst()
                .orElseThrow(() -> Refused.notFound("group not found"));
        ObjectNode json = StrictJson.object();
        json.set("group", group.json());
        return Answer.json(json);
    }

    Answer auditLogs(AccessTokens.Access access, Request request) {
        String organization = access.grant().organization();
        int size = request.query().number("page_size", LARGEST_PAGE, 1, LARGEST_PAGE);
        int page = request.query().number("page", 1, 1, 100_000);
        int total = audit.size(organization);
        ObjectNode json = StrictJson.object();
        ArrayNode entries = json.putArray("audit_logs");
        for (AuditLog.Entry entry : audit.page(organization, page, size)) {
            entries.add(json(entry));
        }
        json.putObject("pagination")
                .put("page", page)
                .put("page_size", size)
                .put("total_pages", (total + size - 1) / size)
                .put("total_rows", total);
        return Answer.json(json);
    }

    private static ObjectNode json(AuditLog.Entry entry) {
        ObjectNode json = StrictJson.object()
                .put("code", entry.action())
                .put("message", entry.status() < 400 ? "" : "refused with " + entry.status())
                .put("origin", "api")
                .put("author", entry.author())
                .put("created_at", entry.createdAt());
        json.putObject("data")
                .put("client_id", entry.client())
                .put("target", entry.target())
                .put("status", entry.status());
        return json;
    }

    Answer validate(AccessTokens.Access access, Request request) {
        return Answer.json(StrictJson.object().put("exp", access.expires().getEpochSecond()));
    }

    private Organization own(AccessTokens.Access access) {
        return organizations
                .find(access.grant().organization())
                .orElseThrow(() -> Refused.notFound("organization not found"));
    }
}
