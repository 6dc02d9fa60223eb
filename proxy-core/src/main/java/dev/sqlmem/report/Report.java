package dev.sqlmem.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The columns of one report, in their order: of each its name, type, meaning, and how it is read from a row. Immutable.
 *
 * @param <T> what a row is made of
 */
public final class Report<T> {
    private final List<Field<T>> fields;

    private Report(List<Field<T>> fields) {
        this.fields = List.copyOf(fields);
    }

    /** Without any column yet. */
    public static <T> Report<T> empty() {
        return new Report<>(List.of());
    }

    /** With one more column of type text. */
    public Report<T> text(String name, String description, Function<T, @Nullable String> value) {
        return with(new Field<>(new Column(name, Column.Type.TEXT, description), value::apply, true));
    }

    /** With one more column of type int8 that is never null. */
    public Report<T> number(String name, String description, ToLongFunction<T> value) {
        return with(new Field<>(new Column(name, Column.Type.INT8, description), value::applyAsLong, true));
    }

    /** With one more column of type int8. */
    public Report<T> numberOrNull(String name, String description, Function<T, @Nullable Long> value) {
        return with(new Field<>(new Column(name, Column.Type.INT8, description), value::apply, true));
    }

    /** With one more column of type timestamptz. */
    public Report<T> time(String name, String description, Function<T, @Nullable Instant> value) {
        return with(new Field<>(new Column(name, Column.Type.TIMESTAMPTZ, description), value::apply, true));
    }

    /** With one more text that SQL does not show. */
    public Report<T> onlyInJson(String name, String description, Function<T, @Nullable String> value) {
        return with(new Field<>(new Column(name, Column.Type.TEXT, description), value::apply, false));
    }

    private Report<T> with(Field<T> field) {
        List<Field<T>> more = new ArrayList<>(fields);
        more.add(field);
        return new Report<>(more);
    }

    /** The columns that SQL shows. */
    public List<Column> columns() {
        return fields.stream().filter(Field::inSql).map(Field::column).toList();
    }

    /** The values of {@link #columns()}, each a String, a Long, an Instant or null. */
    public List<@Nullable Object> row(T of) {
        List<@Nullable Object> row = new ArrayList<>();
        for (Field<T> field : fields) {
            if (field.inSql) {
                row.add(field.value.apply(of));
            }
        }
        return row;
    }

    /** All values by name, for JSON. */
    public Map<String, @Nullable Object> json(T of) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        fields.forEach(field -> json.put(field.column.name(), field.value.apply(of)));
        return json;
    }

    private record Field<T>(Column column, Function<T, @Nullable Object> value, boolean inSql) {}
}
