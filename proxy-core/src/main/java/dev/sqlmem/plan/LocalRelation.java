package dev.sqlmem.plan;

import dev.sqlmem.cache.generation.ColumnStatus;
import dev.sqlmem.catalog.ColumnDefinition;
import dev.sqlmem.catalog.TableDefinition;
import dev.sqlmem.catalog.TextOrder;
import dev.sqlmem.report.Column;
import dev.sqlmem.report.Report;
import dev.sqlmem.report.SessionReport;
import dev.sqlmem.report.Stat;
import dev.sqlmem.report.StatementReport;
import dev.sqlmem.report.TableReport;
import dev.sqlmem.settings.Setting;
import dev.sqlmem.wire.type.Oid;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The proxy's own tables and functions. The columns of a table are those of its {@link Report}. */
public enum LocalRelation {
    TABLES(TableReport.REPORT),
    COLUMNS(ColumnStatus.REPORT),
    STATEMENTS(StatementReport.REPORT),
    SESSIONS(SessionReport.REPORT),
    STATS(Stat.REPORT),
    SETTINGS(Setting.REPORT),
    EXPLAIN(
            1,
            new Column("name", Column.Type.TEXT, "what is told"),
            new Column("value", Column.Type.TEXT, "what becomes of it")),
    INVALIDATE(1, new Column("invalidate", Column.Type.INT8, "how many tables held rows or were being loaded")),
    INVALIDATE_ALL(0, new Column("invalidate_all", Column.Type.INT8, "how many tables held rows or were being loaded")),
    REFRESH(1, new Column("refresh", Column.Type.TEXT, "how many tables were loaded afresh")),
    BACKUP(0, new Column("backup", Column.Type.TEXT, "what was saved"));

    /** The schema that no upstream table is looked for in. */
    public static final String SCHEMA = "sqlmem";

    private final boolean function;
    private final int arguments;

    @SuppressWarnings("ImmutableEnumChecker") // records of immutable parts
    private final List<Column> columns;

    @SuppressWarnings("ImmutableEnumChecker") // a record of immutable parts
    private final TableDefinition table;

    LocalRelation(Report<?> report) {
        this(false, 0, report.columns());
    }

    LocalRelation(int arguments, Column... columns) {
        this(true, arguments, List.of(columns));
    }

    LocalRelation(boolean function, int arguments, List<Column> columns) {
        this.function = function;
        this.arguments = arguments;
        this.columns = columns;
        this.table = table(label(), columns);
    }

    /** How many arguments it takes as a function; tables take none. */
    public int arguments() {
        return arguments;
    }

    /** Whether it is called, not read. */
    public boolean isFunction() {
        return function;
    }

    /** Its columns with what they mean. */
    public List<Column> columns() {
        return columns;
    }

    /** Its columns as a table of OID 0. */
    public TableDefinition table() {
        return table;
    }

    /** Its name in SQL. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Finds a relation by its folded name. */
    public static @Nullable LocalRelation named(String name) {
        for (LocalRelation relation : values()) {
            if (relation.label().equals(name)) {
                return relation;
            }
        }
        return null;
    }

    private static TableDefinition table(String name, List<Column> columns) {
        List<ColumnDefinition> definitions = new ArrayList<>();
        for (Column column : columns) {
            definitions.add(new ColumnDefinition(
                    definitions.size() + 1,
                    column.name(),
                    oid(column.type()),
                    column.type().label(),
                    -1,
                    false,
                    order(column.type()),
                    null));
        }
        return new TableDefinition(0, SCHEMA, name, 'r', definitions, List.of(), 0, 0, null);
    }

    private static int oid(Column.Type type) {
        return switch (type) {
            case TEXT -> Oid.TEXT;
            case INT8 -> Oid.INT8;
            case TIMESTAMPTZ -> Oid.TIMESTAMPTZ;
        };
    }

    private static TextOrder order(Column.Type type) {
        if (type == Column.Type.TEXT) {
            return TextOrder.CODE_POINT;
        }
        return TextOrder.NOT_TEXT;
    }
}
