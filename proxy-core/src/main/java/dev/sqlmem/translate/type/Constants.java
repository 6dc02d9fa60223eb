package dev.sqlmem.translate.type;

import dev.sqlmem.plan.Binding;
import dev.sqlmem.plan.Binding.Conversion;
import dev.sqlmem.plan.Binding.Source;
import dev.sqlmem.plan.Range;
import dev.sqlmem.sql.shape.LiteralClass;
import dev.sqlmem.storage.NumericCodec;
import dev.sqlmem.storage.TypeCodec;
import dev.sqlmem.translate.type.Value.Kind;
import dev.sqlmem.wire.type.Oid;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.regex.Pattern;
import net.sf.jsqlparser.expression.JdbcParameter;

/**
 * Literals and parameters, and the terms that they become where their place says of which type they are
 * (manual, "Type Conversion"). How a value is brought to a stored form is decided here and nowhere else.
 */
public final class Constants {
    private static final BigInteger INT4_END = BigInteger.ONE.shiftLeft(31);
    private static final BigInteger INT8_END = BigInteger.ONE.shiftLeft(63);
    private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,30}(\\.\\d{1,30})?");

    private final Translation out;

    public Constants(Translation out) {
        this.out = out;
    }

    /** Reads a placeholder, which stands for a literal of the text or a parameter of the protocol. */
    public Value read(JdbcParameter parameter) throws NotTranslatable {
        int slot = parameter.getIndex() - 1;
        if (!isLiteral(parameter)) {
            return new Value(Kind.PARAMETER, slot, false, out.parameters.known(slot));
        }
        return switch (literalClass(parameter)) {
            case INT4 -> new Value(Kind.NUMBER, slot, false, Oid.INT4);
            case INT8 -> new Value(Kind.NUMBER, slot, false, Oid.INT8);
            case NUMERIC -> new Value(Kind.NUMBER, slot, false, Oid.NUMERIC);
            case STRING -> new Value(Kind.STRING, slot, false, 0);
            case ESCAPE_STRING, OTHER_STRING, OTHER -> throw new NotTranslatable("a literal that is not plain");
        };
    }

    /** Takes a minus sign into a number, as the server does: the least int4 is narrower than its digits. */
    public Value negated(Value number) {
        if (number.type() == Oid.INT4) {
            return new Value(Kind.NUMBER, number.slot(), true, Oid.INT4);
        }
        String digits = out.literal(number.slot());
        int type = number.type();
        if (digits.chars().allMatch(Character::isDigit)) {
            BigInteger magnitude = new BigInteger(digits);
            if (magnitude.equals(INT4_END)) {
                type = Oid.INT4;
            } else if (magnitude.equals(INT8_END)) {
                type = Oid.INT8;
            }
        }
        return new Value(Kind.NUMBER, number.slot(), true, type);
    }

    /**
     * Makes the value what {@code other} can be compared with. It need not be a value of that type: a
     * number between two integers becomes one that equals neither.
     *
     * @param implied the type of a parameter that has none yet
     * @param many whether it stands in a list, whose elements choose their type together
     */
    public Term comparand(Value value, Term other, int implied, boolean many) throws NotTranslatable {
        return switch (value.kind()) {
            case NULL -> Term.constant(other, Sql.NULL).foldable();
            case STRING, NUMBER -> literal(value, other, many);
            case PARAMETER -> parameter(value, other, out.parameters.at(value.slot(), implied));
        };
    }

    private Term literal(Value value, Term other, boolean many) throws NotTranslatable {
        LiteralClass kind = out.literals.get(value.slot());
        Binding own = Comparands.literal(other, kind, value.slot(), value.negate(), many);
        if (own != null) {
            return term(other, own);
        }
        if (value.isNumber() && !other.isNumber()) {
            throw new NotTranslatable("a number with a value of type " + other.type());
        }
        if (other.family() == Family.NUMERIC || value.type() == Oid.NUMERIC) {
            return term(other, decimal(Source.LITERAL, value, anyNumeric(), other.scale()));
        }
        TypeCodec codec;
        if (value.isNumber()) {
            codec = Types.codec(Oid.INT8, -1);
        } else {
            codec = other.codec();
        }
        return term(other, plain(Source.LITERAL, value, codec, other.stored()));
    }

    private Term parameter(Value value, Term other, int type) throws NotTranslatable {
        Binding own = Comparands.parameter(other, value.slot(), type);
        if (own != null) {
            return term(other, own).foldable();
        }
        Family of = other.family();
        Family by = Family.of(type);
        boolean numbers = other.isNumber() && Types.isNumber(type);
        if (numbers && (of == Family.NUMERIC || by == Family.NUMERIC)) {
            TypeCodec codec;
            if (by == Family.NUMERIC) {
                codec = anyNumeric();
            } else {
                codec = Types.codec(type, -1);
            }
            return term(other, decimal(Source.PARAMETER, value, codec, other.scale()))
                    .foldable();
        }
        boolean same = numbers
                || (of == Family.PADDED && type == Oid.BPCHAR)
                || (of == Family.TEXT && by == Family.TEXT)
                // char(n) = text compares the stripped column with the text as it is
                || (of == Family.PADDED && type == Oid.TEXT);
        if (!same) {
            throw new NotTranslatable("a parameter of type " + type + " with a value of type " + other.type());
        }
        TypeCodec codec;
        if (type == Oid.BPCHAR) {
            codec = other.codec();
        } else {
            codec = Types.codec(type, -1);
        }
        return term(other, plain(Source.PARAMETER, value, codec, other.stored()))
                .foldable();
    }

    private static Term term(Term other, Binding binding) {
        return Term.constant(other, Sql.bind(binding));
    }

    /** Makes the value one of exactly this type, to compute with. */
    public Term typed(Value value, int oid, int stored) throws NotTranslatable {
        out.zoned |= oid == Oid.TIMESTAMPTZ;
        return switch (value.kind()) {
            case NULL -> nothing(oid, stored);
            case STRING -> oid == Oid.NUMERIC ? exact(value) : ofType(value, oid, stored, Types.codec(oid, stored));
            case NUMBER -> {
                if (oid == Oid.NUMERIC) {
                    yield exact(value);
                }
                if (!Types.isInteger(oid) || Types.wider(oid, value.type()) != oid) {
                    throw new NotTranslatable("a number as a value of type " + oid);
                }
                yield ofType(value, oid, -1, Types.codec(Oid.INT8, -1)).nullable(false);
            }
            case PARAMETER -> {
                int type = out.parameters.at(value.slot(), oid);
                boolean fits = type == oid
                        || (Types.isInteger(type) && Types.isInteger(oid) && Types.wider(oid, type) == oid)
                        || (Family.of(type) == Family.TEXT && Family.of(oid) == Family.TEXT);
                if (!fits || oid == Oid.NUMERIC || oid == Oid.BPCHAR) {
                    throw new NotTranslatable("a parameter of type " + type + " as a value of type " + oid);
                }
                yield ofType(value, oid, stored, Types.codec(type, -1)).foldable();
            }
        };
    }

    /** Makes the value one of the type that it has by itself; a string or NULL is text. */
    public Term natural(Value value) throws NotTranslatable {
        return typed(value, value.type() == 0 ? Oid.TEXT : value.type(), -1);
    }

    /** Makes the operand a term, whatever type it has by itself. */
    public Term term(Operand operand) throws NotTranslatable {
        if (operand instanceof Quotient) {
            throw new NotTranslatable("a numeric division inside of an expression");
        }
        if (operand instanceof IntervalConstant) {
            throw new NotTranslatable("a constant interval in such a place");
        }
        if (operand instanceof Value value) {
            return natural(value);
        }
        return (Term) operand;
    }

    /** The same, where a value without type takes this one. */
    public Term term(Operand operand, int oid) throws NotTranslatable {
        if (operand instanceof Value value && value.type() == 0) {
            return typed(value, oid, -1);
        }
        return term(operand);
    }

    /** Makes the operand a condition. */
    public Term condition(Operand operand) throws NotTranslatable {
        Term term = term(operand, Oid.BOOL);
        if (term.type() != Oid.BOOL) {
            throw new NotTranslatable("a condition that is not boolean");
        }
        return term;
    }

    private static Term ofType(Value value, int oid, int stored, TypeCodec codec) throws NotTranslatable {
        Source source;
        if (value.kind() == Kind.PARAMETER) {
            source = Source.PARAMETER;
        } else {
            source = Source.LITERAL;
        }
        return Term.constant(oid, stored, Sql.bind(plain(source, value, codec, stored)));
    }

    public static Term nothing(int oid, int stored) throws NotTranslatable {
        int form;
        if (oid == Oid.NUMERIC && stored < 0) {
            form = Types.scaled(0);
        } else {
            form = stored;
        }
        return Term.constant(oid, form, Sql.NULL).foldable();
    }

    /** A number as an unscaled integer with the fraction digits that it is written with. */
    private Term exact(Value value) throws NotTranslatable {
        if (value.isNumber() && Types.isInteger(value.type())) {
            return numeric(value, 0, Types.bound(value.type(), -1));
        }
        BigDecimal number = decimal(value);
        BigInteger magnitude = number.unscaledValue().abs();
        if (!Range.INT8.holds(magnitude)) {
            throw new NotTranslatable("a number with too many digits");
        }
        return numeric(value, number.scale(), magnitude);
    }

    private Term numeric(Value value, int scale, BigInteger bound) throws NotTranslatable {
        Binding binding = decimal(Source.LITERAL, value, anyNumeric(), scale);
        return Term.constant(Oid.NUMERIC, Types.scaled(scale), Sql.bind(binding))
                .bound(bound)
                .nullable(false);
    }

    /** Reads a literal number, on whose text the translation depends from now on. */
    public BigDecimal decimal(Value value) throws NotTranslatable {
        String text = out.literal(value.slot());
        String digits;
        if (text.startsWith("'")) {
            digits = text.substring(1, text.length() - 1);
        } else {
            digits = text;
        }
        if (value.kind() == Kind.STRING && !DECIMAL.matcher(digits).matches()) {
            throw new NotTranslatable("a number that is spelt unusually");
        }
        BigDecimal number = new BigDecimal(digits);
        if (number.scale() > Types.MOST_SCALE || number.precision() - number.scale() > Types.MOST_SCALE) {
            throw new NotTranslatable("a number with too many digits");
        }
        BigDecimal signed;
        if (value.negate()) {
            signed = number.negate();
        } else {
            signed = number;
        }
        return signed.setScale(Math.max(0, signed.scale()));
    }

    /** Reads a literal integer, on whose text the translation depends from now on. */
    public int integer(Value value) throws NotTranslatable {
        if (!value.isNumber() || value.type() != Oid.INT4) {
            throw new NotTranslatable("an argument that must be an integer literal");
        }
        int magnitude = Integer.parseInt(out.literal(value.slot()));
        if (value.negate()) {
            return -magnitude;
        }
        return magnitude;
    }

    /** Reads a literal string, on which the translation depends from now on. */
    public String string(Operand operand) throws NotTranslatable {
        if (!(operand instanceof Value value) || value.kind() != Kind.STRING) {
            throw new NotTranslatable("an argument that must be a string literal");
        }
        String text = out.literal(value.slot());
        return text.substring(1, text.length() - 1).replace("''", "'");
    }

    /** An integer value that must pass a check when it is bound. */
    public Term checked(Value value, int oid, Conversion check) throws NotTranslatable {
        Term term = typed(value, oid, -1);
        Sql raw = term.raw();
        if (raw.bindings().isEmpty()) {
            return term;
        }
        Binding of = raw.bindings().get(0);
        Binding with = new Binding(of.source(), of.slot(), check, of.codec(), of.typmod(), of.scale(), of.negate());
        Term checked = Term.constant(oid, -1, Sql.bind(with));
        if (term.isFoldable()) {
            return checked.foldable();
        }
        return checked;
    }

    private static Binding plain(Source source, Value value, TypeCodec codec, int typmod) {
        return new Binding(source, value.slot(), Conversion.CODEC, codec, typmod, 0, value.negate());
    }

    private static Binding decimal(Source source, Value value, TypeCodec codec, int scale) {
        return new Binding(source, value.slot(), Conversion.DECIMAL, codec, -1, scale, value.negate());
    }

    private static TypeCodec anyNumeric() throws NotTranslatable {
        return Types.codec(Oid.NUMERIC, NumericCodec.typmod(18, 0));
    }

    /** Whether the placeholder stands for a literal of the text, not for a parameter of the protocol. */
    public static boolean isLiteral(JdbcParameter parameter) throws NotTranslatable {
        if (!parameter.isUseFixedIndex()) {
            throw new NotTranslatable("a bare question mark");
        }
        return "?".equals(parameter.getParameterCharacter());
    }

    public LiteralClass literalClass(JdbcParameter parameter) throws NotTranslatable {
        int slot = parameter.getIndex() - 1;
        if (slot < 0 || slot >= out.literals.size()) {
            throw new NotTranslatable("an unknown literal");
        }
        return out.literals.get(slot);
    }

    /** The placeholder as the statement has it. */
    public static String source(JdbcParameter parameter) throws NotTranslatable {
        return (isLiteral(parameter) ? "?" : "$") + parameter.getIndex();
    }
}
