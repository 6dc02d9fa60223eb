package dev.sqlmem.wire.message;

import static dev.sqlmem.wire.WireBytes.array;
import static dev.sqlmem.wire.WireBytes.wire;

import dev.sqlmem.wire.message.RowDescription.Field;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Every message a server sends. */
public final class BackendSamples {
    private static final List<ByteBuf> VALUES = new ArrayList<>(Arrays.asList(wire("'42'"), null, wire("")));

    private BackendSamples() {}

    public static Stream<Sample<BackendMessage>> all() {
        return Stream.concat(Stream.concat(login(), results()), remarks());
    }

    private static Stream<Sample<BackendMessage>> login() {
        return Stream.of(
                Sample.of(AuthenticationOk.INSTANCE, "'R' 00000008 00000000"),
                Sample.of(AuthenticationKerberosV5.INSTANCE, "'R' 00000008 00000002"),
                Sample.of(AuthenticationCleartextPassword.INSTANCE, "'R' 00000008 00000003"),
                Sample.of(new AuthenticationMD5Password(array("deadbeef")), "'R' 0000000c 00000005 deadbeef"),
                Sample.of(AuthenticationGSS.INSTANCE, "'R' 00000008 00000007"),
                Sample.open(new AuthenticationGSSContinue(array("60 48")), "'R' 0000000a 00000008 60 48"),
                Sample.of(AuthenticationSSPI.INSTANCE, "'R' 00000008 00000009"),
                Sample.of(
                        new AuthenticationSASL(List.of("SCRAM-SHA-256-PLUS", "SCRAM-SHA-256")),
                        "'R' 0000002a 0000000a 'SCRAM-SHA-256-PLUS' 00 'SCRAM-SHA-256' 00 00"),
                Sample.open(new AuthenticationSASLContinue(array("'r=x'")), "'R' 0000000b 0000000b 'r=x'"),
                Sample.open(new AuthenticationSASLFinal(array("'v=y'")), "'R' 0000000b 0000000c 'v=y'"),
                Sample.open(new BackendKeyData(4711, array("01020304")), "'K' 0000000c 00001267 01020304"),
                Sample.open(
                        new BackendKeyData(-1, array("0102030405060708")), "'K' 00000010 ffffffff 0102030405060708"),
                Sample.of(
                        new NegotiateProtocolVersion(StartupMessage.VERSION_3_2, List.of("_pq_.a", "_pq_.b")),
                        "'v' 0000001a 00030002 00000002 '_pq_.a' 00 '_pq_.b' 00"),
                Sample.of(new NegotiateProtocolVersion(196608, List.of()), "'v' 0000000c 00030000 00000000"),
                Sample.of(new ParameterStatus("TimeZone", "Etc/UTC"), "'S' 00000015 'TimeZone' 00 'Etc/UTC' 00"),
                Sample.of(new ReadyForQuery(ReadyForQuery.IDLE), "'Z' 00000005 'I'"),
                Sample.of(new ReadyForQuery(ReadyForQuery.IN_TRANSACTION), "'Z' 00000005 'T'"),
                Sample.of(new ReadyForQuery(ReadyForQuery.FAILED), "'Z' 00000005 'E'"));
    }

    private static Stream<Sample<BackendMessage>> results() {
        return Stream.of(
                Sample.of(BindComplete.INSTANCE, "'2' 00000004"),
                Sample.of(CloseComplete.INSTANCE, "'3' 00000004"),
                Sample.of(new CommandComplete("SELECT 1"), "'C' 0000000d 'SELECT 1' 00"),
                Sample.of(
                        new CopyInResponse((byte) 0, List.of((short) 0, (short) 0)), "'G' 0000000b 00 0002 0000 0000"),
                Sample.of(new CopyOutResponse((byte) 1, List.of((short) 1)), "'H' 00000009 01 0001 0001"),
                Sample.of(new CopyBothResponse((byte) 0, List.of()), "'W' 00000007 00 0000"),
                Sample.open(new CopyData(wire("'PGCOPY'")), "'d' 0000000a 'PGCOPY'"),
                Sample.of(CopyDone.INSTANCE, "'c' 00000004"),
                Sample.of(new DataRow(VALUES), "'D' 00000014 0003 00000002 '42' ffffffff 00000000"),
                Sample.of(new DataRow(List.of()), "'D' 00000006 0000"),
                Sample.of(EmptyQueryResponse.INSTANCE, "'I' 00000004"),
                Sample.of(new FunctionCallResponse(wire("'42'")), "'V' 0000000a 00000002 '42'"),
                Sample.of(new FunctionCallResponse(null), "'V' 00000008 ffffffff"),
                Sample.of(NoData.INSTANCE, "'n' 00000004"),
                Sample.of(new ParameterDescription(List.of(23, -2)), "'t' 0000000e 0002 00000017 fffffffe"),
                Sample.of(ParseComplete.INSTANCE, "'1' 00000004"),
                Sample.of(PortalSuspended.INSTANCE, "'s' 00000004"),
                Sample.of(
                        new RowDescription(List.of(
                                new Field("id", 0xfffffff0, (short) 1, 23, (short) 4, -1, (short) 0),
                                new Field("?column?", 0, (short) 0, 1700, (short) -1, 655366, (short) 1))),
                        "'T' 00000036 0002"
                                + "'id' 00 fffffff0 0001 00000017 0004 ffffffff 0000"
                                + "'?column?' 00 00000000 0000 000006a4 ffff 000a0006 0001"),
                Sample.of(new RowDescription(List.of()), "'T' 00000006 0000"));
    }

    private static Stream<Sample<BackendMessage>> remarks() {
        return Stream.of(
                Sample.of(
                        ErrorResponse.of("ERROR", "42601", "syntax error", "try again"),
                        "'E' 00000033 'SERROR' 00 'VERROR' 00 'C42601' 00 'Msyntax error' 00 'Htry again' 00 00"),
                Sample.of(
                        NoticeResponse.of("WARNING", "25P01", "no transaction", null),
                        "'N' 0000002e 'SWARNING' 00 'VWARNING' 00 'C25P01' 00 'Mno transaction' 00 00"),
                Sample.of(new NotificationResponse(99, "jobs", "42"), "'A' 00000010 00000063 'jobs' 00 '42' 00"));
    }
}
