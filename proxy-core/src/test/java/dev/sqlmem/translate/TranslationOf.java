package dev.sqlmem.translate;

import dev.sqlmem.catalog.ColumnDefinition;
import dev.sqlmem.catalog.TableDefinition;
import dev.sqlmem.catalog.TextOrder;
import dev.sqlmem.sql.shape.LiteralClass;
import dev.sqlmem.sql.shape.Shape;
import dev.sqlmem.sql.shape.ShapeScanner;
import dev.sqlmem.translate.type.NotTranslatable;
import dev.sqlmem.translate.type.Types;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Translates statements over one table of common types. */
public final class TranslationOf {
    public static final TableDefinition TABLE = table(
            "id int4",
            "i int4",
            "s int2",
            "b int8",
            "n numeric(10,2)",
            "m numeric(8,4)",
            "t text",
            "v varchar(20)",
            "c char(5)",
            "f bool",
            "d date",
            "ts timestamp",
            "tz timestamptz",
            "x text/UNKNOWN",
            "y text/NONDETERMINISTIC");

    private TranslationOf() {}

    /** Returns the translation of a statement. */
    static SelectTranslator.Translated of(String sql, Integer... declared) throws NotTranslatable {
        Shape shape = new Shape();
        ByteBuf text = Unpooled.copiedBuffer(sql, StandardCharsets.UTF_8);
        new ShapeScanner().scan(text, 0, text.readableBytes(), true, shape);
        List<LiteralClass> classes = List.of(shape.literalClasses());
        ParsedSelect parsed = ParsedSelect.parse(shape.parserText(), classes, Planner.texts(classes, shape));
        return new SelectTranslator(parsed, name -> TABLE, List.of(declared)).translate();
    }

    /** Returns the SQLite text, with the table's place and alias left out, or why there is none. */
    static String sqlite(String sql) {
        try {
            return of(sql).read().query().sql().replace("main.t AS r1", "t").replace("r1.", "t.");
        } catch (NotTranslatable e) {
            return "relay: " + e.getMessage();
        }
    }

    private static TableDefinition table(String... columns) {
        List<ColumnDefinition> definitions = new ArrayList<>();
        for (String column : columns) {
            String name = column.substring(0, column.indexOf(' '));
            String[] type = column.substring(column.indexOf(' ') + 1).split("/", -1);
            int open = type[0].indexOf('(');
            int oid = Objects.requireNonNull(Types.named(open < 0 ? type[0] : type[0].substring(0, open)));
            String[] modifiers = open < 0
                    ? new String[0]
                    : type[0].substring(open + 1, type[0].length() - 1).split(",", -1);
            int typmod = modifiers.length == 0
                    ? -1
                    : modifiers.length == 1
                            ? Integer.parseInt(modifiers[0]) + 4
                            : (Integer.parseInt(modifiers[0]) << 16 | Integer.parseInt(modifiers[1])) + 4;
            TextOrder order = type.length > 1
                    ? TextOrder.valueOf(type[1])
                    : Types.isText(oid) ? TextOrder.CODE_POINT : TextOrder.NOT_TEXT;
            definitions.add(new ColumnDefinition(
                    definitions.size() + 1, name, oid, type[0], typmod, name.equals("id"), order, null));
        }
        return new TableDefinition(1, "public", "e", 'r', definitions, List.of(), 0, 0, null);
    }
}
