package dev.wayleave.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What people usually write, and a real SQLite takes, passes the gate of its own kind and no other. */
class UsualStatementsTest {
    private Connection connection;

    @BeforeEach
    void open() throws SQLException {
        connection = DriverManager.getConnection("jdbc:sqlite::memory:");
        run("""
                create table person (id integer primary key, name text, age int, team_id int, email text unique, note text);
                create table team (id integer primary key, name text not null, boss int, budget real, tags text);
                create table sale (id integer primary key, person_id int, amount real, day text, kind text);
                create table tally (word text primary key, n int default 0) without rowid;
                create index person_team on person (team_id);
                create view adult as select * from person where age >= 18;
                create virtual table page using fts5 (title, body);
                create virtual table bare using fts5 (title, content='');
                insert into bare (rowid, title) values (1, 'one');
                insert into team values (1, 'red', 1, 10.5, '["a","b"]'), (2, 'blue', 2, 20, '[]');
                insert into person values (1, 'Ada', 36, 1, 'ada@example.com', null), (2, 'Bo', 7, 2, null, 'x');
                insert into sale values (1, 1, 3.5, '2026-01-31', 'cash'), (2, 2, 4, '2026-02-01', 'card');
                insert into page values ('one', 'first words'), ('two', 'other words');
                """);
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private void taken(String sql, SqlGate own) {
        assertThatCode(() -> run(sql)).as("SQLite takes it: " + sql).doesNotThrowAnyException();
        assertThat(own.refusal(sql)).as(sql).isEmpty();
        for (SqlGate gate :
                new SqlGate[] {SqlGateTest.READ, SqlGateTest.WRITE, SqlGateTest.DELETE, SqlGateTest.EVOLVE}) {
            if (!gate.equals(own)) {
                assertThat(gate.refusal(sql)).as(sql).isPresent();
            }
        }
    }

    static Stream<String> reads() {
        return """
                SELECT * FROM person
                SELECT p.*, t.name AS team FROM person p JOIN team t ON t.id = p.team_id
                SELECT p.name, t.name FROM person AS p LEFT OUTER JOIN team AS t ON p.team_id = t.id AND t.budget > 5
                SELECT * FROM person NATURAL JOIN team
                SELECT * FROM person RIGHT JOIN team ON team.id = person.team_id
                SELECT * FROM person FULL OUTER JOIN team ON team.id = person.team_id
                SELECT * FROM person, team WHERE person.team_id = team.id
                SELECT a.name, b.name FROM person a INNER JOIN person b ON a.team_id = b.team_id AND a.id < b.id
                SELECT * FROM person JOIN sale ON person.id = sale.person_id JOIN team USING (id)
                SELECT DISTINCT kind FROM sale
                SELECT team_id, COUNT(*) AS n, AVG(age), MIN(age), MAX(age) FROM person GROUP BY team_id HAVING COUNT(*) > 0 ORDER BY n DESC
                SELECT kind, SUM(amount) FILTER (WHERE amount > 3) FROM sale GROUP BY 1 ORDER BY 2 DESC LIMIT 10 OFFSET 0
                SELECT * FROM sale ORDER BY day DESC, id ASC NULLS LAST LIMIT 0, 10
                SELECT COUNT(DISTINCT kind), GROUP_CONCAT(DISTINCT kind), group_concat(kind, '; ') FROM sale
                SELECT name FROM person UNION SELECT name FROM team ORDER BY 1
                SELECT id FROM person INTERSECT SELECT id FROM team
                SELECT id FROM person EXCEPT SELECT person_id FROM sale
                SELECT name, CASE WHEN age < 18 THEN 'child' WHEN age IS NULL THEN NULL ELSE 'adult' END AS what FROM person
                SELECT CASE kind WHEN 'cash' THEN 1 ELSE 0 END FROM sale
                SELECT * FROM person WHERE team_id IN (1, 2) AND id NOT IN (SELECT person_id FROM sale WHERE amount > 100)
                SELECT * FROM team t WHERE EXISTS (SELECT 1 FROM person p WHERE p.team_id = t.id)
                SELECT * FROM team t WHERE NOT EXISTS (SELECT 1 FROM person p WHERE p.team_id = t.id AND p.age > 90)
                SELECT * FROM person WHERE name LIKE '50\\%%' ESCAPE '\\'
                SELECT * FROM person WHERE name NOT LIKE 'B%' AND name GLOB '[A-C]*' AND name NOT GLOB '*z'
                SELECT * FROM person WHERE age BETWEEN 1 AND 99 AND age NOT BETWEEN 100 AND 200
                SELECT CAST(age AS TEXT), CAST('1' AS INTEGER), CAST(amount AS REAL), CAST(note AS BLOB), CAST(1 AS NUMERIC) FROM person, sale
                SELECT date('now'), datetime('now', 'localtime'), strftime('%Y-%m', day), julianday('now'), unixepoch() FROM sale
                SELECT CURRENT_TIMESTAMP, CURRENT_DATE, CURRENT_TIME
                SELECT date(day, '+1 month', '-1 day'), strftime('%s', 'now') - 5 FROM sale
                VALUES (1), (2), (3)
                SELECT * FROM (VALUES (1, 'a'), (2, 'b'))
                SELECT column1, column2 FROM (VALUES (1, 'a'), (2, 'b')) AS v
                WITH old AS (SELECT * FROM person WHERE age > 30) SELECT * FROM old
                WITH a(x) AS (SELECT 1), b AS NOT MATERIALIZED (SELECT x + 1 AS y FROM a) SELECT * FROM a, b
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 5) SELECT i FROM n
                WITH RECURSIVE up(id, depth) AS (SELECT 1, 0 UNION SELECT t.boss, depth + 1 FROM team t JOIN up ON t.id = up.id WHERE depth < 5) SELECT * FROM up
                SELECT name, ROW_NUMBER() OVER (ORDER BY age) FROM person
                SELECT day, SUM(amount) OVER (PARTITION BY kind ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) FROM sale
                SELECT LAG(amount, 1, 0) OVER w, LEAD(amount) OVER w, FIRST_VALUE(amount) OVER w FROM sale WINDOW w AS (PARTITION BY kind ORDER BY day)
                SELECT RANK() OVER (ORDER BY amount DESC), DENSE_RANK() OVER (ORDER BY amount), NTILE(4) OVER (ORDER BY id) FROM sale
                SELECT SUM(amount) OVER (ORDER BY id RANGE BETWEEN 1 PRECEDING AND 1 FOLLOWING EXCLUDE CURRENT ROW) FROM sale
                SELECT SUM(amount) OVER (ORDER BY day GROUPS 2 PRECEDING) FROM sale
                SELECT t.name, j.value FROM team t, json_each(t.tags) j
                SELECT t.name, j.key, j.value FROM team AS t JOIN json_each(t.tags) AS j ON true
                SELECT json_extract(tags, '$[0]'), tags ->> '$[0]', tags -> 0, json_array_length(tags) FROM team
                SELECT json_object('a', name, 'b', json_array(1, 2)), json_group_array(name) FROM team
                SELECT * FROM json_tree('{"a":[1,2]}') WHERE type = 'integer'
                SELECT coalesce(note, 'none'), ifnull(note, ''), nullif(age, 7), iif(age > 9, 'x', 'y') FROM person
                SELECT substr(name, 1, 2), upper(name), trim(name), length(name), instr(name, 'a'), printf('%05.2f', age), name || '!' FROM person
                SELECT abs(-1), round(2.5, 1), random(), 7 % 3, 7 / 2, 1 << 3, 5 & 3, 5 | 3, ~1, -(-1), +1
                SELECT max(1, 2), min(1, 2), typeof(age), hex(note), quote(name), total(age) FROM person
                SELECT name FROM person WHERE note IS NULL OR note IS NOT NULL OR note IS 'x' OR age ISNULL OR age NOTNULL
                SELECT name FROM person WHERE (age, team_id) = (36, 1) OR (age, team_id) IN (VALUES (7, 2))
                SELECT (SELECT count(*) FROM sale s WHERE s.person_id = p.id) AS sales FROM person p
                SELECT * FROM (SELECT name, age FROM person ORDER BY age DESC LIMIT 1) AS x
                SELECT rowid, * FROM person WHERE rowid = 1
                SELECT name COLLATE NOCASE FROM person WHERE name = 'ADA' COLLATE NOCASE ORDER BY name COLLATE RTRIM
                SELECT * FROM page WHERE page MATCH 'words' ORDER BY rank
                SELECT highlight(page, 1, '<b>', '</b>'), bm25(page) FROM page WHERE page MATCH 'first'
                SELECT * FROM page('words')
                SELECT * FROM main.person
                SELECT "name", [age], `id` FROM "person" WHERE "person"."id" = 1
                SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%'
                SELECT m.name, c.name, c.type FROM sqlite_master m JOIN pragma_table_info(m.name) c
                SELECT * FROM pragma_foreign_key_list('person')
                EXPLAIN QUERY PLAN SELECT * FROM person WHERE team_id = 1
                EXPLAIN SELECT count(*) FROM sale
                SELECT 'it''s', X'00FF', 1e3, 0xFF, TRUE, FALSE, NULL
                SELECT count(*) FROM person WHERE name IN ('Ada') AND NOT (age > 50 OR age < 5)
                SELECT first.name FROM person first CROSS JOIN team second
                SELECT 1 AS "order", 2 AS 'text', 3 three
                SELECT name, sum(amount) total FROM person LEFT JOIN sale ON sale.person_id = person.id GROUP BY person.id, name HAVING total > 1 OR total IS NULL
                SELECT strftime('%Y', day) AS year, kind, count(*) FROM sale GROUP BY year, kind
                SELECT * FROM person WHERE age > (SELECT avg(age) FROM person)
                SELECT name FROM person WHERE id = 1 UNION ALL SELECT name FROM team WHERE id IN (SELECT id FROM team LIMIT 1) LIMIT 5
                SELECT * FROM person ORDER BY CASE WHEN age > 18 THEN 0 ELSE 1 END, lower(name), 2 DESC
                SELECT * FROM person ORDER BY random() LIMIT 1
                SELECT * FROM person LIMIT -1 OFFSET 1
                SELECT group_concat(name, ', ' ORDER BY name) FROM person
                SELECT * FROM sale WHERE day >= date('now', '-30 days') AND day < '2027-01-01'
                SELECT id, name IS NOT DISTINCT FROM note, name IS DISTINCT FROM note FROM person
                WITH s AS (SELECT kind, sum(amount) AS total FROM sale GROUP BY kind), m AS (SELECT max(total) AS most FROM s) SELECT s.* FROM s JOIN m ON s.total = m.most
                """.lines();
    }

    static Stream<String> writes() {
        return """
                INSERT INTO person VALUES (3, 'Cy', 20, 1, NULL, NULL)
                INSERT INTO person (name, age) VALUES ('Di', 30)
                INSERT INTO person (name, age) VALUES ('Di', 30), ('Ed', 31), ('Fi', NULL)
                INSERT INTO person DEFAULT VALUES
                INSERT INTO "person" ("name") VALUES ('Gus')
                INSERT INTO main.person (name) VALUES ('Gus')
                INSERT INTO person AS p (name) VALUES ('Gus')
                INSERT INTO person (name) SELECT name FROM team
                INSERT INTO person (name, age) SELECT name, 1 FROM team WHERE budget > 5 ORDER BY name LIMIT 1
                INSERT INTO person (name) SELECT name FROM team UNION SELECT kind FROM sale
                INSERT INTO person (name) WITH x AS (SELECT 'Hy' AS n) SELECT n FROM x
                WITH x AS (SELECT 'Hy' AS n) INSERT INTO person (name) SELECT n FROM x
                WITH RECURSIVE n(i) AS (SELECT 10 UNION ALL SELECT i + 1 FROM n WHERE i < 12) INSERT INTO person (id) SELECT i FROM n
                INSERT INTO person (name) VALUES ('Io') RETURNING id
                INSERT INTO person (name) VALUES ('Io') RETURNING *
                INSERT INTO person (name) VALUES ('Io') RETURNING id AS new_id, upper(name)
                INSERT OR IGNORE INTO person (id) VALUES (1)
                INSERT OR ABORT INTO person (id) VALUES (21)
                INSERT OR FAIL INTO person (id) VALUES (21)
                INSERT INTO person (email, name) VALUES ('ada@example.com', 'A') ON CONFLICT (email) DO UPDATE SET name = excluded.name
                INSERT INTO person (email) VALUES ('ada@example.com') ON CONFLICT DO NOTHING
                INSERT INTO person (email) VALUES ('ada@example.com') ON CONFLICT (email) DO NOTHING
                INSERT INTO tally (word, n) VALUES ('a', 1) ON CONFLICT (word) DO UPDATE SET n = n + 1
                INSERT INTO tally (word, n) VALUES ('a', 1), ('a', 1) ON CONFLICT (word) DO UPDATE SET n = tally.n + excluded.n WHERE tally.n < 100
                INSERT INTO tally (word) VALUES ('b') ON CONFLICT (word) DO UPDATE SET (n, word) = (5, 'c') RETURNING n
                INSERT INTO tally (word) SELECT name FROM person WHERE true ON CONFLICT (word) DO NOTHING
                INSERT INTO sale (amount, day) VALUES (1.5 * 2, date('now', '-1 day'))
                INSERT INTO sale (amount, day) VALUES ((SELECT max(amount) FROM sale), CURRENT_TIMESTAMP)
                INSERT INTO team (name, tags) VALUES ('green', json_array('x', 'y'))
                INSERT INTO person (note) VALUES (x'0102'), (-1), (+2), (1e9), (NULL), ('it''s')
                INSERT INTO person (note) VALUES (CASE WHEN 1 THEN 'a' ELSE 'b' END), (CAST(5 AS TEXT)), ('a' || 'b')
                INSERT INTO page (title, body) VALUES ('three', 'more words')
                INSERT INTO page (rowid, title, body) VALUES (9, 'three', 'more words')
                UPDATE person SET age = 37 WHERE id = 1
                UPDATE person SET age = age + 1
                UPDATE person SET age = age + 1, note = upper(note) WHERE name LIKE 'A%' ESCAPE '!' OR note IS NULL
                UPDATE person SET (age, note) = (40, 'y') WHERE id = 1
                UPDATE person SET (age, note) = (SELECT 41, 'z') WHERE id = 1
                UPDATE person SET note = (SELECT name FROM team WHERE team.id = person.team_id)
                UPDATE person SET note = t.name FROM team AS t WHERE t.id = person.team_id
                UPDATE person AS p SET note = t.name FROM team t JOIN sale s ON s.person_id = t.boss WHERE t.id = p.team_id
                UPDATE person SET age = s.n FROM (SELECT person_id, count(*) AS n FROM sale GROUP BY person_id) AS s WHERE s.person_id = person.id
                UPDATE person SET age = 1 WHERE id IN (SELECT person_id FROM sale) RETURNING id, age
                UPDATE OR IGNORE person SET email = 'ada@example.com'
                UPDATE OR ROLLBACK person SET age = 2 WHERE id = 1
                UPDATE main.person SET age = 3
                UPDATE "person" SET "age" = 3, [note] = 'q' WHERE `id` = 1
                UPDATE team SET tags = json_set(tags, '$[0]', 'z') WHERE json_extract(tags, '$[0]') = 'a'
                UPDATE team SET tags = json_insert(tags, '$[#]', 'new'), budget = round(budget * 1.1, 2)
                UPDATE person SET note = replace(note, 'x', 'y'), age = coalesce(age, 0), email = NULL
                UPDATE person SET note = CASE id WHEN 1 THEN 'one' ELSE note END WHERE id BETWEEN 1 AND 5
                WITH x AS (SELECT person_id AS id FROM sale) UPDATE person SET age = 5 WHERE id IN (SELECT id FROM x)
                UPDATE person INDEXED BY person_team SET age = 9 WHERE team_id = 1
                UPDATE person NOT INDEXED SET age = 9 WHERE team_id = 1
                UPDATE person SET age = -age, note = NOT note WHERE EXISTS (SELECT 1 FROM sale WHERE person_id = person.id)
                UPDATE sale SET day = strftime('%Y-%m-%d', day, '+1 day') WHERE day < '2026-02-01' AND kind = 'cash' COLLATE NOCASE
                """.lines();
    }

    static Stream<String> deletes() {
        return """
                DELETE FROM sale
                DELETE FROM sale;
                delete from sale where id = 1
                DELETE FROM sale WHERE id IN (1, 2, 3)
                DELETE FROM sale WHERE id NOT IN (SELECT min(id) FROM sale GROUP BY kind)
                DELETE FROM sale WHERE person_id IN (SELECT id FROM person WHERE age < 18)
                DELETE FROM sale WHERE person_id = (SELECT max(id) FROM person)
                DELETE FROM sale WHERE EXISTS (SELECT 1 FROM person p WHERE p.id = sale.person_id AND p.age < 18)
                DELETE FROM sale WHERE NOT EXISTS (SELECT * FROM person WHERE person.id = sale.person_id)
                DELETE FROM sale WHERE day < date('now', '-1 year')
                DELETE FROM sale WHERE day < datetime('now', '-30 days') AND kind = 'cash'
                DELETE FROM sale WHERE amount BETWEEN 1 AND 2 OR amount IS NULL
                DELETE FROM sale WHERE amount ISNULL OR kind NOTNULL
                DELETE FROM sale WHERE kind IS NOT 'cash'
                DELETE FROM sale WHERE kind IS NOT NULL AND kind <> 'card' AND kind != 'x' AND kind == 'y'
                DELETE FROM sale WHERE kind LIKE 'c\\_%' ESCAPE '\\'
                DELETE FROM sale WHERE kind GLOB 'c*' AND kind NOT LIKE '%z'
                DELETE FROM sale WHERE id = 1 RETURNING *
                DELETE FROM sale WHERE id = 1 RETURNING id, amount AS was
                DELETE FROM sale RETURNING id
                DELETE FROM sale AS s WHERE s.id = 1
                DELETE FROM main.sale WHERE id = 1
                DELETE FROM main.sale AS s WHERE s.id = 1 RETURNING id
                DELETE FROM "sale" WHERE "id" = 1
                DELETE FROM [sale] WHERE `id` = 1
                DELETE FROM person INDEXED BY person_team WHERE team_id = 1
                DELETE FROM sale NOT INDEXED WHERE id = 1
                WITH old AS (SELECT id FROM sale WHERE day < '2026-02-01') DELETE FROM sale WHERE id IN (SELECT id FROM old)
                WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3) DELETE FROM sale WHERE id IN n
                DELETE FROM sale WHERE (person_id, kind) IN (SELECT id, name FROM person)
                DELETE FROM sale WHERE (person_id, kind) = (1, 'cash')
                DELETE FROM sale WHERE rowid NOT IN (SELECT max(rowid) FROM sale GROUP BY person_id, day)
                DELETE FROM sale WHERE CASE kind WHEN 'cash' THEN amount > 5 ELSE 0 END
                DELETE FROM sale WHERE CAST(amount AS INTEGER) = 3
                DELETE FROM team WHERE json_extract(tags, '$[0]') = 'a'
                DELETE FROM team WHERE tags ->> '$[0]' = 'b'
                DELETE FROM team WHERE EXISTS (SELECT 1 FROM json_each(tags) WHERE value = 'a')
                DELETE FROM page WHERE page MATCH 'first'
                DELETE FROM page WHERE rowid = 1
                DELETE FROM tally WHERE word = 'it''s'
                DELETE FROM tally WHERE n > 5 AND NOT (n < 10 OR n % 2 = 0)
                DELETE FROM tally WHERE length(word) > 3 AND substr(word, 1, 1) IN ('a', 'b')
                DELETE FROM tally WHERE word = 'A' COLLATE NOCASE
                DELETE FROM tally WHERE n IS NOT DISTINCT FROM 5
                DELETE FROM tally WHERE word IN ('a' || 'b', upper('c'), NULL)
                DELETE FROM sale WHERE id IN (SELECT id FROM sale ORDER BY day DESC LIMIT 5 OFFSET 2)
                DELETE FROM sale WHERE id IN (SELECT id FROM (SELECT id, row_number() OVER (PARTITION BY kind ORDER BY day) AS r FROM sale) WHERE r > 1)
                DELETE FROM sale WHERE id IN (SELECT s.id FROM sale s LEFT JOIN person p ON p.id = s.person_id WHERE p.id IS NULL)
                DELETE FROM sale WHERE id IN (SELECT 1 UNION SELECT 2) OR id IN (VALUES (3), (4))
                /* old ones */ DELETE FROM sale WHERE 1 -- all
                DELETE FROM sale WHERE TRUE
                DELETE FROM sale WHERE amount > (SELECT avg(amount) FROM sale)
                """.lines();
    }

    static Stream<String> evolves() {
        return """
                CREATE TABLE a1 (a, b, PRIMARY KEY (a, b))
                CREATE TABLE a2 (a INTEGER, b ANY) STRICT
                CREATE TABLE a3 (n UNSIGNED BIG INT, d DOUBLE PRECISION, v VARCHAR(255), e DECIMAL(10, 5), c VARYING CHARACTER (20), w NATIVE CHARACTER(70))
                CREATE TABLE a4 (id INTEGER PRIMARY KEY ON CONFLICT IGNORE, a TEXT NOT NULL ON CONFLICT ABORT UNIQUE ON CONFLICT REPLACE)
                CREATE TABLE a5 (a, b, UNIQUE (a, b) ON CONFLICT REPLACE, PRIMARY KEY (a) ON CONFLICT FAIL)
                CREATE TABLE IF NOT EXISTS person (id INTEGER)
                CREATE TABLE IF NOT EXISTS main.a6 (id INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT DEFAULT CURRENT_TIMESTAMP)
                CREATE TABLE a7 (a INT, b INT GENERATED ALWAYS AS (a * 2) STORED, c AS (a || 'x'), d TEXT AS (upper(a)) VIRTUAL)
                CREATE TABLE a8 (a INT CHECK (a > 0), b TEXT CHECK (b IN ('x', 'y')), c TEXT CHECK (c LIKE '%@%' AND length(c) < 99), CHECK (a < 5 OR b IS NULL))
                CREATE TABLE a9 (a TEXT DEFAULT (datetime('now')), b INT DEFAULT -1, c TEXT DEFAULT 'it''s', d DEFAULT NULL, e DEFAULT TRUE, f DEFAULT (1 + 2), g DEFAULT +1.5)
                CREATE TABLE b1 (a TEXT COLLATE NOCASE, b TEXT NOT NULL COLLATE RTRIM DEFAULT '')
                CREATE TABLE b2 (p INT REFERENCES person, q INT REFERENCES team (id) ON DELETE CASCADE ON UPDATE SET NULL, r REFERENCES team ON DELETE SET DEFAULT ON UPDATE NO ACTION)
                CREATE TABLE b3 (p INT NOT NULL REFERENCES person (id) ON DELETE RESTRICT DEFERRABLE INITIALLY DEFERRED, q REFERENCES team NOT DEFERRABLE INITIALLY IMMEDIATE)
                CREATE TABLE b4 (a INT, b INT, FOREIGN KEY (a) REFERENCES person (id) ON DELETE CASCADE, CONSTRAINT fk FOREIGN KEY (b) REFERENCES team (id) MATCH FULL ON UPDATE CASCADE)
                CREATE TABLE b5 (a INT CONSTRAINT positive CHECK (a > 0), CONSTRAINT one UNIQUE (a), CONSTRAINT small CHECK (a < 100))
                CREATE TABLE b6 (a INT PRIMARY KEY DESC, b TEXT UNIQUE NOT NULL)
                CREATE TABLE b7 (a TEXT, b TEXT, PRIMARY KEY (a COLLATE NOCASE, b DESC)) WITHOUT ROWID, STRICT
                CREATE TABLE b8 ("a b" TEXT, [c d] INT, `e` REAL, 'f' BLOB)
                CREATE TABLE b9 (key TEXT, value, type TEXT, date, status TEXT DEFAULT "open", data JSON, flag BOOLEAN, at TIMESTAMP)
                CREATE TABLE c1 (a INTEGER NULL, b TEXT NOT NULL)
                CREATE TABLE c2 (tags TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(tags)), first TEXT GENERATED ALWAYS AS (tags ->> '$[0]') VIRTUAL)
                CREATE TABLE c3 (embedding F32_BLOB(3), n NUMERIC, i INT8, f FLOAT)
                CREATE TABLE c4 AS SELECT id, name FROM person WHERE age > 18
                CREATE TABLE c5 AS WITH x AS (SELECT 1 AS a) SELECT * FROM x
                CREATE TABLE IF NOT EXISTS c6 AS SELECT * FROM person UNION ALL SELECT * FROM person
                CREATE TEMP TABLE c7 (a)
                CREATE TEMPORARY TABLE IF NOT EXISTS c8 (a, b)
                CREATE TABLE c9 (a INT PRIMARY KEY) STRICT, WITHOUT ROWID
                CREATE INDEX d1 ON person (name)
                CREATE UNIQUE INDEX IF NOT EXISTS d2 ON person (name, age DESC)
                CREATE INDEX d3 ON person (lower(name), age + 1)
                CREATE INDEX d4 ON person (email) WHERE email IS NOT NULL AND age > 18
                CREATE INDEX main.d5 ON person (name COLLATE NOCASE ASC)
                CREATE INDEX d6 ON team (json_extract(tags, '$[0]'), tags ->> '$[1]')
                CREATE INDEX d7 ON person ((age % 10), (CASE WHEN age > 18 THEN 1 ELSE 0 END) DESC) WHERE note NOTNULL
                CREATE INDEX d8 ON "person" ("name", [age]) WHERE name GLOB 'A*'
                CREATE VIEW e1 AS SELECT name FROM person
                CREATE VIEW IF NOT EXISTS e2 (who, old) AS SELECT name, age FROM person
                CREATE VIEW e3 AS WITH x AS (SELECT * FROM sale) SELECT kind, sum(amount) AS total FROM x GROUP BY kind
                CREATE VIEW e4 AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5) SELECT i FROM n
                CREATE VIEW main.e5 AS SELECT * FROM person WHERE name GLOB 'A*' UNION SELECT * FROM person WHERE age == 7
                CREATE TEMP VIEW e6 AS VALUES (1, 2)
                CREATE VIEW e7 AS SELECT row_number() OVER (ORDER BY id) AS n, t.* FROM team t, json_each(t.tags)
                ALTER TABLE person RENAME TO people
                ALTER TABLE main.person RENAME TO people
                ALTER TABLE person RENAME COLUMN note TO remark
                ALTER TABLE person RENAME note TO remark
                ALTER TABLE "person" RENAME COLUMN "note" TO "my remark"
                ALTER TABLE person ADD COLUMN f1
                ALTER TABLE person ADD f2 TEXT
                ALTER TABLE person ADD COLUMN f3 TEXT NOT NULL DEFAULT 'x' COLLATE NOCASE
                ALTER TABLE person ADD COLUMN f4 INTEGER REFERENCES team (id) ON DELETE SET NULL
                ALTER TABLE person ADD COLUMN f5 INT CHECK (f5 > 0)
                ALTER TABLE person ADD COLUMN f6 TEXT GENERATED ALWAYS AS (name || '!') VIRTUAL
                ALTER TABLE person ADD COLUMN f7 UNSIGNED BIG INT DEFAULT -1
                ALTER TABLE person ADD COLUMN f8 BOOLEAN NOT NULL DEFAULT FALSE
                ALTER TABLE person DROP COLUMN note
                ALTER TABLE person DROP note
                DROP TABLE sale
                DROP TABLE IF EXISTS absent
                DROP TABLE main.sale
                DROP TABLE "sale"
                DROP INDEX person_team
                DROP INDEX IF EXISTS main.absent
                DROP VIEW adult
                DROP VIEW IF EXISTS absent
                DROP TRIGGER IF EXISTS absent
                """.lines();
    }

    /** To a full-text table these are orders: some take all away that it finds. */
    static Stream<String> orders() {
        return """
                INSERT INTO bare (bare) VALUES ('delete-all')
                INSERT INTO page (page) VALUES ('rebuild')
                INSERT INTO page (page) VALUES ('optimize')
                INSERT INTO page (page) VALUES ('integrity-check')
                INSERT INTO page (page, rank) VALUES ('automerge', 8)
                INSERT INTO page (rank, page) VALUES (8, 'automerge')
                INSERT INTO bare (bare, rowid, title) VALUES ('delete', 1, 'one')
                INSERT INTO main.page (page) VALUES ('optimize')
                INSERT INTO "page" ("PAGE") VALUES ('optimize')
                INSERT INTO [page] (`page`) VALUES ('optimize')
                INSERT INTO 'page' ('page') VALUES ('optimize')
                INSERT INTO PAGE(page) SELECT 'optimize'
                INSERT INTO page AS p (page) VALUES ('optimize')
                INSERT OR IGNORE INTO page (page) VALUES ('optimize')
                INSERT/**/INTO/**/page/**/(/**/page)VALUES('optimize')
                WITH x AS (SELECT 'optimize' AS o) INSERT INTO page (page) SELECT o FROM x
                INSERT INTO page (page) VALUES ('optimize') RETURNING *
                """.lines();
    }

    @ParameterizedTest
    @MethodSource("orders")
    void anOrderToATableIsNotTakenForRows(String sql) {
        assertThatCode(() -> run(sql)).as("SQLite takes it: " + sql).doesNotThrowAnyException();
        assertThat(SqlGateTest.WRITE.refusal(sql))
                .hasValueSatisfying(why -> assertThat(why).contains("names the table as a column of its own"));
    }

    @ParameterizedTest
    @MethodSource("reads")
    void whatReads(String sql) {
        taken(sql, SqlGateTest.READ);
    }

    @ParameterizedTest
    @MethodSource("writes")
    void whatWrites(String sql) {
        taken(sql, SqlGateTest.WRITE);
    }

    @ParameterizedTest
    @MethodSource("deletes")
    void whatDeletes(String sql) {
        taken(sql, SqlGateTest.DELETE);
    }

    @ParameterizedTest
    @MethodSource("evolves")
    void whatChangesTheSchema(String sql) {
        taken(sql, SqlGateTest.EVOLVE);
    }
}
