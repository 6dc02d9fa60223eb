package dev.sqlmem.testing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** The ways in which {@link LyingMiddleman} falsifies an answer, each told at every third chance. */
public enum Lie {
    /** The last bit of a row's last value is flipped. */
    VALUE('D'),
    /** A row's null becomes an empty value. */
    NULL('D'),
    /** The space at the end of a value is lost. */
    TRAILING_SPACE('D'),
    /** A row is left out. */
    LOST_ROW('D'),
    /** A row comes twice. */
    DOUBLE_ROW('D'),
    /** Two neighbouring rows change places. */
    ROW_ORDER('D'),
    /** A column's type modifier is lost. */
    TYPMOD('T'),
    /** A column's table is unknown. */
    TABLE_OID('T'),
    /** The number of rows in the command tag is one too high. */
    COUNT('C'),
    /** An error has another SQLSTATE. */
    SQLSTATE('E'),
    /** A failed block looks like a healthy one. */
    STATUS('Z'),
    /** A row limit goes unnoticed. */
    SUSPENSION('s'),
    /** A parameter has another type. */
    PARAMETER_TYPE('t');

    /** Tells the lie to one connection; used by one thread. */
    public interface Teller {
        /** What the client gets to see in place of the server's frame. */
        List<Frame> tell(Frame honest);
    }

    private static final int EVERY = 3;

    private final char tag;

    Lie(char tag) {
        this.tag = tag;
    }

    public Teller teller() {
        return this == ROW_ORDER
                ? new Swap()
                : new Teller() {
                    private int chances;

                    @Override
                    public List<Frame> tell(Frame honest) {
                        if (!honest.is(tag)) {
                            return List.of(honest);
                        }
                        List<Frame> falsified = falsify(honest);
                        return falsified.equals(List.of(honest)) || chances++ % EVERY != 0
                                ? List.of(honest)
                                : falsified;
                    }
                };
    }

    private List<Frame> falsify(Frame honest) {
        return switch (this) {
            case VALUE -> List.of(honest.body().length > 6 ? flipLastBit(honest) : honest);
            case NULL -> List.of(rewriteCells(honest, cell -> cell == FrameText.NULL ? new byte[0] : cell));
            case TRAILING_SPACE -> List.of(rewriteCells(honest, Lie::withoutTrailingSpace));
            case LOST_ROW -> List.of();
            case DOUBLE_ROW -> List.of(honest, honest);
            case TYPMOD -> List.of(overwrite(honest, honest.body().length - 6, 4, -1));
            case TABLE_OID -> List.of(overwrite(honest, honest.body().length - 18, 4, 0));
            case COUNT -> List.of(oneMore(honest));
            case SQLSTATE -> List.of(otherSqlState(honest));
            case STATUS -> List.of(honest.body()[0] == 'E' ? new Frame('Z', new byte[] {'T'}) : honest);
            case SUSPENSION -> List.of(new FrameBody().string("SELECT 0").as('C'));
            case PARAMETER_TYPE ->
                List.of(honest.body().length > 2 ? overwrite(honest, honest.body().length - 4, 4, 705) : honest);
            case ROW_ORDER -> throw new AssertionError();
        };
    }

    private static Frame flipLastBit(Frame frame) {
        byte[] body = frame.body().clone();
        body[body.length - 1] ^= 1;
        return new Frame(frame.tag(), body);
    }

    private static Frame overwrite(Frame frame, int offset, int length, int value) {
        byte[] body = frame.body().clone();
        if (body.length >= 20 || frame.is('t')) {
            ByteBuffer.wrap(body, offset, length).putInt(value);
        }
        return new Frame(frame.tag(), body);
    }

    private static Frame rewriteCells(Frame row, UnaryOperator<byte[]> change) {
        List<byte[]> cells = FrameText.cells(row);
        FrameBody body = new FrameBody().int16(cells.size());
        for (byte[] cell : cells) {
            byte[] changed = change.apply(cell);
            if (changed == FrameText.NULL) {
                body.int32(-1);
            } else {
                body.int32(changed.length).bytes(changed);
            }
        }
        return body.as('D');
    }

    private static byte[] withoutTrailingSpace(byte[] cell) {
        return cell.length > 0 && cell[cell.length - 1] == ' ' ? Arrays.copyOf(cell, cell.length - 1) : cell;
    }

    private static Frame oneMore(Frame complete) {
        String tag = FrameText.strings(complete.body()).get(0);
        return tag.startsWith("SELECT ")
                ? new FrameBody()
                        .string("SELECT " + (Long.parseLong(tag.substring(7)) + 1))
                        .as('C')
                : complete;
    }

    private static Frame otherSqlState(Frame error) {
        String body = new String(error.body(), StandardCharsets.ISO_8859_1);
        String state = FrameText.sqlState(List.of(error));
        return new Frame('E', body.replace("\0C" + state, "\0CXX000").getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Holds a row back until the next one has gone. */
    private static final class Swap implements Teller {
        private int chances;
        private final List<Frame> held = new ArrayList<>();

        @Override
        public List<Frame> tell(Frame honest) {
            if (held.isEmpty() && honest.is('D') && chances++ % EVERY == 0) {
                held.add(honest);
                return List.of();
            }
            List<Frame> told = new ArrayList<>();
            if (honest.is('D')) {
                told.add(honest);
                told.addAll(held);
            } else {
                told.addAll(held);
                told.add(honest);
            }
            held.clear();
            return told;
        }
    }
}
