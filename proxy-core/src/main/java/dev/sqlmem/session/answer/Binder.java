package dev.sqlmem.session.answer;

import dev.sqlmem.plan.Binding;
import dev.sqlmem.plan.Binding.Source;
import dev.sqlmem.sql.shape.LiteralSource;
import dev.sqlmem.storage.BytesCodec;
import dev.sqlmem.storage.IntegerCodec;
import dev.sqlmem.storage.NumericCodec;
import dev.sqlmem.storage.RealCodec;
import dev.sqlmem.storage.StorageClass;
import dev.sqlmem.storage.WideNumericCodec;
import dev.sqlmem.wire.message.BindView;
import dev.sqlmem.wire.type.NotExactException;
import dev.sqlmem.wire.type.TextSettings;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Turns literals and parameters into stored values. A value that is not in canonical form, or that no
 * stored value can be compared with exactly, raises {@link NotExactException}: the upstream answers.
 */
public final class Binder {
    private static final Logger LOG = LogManager.getLogger(Binder.class);

    /** Doubles tell halves apart below this. */
    private static final BigDecimal EXACT_HALVES = BigDecimal.valueOf(1L << 52);

    private static final BigDecimal LONG_MIN = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal LONG_MAX = BigDecimal.valueOf(Long.MAX_VALUE);
    private static final byte[] NAN = {'N', 'a', 'N'};
    private static final int MAX_MAGNITUDE = 40;
    private static final int MAX_PATTERN = 10_000;
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    /** 0001-01-01 and 9999-12-31, in days since 2000-01-01. */
    private static final long FIRST_DAY = -730_119;

    private static final long LAST_DAY = 2_921_939;

    private final LiteralSource literals;
    private final @Nullable BindView bind;
    private final TextSettings settings;

    public Binder(LiteralSource literals, @Nullable BindView bind, TextSettings settings) {
        this.literals = literals;
        this.bind = bind;
        this.settings = settings;
    }

    /** Converts all values of a statement. */
    public Arguments arguments(List<Binding> bindings) {
        Arguments arguments = new Arguments(bindings.size());
        for (int i = 0; i < bindings.size(); i++) {
            convert(arguments, i, bindings.get(i));
        }
        return arguments;
    }

    /** Converts the literals only; raises what {@link #arguments} would raise for them. */
    public void checkLiterals(List<Binding> bindings) {
        Arguments unused = new Arguments(bindings.size());
        for (int i = 0; i < bindings.size(); i++) {
            if (bindings.get(i).source() == Source.LITERAL) {
                convert(unused, i, bindings.get(i));
            }
        }
    }

    /** Whatever goes wrong with a value, the upstream knows what to say of it. */
    private void convert(Arguments arguments, int index, Binding binding) {
        try {
            set(arguments, index, binding);
        } catch (NotExactException e) {
            throw e;
        } catch (RuntimeException e) {
            LOG.debug("a value goes upstream, since its conversion failed", e);
            throw new NotExactException("a value that could not be converted");
        }
    }

    /** Converts one value that is text; null for SQL null. */
    @Nullable
    public String text(Binding binding) {
        if (binding.source() == Source.LITERAL) {
            return new String(literals.stringValue(binding.slot()), StandardCharsets.UTF_8);
        }
        BindView view = view();
        int slot = binding.slot();
        if (view.isNull(slot)) {
            return null;
        }
        return view.frame().toString(view.offset(slot), view.length(slot), StandardCharsets.UTF_8);
    }

