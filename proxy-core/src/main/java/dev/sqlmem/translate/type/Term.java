package dev.sqlmem.translate.type;

import dev.sqlmem.catalog.ColumnDefinition;
import dev.sqlmem.catalog.TextOrder;
import dev.sqlmem.plan.Binding;
import dev.sqlmem.plan.Range;
import dev.sqlmem.storage.NumericCodec;
import dev.sqlmem.storage.TypeCodec;
import dev.sqlmem.storage.TypeCodec.Comparison;
import dev.sqlmem.storage.WideNumericCodec;
import dev.sqlmem.wire.type.Oid;
import java.math.BigInteger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A typed expression and what it is for SQLite. Immutable.
 *
 * <p>It has one encoding: that of a stored value of its type under the {@link #stored} modifier (the
 * scale of an unscaled integer, the length to which char(n) is padded). Only terms of one encoding meet.
 */
public final class Term implements Operand, Sql.Written {
    private static final int MOST_TEXT = 20_000;

    private final int oid;
    private final int typmod;
    private final int stored;
    private final TypeCodec codec;
    private final @Nullable TextOrder order;
    private final int collation;
    private final BigInteger bound;
    private final boolean raising;
    private final boolean nullable;
    private final boolean aggregate;
    private final boolean constant;
    private final boolean foldable;
    private final boolean bare;
    private final boolean casePlain;
    private final long table;
    private final Sql raw;
    private final @Nullable Range range;
    private final @Nullable Sql scale;
    private final @Nullable OrderKeyTerm rank;
    private final @Nullable ColumnDefinition column;
    private final String written;

    private Term(Parts of) {
        this.oid = of.oid;
        this.typmod = of.typmod;
        this.stored = of.stored;
        this.codec = of.codec;
        this.order = of.order;
        this.collation = of.collation;
        this.bound = of.bound;
        this.raising = of.raising;
        this.nullable = of.nullable;
        this.aggregate = of.aggregate;
        this.constant = of.constant;
        this.foldable = of.foldable;
        this.bare = of.bare;
        this.casePlain = of.casePlain;
        this.table = of.table;
        this.raw = of.raw;
        this.range = of.range;
        this.scale = of.scale;
        this.rank = of.rank;
        this.column = of.column;
        this.written = of.written;
    }

    /** A column of a table. */
    public static Term column(ColumnDefinition column, String reference) throws NotTranslatable {
        Parts parts = new Parts(column.typeOid(), Types.codec(column), Sql.text(reference));
        parts.typmod = column.typmod();
        parts.stored = column.typmod();
        parts.order = column.order();
        parts.collation = column.collation();
        parts.nullable = !column.notNull();
        parts.bound = Types.bound(column.typeOid(), column.typmod());
        parts.column = column;
        parts.written = reference;
        parts.bare = true;
        parts.casePlain = column.plainCase();
        return new Term(parts);
    }

    /** A value in the encoding of {@code stored}. */
    public static Term constant(int oid, int stored, Sql sql) throws NotTranslatable {
        return constant(oid, stored, Types.codec(oid, stored), sql);
    }

    /** A value in the encoding of another term. */
    static Term constant(Term like, Sql sql) {
        Term constant = constant(like.oid, like.stored, like.codec, sql);
        if (like.order == TextOrder.NOT_TEXT) {
            return constant;
        }
        return constant.order(null);
    }

    private static Term constant(int oid, int stored, TypeCodec codec, Sql sql) {
        Parts parts = new Parts(oid, codec, sql);
        parts.stored = stored;
        if (Types.isText(oid)) {
            parts.order = null;
        } else {
            parts.order = TextOrder.NOT_TEXT;
        }
        parts.nullable = true;
        parts.constant = true;
        parts.bound = Types.bound(oid, stored);
        return new Term(parts);
    }

