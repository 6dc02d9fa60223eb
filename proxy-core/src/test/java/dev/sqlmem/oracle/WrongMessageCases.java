package dev.sqlmem.oracle;

import static dev.sqlmem.testing.FrontendFrames.*;

import dev.sqlmem.testing.Frame;
import dev.sqlmem.testing.FrameBody;
import dev.sqlmem.testing.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/** Values and texts that are wrong in themselves, in messages that are well formed. */
final class WrongMessageCases {
    private static final String BY_ID = ExtendedCases.BY_ID;
    private static final byte[] NOT_UTF8 = {'a', (byte) 0xff, (byte) 0xc3};

    private WrongMessageCases() {}

    static Stream<ProtocolCase> all() {
        return Stream.of(
                ProtocolCase.of("binary parameters of a wrong length", WrongMessageCases::wrongLength),
                ProtocolCase.of("parameters of a wrong number", WrongMessageCases::wrongNumber),
                ProtocolCase.of("text that is not UTF-8", WrongMessageCases::notUtf8),
                ProtocolCase.of("texts that no type takes", WrongMessageCases::wrongTexts),
                ProtocolCase.of("binary values out of range", WrongMessageCases::outOfRange));
    }

    private static void wrongLength(Conversation talk) {
        for (int length : new int[] {0, 1, 2, 3, 5, 8}) {
            run(talk, BY_ID, new Parameter(0, Parameter.BINARY, new byte[length]));
        }
        for (String type : new String[] {"bool", "int8", "num", "date", "time", "ts", "tstz", "uuid"}) {
            String sql = "SELECT id FROM every_type WHERE c_" + type + " = $1 ORDER BY id";
            run(talk, sql, new Parameter(0, Parameter.BINARY, new byte[3]));
            run(talk, sql, new Parameter(0, Parameter.BINARY, new byte[17]));
            run(talk, sql, new Parameter(0, Parameter.BINARY, new byte[0]));
        }
        run(talk, BY_ID, new Parameter(0, Parameter.BINARY, null));
        run(talk, BY_ID, new Parameter(0, (short) 2, new byte[4]));
    }

    private static void wrongNumber(Conversation talk) {
        run(talk, BY_ID);
        run(talk, BY_ID, Parameter.text("1"), Parameter.text("2"));
        run(talk, ExtendedCases.ROWS, Parameter.text("1"));
        run(talk, "SELECT 1", Parameter.text("1"));
        talk.ask(parse("", ExtendedCases.ROWS), bind("", "", "1"), execute("", 0), sync())
                .ask(parse("", "SELECT 1"), bind("", "", "1"), execute("", 0), sync())
                .ask(parse("", BY_ID), bind("", ""), execute("", 0), sync());
        Frame twoFormats = new FrameBody()
                .string("")
                .string("")
                .int16(2)
                .int16(0)
                .int16(1)
                .int16(1)
                .int32(1)
                .int8('1')
                .int16(0)
                .as('B');
        talk.ask(parse("", BY_ID), twoFormats, execute("", 0), sync());
        Frame oneFormatForAll = new FrameBody()
                .string("")
                .string("")
                .int16(1)
                .int16(1)
                .int16(1)
                .int32(4)
                .int32(5)
                .int16(1)
                .int16(1)
                .as('B');
        talk.ask(parse("", BY_ID), oneFormatForAll, describePortal(""), execute("", 0), sync());
    }

    private static void notUtf8(Conversation talk) {
        String byText = "SELECT id FROM every_type WHERE c_text = $1 ORDER BY id";
        for (byte[] bytes : List.of(
                NOT_UTF8,
                new byte[] {'a', 0},
                new byte[] {0},
                new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
                new byte[] {(byte) 0xc0, (byte) 0x80},
                new byte[] {(byte) 0xf5, (byte) 0x80, (byte) 0x80, (byte) 0x80})) {
            run(talk, byText, new Parameter(0, Parameter.TEXT, bytes));
            run(talk, byText, new Parameter(0, Parameter.BINARY, bytes));
            run(talk, byText, new Parameter(1043, Parameter.BINARY, bytes));
            run(talk, "SELECT id FROM every_type WHERE c_varchar LIKE $1", new Parameter(0, Parameter.BINARY, bytes));
        }
        byte[] sql = new FrameBody()
                .bytes("SELECT id FROM narrow WHERE b = '".getBytes(StandardCharsets.US_ASCII))
                .bytes(NOT_UTF8)
                .int8('\'')
                .toBytes();
        talk.ask(parse("", sql), bind("", ""), execute("", 0), sync())
                .ask(new FrameBody().bytes(sql).int8(0).as('Q'))
                .ask(ExtendedCases.ROWS);
    }

    private static void wrongTexts(Conversation talk) {
        for (String value : new String[] {"", " ", "x", "1.5", "99999999999", "0x1G", "1 2", "٣"}) {
            run(talk, BY_ID, Parameter.text(value));
        }
        for (String column : new String[] {"bool", "num", "date", "time", "ts", "tstz", "uuid", "bytea"}) {
            String sql = "SELECT id FROM every_type WHERE c_" + column + " = $1 ORDER BY id";
            run(talk, sql, Parameter.text("nonsense"));
            run(talk, sql, Parameter.text(""));
        }
    }

    private static void outOfRange(Conversation talk) {
        byte[] most = new byte[] {0x7f, -1, -1, -1, -1, -1, -1, -1};
        byte[] least = new byte[] {-0x80, 0, 0, 0, 0, 0, 0, 0};
        byte[] beyond = new byte[] {0x7f, -1, -1, -1, -1, -1, -1, -2};
        for (String column : new String[] {"ts", "tstz", "time", "int8"}) {
            String sql = "SELECT id FROM every_type WHERE c_" + column + " >= $1 ORDER BY id";
            for (byte[] bytes : List.of(most, least, beyond)) {
                run(talk, sql, new Parameter(0, Parameter.BINARY, bytes));
            }
        }
        String date = "SELECT id FROM every_type WHERE c_date <= $1 ORDER BY id";
        run(talk, date, new Parameter(0, Parameter.BINARY, new byte[] {0x7f, -1, -1, -2}));
        run(talk, date, new Parameter(0, Parameter.BINARY, new byte[] {0x7f, -1, -1, -1}));
        String bool = "SELECT id FROM every_type WHERE c_bool = $1 ORDER BY id";
        run(talk, bool, new Parameter(0, Parameter.BINARY, new byte[] {2}));
        String number = "SELECT id FROM every_type WHERE c_num = $1 ORDER BY id";
        for (int sign : new int[] {0x4000, 0xc000, 0xd000, 0xf000, 0x1234}) {
            byte[] bytes = new FrameBody()
                    .int16(1)
                    .int16(0)
                    .int16(sign)
                    .int16(2)
                    .int16(7)
                    .toBytes();
            run(talk, number, new Parameter(0, Parameter.BINARY, bytes));
        }
        byte[] badDigit = new FrameBody()
                .int16(1)
                .int16(0)
                .int16(0)
                .int16(0)
                .int16(10_000)
                .toBytes();
        run(talk, number, new Parameter(0, Parameter.BINARY, badDigit));
    }

    private static void run(Conversation talk, String sql, Parameter... parameters) {
        talk.ask(
                parse("", sql, Stream.of(parameters).mapToInt(Parameter::oid).toArray()),
                bind("", "", List.of(parameters), List.of()),
                describePortal(""),
                execute("", 0),
                sync());
    }
}
