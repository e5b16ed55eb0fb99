package dev.wayleave.sandbox;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Databases: list, create, branch, look at, configure, delete. */
final class DatabasesApi {
    private final Databases databases;
    private final Organizations organizations;
    private final String hostname;

    DatabasesApi(Databases databases, Organizations organizations, String hostname) {
        this.databases = databases;
        this.organizations = organizations;
        this.hostname = hostname;
    }

    Answer list(AccessTokens.Access access, Request request) {
        String group = request.query().find("group");
        String parent = request.query().find("parent");
        ObjectNode json = StrictJson.object();
        ArrayNode list = json.putArray("databases");
        for (Database database : databases.list(access.grant().organization())) {
            Database.Parent from = database.parent();
            if (access.grant().sees(database.group())
                    && (group == null || group.equals(database.group()))
                    && (parent == null || (from != null && parent.equals(from.id())))) {
                list.add(database.json(hostname));
            }
        }
        return Answer.json(json);
    }

    Answer create(AccessTokens.Access access, Request request) throws IOException {
        Grant grant = access.grant();
        JsonFields body = request.json(Set.of("name", "group", "seed", "size_limit"));
        String name = body.text("name");
        if (!name.matches("[a-z0-9-]{1,64}")) {
            throw Refused.badRequest("name must be 1 to 64 lowercase letters, digits and dashes");
        }
        if (grant.group() != null && !body.has("group")) {
            throw Refused.forbidden("group-scoped tokens must specify a group in the request");
        }
        String group = body.text("group");
        boolean exists = organizations
                .find(grant.organization())
                .filter(organization -> organization.hasGroup(group))
                .isPresent();
        if (!exists || !grant.sees(group)) {
            throw Refused.badRequest("group not found");
        }
        Database source = source(grant, body.optionalObject("seed", Set.of("type", "name", "timestamp")));
        Database created = databases.create(
                grant.organization(),
                group,
                name,
                DatabaseConfiguration.initial(body.optionalText("size_limit")),
                source);
        ObjectNode json = StrictJson.object();
        json.putObject("database")
                .put("DbId", created.id())
                .put("Hostname", hostname)
                .put("Name", created.name());
        return Answer.json(json);
    }

    private @Nullable Database source(Grant grant, @Nullable JsonFields seed) {
        if (seed == null) {
            return null;
        }
        if (!seed.text("type").equals("database")) {
            throw Refused.badRequest("seed.type must be database");
        }
        String timestamp = seed.optionalText("timestamp");
        if (timestamp != null) {
            try {
                Instant.parse(timestamp);
            } catch (DateTimeParseException e) {
                throw Refused.badRequest("seed.timestamp must be a time such as 2026-01-31T09:46:08Z");
            }
            throw Refused.badRequest("the sandbox keeps no history; leave seed.timestamp out to branch from now");
        }
        return find(databases, grant, seed.text("name"));
    }

    Answer get(AccessTokens.Access access, Request request) {
        ObjectNode json = StrictJson.object();
        json.set("database", find(databases, access, request).json(hostname));
        return Answer.json(json);
    }

    Answer delete(AccessTokens.Access access, Request request) throws IOException {
        Database database = find(databases, access, request);
        databases.delete(database);
        return Answer.json(StrictJson.object().put("database", database.name()));
    }

    Answer configuration(AccessTokens.Access access, Request request) {
        return Answer.json(find(databases, access, request).configuration().json());
    }

    Answer configure(AccessTokens.Access access, Request request) {
        Database database = find(databases, access, request);
        DatabaseConfiguration configuration =
                database.configuration().patched(request.json(DatabaseConfiguration.FIELDS));
        databases.configure(database, configuration);
        return Answer.json(configuration.json());
    }

    /** The database in a request's path; 404 where there is none, or none that the token's group lets it see. */
    static Database find(Databases databases, AccessTokens.Access access, Request request) {
        return find(databases, access.grant(), request.variable("databaseName"));
    }

    private static Database find(Databases databases, Grant grant, String name) {
        return databases
                .find(grant.organization(), name)
                .filter(database -> grant.sees(database.group()))
                .orElseThrow(
                        () -> Refused.notFound("could not find database with name " + name + ": record not found"));
    }
}
