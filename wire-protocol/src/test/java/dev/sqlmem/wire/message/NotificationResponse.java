package dev.sqlmem.wire.message;

import io.netty.buffer.ByteBuf;

/**
 * What NOTIFY sent.
 *
 * @param pid the notifying session
 * @param channel the name listened to
 * @param payload may be empty
 */
public record NotificationResponse(int pid, String channel, String payload) implements BackendMessage {

    @Override
    public void encode(ByteBuf out) {
        int start = Frame.begin(out, Tag.NOTIFICATION_RESPONSE);
        out.writeInt(pid);
        WireString.write(out, channel);
        WireString.write(out, payload);
        Frame.end(out, start);
    }

    /** Reads the message from its body. */
    public static NotificationResponse decode(ByteBuf body) {
        int pid = Body.int32(body);
        String channel = Body.string(body);
        String payload = Body.string(body);
        Body.end(body);
        return new NotificationResponse(pid, channel, payload);
    }
}
