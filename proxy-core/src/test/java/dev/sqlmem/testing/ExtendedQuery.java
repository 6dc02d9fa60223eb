package dev.sqlmem.testing;

import java.util.List;

/**
 * One run through the extended protocol.
 *
 * @param statement the prepared statement's name, empty for the unnamed one
 * @param portal the portal's name, empty for the unnamed one
 * @param resultFormats none: text; one: for all columns; else one a column
 * @param maxRows Execute's row limit, 0 for none
 */
public record ExtendedQuery(
        String statement,
        String portal,
        String sql,
        List<Parameter> parameters,
        List<Short> resultFormats,
        int maxRows) {

    /** Unnamed statement and portal, no parameters, text results, no limit. */
    public static ExtendedQuery of(String sql) {
        return new ExtendedQuery("", "", sql, List.of(), List.of(), 0);
    }

    public ExtendedQuery with(Parameter... values) {
        return new ExtendedQuery(statement, portal, sql, List.of(values), resultFormats, maxRows);
    }

    public ExtendedQuery with(List<Parameter> values) {
        return new ExtendedQuery(statement, portal, sql, values, resultFormats, maxRows);
    }

    public ExtendedQuery named(String statementName, String portalName) {
        return new ExtendedQuery(statementName, portalName, sql, parameters, resultFormats, maxRows);
    }

    public ExtendedQuery results(List<Short> formats) {
        return new ExtendedQuery(statement, portal, sql, parameters, formats, maxRows);
    }

    public ExtendedQuery binaryResults() {
        return results(List.of(Parameter.BINARY));
    }

    public ExtendedQuery limit(int rows) {
        return new ExtendedQuery(statement, portal, sql, parameters, resultFormats, rows);
    }

    public Frame parse() {
        return FrontendFrames.parse(
                statement, sql, parameters.stream().mapToInt(Parameter::oid).toArray());
    }

    public Frame bind() {
        return FrontendFrames.bind(portal, statement, parameters, resultFormats);
    }

    public Frame execute() {
        return FrontendFrames.execute(portal, maxRows);
    }

    /** Parse, Bind, Describe of the portal, Execute, Sync. */
    public List<Frame> frames() {
        return List.of(parse(), bind(), FrontendFrames.describePortal(portal), execute(), FrontendFrames.sync());
    }
}
