package dev.sqlmem.testing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Answers the server's authentication requests: cleartext, md5, SCRAM-SHA-256 (RFC 5802). */
final class Authentication {
    private static final String CLIENT_FIRST_BARE = "n=,r=cGxhaW4gdGVzdCBub25jZQ";
    private static final String NO_CHANNEL_BINDING = "n,,";

    private final String user;
    private final @Nullable String password;
    private byte[] expectedServerSignature = new byte[0];

    Authentication(LoginRequest login) {
        this.user = login.user();
        this.password = login.password();
    }

    /** The reply to an Authentication message, or null when it needs none. */
    @Nullable
    Frame answer(Frame request) {
        ByteBuffer body = ByteBuffer.wrap(request.body());
        int kind = body.getInt();
        byte[] data = new byte[body.remaining()];
        body.get(data);
        return switch (kind) {
            case 0 -> null;
            case 3 -> new FrameBody().string(secret()).as('p');
            case 5 -> new FrameBody().string(md5(data)).as('p');
            case 10 -> firstMessage(data);
            case 11 -> finalMessage(new String(data, StandardCharsets.UTF_8));
            case 12 -> verified(new String(data, StandardCharsets.UTF_8));
            default -> throw new AssertionError("authentication method " + kind + " is not known here");
        };
    }

    private String secret() {
        return Objects.requireNonNull(password, "the server asks for a password of " + user);
    }

    private String md5(byte[] salt) {
        byte[] inner = digest("MD5", (secret() + user).getBytes(StandardCharsets.UTF_8));
        String hex = HexFormat.of().formatHex(inner);
        return "md5"
                + HexFormat.of()
                        .formatHex(digest(
                                "MD5",
                                new FrameBody()
                                        .bytes(hex.getBytes(StandardCharsets.US_ASCII))
                                        .bytes(salt)
                                        .toBytes()));
    }

    private static Frame firstMessage(byte[] mechanisms) {
        String offered = new String(mechanisms, StandardCharsets.US_ASCII);
        if (!("\0" + offered).contains("\0SCRAM-SHA-256\0")) {
            throw new AssertionError("SCRAM-SHA-256 is not among " + offered.replace('\0', ' '));
        }
        byte[] first = (NO_CHANNEL_BINDING + CLIENT_FIRST_BARE).getBytes(StandardCharsets.UTF_8);
        return new FrameBody()
                .string("SCRAM-SHA-256")
                .int32(first.length)
                .bytes(first)
                .as('p');
    }

    private Frame finalMessage(String serverFirst) {
        Map<String, String> attributes = attributes(serverFirst);
        byte[] salt = Base64.getDecoder().decode(attributes.get("s"));
        int iterations = Integer.parseInt(Objects.requireNonNull(attributes.get("i")));
        String withoutProof = "c=biws,r=" + attributes.get("r");
        byte[] signed =
                String.join(",", CLIENT_FIRST_BARE, serverFirst, withoutProof).getBytes(StandardCharsets.UTF_8);
        try {
            byte[] salted = SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(secret().toCharArray(), salt, iterations, 256))
                    .getEncoded();
            byte[] proof = hmac(salted, "Client Key".getBytes(StandardCharsets.US_ASCII));
            byte[] signature = hmac(digest("SHA-256", proof), signed);
            for (int i = 0; i < proof.length; i++) {
                proof[i] ^= signature[i];
            }
            expectedServerSignature = hmac(hmac(salted, "Server Key".getBytes(StandardCharsets.US_ASCII)), signed);
            String message = withoutProof + ",p=" + Base64.getEncoder().encodeToString(proof);
            return new FrameBody()
                    .bytes(message.getBytes(StandardCharsets.US_ASCII))
                    .as('p');
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    private @Nullable Frame verified(String serverFinal) {
        byte[] signature = Base64.getDecoder().decode(attributes(serverFinal).get("v"));
        if (!MessageDigest.isEqual(signature, expectedServerSignature)) {
            throw new AssertionError("the server does not know the password of " + user);
        }
        return null;
    }

    private static Map<String, String> attributes(String message) {
        return Stream.of(message.split(",", -1)).collect(Collectors.toMap(a -> a.substring(0, 1), a -> a.substring(2)));
    }

    private static byte[] hmac(byte[] key, byte[] data) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(data);
    }

    private static byte[] digest(String algorithm, byte[] data) {
        try {
            return MessageDigest.getInstance(algorithm).digest(data);
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
