package dev.sqlmem.testing;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** The client's messages, by the manual's chapter "Message Formats". */
public final class FrontendFrames {
    private FrontendFrames() {}

    public static Frame query(String sql) {
        return new FrameBody().string(sql).as('Q');
    }

    public static Frame parse(String statement, String sql, int... parameterOids) {
        return parse(statement, sql.getBytes(StandardCharsets.UTF_8), parameterOids);
    }

    /** Parse of text in any bytes, valid UTF-8 or not. */
    public static Frame parse(String statement, byte[] sql, int... parameterOids) {
        FrameBody body = new FrameBody().string(statement).bytes(sql).int8(0).int16(parameterOids.length);
        for (int oid : parameterOids) {
            body.int32(oid);
        }
        return body.as('P');
    }

    /** Bind with one format code for each parameter. */
    public static Frame bind(String portal, String statement, List<Parameter> parameters, List<Short> resultFormats) {
        FrameBody body = new FrameBody().string(portal).string(statement).int16(parameters.size());
        parameters.forEach(parameter -> body.int16(parameter.format()));
        body.int16(parameters.size());
        for (Parameter parameter : parameters) {
            byte[] bytes = parameter.bytes();
            if (bytes == null) {
                body.int32(-1);
            } else {
                body.int32(bytes.length).bytes(bytes);
            }
        }
        body.int16(resultFormats.size());
        resultFormats.forEach(body::int16);
        return body.as('B');
    }

    /** Bind without any format code: all text. */
    public static Frame bind(String portal, String statement, String... textValues) {
        FrameBody body =
                new FrameBody().string(portal).string(statement).int16(0).int16(textValues.length);
        for (String value : textValues) {
            byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
            body.int32(bytes.length).bytes(bytes);
        }
        return body.int16(0).as('B');
    }

    public static Frame describeStatement(String name) {
        return new FrameBody().int8('S').string(name).as('D');
    }

    public static Frame describePortal(String name) {
        return new FrameBody().int8('P').string(name).as('D');
    }

    /** Execute; 0 rows means all. */
    public static Frame execute(String portal, int maxRows) {
        return new FrameBody().string(portal).int32(maxRows).as('E');
    }

    public static Frame closeStatement(String name) {
        return new FrameBody().int8('S').string(name).as('C');
    }

    public static Frame closePortal(String name) {
        return new FrameBody().int8('P').string(name).as('C');
    }

    public static Frame flush() {
        return new FrameBody().as('H');
    }

    public static Frame sync() {
        return new FrameBody().as('S');
    }

    public static Frame terminate() {
        return new FrameBody().as('X');
    }

    public static Frame copyData(String data) {
        return new FrameBody().bytes(data.getBytes(StandardCharsets.UTF_8)).as('d');
    }

    public static Frame copyDone() {
        return new FrameBody().as('c');
    }

    public static Frame copyFail(String reason) {
        return new FrameBody().string(reason).as('f');
    }
}
