package dev.sqlmem.session;

import dev.sqlmem.wire.message.Authentication;
import dev.sqlmem.wire.message.AuthenticationOk;
import dev.sqlmem.wire.message.AuthenticationSASL;
import dev.sqlmem.wire.message.Frame;
import dev.sqlmem.wire.message.NegotiateProtocolVersion;
import dev.sqlmem.wire.message.StartupMessage;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The start of a session: what the client asks for, and what the upstream server hears of it.
 *
 * <p>The parameters go upstream as they are, but for protocol extensions ({@code _pq_.*}), of which the
 * proxy knows none, and the read-only setting, which the proxy adds in read-only mode.
 */
final class Login {
    private static final String EXTENSION = "_pq_.";
    private static final String PLUS = "-PLUS";

    private final StartupMessage asked;
    private final List<String> extensions = new ArrayList<>();
    private final boolean readOnly;
    private int version;
    private boolean answered;

    Login(StartupMessage asked, boolean readOnly) {
        this.asked = asked;
        this.readOnly = readOnly;
        this.version = Math.min(asked.protocolVersion(), StartupMessage.VERSION_3_2);
        // 3.1 was never released; PostgreSQL answers 3.0 to it
        if (version == StartupMessage.VERSION_3_0 + 1) {
            version = StartupMessage.VERSION_3_0;
        }
        for (String name : asked.parameters().keySet()) {
            if (name.startsWith(EXTENSION)) {
                extensions.add(name);
            }
        }
    }

    String user() {
        return asked.parameters().getOrDefault("user", "");
    }

    String database() {
        String database = asked.parameters().getOrDefault("database", "");
        if (database.isEmpty()) {
            return user();
        }
        return database;
    }

    /** Whether the client wants the replication protocol. */
    boolean isReplication() {
        String replication = asked.parameters().get("replication");
        return replication != null && !List.of("false", "off", "no", "0").contains(replication);
    }

    /** Whether it wants it for one database, and SQL beside. */
    boolean isLogicalReplication() {
        return "database".equals(asked.parameters().get("replication"));
    }

    /** What goes upstream. */
    StartupMessage upstream() {
        Map<String, String> parameters = new LinkedHashMap<>(asked.parameters());
        extensions.forEach(parameters::remove);
        if (readOnly) {
            parameters.remove("default_transaction_read_only");
            parameters.put("default_transaction_read_only", "on");
        }
        return new StartupMessage(version, parameters);
    }

    /** Takes in the server's own answer to the version. */
    void negotiated(NegotiateProtocolVersion answer) {
        version = Math.min(version, answer.protocolVersion());
    }

    /** Tells the client once where its wishes and what it gets differ; comes before all else. */
    void answerVersion(ByteBuf out) {
        if (answered) {
            return;
        }
        answered = true;
        if (asked.protocolVersion() != version || !extensions.isEmpty()) {
            new NegotiateProtocolVersion(version, extensions).encode(out);
        }
    }

    /** How long a cancel key the client understands. */
    int cancelKeyLength() {
        if (version >= StartupMessage.VERSION_3_2) {
            return 32;
        }
        return 4;
    }

    /** Whether the authentication message says that all is well. */
    static boolean isOk(ByteBuf frame) {
        return authentication(frame) instanceof AuthenticationOk;
    }

    /** Whether it offers SCRAM with channel binding. */
    static boolean offersBinding(ByteBuf frame) {
        return authentication(frame) instanceof AuthenticationSASL sasl
                && sasl.mechanisms().stream().anyMatch(each -> each.endsWith(PLUS));
    }

    /** Writes the offer without channel binding, which a client on a plain connection could not use. */
    static void withoutBinding(ByteBuf frame, ByteBuf out) {
        AuthenticationSASL offer = (AuthenticationSASL) authentication(frame);
        new AuthenticationSASL(offer.mechanisms().stream()
                        .filter(each -> !each.endsWith(PLUS))
                        .toList())
                .encode(out);
    }

    private static Authentication authentication(ByteBuf frame) {
        return Authentication.decode(Frame.body(frame));
    }
}
