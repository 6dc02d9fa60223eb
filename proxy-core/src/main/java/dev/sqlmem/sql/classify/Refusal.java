package dev.sqlmem.sql.classify;

import org.jspecify.annotations.Nullable;

/**
 * Why a statement is not allowed in read-only mode; becomes an ErrorResponse.
 *
 * @param sqlState the SQLSTATE
 * @param message the message, which starts with the name of the error
 * @param hint what to do instead, or null
 */
public record Refusal(
        String sqlState, String message, @Nullable String hint) {

    static final String ONE_BY_ONE = "Send the statements one by one.";

    private static final String TRANSPARENT = "start the proxy with --mode transparent";

    static Refusal readOnly(String what) {
        return new Refusal("25006", "ReadOnlyError: " + what, "To relay such statements, " + TRANSPARENT + ".");
    }

    /** Refuses a text that was not read to its end. */
    static Refusal tooComplex(String why) {
        return new Refusal(
                "54001", "UnsupportedQueryError: " + why, "Send smaller statements, or " + TRANSPARENT + ".");
    }

    /** Refuses a FunctionCall of this OID (unsigned), which isn't proven to read. */
    public static Refusal functionCall(int oid) {
        return new Refusal(
                "25006",
                "ReadOnlyError: calling function " + Integer.toUnsignedString(oid)
                        + " by its OID is not allowed in read-only mode",
                "If it only reads, call it in a SELECT; else " + TRANSPARENT + ".");
    }

    static Refusal wildcard(String written) {
        return new Refusal(
                "0A000",
                "UnsupportedQueryError: " + written + " is not supported in read-only mode",
                "Name the columns, or " + TRANSPARENT + ".");
    }

    static Refusal join() {
        return new Refusal(
                "0A000",
                "UnsupportedQueryError: joins are not supported in read-only mode",
                "Query one table at a time, or " + TRANSPARENT + ".");
    }

    static Refusal unsupported(String what, String hint) {
        return new Refusal("0A000", "UnsupportedQueryError: " + what, hint);
    }

    /** Refuses a string that runs something in a transaction after the one in which it could leave read-only mode. */
    public static Refusal severalTransactions() {
        return unsupported("queries in several transactions of one string", ONE_BY_ONE);
    }

    /** Whether this says that something writes, and not only that it isn't supported. */
    public boolean isReadOnly() {
        return sqlState.equals("25006");
    }
}
