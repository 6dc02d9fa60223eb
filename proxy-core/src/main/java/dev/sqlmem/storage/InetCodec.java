package dev.sqlmem.storage;

import dev.sqlmem.wire.type.Digits;
import dev.sqlmem.wire.type.InetText;
import dev.sqlmem.wire.type.NotExactException;
import dev.sqlmem.wire.type.TextSettings;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/**
 * {@code inet} and {@code cidr}, stored as address family, network, length of the netmask, and address, which
 * sorts as they do (manual, "Network Address Types").
 */
final class InetCodec extends BytesCodec {
    static final int OID = 869;
    static final int CIDR_OID = 650;

    private static final byte IPV4 = 2;
    private static final byte IPV6 = 3;
    private static final int HEADER = 4;

    private final boolean cidr;

    InetCodec(boolean cidr) {
        this.cidr = cidr;
    }

    @Override
    public int oid() {
        if (cidr) {
            return CIDR_OID;
        }
        return OID;
    }

    @Override
    public short length() {
        return -1;
    }

    @Override
    public StorageClass storage() {
        return StorageClass.BLOB;
    }

    @Override
    public void writeText(byte[] stored, int typmod, TextSettings settings, ByteBuf out) {
        int bytes = bytes(stored);
        int bits = bits(stored);
        String address;
        if (stored[0] == IPV4) {
            address = InetText.ipv4(stored, bytes + 2);
        } else {
            address = InetText.ipv6(stored, bytes + 2);
        }
        out.writeCharSequence(address, StandardCharsets.US_ASCII);
        if (cidr || bits != 8 * bytes) {
            out.writeByte('/');
            Digits.write(bits, out);
        }
    }

    @Override
    public void writeBinary(byte[] stored, int typmod, ByteBuf out) {
        int bytes = bytes(stored);
        out.writeByte(stored[0]).writeByte(bits(stored)).writeByte(cidr ? 1 : 0).writeByte(bytes);
        out.writeBytes(stored, bytes + 2, bytes);
    }

    @Override
    public byte[] readBinary(ByteBuf in, int length, int typmod) {
        if (length < HEADER) {
            throw new NotExactException("not a network address");
        }
        byte family = in.readByte();
        int bits = in.readUnsignedByte();
        boolean isCidr = in.readByte() != 0;
        int bytes = in.readUnsignedByte();
        boolean known = (family == IPV4 && bytes == 4) || (family == IPV6 && bytes == 16);
        if (!known || bits > 8 * bytes || length != HEADER + bytes || isCidr != cidr) {
            throw new NotExactException("not a network address");
        }
        byte[] address = new byte[bytes];
        in.readBytes(address);
        return stored(family, bits, address);
    }

    /** Reads an IPv4 address without superfluous zeros, with a netmask where it is a cidr. */
    @Override
    public byte[] readText(ByteBuf in, int length, int typmod, TextSettings settings) {
        String text = in.toString(in.readerIndex(), length, StandardCharsets.US_ASCII);
        byte[] address = new byte[4];
        int bits = InetText.readIpv4(text, address);
        if (bits < 0 && cidr) {
            throw new NotExactException("a network without its netmask");
        }
        in.skipBytes(length);
        return stored(IPV4, bits < 0 ? 32 : bits, address);
    }

    private byte[] stored(byte family, int bits, byte[] address) {
        byte[] stored = new byte[2 + 2 * address.length];
        stored[0] = family;
        stored[1 + address.length] = (byte) bits;
        for (int i = 0; i < address.length; i++) {
            int network = Math.max(0, Math.min(8, bits - 8 * i));
            stored[1 + i] = (byte) (address[i] & (0xff00 >> network));
            stored[2 + address.length + i] = address[i];
            if (cidr && stored[1 + i] != address[i]) {
                throw new NotExactException("a network with bits to the right of its mask");
            }
        }
        return stored;
    }

    private static int bytes(byte[] stored) {
        if (stored[0] == IPV4) {
            return 4;
        }
        return 16;
    }

    private static int bits(byte[] stored) {
        return stored[1 + bytes(stored)] & 0xff;
    }
}
