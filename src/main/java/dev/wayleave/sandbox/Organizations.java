package dev.wayleave.sandbox;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The organizations and their groups; the sandbox has those it was seeded with. */
final class Organizations {
    private final ControlStore store;

    Organizations(ControlStore store) {
        this.store = store;
    }

    List<Organization> list() {
        return store.list(
                "select slug, name, type from organization order by rowid",
                row -> organization(row.getString(1), row.getString(2), row.getString(3)));
    }

    Optional<Organization> find(String slug) {
        return list().stream().filter(one -> one.slug().equals(slug)).findFirst();
    }

    void add(String slug, String name, String type, List<String> groups) {
        store.change("insert into organization (slug, name, type) values (?, ?, ?)", slug, name, type);
        for (String group : groups) {
            store.change(
                    "insert into database_group (organization, name, uuid) values (?, ?, ?)",
                    slug,
                    group,
                    UUID.randomUUID().toString());
        }
    }

    private Organization organization(String slug, String name, String type) {
        return new Organization(
                slug,
                name,
                type,
                store.list(
                        "select name, uuid from database_group where organization = ? order by rowid",
                        row -> new Organization.Group(row.getString(1), row.getString(2)),
                        slug));
    }
}
