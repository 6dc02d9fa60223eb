package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;

/** Asks for Kerberos V5; no server still sends it. */
public record AuthenticationKerberosV5() implements Authentication {
    /** All there is of this message. */
    public static final AuthenticationKerberosV5 INSTANCE = new AuthenticationKerberosV5();

    static final int KERBEROS_V5 = 2;

    @Override
    public void encode(ByteBuf out) {
        out.writeByte(Tag.AUTHENTICATION).writeInt(8).writeInt(KERBEROS_V5);
    }
}
