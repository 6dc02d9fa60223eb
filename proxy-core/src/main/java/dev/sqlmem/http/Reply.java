package dev.sqlmem.http;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/**
 * One answer.
 *
 * @param type its content type
 * @param policy its content security policy
 */
record Reply(HttpResponseStatus status, String type, String policy, String body) {
    /** For whatever is no page: nothing in it is to be run, shown or loaded. */
    private static final String NOTHING = "default-src 'none'; frame-ancestors 'none'";

    private static final String TEXT = "text/plain; charset=utf-8";

    /** A line of text. */
    static Reply text(HttpResponseStatus status, String line) {
        return new Reply(status, TEXT, NOTHING, line + "\n");
    }

    /** Data of a type. */
    static Reply data(String type, String text) {
        return new Reply(HttpResponseStatus.OK, type, NOTHING, text);
    }

    /** As a message; {@code withBody} is false for HEAD, which hears of the length all the same. */
    FullHttpResponse message(boolean withBody) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        FullHttpResponse message = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1, status, withBody ? Unpooled.wrappedBuffer(bytes) : Unpooled.EMPTY_BUFFER);
        message.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, type)
                .set(HttpHeaderNames.CONTENT_LENGTH, bytes.length)
                .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
                .set(HttpHeaderNames.CONTENT_SECURITY_POLICY, policy)
                .set("x-content-type-options", "nosniff")
                .set("referrer-policy", "no-referrer")
                .set("cross-origin-resource-policy", "same-origin");
        if (status.equals(HttpResponseStatus.METHOD_NOT_ALLOWED)) {
            message.headers().set(HttpHeaderNames.ALLOW, "GET, HEAD");
        }
        return message;
    }
}
