package dev.sqlmem.translate;

import dev.sqlmem.catalog.TableDefinition;
import dev.sqlmem.catalog.TableName;
import dev.sqlmem.plan.Binding;
import dev.sqlmem.plan.Binding.Conversion;
import dev.sqlmem.plan.Binding.Source;
import dev.sqlmem.plan.Local;
import dev.sqlmem.plan.LocalRelation;
import dev.sqlmem.plan.Planned;
import dev.sqlmem.plan.Route;
import dev.sqlmem.sql.lex.Token;
import dev.sqlmem.sql.lex.TokenKind;
import dev.sqlmem.sql.shape.LiteralClass;
import dev.sqlmem.sql.shape.LiteralSource;
import dev.sqlmem.sql.shape.ShapeBytes;
import dev.sqlmem.translate.SelectTranslator.Translated;
import dev.sqlmem.translate.type.Family;
import dev.sqlmem.translate.type.NotTranslatable;
import dev.sqlmem.translate.type.Types;
import dev.sqlmem.wire.type.Oid;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Plans statements over {@code sqlmem.*}: ordinary SELECTs over one of its tables, and calls of its
 * functions, alone in the select list or in FROM.
 */
public final class LocalPlanner {
    private static final Set<String> TEXT_TYPES = Set.of("text", "varchar");

    private final String parserText;
    private final List<Token> tokens;
    private final List<LiteralClass> classes;
    private final LiteralSource literals;
    private final List<Integer> declared;

    private LocalPlanner(ShapeBytes shape, LiteralSource literals, List<Integer> declared) throws NotTranslatable {
        this.literals = literals;
        this.declared = declared;
        this.classes = List.of(shape.literalClasses());
        this.parserText = shape.parserText();
        this.tokens = ParsedSelect.lex(parserText);
    }

    /** Plans the statement; what it cannot do is refused, since no upstream server has these tables. */
    public static Planned plan(ShapeBytes shape, LiteralSource literals, List<Integer> declared) {
        try {
            return new LocalPlanner(shape, literals, declared).plan();
        } catch (NotTranslatable e) {
            if (e.sqlState().equals("0A000")) {
                return refusal(e.sqlState(), "UnsupportedQueryError: " + e.getMessage() + " over sqlmem.*");
            }
            return refusal(e.sqlState(), String.valueOf(e.getMessage()));
        }
    }

    private Planned plan() throws NotTranslatable {
        int at = indexOfSchema();
        String name = tokens.get(at + 2).value();
        LocalRelation relation = LocalRelation.named(name);
        if (relation == null) {
            return refusal("42P01", "relation or function \"sqlmem." + name + "\" does not exist");
        }
        boolean called = text(at + 3).equals("(");
        if (called != relation.isFunction()) {
            return refusal("42809", "sqlmem." + name + (called ? " is a table" : " is a function"));
        }
        if (called) {
            return call(relation, at);
        }
        return select(relation, parserText, null, declared);
    }

    private Planned call(LocalRelation relation, int at) throws NotTranslatable {
        int close = close(at + 3);
        List<Token> written = plain(tokens.subList(at + 4, close));
        boolean several = written.stream().anyMatch(each -> each.value().equals(","));
        if (several || written.isEmpty() != (relation.arguments() == 0)) {
            return refusal(
                    "42883",
                    "function sqlmem." + relation.label() + " takes " + relation.arguments()
                            + (relation.arguments() == 1 ? " argument of type text" : " arguments"));
        }
        List<Integer> types = new ArrayList<>(declared);
        Binding argument;
        if (written.isEmpty()) {
            argument = null;
        } else {
            argument = argument(written, types);
        }
        boolean inSelectList = at == 1;
        StringJoiner text = new StringJoiner(" ");
        if (inSelectList) {
            text.add("SELECT");
            StringJoiner names = new StringJoiner(" , ");
            relation.table().columns().forEach(column -> names.add(column.name()));
            text.add(names.toString());
            for (int i = close + 1; i < tokens.size(); i++) {
                text.add(source(tokens.get(i)));
            }
            text.add("FROM sqlmem." + relation.label());
        } else {
            for (int i = 0; i < tokens.size(); i++) {
                if (i <= at + 2 || i > close) {
                    text.add(source(tokens.get(i)));
                }
            }
        }
        return select(relation, text.toString(), argument, types);
    }

