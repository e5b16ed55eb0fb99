package dev.wayleave.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** What a new sandbox holds: two organizations, three groups and three small databases. */
record Seed(Organizations organizations, Databases databases) {
    private static final String SHOP = """
            create table customer (id integer primary key, name text not null, city text not null);
            insert into customer (name, city) values
                ('Ada Lovelace', 'London'), ('Emmy Noether', 'Erlangen'), ('Grace Hopper', 'New York');
            create table purchase (
                id integer primary key,
                customer_id integer not null references customer (id),
                item text not null,
                cents integer not null);
            insert into purchase (customer_id, item, cents) values
                (1, 'notebook', 450), (1, 'ink', 1200), (2, 'chalk', 150), (3, 'lamp', 5900);
            """;
    private static final String PAPERS = """
            create table paper (id integer primary key, title text not null, year integer not null, cited real);
            insert into paper (title, year, cited) values
                ('On Computable Numbers', 1936, 13.5), ('A Mathematical Theory of Communication', 1948, 98.25);
            """;
    private static final String NOTES = """
            create table note (id integer primary key, text text not null, done integer not null default 0);
            insert into note (text) values ('Water the plants'), ('Call the plumber');
            """;

    /** Fills an empty sandbox; leaves any other as it is. */
    void plant() throws IOException {
        if (!organizations.list().isEmpty()) {
            return;
        }
        organizations.add("acme", "Acme", "team", List.of("default", "research"));
        organizations.add("personal", "Personal", "personal", List.of("default"));
        plant("acme", "default", "shop", SHOP);
        plant("acme", "research", "papers", PAPERS);
        plant("personal", "default", "notes", NOTES);
    }

    private void plant(String organization, String group, String name, String sql) throws IOException {
        Database database = databases.create(organization, group, name, DatabaseConfiguration.initial(null), null);
        Path file = databases.file(database);
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("begin;" + sql + "commit;");
        } catch (SQLException e) {
            throw new IOException("cannot fill " + file, e);
        }
    }
}