    private void set(Arguments arguments, int index, Binding binding) {
        if (binding.source() == Source.PARAMETER && view().isNull(binding.slot())) {
            setNull(arguments, index, binding);
            return;
        }
        switch (binding.conversion()) {
            case CODEC -> stored(arguments, index, binding);
            case DECIMAL -> decimal(arguments, index, binding);
            case FLOAT -> arguments.setDouble(index, nearest(number(binding)));
            case NUMERIC_KEY -> arguments.setBlob(index, WideNumericCodec.key(number(binding)));
            case PATTERN -> pattern(arguments, index, binding);
            case PLACE -> arguments.setPlace(index, bytes(binding), Objects.requireNonNull(binding.order()));
            case LIST -> arguments.setText(index, list(binding));
            case DIVISOR -> {
                long divisor = integer(binding);
                if (divisor == 0 || divisor == -1) {
                    throw new NotExactException("a division by zero or minus one");
                }
                arguments.setLong(index, divisor);
            }
            case COMMON_DATE -> arguments.setLong(index, within(integer(binding), FIRST_DAY, LAST_DAY));
            case COMMON_TIME ->
                arguments.setLong(
                        index, within(integer(binding), FIRST_DAY * MICROS_PER_DAY, LAST_DAY * MICROS_PER_DAY));
            case NOT_NEGATIVE -> {
                long count = integer(binding);
                if (count < 0) {
                    throw new NotExactException("a negative length");
                }
                arguments.setLong(index, count);
            }
            case LIMIT, OFFSET -> {
                long rows = integer(binding);
                if (rows < 0) {
                    throw new NotExactException("a negative row count");
                }
                arguments.setLong(index, rows);
            }
        }
    }

    private static long within(long value, long first, long last) {
        if (value < first || value > last) {
            throw new NotExactException("a date outside of the years 1 to 9999");
        }
        return value;
    }

    private static void setNull(Arguments arguments, int index, Binding binding) {
        switch (binding.conversion()) {
            case LIMIT -> arguments.setLong(index, -1);
            case OFFSET -> arguments.setLong(index, 0);
            case CODEC, DECIMAL, FLOAT, NUMERIC_KEY, PATTERN, DIVISOR, NOT_NEGATIVE, COMMON_DATE, COMMON_TIME, PLACE ->
                arguments.setNull(index);
            case LIST -> throw new NotExactException("a null for an array");
        }
    }

    private void stored(Arguments arguments, int index, Binding binding) {
        if (binding.codec() instanceof IntegerCodec) {
            arguments.setLong(index, integer(binding));
        } else if (binding.codec() instanceof RealCodec codec) {
            double value = real(codec, binding);
            if (Double.isNaN(value)) {
                arguments.setText(index, NAN);
            } else {
                arguments.setDouble(index, value);
            }
        } else if (binding.codec().storage() == StorageClass.TEXT) {
            arguments.setText(index, bytes(binding));
        } else {
            arguments.setBlob(index, bytes(binding));
        }
    }

    private long integer(Binding binding) {
        int slot = binding.slot();
        IntegerCodec codec = (IntegerCodec) binding.codec();
        if (binding.source() == Source.LITERAL) {
            if (isQuoted(slot)) {
                byte[] value = literals.stringValue(slot);
                return codec.readText(Unpooled.wrappedBuffer(value), value.length, binding.typmod(), settings);
            }
            long value = literals.integerValue(slot);
            if (binding.negate()) {
                return -value;
            }
            return value;
        }
        BindView view = view();
        ByteBuf in = view.frame().duplicate().readerIndex(view.offset(slot));
        if (view.isBinary(slot)) {
            return codec.readBinary(in, view.length(slot), binding.typmod());
        }
        return codec.readText(in, view.length(slot), binding.typmod(), settings);
    }

    private double real(RealCodec codec, Binding binding) {
        int slot = binding.slot();
        if (binding.source() == Source.LITERAL) {
            byte[] value = literals.stringValue(slot);
            return codec.readText(Unpooled.wrappedBuffer(value), value.length);
        }
        BindView view = view();
        ByteBuf in = view.frame().duplicate().readerIndex(view.offset(slot));
        if (view.isBinary(slot)) {
            return codec.readBinary(in, view.length(slot));
        }
        return codec.readText(in, view.length(slot));
    }

    /** The double that the server makes of a number. */
    private static double nearest(BigDecimal number) {
        double value = number.doubleValue();
        if (Double.isInfinite(value) || (value == 0 && number.signum() != 0)) {
            throw new NotExactException("a number that no double is near");
        }
        return value;
    }