    /** What an operator or function makes of other terms; null of null. */
    public static Term of(int oid, Sql sql, Term... from) throws NotTranslatable {
        Parts parts = new Parts(oid, Types.codec(oid, -1), sql);
        parts.constant = true;
        parts.bound = Types.bound(oid, -1);
        boolean text = Types.isText(oid);
        if (text) {
            parts.order = null;
        } else {
            parts.order = TextOrder.NOT_TEXT;
        }
        for (Term each : from) {
            parts.raising |= each.raising;
            parts.nullable |= each.nullable;
            parts.aggregate |= each.aggregate;
            parts.constant &= each.constant;
            parts.foldable |= each.foldable;
            parts.bare |= each.bare;
            parts.casePlain &= each.casePlain;
            if (text && Types.isText(each.oid)) {
                parts.order = Collations.common(parts.order, each.order);
                parts.collation = Collations.common(parts.collation, each.collation);
            }
        }
        if (sql.length() > MOST_TEXT) {
            throw new NotTranslatable("an expression that grows too large");
        }
        return new Term(parts);
    }

    /** A condition over other terms. */
    public static Term condition(Sql sql, Term... from) throws NotTranslatable {
        return of(Oid.BOOL, sql, from);
    }

    @Override
    public int type() {
        return oid;
    }

    /** The type modifier as RowDescription shows it. */
    public int typmod() {
        return typmod;
    }

    /** The type modifier by which the stored value is read and written. */
    public int stored() {
        return stored;
    }

    /** How stored values are read and written. */
    public TypeCodec codec() {
        return codec;
    }

    /** The group of types with which it shares operators and an encoding; numerics without scale have their own. */
    public Family family() {
        boolean own = codec instanceof WideNumericCodec || codec.comparison() == Comparison.NONE;
        if (own) {
            return Family.OTHER;
        }
        return Family.of(oid);
    }

    /** Whether it is an integer or a scaled numeric. */
    public boolean isNumber() {
        return family() == Family.INTEGER || family() == Family.NUMERIC;
    }

    /** Whether it is text, padded or not. */
    public boolean isText() {
        return family() == Family.TEXT || family() == Family.PADDED;
    }

    /** The number of fraction digits of an unscaled integer. */
    public int scale() {
        if (family() == Family.NUMERIC) {
            return NumericCodec.scale(stored);
        }
        return 0;
    }

    /** Where the display scale differs from row to row: an expression for it, at most {@link #scale()}. */
    @Nullable
    public Sql ownScale() {
        return scale;
    }

    /** Where its place in the server's own order is found, or null. */
    @Nullable
    public OrderKeyTerm rank() {
        return rank;
    }

    /** What the collation allows; null where it takes that of whatever it meets. */
    @Nullable
    public TextOrder order() {
        return order;
    }

    /** The OID of its collation, 0 where it has none or takes that of what it meets, or {@link Collations#NONE}. */
    public int collation() {
        return collation;
    }

    /** The greatest magnitude that its integers can have. */
    public BigInteger bound() {
        return bound;
    }

    /** Whether the server may raise an error while it evaluates this. */
    public boolean isRaising() {
        return raising;
    }

    /** Requires that no row can make the server raise an error here, where it may evaluate other rows than SQLite. */
    public Term total() throws NotTranslatable {
        if (raising) {
            throw new NotTranslatable(
                    "an expression that may raise an error where rows are chosen or not all evaluated");
        }
        return this;
    }

    public boolean isNullable() {
        return nullable;
    }

    /** Whether it is an aggregate or made of some. */
    public boolean isAggregate() {
        return aggregate;
    }

    /** Whether it has columns in it outside of aggregates. */
    public boolean isBare() {
        return bare;
    }

    /** Whether it is the same for all rows. */
    public boolean isConstant() {
        return constant;
    }

    /** Whether it has a null or a parameter in it, through which the server's planner may know the result. */
    public boolean isFoldable() {
        return foldable;
    }

    /** The plain column that it is, or null. */
    @Nullable
    public ColumnDefinition column() {
        return column;
    }

    /** Whether its collation, where it is text, maps the letters of ASCII as English does. */
    public boolean isCasePlain() {
        return casePlain;
    }

    /** The OID of the table of the plain column that it is, or 0. */
    public long table() {
        return table;
    }

