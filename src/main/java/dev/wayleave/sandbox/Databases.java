package dev.wayleave.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The databases and their files: one SQLite file each, named by id. */
final class Databases {
    private static final int MOST = 100;
    private static final String ALL = "select * from database where ";

    private final ControlStore store;
    private final Path folder;
    private final Clock clock;

    Databases(ControlStore store, Path folder, Clock clock) {
        this.store = store;
        this.folder = folder;
        this.clock = clock;
    }

    List<Database> list(String organization) {
        return store.list(ALL + "organization = ? order by name", Databases::read, organization);
    }

    Optional<Database> find(String organization, String name) {
        return store.find(ALL + "organization = ? and name = ?", Databases::read, organization, name);
    }

    Optional<Database> find(String id) {
        return store.find(ALL + "id = ?", Databases::read, id);
    }

    Path file(Database database) {
        return folder.resolve(database.id() + ".db");
    }

    /**
     * Makes an empty database, or a copy of another.
     *
     * @param source null for an empty one
     */
    Database create(
            String organization,
            String group,
            String name,
            DatabaseConfiguration configuration,
            @Nullable Database source)
            throws IOException {
        Database.Parent parent = source == null
                ? null
                : new Database.Parent(
                        source.id(), source.name(), clock.instant().toString());
        Database database =
                new Database(UUID.randomUUID().toString(), organization, group, name, parent, configuration);
        if (source == null) {
            Files.createFile(file(database));
        } else {
            SqlSession.copy(file(source), file(database));
        }
        try {
            store.atomically(() -> insert(database));
        } catch (RuntimeException e) {
            Files.deleteIfExists(file(database));
            throw e;
        }
        return database;
    }

    private Database insert(Database database) {
        if (find(database.organization(), database.name()).isPresent()) {
            throw new Refused(409, "database with name " + database.name() + " already exists");
        }
        if (list(database.organization()).size() >= MOST) {
            throw Refused.forbidden("an organization of the sandbox has at most " + MOST + " databases");
        }
        Database.Parent parent = database.parent();
        store.change(
                "insert into database (id, organization, database_group, name, parent_id, parent_name, branched_at)"
                        + " values (?, ?, ?, ?, ?, ?, ?)",
                database.id(),
                database.organization(),
                database.group(),
                database.name(),
                parent == null ? null : parent.id(),
                parent == null ? null : parent.name(),
                parent == null ? null : parent.branchedAt());
        configure(database, database.configuration());
        return database;
    }

    void configure(Database database, DatabaseConfiguration configuration) {
        store.change(
                "update database set size_limit = ?, block_reads = ?, block_writes = ?, delete_protection = ?,"
                        + " allowed_ips = ?, allowed_aws_vpc_ids = ? where id = ?",
                configuration.sizeLimit(),
                configuration.blockReads(),
                configuration.blockWrites(),
                configuration.deleteProtection(),
                String.join(" ", configuration.allowedIps()),
                String.join(" ", configuration.allowedAwsVpcIds()),
                database.id());
    }

    /** Deletes it, unless it is protected at that very moment. */
    void delete(Database database) throws IOException {
        if (store.change("delete from database where id = ? and not delete_protection", database.id()) == 0) {
            throw new Refused(
                    409, "database " + database.name() + " has delete protection on; switch it off to delete it");
        }
        store.change("delete from query_count where database = ?", database.id());
        Files.deleteIfExists(file(database));
    }

    private static Database read(ResultSet row) throws SQLException {
        String parent = row.getString("parent_id");
        return new Database(
                row.getString("id"),
                row.getString("organization"),
                row.getString("database_group"),
                row.getString("name"),
                parent == null
                        ? null
                        : new Database.Parent(parent, row.getString("parent_name"), row.getString("branched_at")),
                new DatabaseConfiguration(
                        row.getString("size_limit"),
                        row.getBoolean("block_reads"),
                        row.getBoolean("block_writes"),
                        row.getBoolean("delete_protection"),
                        words(row.getString("allowed_ips")),
                        words(row.getString("allowed_aws_vpc_ids"))));
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" ", -1));
    }
}
