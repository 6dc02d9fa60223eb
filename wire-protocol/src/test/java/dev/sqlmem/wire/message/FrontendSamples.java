package dev.sqlmem.wire.message;

import static dev.sqlmem.wire.WireBytes.array;
import static dev.sqlmem.wire.WireBytes.wire;

import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Every message a client sends with a tag. */
public final class FrontendSamples {
    private static final List<ByteBuf> VALUES = new ArrayList<>(Arrays.asList(wire("'42'"), null, wire("")));

    private FrontendSamples() {}

    public static Stream<Sample<FrontendMessage>> all() {
        return Stream.of(
                Sample.of(
                        new Bind("p", "s", List.of((short) 0, (short) 1, (short) 0), VALUES, List.of((short) 1)),
                        "'B' 00000024 'p' 00 's' 00 0003 0000 0001 0000 0003 00000002 '42' ffffffff 00000000 0001 0001"),
                Sample.of(new Bind("", "", List.of(), List.of(), List.of()), "'B' 0000000c 00 00 0000 0000 0000"),
                Sample.of(new Close(Close.STATEMENT, "s1"), "'C' 00000008 'S' 's1' 00"),
                Sample.of(new Close(Close.PORTAL, ""), "'C' 00000006 'P' 00"),
                Sample.open(new CopyData(wire("'1' 09 'a' 0a")), "'d' 00000008 '1' 09 'a' 0a"),
                Sample.open(new CopyData(wire("")), "'d' 00000004"),
                Sample.of(CopyDone.INSTANCE, "'c' 00000004"),
                Sample.of(new CopyFail("disk full"), "'f' 0000000e 'disk full' 00"),
                Sample.of(new Describe(Describe.STATEMENT, ""), "'D' 00000006 'S' 00"),
                Sample.of(new Describe(Describe.PORTAL, "c_1"), "'D' 00000009 'P' 'c_1' 00"),
                Sample.of(new Execute("", 0), "'E' 00000009 00 00000000"),
                Sample.of(new Execute("p", 500), "'E' 0000000a 'p' 00 000001f4"),
                Sample.of(Flush.INSTANCE, "'H' 00000004"),
                Sample.of(
                        new FunctionCall(0xffff0001, List.of((short) 1), VALUES, (short) 1),
                        "'F' 0000001e ffff0001 0001 0001 0003 00000002 '42' ffffffff 00000000 0001"),
                Sample.of(
                        new Parse("s1", "SELECT $1", List.of(23, 0xfffffffe)),
                        "'P' 0000001b 's1' 00 'SELECT $1' 00 0002 00000017 fffffffe"),
                Sample.of(new Parse("", "", List.of()), "'P' 00000008 00 00 0000"),
                Sample.open(PasswordMessage.of("secret"), "'p' 0000000b 'secret' 00"),
                Sample.of(new Query("SELECT \"ä€😀\""), "'Q' 00000017 'SELECT \"' c3a4 e282ac f09f9880 '\"' 00"),
                Sample.of(new Query(""), "'Q' 00000005 00"),
                Sample.of(Sync.INSTANCE, "'S' 00000004"),
                Sample.of(Terminate.INSTANCE, "'X' 00000004"));
    }

    /** Those that share a tag with PasswordMessage. */
    public static Stream<Sample<FrontendMessage>> authentication() {
        return Stream.of(
                Sample.open(new GSSResponse(array("60 48 06")), "'p' 00000007 60 48 06"),
                Sample.of(
                        new SASLInitialResponse("SCRAM-SHA-256", array("'n,,n=,r=x'")),
                        "'p' 0000001f 'SCRAM-SHA-256' 00 00000009 'n,,n=,r=x'"),
                Sample.of(new SASLInitialResponse("X", null), "'p' 0000000a 'X' 00 ffffffff"),
                Sample.open(new SASLResponse(array("'c=biws'")), "'p' 0000000a 'c=biws'"));
    }

    /** Those without a tag. */
    public static Stream<Sample<FrontendMessage>> startup() {
        return Stream.of(
                Sample.of(SSLRequest.INSTANCE, "00000008 04d2162f"),
                Sample.of(GSSENCRequest.INSTANCE, "00000008 04d21630"),
                Sample.open(new CancelRequest(-2, array("01020304")), "00000010 04d2162e fffffffe 01020304"),
                Sample.open(new CancelRequest(7, array("0102030405")), "00000011 04d2162e 00000007 0102030405"));
    }
}