    /** The expression, which fails where its result is out of range. */
    @Override
    public Sql sql() {
        if (range == null) {
            return raw;
        }
        return Sql.of("(CASE WHEN ", outside(range, raw), " THEN ", Sql.FAILURE, " ELSE ", raw, " END)");
    }

    /** The expression whose result is still to be compared with {@link #range}. */
    public Sql raw() {
        return raw;
    }

    /** What {@link #raw} is to be compared with on the way out; null where it cannot be out of range. */
    @Nullable
    public Range range() {
        return range;
    }

    /**
     * The same value as a query around the one that makes it reads it.
     *
     * @param scaleReference where {@link #ownScale} is found there, null where there is none
     * @param rankReference where {@link #rank} is found there, null where it isn't
     */
    public Term outOf(String reference, @Nullable String scaleReference, @Nullable String rankReference) {
        Parts parts = new Parts(oid, codec, Sql.text(reference));
        parts.bare = true;
        parts.typmod = typmod;
        parts.stored = stored;
        if (order == null) {
            parts.order = TextOrder.UNKNOWN;
        } else {
            parts.order = order;
        }
        if (order == null) {
            parts.collation = Collations.NONE;
        } else {
            parts.collation = collation;
        }
        parts.bound = bound;
        parts.nullable = nullable;
        parts.casePlain = casePlain;
        if (scaleReference == null) {
            parts.scale = null;
        } else {
            parts.scale = Sql.text(scaleReference);
        }
        if (rank == null || rankReference == null) {
            parts.rank = null;
        } else {
            parts.rank = rank.outOf(rankReference);
        }
        return new Term(parts);
    }

    /** The same value by another expression. */
    public Term sql(Sql other) {
        Parts parts = new Parts(oid, codec, other);
        parts.bare = bare;
        parts.casePlain = casePlain;
        parts.typmod = typmod;
        parts.stored = stored;
        parts.order = order;
        parts.collation = collation;
        parts.bound = bound;
        parts.raising = raising;
        parts.nullable = nullable;
        parts.aggregate = aggregate;
        return new Term(parts);
    }

    /** The same constant by another binding of it. */
    public Term binding(Binding other) {
        Parts parts = new Parts(this, Sql.bind(other));
        return new Term(parts);
    }

    public Term typmod(int newTypmod) {
        Parts parts = new Parts(this);
        parts.typmod = newTypmod;
        return new Term(parts);
    }

    /** The same value as one of a type that shares its encoding. */
    public Term as(int newOid, int newTypmod) throws NotTranslatable {
        Parts parts = new Parts(this);
        if (newOid == oid) {
            parts.codec = codec;
        } else {
            parts.codec = Types.codec(newOid, stored);
        }
        boolean padding = newOid == Oid.BPCHAR || oid == Oid.BPCHAR;
        if (padding && newOid != oid) {
            parts.rank = null;
        } else {
            parts.rank = rank;
        }
        parts.oid = newOid;
        parts.typmod = newTypmod;
        return new Term(parts);
    }

    public Term stored(int newStored) throws NotTranslatable {
        Parts parts = new Parts(this);
        parts.stored = newStored;
        if (newStored == stored) {
            parts.codec = codec;
        } else {
            parts.codec = Types.codec(oid, newStored);
        }
        return new Term(parts);
    }

    public Term bound(BigInteger newBound) {
        Parts parts = new Parts(this);
        parts.bound = newBound;
        return new Term(parts);
    }

    public Term collation(int newCollation) {
        Parts parts = new Parts(this);
        parts.collation = newCollation;
        if (newCollation == collation) {
            parts.rank = rank;
        } else {
            parts.rank = null;
        }
        return new Term(parts);
    }

    public Term order(@Nullable TextOrder newOrder) {
        Parts parts = new Parts(this);
        parts.order = newOrder;
        if (newOrder == order) {
            parts.rank = rank;
        } else {
            parts.rank = null;
        }
        return new Term(parts);
    }

