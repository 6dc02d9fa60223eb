package dev.sqlmem.sql.shape;

import dev.sqlmem.sql.lex.Lexer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The shape of one query text and the literals that were lifted out of it; reused from text to text.
 *
 * <p>Filled by {@link ShapeScanner#scan}, valid until the next scan into it. Holds a copy of the query
 * text, so the caller's buffer may go. Belongs to one thread. Never put it into a map: take a {@link
 * #key} for that.
 */
public final class Shape extends ShapeBytes implements LiteralSource {

    byte[] text = new byte[1024];
    int textLength;
    final byte[] classes = new byte[ShapeScanner.MAX_LITERALS];
    final int[] starts = new int[ShapeScanner.MAX_LITERALS];
    final int[] ends = new int[ShapeScanner.MAX_LITERALS];
    final long[] integers = new long[ShapeScanner.MAX_LITERALS];
    int literals;
    boolean plannableLiterals;
    boolean malformed;
    boolean tooLong;

    /** Creates an empty shape. */
    public Shape() {
        super(new byte[1024], 0, 0);
    }

    void reset(int newTextLength) {
        textLength = newTextLength;
        length = 0;
        hash = 0;
        literals = 0;
        plannableLiterals = true;
        malformed = false;
        tooLong = false;
        if (text.length < newTextLength) {
            text = new byte[Math.min(ShapeScanner.MAX_TEXT, Integer.highestOneBit(newTextLength) * 2)];
            bytes = new byte[text.length];
        }
    }

    boolean add(LiteralClass literalClass, int start, int end, long integer) {
        if (literals == ShapeScanner.MAX_LITERALS) {
            tooLong = true;
            return false;
        }
        classes[literals] = literalClass.marker();
        starts[literals] = start;
        ends[literals] = end;
        integers[literals++] = integer;
        plannableLiterals &= literalClass.plannable();
        return true;
    }

    /**
     * Whether the shape may be the key of a plan. Where it may not ({@link #malformed}, {@link #tooLong},
     * a literal that is not {@link LiteralClass#plannable}), the text is classified by {@link Lexer}.
     */
    public boolean plannable() {
        return plannableLiterals && !malformed && !tooLong;
    }

    /**
     * Whether the text holds what PostgreSQL refuses, what its versions read differently or what is not
     * worth planning: an unterminated string, quoted name or comment, invalid UTF-8, a stray character,
     * two string literals side by side, {@code U&"…"}, {@code $1abc}.
     */
    public boolean malformed() {
        return malformed;
    }

    /** Whether the text or its number of literals is beyond the scanner's limits; the shape is then cut off. */
    public boolean tooLong() {
        return tooLong;
    }

    /** Returns the number of literals. */
    public int slots() {
        return literals;
    }

    /** Returns the class of literal {@code slot}, counted from 0. */
    public LiteralClass literalClass(int slot) {
        return LiteralClass.ofMarker(classes[slot]);
    }

    /** Returns where the literal's raw text (prefix and quotes included) starts, as a byte offset in the query. */
    public int literalStart(int slot) {
        return starts[slot];
    }

    /** Returns the offset after the literal's last byte. */
    public int literalEnd(int slot) {
        return ends[slot];
    }

    /** Returns the literal as it was written. */
    @Override
    public String literalText(int slot) {
        return new String(text, starts[slot], ends[slot] - starts[slot], StandardCharsets.UTF_8);
    }

    @Override
    public boolean isQuoted(int slot) {
        return text[starts[slot]] == '\'';
    }

    /** Returns the value of an INT4 or INT8 literal. */
    @Override
    public long integerValue(int slot) {
        return integers[slot];
    }

    /** Returns the value of a STRING literal in UTF-8, doubled quotes undoubled; the array is the caller's. */
    @Override
    public byte[] stringValue(int slot) {
        int at = starts[slot] + 1;
        int end = ends[slot] - 1;
        int doubled = 0;
        for (int i = at; i < end; i++) {
            if (text[i] == '\'') {
                doubled++;
                i++;
            }
        }
        if (doubled == 0) {
            return Arrays.copyOfRange(text, at, end);
        }
        byte[] value = new byte[end - at - doubled];
        for (int i = 0; i < value.length; i++) {
            value[i] = text[at++];
            if (value[i] == '\'') {
                at++;
            }
        }
        return value;
    }

    /** Returns the query text; byte offsets of literals do not apply to it. */
    public String text() {
        return new String(text, 0, textLength, StandardCharsets.UTF_8);
    }

    /** Returns an immutable copy of the shape. */
    public ShapeKey key() {
        return new ShapeKey(this);
    }
}
