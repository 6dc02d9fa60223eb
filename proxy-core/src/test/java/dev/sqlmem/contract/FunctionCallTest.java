package dev.sqlmem.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.server.Mode;
import dev.sqlmem.testing.Frame;
import dev.sqlmem.testing.FrameBody;
import dev.sqlmem.testing.FrameCompare;
import dev.sqlmem.testing.FrameCompare.ErrorMatch;
import dev.sqlmem.testing.FrontendFrames;
import dev.sqlmem.testing.RowOrder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The fast path in read-only mode: reads of large objects are carried out, anything else is refused here. */
class FunctionCallTest {
    private static final int LO_OPEN = 952;
    private static final int LO_CLOSE = 953;
    private static final int LOREAD = 954;
    private static final int LO_LSEEK = 956;
    private static final int LO_TELL = 958;
    private static final int LO_EXPORT = 765;
    private static final int INV_READ = 0x40000;
    private static final int INV_WRITE = 0x20000;

    private static Scene readOnly;
    private static Scene transparent;
    private Client client;

    @BeforeAll
    static void start() {
        readOnly = Scene.readOnly("function_calls", "SELECT lo_from_bytea(4242, 'hello')", "CREATE TABLE t (a int)");
        transparent = readOnly.also(Mode.TRANSPARENT);
    }

    @AfterAll
    static void stop() {
        transparent.close();
        readOnly.close();
    }

    @BeforeEach
    void connect() {
        client = readOnly.client();
    }

    @AfterEach
    void theSessionGoesOn() {
        assertThat(client.run("SELECT 1").value()).isEqualTo("1");
        client.close();
    }

    /** lo_creat, lo_create, lowrite, lo_unlink, lo_truncate(64), lo_put, lo_from_bytea, lo_import, set_config, lower. */
    @ParameterizedTest
    @ValueSource(ints = {957, 715, 955, 964, 1004, 3172, 3460, 3457, 764, 767, 2078, 870, 0, 1, -1, 16_384})
    void whatIsNotProvenToReadIsRefused(int oid) {
        assertIsRefused(client.frames(text(oid, "1")));
        assertIsRefused(client.frames(binary(oid, 1)));
        assertIsRefused(client.frames(text(oid)));
    }