    private byte[] bytes(Binding binding) {
        int slot = binding.slot();
        BytesCodec codec = (BytesCodec) binding.codec();
        if (binding.source() == Source.LITERAL) {
            byte[] value = literals.stringValue(slot);
            return codec.readText(Unpooled.wrappedBuffer(value), value.length, binding.typmod(), settings);
        }
        BindView view = view();
        ByteBuf in = view.frame().duplicate().readerIndex(view.offset(slot));
        if (view.isBinary(slot)) {
            return codec.readBinary(in, view.length(slot), binding.typmod());
        }
        return codec.readText(in, view.length(slot), binding.typmod(), settings);
    }

    private void pattern(Arguments arguments, int index, Binding binding) {
        byte[] pattern = bytes(binding);
        int escapes = 0;
        while (escapes < pattern.length && pattern[pattern.length - 1 - escapes] == binding.scale()) {
            escapes++;
        }
        if (escapes % 2 == 1) {
            throw new NotExactException("a pattern that ends in an escape");
        }
        if (pattern.length > MAX_PATTERN) {
            throw new NotExactException("a long pattern");
        }
        arguments.setText(index, pattern);
    }

    private byte[] list(Binding binding) {
        int slot = binding.slot();
        if (binding.source() == Source.LITERAL) {
            return ListArgument.ofText(literals.stringValue(slot), binding.codec(), settings);
        }
        BindView view = view();
        ByteBuf in = view.frame().duplicate().readerIndex(view.offset(slot));
        int length = view.length(slot);
        if (view.isBinary(slot)) {
            return ListArgument.ofBinary(in, length, binding.codec());
        }
        byte[] text = new byte[length];
        in.readBytes(text);
        return ListArgument.ofText(text, binding.codec(), settings);
    }

    private void decimal(Arguments arguments, int index, Binding binding) {
        BigDecimal value = number(binding);
        if (value.precision() - (long) value.scale() + binding.scale() > MAX_MAGNITUDE || value.scale() > 1_000) {
            throw new NotExactException("a number far out of the column's range");
        }
        BigDecimal scaled = value.scaleByPowerOfTen(binding.scale());
        BigDecimal floor = scaled.setScale(0, RoundingMode.FLOOR);
        if (floor.compareTo(scaled) == 0) {
            if (floor.compareTo(LONG_MIN) < 0 || floor.compareTo(LONG_MAX) > 0) {
                throw new NotExactException("a number out of the column's range");
            }
            arguments.setLong(index, floor.longValueExact());
        } else if (floor.abs().compareTo(EXACT_HALVES) < 0) {
            arguments.setDouble(index, floor.doubleValue() + 0.5);
        } else {
            throw new NotExactException("a fraction out of the column's range");
        }
    }

    private BigDecimal number(Binding binding) {
        int slot = binding.slot();
        if (binding.source() == Source.LITERAL) {
            BigDecimal value;
            if (isQuoted(slot)) {
                value = quoted(literals.stringValue(slot));
            } else {
                value = new BigDecimal(literals.literalText(slot));
            }
            if (binding.negate()) {
                return value.negate();
            }
            return value;
        }
        if (!(binding.codec() instanceof NumericCodec)) {
            return BigDecimal.valueOf(integer(binding));
        }
        BindView view = view();
        ByteBuf in = view.frame().duplicate().readerIndex(view.offset(slot));
        if (view.isBinary(slot)) {
            return NumericCodec.readDecimalBinary(in, view.length(slot));
        }
        return NumericCodec.readUnscaledText(in, view.length(slot));
    }

    private static BigDecimal quoted(byte[] text) {
        return NumericCodec.readUnscaledText(Unpooled.wrappedBuffer(text), text.length);
    }

    private boolean isQuoted(int slot) {
        return literals.isQuoted(slot);
    }

    private BindView view() {
        if (bind == null) {
            throw new NotExactException("a parameter in a simple query");
        }
        return bind;
    }
}
