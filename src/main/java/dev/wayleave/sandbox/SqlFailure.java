package dev.wayleave.sandbox;

import java.sql.SQLException;
import org.sqlite.SQLiteException;

/** A statement that failed; code and message are for who sent it. */
final class SqlFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private final String code;

    SqlFailure(String code, String message) {
        super(message);
        this.code = code;
    }

    /** The engine's own words, without the driver's around them. */
    static SqlFailure of(SQLException e) {
        String message = String.valueOf(e.getMessage());
        int open = message.indexOf('(');
        String inner = open >= 0 && message.endsWith(")") ? message.substring(open + 1, message.length() - 1) : message;
        return new SqlFailure(
                e instanceof SQLiteException known ? known.getResultCode().name() : "SQLITE_ERROR", inner);
    }

    String code() {
        return code;
    }
}
