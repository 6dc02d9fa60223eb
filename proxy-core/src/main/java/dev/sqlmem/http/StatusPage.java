package dev.sqlmem.http;

import io.netty.handler.codec.http.HttpResponseStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The status page: one file with its style and script inside. It holds nothing of the proxy's state; its
 * script fetches that from {@code /status.json} and sets it as text. The content security policy lets nothing
 * run but exactly this style and script.
 */
final class StatusPage {
    /** The page as an answer. */
    static final Reply REPLY = reply();

    private StatusPage() {}

    private static Reply reply() {
        String page = page();
        String policy = "default-src 'none'; style-src '" + hash(between(page, "<style>", "</style>"))
                + "'; script-src '" + hash(between(page, "<script>", "</script>"))
                + "'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        return new Reply(HttpResponseStatus.OK, "text/html; charset=utf-8", policy, page);
    }

    private static String page() {
        try (InputStream in = StatusPage.class.getResourceAsStream("status.html")) {
            if (in == null) {
                throw new IllegalStateException("status.html is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String between(String page, String start, String end) {
        int from = page.indexOf(start) + start.length();
        return page.substring(from, page.indexOf(end, from));
    }

    private static String hash(String content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