    /** A read-only transaction does not keep the server from this. */
    @Test
    void writesNoFile(@TempDir Path folder) throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
        Path file = folder.resolve("exported");
        assertIsRefused(client.frames(text(LO_EXPORT, "4242", file.toString())));
        assertThat(file).doesNotExist();
    }

    static Stream<Frame> openings() {
        return Stream.of(
                text(LO_OPEN, "4242", "" + INV_WRITE),
                text(LO_OPEN, "4242", "" + (INV_READ | INV_WRITE)),
                text(LO_OPEN, "4242", " " + INV_WRITE),
                text(LO_OPEN, "4242", "0x20000"),
                text(LO_OPEN, "4242", "131_072"),
                text(LO_OPEN, "4242", "-1"),
                text(LO_OPEN, "4242", "+131072"),
                text(LO_OPEN, "4242", "000000000131072"),
                text(LO_OPEN, "4242", ""),
                text(LO_OPEN, "4242"),
                text(LO_OPEN, "4242", "" + INV_READ, "1"),
                binary(LO_OPEN, 4242, INV_WRITE),
                binary(LO_OPEN, 4242, INV_READ | INV_WRITE),
                binary(LO_OPEN, 4242, -1),
                mixed("4242", 0, INV_WRITE),
                call(LO_OPEN, new int[] {1, 0}, int4(4242), ascii("131072")),
                call(LO_OPEN, new int[] {1, 1}, int4(4242), new byte[] {2, 0}),
                call(LO_OPEN, new int[] {1, 1, 1}, int4(4242), int4(INV_READ)),
                call(LO_OPEN, new int[] {2}, int4(4242), int4(INV_READ)),
                new FrameBody()
                        .int32(LO_OPEN)
                        .int16(0)
                        .int16(2)
                        .int32(4)
                        .bytes(ascii("4242"))
                        .int32(-1)
                        .int16(0)
                        .as('F'));
    }

    @ParameterizedTest
    @MethodSource("openings")
    void opensNothingForWriting(Frame opening) {
        assertIsRefused(client.frames(opening));
    }

    @Test
    void readsAsTheServerDoes() {
        try (Client direct = readOnly.direct()) {
            direct.run("SET default_transaction_read_only = on");
            for (Frame opening : List.of(
                    text(LO_OPEN, "4242", "" + INV_READ),
                    binary(LO_OPEN, 4242, INV_READ),
                    mixed("4242", 0, INV_READ))) {
                for (Frame message : List.of(
                        FrontendFrames.query("BEGIN"),
                        opening,
                        binary(LOREAD, 0, 3),
                        text(LO_TELL, "0"),
                        binary(LO_LSEEK, 0, 1, 0),
                        text(3170, "0", "2", "0"),
                        text(3171, "0"),
                        binary(LOREAD, 0, 100),
                        binary(LO_CLOSE, 0),
                        text(3458, "4242"),
                        text(3459, "4242", "1", "2"),
                        text(LO_CLOSE, "7"),
                        text(LO_TELL, "7"),
                        FrontendFrames.query("ROLLBACK"))) {
                    assertThat(new FrameCompare(new RowOrder.Total(), ErrorMatch.MESSAGE)
                                    .difference(
                                            direct.frames(message).frames(),
                                            client.frames(message).frames()))
                            .isEmpty();
                }
            }
        }
    }

    @Test
    void aRefusalFailsTheBlock() {
        client.run("BEGIN");
        Reply refused = client.frames(text(715, "1"));
        assertIsRefused(refused);
        assertThat(refused.status()).isEqualTo('E');
        assertThat(client.ask("SELECT 1").sqlState()).isEqualTo("25P02");
        assertThat(client.run("COMMIT").tag()).isEqualTo("ROLLBACK");
    }

    @Test
    void aRefusalWaitsForWhatWasSentBefore() {
        client.raw().send(FrontendFrames.query("SELECT 7 FROM pg_sleep(0)"), text(715, "1"), text(LO_TELL, "9"));
        assertThat(new Reply(client.raw().readUntilReady()).value()).isEqualTo("7");
        assertIsRefused(new Reply(client.raw().readUntilReady()));
        assertThat(new Reply(client.raw().readUntilReady()).sqlState()).isEqualTo("42704");
    }

    static Stream<Frame> unreadable() {
        return Stream.of(
                new FrameBody().as('F'),
                new FrameBody().int32(LO_TELL).as('F'),
                new FrameBody().int32(LO_TELL).int16(1).as('F'),
                new FrameBody()
                        .int32(LO_TELL)
                        .int16(0)
                        .int16(1)
                        .int32(9)
                        .int16(0)
                        .as('F'),
                new FrameBody()
                        .int32(LO_TELL)
                        .int16(0)
                        .int16(1)
                        .int32(-2)
                        .int16(0)
                        .as('F'),
                new FrameBody().int32(LO_TELL).int16(0).int16(-1).int16(0).as('F'),
                new FrameBody().int32(LO_TELL).int16(0).int16(0).as('F'),
                new FrameBody()
                        .int32(LO_TELL)
                        .int16(0)
                        .int16(0)
                        .int16(0)
                        .int8(0)
                        .as('F'));
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void aBodyThatCannotBeReadIsNotRelayed(Frame malformed) {
        Reply reply = client.frames(malformed);
        assertThat(reply.sqlState()).isEqualTo("08P01");
        assertThat(reply.message()).isEqualTo("invalid message format");
        assertThat(reply.status()).isEqualTo('I');
    }

    @Test
    void transparentModeCallsAnything() {
        try (Client other = transparent.client()) {
            other.frames(text(715, "4300"));
            assertThat(other.run("SELECT count(*) FROM pg_largeobject_metadata WHERE oid = 4300")
                            .value())
                    .isEqualTo("1");
            assertThat(other.frames(text(964, "4300")).failed()).isFalse();
        }
    }

    private static void assertIsRefused(Reply reply) {
        assertThat(reply.sqlState()).isEqualTo("25006");
        assertThat(reply.message()).startsWith("ReadOnlyError: calling function ");
        assertThat(reply.hint()).contains("--mode transparent");
    }

    private static Frame text(int oid, String... arguments) {
        byte[][] bytes = Stream.of(arguments).map(FunctionCallTest::ascii).toArray(byte[][]::new);
        return call(oid, new int[0], bytes);
    }

    private static Frame binary(int oid, int... arguments) {
        byte[][] bytes = new byte[arguments.length][];
        for (int i = 0; i < arguments.length; i++) {
            bytes[i] = int4(arguments[i]);
        }
        return call(oid, new int[] {1}, bytes);
    }

    private static Frame mixed(String object, int format, int mode) {
        return call(LO_OPEN, new int[] {format, 1}, ascii(object), int4(mode));
    }

    private static Frame call(int oid, int[] formats, byte[]... arguments) {
        FrameBody body = new FrameBody().int32(oid).int16(formats.length);
        for (int format : formats) {
            body.int16(format);
        }
        body.int16(arguments.length);
        for (byte[] argument : arguments) {
            body.int32(argument.length).bytes(argument);
        }
        return body.int16(0).as('F');
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] int4(int value) {
        return new FrameBody().int32(value).toBytes();
    }
}
