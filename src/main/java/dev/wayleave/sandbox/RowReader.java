package dev.wayleave.sandbox;

import java.sql.ResultSet;
import java.sql.SQLException;

/** Turns the current row into a value. */
interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
}
