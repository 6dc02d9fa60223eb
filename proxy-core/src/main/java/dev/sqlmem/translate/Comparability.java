package dev.sqlmem.translate;

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
final class Comparability {
    private Comparability() {}

    /** Two terms in one encoding. */
    record Pair(Term left, Term right) {}

    /** Brings two terms to one encoding, as the server's operator for their types compares them. */
    static Pair pair(Term left, Term right) throws NotTranslatable {
        if (left.type() == Oid.DATE && right.type() == Oid.TIMESTAMP) {
            return new Pair(Dates.among(left), right);
        }
        if (left.type() == Oid.TIMESTAMP && right.type() == Oid.DATE) {
            return new Pair(left, Dates.among(right));
        }
        if (!comparable(left, right)) {
            throw new NotTranslatable("a comparison of types " + left.type() + " and " + right.type());
        }
        requireOneCollation(left, right);
        int scale = Math.max(left.scale(), right.scale());
        return new Pair(rescaled(left, scale), rescaled(right, scale));
    }

    private static boolean comparable(Term left, Term right) {
        boolean numbers = left.isNumber() && right.isNumber();
        boolean same = left.family() == right.family() && left.family() != Family.OTHER;
        boolean wide = left.codec() instanceof WideNumericCodec && right.codec() instanceof WideNumericCodec;
        return numbers || same || wide || (left.type() == right.type() && left.type() != Oid.NUMERIC);
    }

    /** Multiplies an unscaled integer so that it has this many fraction digits. */
    static Term rescaled(Term term, int scale) throws NotTranslatable {
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
        return scaled.within(Range.INT8).bound(Term.WIDE);
    }

    /** The collation of what two terms make, or are compared by; null takes the other's. */
    static @Nullable TextOrder common(@Nullable TextOrder left, @Nullable TextOrder right) throws NotTranslatable {
        if (left == null || right == null || left == right) {
            if (left == null) {
                return right;
            }
            return left;
        }
        throw new NotTranslatable("a comparison across collations");
    }

    /** The collation of what two terms make. */
    static int commonCollation(int left, int right) {
        if (left == 0 || right == 0 || left == right) {
            if (left == 0) {
                return right;
            }
            return left;
        }
        return Term.NO_COLLATION;
    }

    /** Requires that the server knows by which collation to compare; if not, it fails only while it compares. */
    static void requireOneCollation(Term left, Term right) throws NotTranslatable {
        common(left.order(), right.order());
        if (commonCollation(left.collation(), right.collation()) == Term.NO_COLLATION) {
            throw new NotTranslatable("a comparison across collations");
        }
    }

    /** Requires that SQLite tells equal from different as the server does. */
    static void requireEquality(Term term) throws NotTranslatable {
        requireEquality(term, term.order());
    }

    static void requireEquality(Term term, @Nullable TextOrder order) throws NotTranslatable {
        if (term.collation() == Term.NO_COLLATION) {
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

    static void requireOrder(Term term, @Nullable TextOrder order) throws NotTranslatable {
        requireEquality(term, order);
        if (term.codec().comparison() != Comparison.ORDERED) {
            throw new NotTranslatable("the order of " + name(term));
        }
        if (order == TextOrder.UNKNOWN || order == null) {
            throw new NotTranslatable(name(term) + " is ordered by a collation of the server's own");
        }
    }

    /** Returns what SQLite orders by as the server orders the term. */
    static Sql ordered(Term term, Translation out) throws NotTranslatable {
        OrderKeyTerm rank = term.rank();
        if (rank == null || term.order() != TextOrder.UNKNOWN) {
            requireOrder(term);
            return term.sql();
        }
        requireEquality(term);
        return rank.use(out);
    }

    /** Returns two texts as places in the server's own order; null where that does not go. */
    static @Nullable Pair ranked(Pair pair, Translation out) throws NotTranslatable {
        OrderKeyTerm left = pair.left.rank();
        OrderKeyTerm right = pair.right.rank();
        if (common(pair.left.order(), pair.right.order()) != TextOrder.UNKNOWN) {
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
    static void requireIdentity(Term term) throws NotTranslatable {
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
