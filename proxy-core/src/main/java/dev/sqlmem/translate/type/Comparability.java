package dev.sqlmem.translate.type;

import dev.sqlmem.catalog.ColumnDefinition;
import dev.sqlmem.catalog.TextOrder;
import dev.sqlmem.plan.Binding;
import dev.sqlmem.plan.Binding.Conversion;
import dev.sqlmem.plan.Range;
import dev.sqlmem.storage.TypeCodec.Comparison;
import dev.sqlmem.storage.WideNumericCodec;
import dev.sqlmem.wire.type.Oid;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * What may be compared, ordered and collapsed, and by what: the one place that knows how a term is
 * ordered, and how two of them come to one encoding.
 */
public final class Comparability {
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private Comparability() {}

    /** Two terms in one encoding. */
    public record Pair(Term left, Term right) {}

    /** Brings two terms to one encoding, as the server's operator for their types compares them. */
    public static Pair pair(Term left, Term right) throws NotTranslatable {
        if (left.type() == Oid.DATE && right.type() == Oid.TIMESTAMP) {
            return new Pair(among(left), right);
        }
        if (left.type() == Oid.TIMESTAMP && right.type() == Oid.DATE) {
            return new Pair(left, among(right));
        }
        if (!comparable(left, right)) {
            throw new NotTranslatable("a comparison of types " + left.type() + " and " + right.type());
        }
        requireOneCollation(left, right);
        int scale = Math.max(left.scale(), right.scale());
        return new Pair(rescaled(left, scale), rescaled(right, scale));
    }

    /** The place of a date among timestamps, which are compared with it; beyond the last timestamp there is one more. */
    private static Term among(Term date) throws NotTranslatable {
        Sql sql = Sql.of(
                "(CASE WHEN ",
                date,
                " = 2147483647 THEN 9223372036854775807 WHEN ",
                date,
                " = -2147483648 THEN -9223372036854775807 - 1 WHEN ",
                date,
                " > 106741034 THEN 9223372036854775806 ELSE ",
                date,
                " * " + MICROS_PER_DAY + " END)");
        return Term.of(Oid.TIMESTAMP, sql, date);
    }

    private static boolean comparable(Term left, Term right) {
        boolean numbers = left.isNumber() && right.isNumber();
        boolean same = left.family() == right.family() && left.family() != Family.OTHER;
        boolean wide = left.codec() instanceof WideNumericCodec && right.codec() instanceof WideNumericCodec;
        return numbers || same || wide || (left.type() == right.type() && left.type() != Oid.NUMERIC);
    }

    /** Multiplies an unscaled integer so that it has this many fraction digits. */
    public static Term rescaled(Term term, int scale) throws NotTranslatable {
        int more = scale - term.scale();
        if (more == 0) {
            return term;
        }
        BigInteger bound = term.bound().multiply(BigInteger.TEN.pow(Math.max(0, more)));
        if (more < 0) {
            throw new NotTranslatable("a scale that loses digits");
        }
        Term wider = Term.of(Oid.NUMERIC, Sql.of("(", term, " * " + BigInteger.TEN.pow(more) + ")"), term);
        Sql own = term.ownScale();
        Term scaled = wider.stored(Types.scaled(scale)).ownScale(own);
        if (Range.INT8.holds(bound)) {
            return scaled.bound(bound);
        }
        return scaled.within(Range.INT8).bound(Types.WIDE);
    }

    /** Requires that the server knows by which collation to compare; if not, it fails only while it compares. */
    public static void requireOneCollation(Term left, Term right) throws NotTranslatable {
        Collations.common(left.order(), right.order());
        if (Collations.common(left.collation(), right.collation()) == Collations.NONE) {
            throw new NotTranslatable("a comparison across collations");
        }
    }

    /** Requires that SQLite tells equal from different as the server does. */
    public static void requireEquality(Term term) throws NotTranslatable {
        requireEquality(term, term.order());
    }

    public static void requireEquality(Term term, @Nullable TextOrder order) throws NotTranslatable {
        if (term.collation() == Collations.NONE) {
            throw new NotTranslatable("a comparison across collations");
        }
        if (term.codec().comparison() == Comparison.NONE) {
            throw new NotTranslatable("a comparison of " + name(term));
        }
        if (order == TextOrder.NONDETERMINISTIC) {
            throw new NotTranslatable(name(term) + " has a nondeterministic collation");
        }
    }

    /** Requires that SQLite orders as the server does. */
    static void requireOrder(Term term) throws NotTranslatable {
        requireOrder(term, term.order());
    }

    public static void requireOrder(Term term, @Nullable TextOrder order) throws NotTranslatable {
        requireEquality(term, order);
        if (term.codec().comparison() != Comparison.ORDERED) {
            throw new NotTranslatable("the order of " + name(term));
        }
        if (order == TextOrder.UNKNOWN || order == null) {
            throw new NotTranslatable(name(term) + " is ordered by a collation of the server's own");
        }
    }

    /** Returns what SQLite orders by as the server orders the term. */
    public static Sql ordered(Term term, Translation out) throws NotTranslatable {
        OrderKeyTerm rank = term.rank();
        if (rank == null || term.order() != TextOrder.UNKNOWN) {
            requireOrder(term);
            return term.sql();
        }
        requireEquality(term);
        return rank.use(out);
    }

    /** Returns two texts as places in the server's own order; null where that does not go. */
    static @Nullable public Pair ranked(Pair pair, Translation out) throws NotTranslatable {
        OrderKeyTerm left = pair.left.rank();
        OrderKeyTerm right = pair.right.rank();
        if (Collations.common(pair.left.order(), pair.right.order()) != TextOrder.UNKNOWN) {
            return null;
        }
        if (left != null && right != null && left.isOfSame(right)) {
            return new Pair(place(pair.left, left, out), place(pair.right, right, out));
        }
        OrderKeyTerm one;
        if (left == null) {
            one = right;
        } else {
            one = left;
        }
        Term other;
        if (left == null) {
            other = pair.left;
        } else {
            other = pair.right;
        }
        if (one == null || (left != null && right != null) || !isValue(other)) {
            return null;
        }
        Term value = value(other, one);
        if (left == null) {
            return new Pair(value, place(pair.right, one, out));
        }
        return new Pair(place(pair.left, one, out), value);
    }

    private static Term place(Term term, OrderKeyTerm rank, Translation out) throws NotTranslatable {
        requireEquality(term);
        return Term.of(Oid.INT8, rank.use(out), term);
    }

    /** Whether it is nothing but NULL, a literal or a parameter. */
    private static boolean isValue(Term term) {
        Binding binding = term.raw().onlyBinding();
        boolean one = binding != null && binding.conversion() == Conversion.CODEC;
        return term.isConstant() && (one || term.raw().equals(Sql.NULL));
    }

    private static Term value(Term term, OrderKeyTerm rank) throws NotTranslatable {
        Term place = Term.constant(Oid.INT8, -1, term.raw().bound(binding -> binding.placeIn(rank.order())));
        if (term.isFoldable()) {
            return place.foldable();
        }
        return place;
    }

    /** Requires that equal values look the same, so that it is no matter which of them is put out. */
    public static void requireIdentity(Term term) throws NotTranslatable {
        requireEquality(term);
        if (!term.codec().isIdentity() || term.ownScale() != null) {
            throw new NotTranslatable(name(term) + " may look different where it is equal");
        }
    }

    private static String name(Term term) {
        ColumnDefinition column = term.column();
        if (column == null) {
            return "an expression of type " + term.type();
        }
        return "column " + column.name();
    }
}
