package dev.sqlmem.plan;

import dev.sqlmem.catalog.ColumnDefinition;
import dev.sqlmem.plan.Binding.Conversion;
import dev.sqlmem.plan.Binding.Source;
import dev.sqlmem.wire.type.NumericCodec;
import dev.sqlmem.wire.type.TypeCodec;
import dev.sqlmem.wire.type.TypeCodecs;
import java.util.List;
import net.sf.jsqlparser.expression.BooleanValue;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.JdbcParameter;
import net.sf.jsqlparser.expression.SignedExpression;

/**
 * Values that a column is compared with: literals and parameters, brought to the column's stored form
 * by the rules by which PostgreSQL resolves the operator (manual, "Operator Type Resolution").
 */
final class Operands {
    /** The numeric types from the narrowest on; what is not among them stands before all. */
    private static final List<Integer> NUMBERS = List.of(Oid.INT2, Oid.INT4, Oid.INT8, Oid.NUMERIC);

    private final Translation out;

    Operands(Translation out) {
        this.out = out;
    }

    static boolean isValue(Expression expression) {
        return expression instanceof JdbcParameter
                || expression instanceof BooleanValue
                || (expression instanceof SignedExpression signed && signed.getExpression() instanceof JdbcParameter);
    }

    /** Writes the value as an operand that meets {@code column}; {@code implied} is an undeclared parameter's type. */
    void value(Expression value, ColumnDefinition column, int implied) throws NotTranslatable {
        if (value instanceof BooleanValue constant) {
            booleanValue(constant, column);
        } else if (value instanceof SignedExpression signed && signed.getExpression() instanceof JdbcParameter number) {
            signed(signed, number, column);
        } else if (value instanceof JdbcParameter parameter) {
            parameter(parameter, column, implied);
        } else {
            throw new NotTranslatable("a comparison with an expression");
        }
    }

    private void booleanValue(BooleanValue constant, ColumnDefinition column) throws NotTranslatable {
        if (column.typeOid() != Oid.BOOL) {
            throw new NotTranslatable("a boolean constant with a column of type " + column.typeName());
        }
        out.sqlite.append(constant.getValue() ? '1' : '0');
        out.source.append(constant.getValue() ? "true" : "false");
    }

    private void signed(SignedExpression signed, JdbcParameter number, ColumnDefinition column) throws NotTranslatable {
        if (signed.getSign() != '-' || !isLiteral(number) || !isNumber(literalClass(number))) {
            throw new NotTranslatable("a signed expression");
        }
        out.source.append('-');
        literal(number, column, true);
    }

    private void parameter(JdbcParameter parameter, ColumnDefinition column, int implied) throws NotTranslatable {
        if (isLiteral(parameter)) {
            literal(parameter, column, false);
            return;
        }
        int slot = slot(parameter);
        out.source.append('$').append(slot + 1);
        int type = out.parameters.at(slot, implied);
        out.bind(declared(slot, type, column));
    }

    private Binding declared(int slot, int type, ColumnDefinition column) throws NotTranslatable {
        Family of = Family.of(column);
        Family by = Family.of(type);
        boolean numbers =
                (of == Family.INTEGER || of == Family.NUMERIC) && (by == Family.INTEGER || by == Family.NUMERIC);
        if (numbers && (of == Family.NUMERIC || by == Family.NUMERIC)) {
            TypeCodec codec = by == Family.NUMERIC ? anyNumeric() : codec(type, -1);
            return new Binding(Source.PARAMETER, slot, Conversion.DECIMAL, codec, -1, scale(column), false);
        }
        boolean same = numbers
                || type == column.typeOid()
                || (of == Family.TEXT && by == Family.TEXT)
                // char(n) = text compares the stripped column with the text as it is
                || (of == Family.PADDED && type == Oid.TEXT);
        if (!same) {
            throw new NotTranslatable("a parameter of type " + type + " with a column of type " + column.typeName());
        }
        TypeCodec codec = type == Oid.BPCHAR ? codec(type, column.typmod()) : codec(type, -1);
        return new Binding(Source.PARAMETER, slot, Conversion.CODEC, codec, column.typmod(), 0, false);
    }

    private void literal(JdbcParameter parameter, ColumnDefinition column, boolean negate) throws NotTranslatable {
        LiteralClass kind = literalClass(parameter);
        int slot = slot(parameter);
        out.source.append('?').append(slot + 1);
        Family of = Family.of(column);
        boolean number = isNumber(kind);
        if (number && of != Family.INTEGER && of != Family.NUMERIC) {
            throw new NotTranslatable("a number with a column of type " + column.typeName());
        }
        if (!number && kind != LiteralClass.STRING) {
            throw new NotTranslatable("a literal that is not plain");
        }
        if (of == Family.NUMERIC || kind == LiteralClass.NUMERIC) {
            out.bind(new Binding(Source.LITERAL, slot, Conversion.DECIMAL, anyNumeric(), -1, scale(column), negate));
            return;
        }
        TypeCodec codec = number ? codec(Oid.INT8, -1) : codec(column.typeOid(), column.typmod());
        out.bind(new Binding(Source.LITERAL, slot, Conversion.CODEC, codec, column.typmod(), 0, negate));
    }

