package dev.wayleave.sql;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import net.sf.jsqlparser.parser.CCJSqlParser;
import net.sf.jsqlparser.parser.CCJSqlParserConstants;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import net.sf.jsqlparser.parser.ParseException;
import net.sf.jsqlparser.parser.TokenMgrException;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.alter.Alter;
import net.sf.jsqlparser.statement.create.index.CreateIndex;
import net.sf.jsqlparser.statement.create.table.CreateTable;
import net.sf.jsqlparser.statement.create.view.CreateView;
import net.sf.jsqlparser.statement.delete.Delete;
import net.sf.jsqlparser.statement.drop.Drop;
import net.sf.jsqlparser.statement.insert.Insert;
import net.sf.jsqlparser.statement.select.Select;
import net.sf.jsqlparser.statement.update.Update;
import net.sf.jsqlparser.statement.upsert.Upsert;

/** JSqlParser with limits: whether words are one statement, and of which kind it takes that to be. */
final class SqlGrammar {
    private static final Duration LONGEST = Duration.ofSeconds(2);
    private static final long STACK = 4 << 20;

    private SqlGrammar() {}

    /** Empty where they are no statement that it knows; it may not take long over that. */
    static Optional<SqlKind> kind(List<SqlToken> tokens) throws UnclearSql {
        String masked = tokens.stream().map(SqlToken::masked).collect(Collectors.joining(" "));
        CCJSqlParser plain = CCJSqlParserUtil.newParser(masked).withAllowComplexParsing(false);
        CCJSqlParser thorough = CCJSqlParserUtil.newParser(masked).withAllowComplexParsing(true);
        FutureTask<Optional<SqlKind>> task = new FutureTask<>(() -> {
            Optional<SqlKind> kind = kind(plain);
            return kind.isPresent() ? kind : kind(thorough);
        });
        // of its own: a thread of the callers could not be left alone with it
        Thread thread = new Thread(null, task, "sql", STACK);
        thread.setDaemon(true);
        thread.start();
        try {
            return task.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            plain.interrupted = true;
            thorough.interrupted = true;
            throw new UnclearSql("takes too long to be understood");
        } catch (ExecutionException e) {
            throw new UnclearSql("is too deep to be understood");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnclearSql("was not looked at to its end");
        }
    }

    private static Optional<SqlKind> kind(CCJSqlParser parser) {
        try {
            Statement statement = parser.Statement();
            boolean whole = parser.getToken(0).kind == CCJSqlParserConstants.EOF
                    || parser.getToken(1).kind == CCJSqlParserConstants.EOF;
            return whole ? kind(statement) : Optional.empty();
        } catch (ParseException | TokenMgrException e) {
            return Optional.empty();
        }
    }

    private static Optional<SqlKind> kind(Statement statement) {
        return Optional.ofNullable(
                switch (statement) {
                    case Select select -> SqlKind.SELECT;
                    case Insert insert -> SqlKind.INSERT;
                    case Upsert upsert -> SqlKind.REPLACE;
                    case Update update -> SqlKind.UPDATE;
                    case Delete delete -> SqlKind.DELETE;
                    case CreateTable table -> SqlKind.CREATE;
                    case CreateIndex index -> SqlKind.CREATE;
                    case CreateView view -> SqlKind.CREATE;
                    case Alter alter -> SqlKind.ALTER;
                    case Drop drop -> SqlKind.DROP;
                    default -> null;
                });
    }
}