    public Term rank(@Nullable OrderKeyTerm newRank) {
        Parts parts = new Parts(this);
        parts.rank = newRank;
        parts.column = column;
        parts.table = table;
        parts.written = written;
        return new Term(parts);
    }

    public Term ownScale(@Nullable Sql newScale) {
        Parts parts = new Parts(this);
        parts.scale = newScale;
        return new Term(parts);
    }

    /** The same column of this table, which is put out by another expression than it is compared by. */
    public Term written(String reference, long tableOid) {
        Parts parts = new Parts(this);
        parts.column = column;
        parts.table = tableOid;
        parts.written = reference;
        return new Term(parts);
    }

    /** What a plain column is put out by. */
    public String written() {
        return written;
    }

    /** The same column where an outer join may put null in its place. */
    public Term outerJoined() {
        Parts parts = new Parts(this);
        parts.nullable = true;
        parts.column = column;
        parts.table = table;
        parts.written = written;
        return new Term(parts);
    }

    public Term nullable(boolean newNullable) {
        Parts parts = new Parts(this);
        parts.nullable = newNullable;
        return new Term(parts);
    }

    public Term aggregate() {
        Parts parts = new Parts(this);
        parts.aggregate = true;
        parts.constant = false;
        parts.bare = false;
        return new Term(parts);
    }

    /** The same, which another row may have otherwise. */
    public Term varying() {
        Parts parts = new Parts(this);
        parts.constant = false;
        return new Term(parts);
    }

    /** The same, made of a null or a parameter. */
    public Term foldable() {
        Parts parts = new Parts(this);
        parts.foldable = true;
        return new Term(parts);
    }

    /** The same, chosen by conditions. */
    public Term under(List<Term> conditions) {
        Parts parts = new Parts(this);
        for (Term condition : conditions) {
            parts.aggregate |= condition.aggregate;
            parts.constant &= condition.constant;
            parts.foldable |= condition.foldable;
            parts.bare |= condition.bare;
        }
        return new Term(parts);
    }

    /** The same, which may raise an error in the server. */
    public Term raising() {
        Parts parts = new Parts(this);
        parts.raising = true;
        return new Term(parts);
    }

    /** The same with a result that must be in a range. */
    public Term within(Range newRange) {
        Parts parts = new Parts(this);
        parts.range = newRange;
        return new Term(parts);
    }

    private static final class Parts {
        int oid;
        int typmod = -1;
        int stored = -1;
        TypeCodec codec;

        @Nullable
        TextOrder order = TextOrder.NOT_TEXT;

        int collation;
        BigInteger bound = Types.WIDE;
        boolean raising;
        boolean nullable;
        boolean aggregate;
        boolean constant;
        boolean foldable;
        boolean bare;
        boolean casePlain = true;
        long table;
        final Sql raw;

        @Nullable
        Range range;

        @Nullable
        Sql scale;

        @Nullable
        OrderKeyTerm rank;

        @Nullable
        ColumnDefinition column;

        String written = "";

        Parts(int oid, TypeCodec codec, Sql raw) {
            this.oid = oid;
            this.codec = codec;
            this.raw = raw;
        }

        /** Of a column remains what it is, not that it is one: the server describes the two differently. */
        Parts(Term of) {
            this(of, of.raw);
        }

        Parts(Term of, Sql raw) {
            this(of.oid, of.codec, raw);
            typmod = of.typmod;
            stored = of.stored;
            order = of.order;
            collation = of.collation;
            bound = of.bound;
            raising = of.raising;
            nullable = of.nullable;
            aggregate = of.aggregate;
            constant = of.constant;
            foldable = of.foldable;
            bare = of.bare;
            casePlain = of.casePlain;
            range = of.range;
            scale = of.scale;
            rank = of.rank;
        }
    }

    /** Whether an expression is outside of a range; SQLite turns integers beyond 64 bits into doubles. */
    private static Sql outside(Range range, Sql expression) {
        if (range.equals(Range.INT8)) {
            return Sql.of("typeof(", expression, ") = 'real'");
        }
        return Sql.of(expression, " NOT BETWEEN " + range.low() + " AND " + range.high());
    }
}