    /**
     * The type that an undeclared parameter takes among several elements of IN: that of the array, which
     * the column and all typed elements choose together (manual, "UNION, CASE, and Related Constructs").
     */
    int commonType(ColumnDefinition column, List<? extends Expression> elements) throws NotTranslatable {
        int type = column.typeOid();
        if (Family.of(type) != Family.INTEGER) {
            return type;
        }
        for (Expression element : elements) {
            if (element instanceof SignedExpression signed && signed.getExpression() instanceof JdbcParameter number) {
                type = wider(type, negativeType(number));
            } else if (element instanceof JdbcParameter parameter) {
                boolean literal = isLiteral(parameter);
                type = wider(type, literal ? literalType(parameter) : out.parameters.known(slot(parameter)));
            }
        }
        return type;
    }

    private int literalType(JdbcParameter parameter) throws NotTranslatable {
        return switch (literalClass(parameter)) {
            case INT4 -> Oid.INT4;
            case INT8 -> Oid.INT8;
            case NUMERIC -> Oid.NUMERIC;
            case STRING, ESCAPE_STRING, OTHER_STRING, OTHER -> 0;
        };
    }

    /** Refuses parameters that were declared to be text of another type than char(n). */
    void requireNoOtherText(List<? extends Expression> elements) throws NotTranslatable {
        for (Expression element : elements) {
            if (element instanceof JdbcParameter parameter && !isLiteral(parameter)) {
                int known = out.parameters.known(slot(parameter));
                if (known != 0 && known != Oid.BPCHAR) {
                    throw new NotTranslatable("IN over char(n) with a parameter of another type");
                }
            }
        }
    }

    /** The sign belongs to the constant: the least int4 and int8 are narrower than their digits. */
    private int negativeType(JdbcParameter number) throws NotTranslatable {
        if (literalClass(number) != LiteralClass.INT4) {
            throw new NotTranslatable("a negative number whose type depends on its value");
        }
        return Oid.INT4;
    }

    private static int wider(int left, int right) {
        return NUMBERS.indexOf(right) > NUMBERS.indexOf(left) ? right : left;
    }

    /** Writes a LIKE pattern. */
    void pattern(Expression value) throws NotTranslatable {
        if (!(value instanceof JdbcParameter parameter)) {
            throw new NotTranslatable("LIKE with an expression");
        }
        int slot = slot(parameter);
        if (isLiteral(parameter)) {
            if (literalClass(parameter) != LiteralClass.STRING) {
                throw new NotTranslatable("a literal that is not plain");
            }
            out.source.append('?').append(slot + 1);
            out.bind(new Binding(Source.LITERAL, slot, Conversion.PATTERN, codec(Oid.TEXT, -1), -1, 0, false));
            return;
        }
        out.source.append('$').append(slot + 1);
        int type = out.parameters.at(slot, Oid.TEXT);
        if (Family.of(type) != Family.TEXT) {
            throw new NotTranslatable("LIKE with a parameter of type " + type);
        }
        out.bind(new Binding(Source.PARAMETER, slot, Conversion.PATTERN, codec(type, -1), -1, 0, false));
    }

    /** Writes a row count of LIMIT, OFFSET or FETCH. */
    void count(Expression value, Conversion conversion) throws NotTranslatable {
        if (!(value instanceof JdbcParameter parameter)) {
            throw new NotTranslatable("a row count that is an expression");
        }
        int slot = slot(parameter);
        if (isLiteral(parameter)) {
            LiteralClass kind = literalClass(parameter);
            if (kind != LiteralClass.INT4 && kind != LiteralClass.INT8) {
                throw new NotTranslatable("a row count that is no integer");
            }
            out.source.append('?').append(slot + 1);
            out.bind(new Binding(Source.LITERAL, slot, conversion, codec(Oid.INT8, -1), -1, 0, false));
            return;
        }
        out.source.append('$').append(slot + 1);
        int type = out.parameters.at(slot, Oid.INT8);
        if (Family.of(type) != Family.INTEGER) {
            throw new NotTranslatable("a row count of type " + type);
        }
        out.bind(new Binding(Source.PARAMETER, slot, conversion, codec(type, -1), -1, 0, false));
    }

    /** Whether the placeholder stands for a literal of the text, not for a parameter of the protocol. */
    static boolean isLiteral(JdbcParameter parameter) throws NotTranslatable {
        if (!parameter.isUseFixedIndex()) {
            throw new NotTranslatable("a bare question mark");
        }
        return "?".equals(parameter.getParameterCharacter());
    }

    static int slot(JdbcParameter parameter) {
        return parameter.getIndex() - 1;
    }

    LiteralClass literalClass(JdbcParameter parameter) throws NotTranslatable {
        int slot = slot(parameter);
        if (slot < 0 || slot >= out.literals.size()) {
            throw new NotTranslatable("an unknown literal");
        }
        return out.literals.get(slot);
    }

    private static boolean isNumber(LiteralClass kind) {
        return kind == LiteralClass.INT4 || kind == LiteralClass.INT8 || kind == LiteralClass.NUMERIC;
    }

    private static int scale(ColumnDefinition column) {
        return Family.of(column) == Family.NUMERIC ? NumericCodec.scale(column.typmod()) : 0;
    }

    private static TypeCodec anyNumeric() throws NotTranslatable {
        return codec(Oid.NUMERIC, NumericCodec.typmod(18, 0));
    }

    static TypeCodec codec(int typeOid, int typmod) throws NotTranslatable {
        TypeCodec codec = TypeCodecs.forOid(typeOid, typmod);
        if (codec == null) {
            throw new NotTranslatable("type " + typeOid);
        }
        return codec;
    }
}