    private int close(int open) throws NotTranslatable {
        int depth = 0;
        for (int i = open; i < tokens.size(); i++) {
            if (text(i).equals("(")) {
                depth += 1;
            } else if (text(i).equals(")")) {
                depth += -1;
            }
            if (depth == 0) {
                return i;
            }
        }
        throw new NotTranslatable("a parenthesis that does not close");
    }

    /** Takes off what drivers put around a string: parentheses, a cast to text. */
    private static List<Token> plain(List<Token> argument) {
        int size = argument.size();
        if (size > 2
                && argument.get(0).value().equals("(")
                && argument.get(size - 1).value().equals(")")) {
            return plain(argument.subList(1, size - 1));
        }
        boolean cast = size > 2
                && argument.get(size - 2).value().equals("::")
                && TEXT_TYPES.contains(argument.get(size - 1).value());
        if (cast) {
            return plain(argument.subList(0, size - 2));
        }
        return argument;
    }

    private Binding argument(List<Token> written, List<Integer> types) throws NotTranslatable {
        Token token = written.get(0);
        if (written.size() > 1) {
            throw new NotTranslatable("an argument that is an expression");
        }
        if (token.kind() == TokenKind.LITERAL_MARK) {
            int slot = Integer.parseInt(token.value().substring(1)) - 1;
            if (classes.get(slot) != LiteralClass.STRING) {
                throw new NotTranslatable("an argument that is no plain string");
            }
            return new Binding(Source.LITERAL, slot, Conversion.CODEC, Types.codec(Oid.TEXT, -1), -1, 0, false);
        }
        if (token.kind() != TokenKind.PARAM) {
            throw new NotTranslatable("an argument that is no string or parameter");
        }
        int slot = Integer.parseInt(token.value().substring(1)) - 1;
        while (types.size() <= slot) {
            types.add(0);
        }
        int type = types.get(slot) == 0 ? Oid.TEXT : types.get(slot);
        if (Family.of(type) != Family.TEXT) {
            throw new NotTranslatable("an argument of type " + type);
        }
        types.set(slot, type);
        return new Binding(Source.PARAMETER, slot, Conversion.CODEC, Types.codec(type, -1), -1, 0, false);
    }

    private Planned select(LocalRelation relation, String text, @Nullable Binding argument, List<Integer> types)
            throws NotTranslatable {
        ParsedSelect parsed = ParsedSelect.parse(text, classes, Planner.texts(classes, literals));
        int used;
        if (argument == null) {
            used = -1;
        } else {
            used = parameter(argument);
        }
        Translated translated = SelectTranslator.local(parsed, name -> own(relation, name), types, used)
                .translate();
        return new Planned(
                new Local(relation, argument, translated.read()),
                translated.positions().stream().mapToInt(Integer::intValue).toArray());
    }

    private static @Nullable TableDefinition own(LocalRelation relation, TableName name) {
        boolean same =
                LocalRelation.SCHEMA.equals(name.schema()) && relation.label().equals(name.name());
        if (same) {
            return relation.table();
        }
        return null;
    }

    private static int parameter(Binding argument) {
        if (argument.source() == Source.PARAMETER) {
            return argument.slot();
        }
        return -1;
    }

    private int indexOfSchema() throws NotTranslatable {
        for (int i = 0; i + 2 < tokens.size(); i++) {
            if (text(i).equals(LocalRelation.SCHEMA) && text(i + 1).equals(".")) {
                return i;
            }
        }
        throw new NotTranslatable("a statement of another kind");
    }

    private String source(Token token) {
        return parserText.substring(token.start(), token.end());
    }

    private String text(int index) {
        if (index < tokens.size()) {
            return tokens.get(index).value();
        }
        return "";
    }

    private static Planned refusal(String sqlState, String message) {
        return new Planned(
                new Route.Refuse(
                        sqlState,
                        message,
                        "The tables are sqlmem.tables, columns, statements, sessions, stats, settings; the functions"
                                + " sqlmem.invalidate(text), invalidate_all(), refresh(text), backup(), explain(text)."),
                new int[0]);
    }
}
