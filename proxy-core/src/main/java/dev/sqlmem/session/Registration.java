package dev.sqlmem.session;

import dev.sqlmem.wire.message.BackendKeyData;
import java.security.MessageDigest;

/** A session's place among {@link Sessions}: its number, and the key that lets its client cancel. Thread-safe. */
final class Registration {
    private final Sessions sessions;
    private final LiveSession session;
    private final int pid;
    private volatile byte[] key = new byte[0];

    Registration(Sessions sessions, LiveSession session, int pid) {
        this.sessions = sessions;
        this.session = session;
        this.pid = pid;
    }

    int pid() {
        return pid;
    }

    LiveSession session() {
        return session;
    }

    /** Makes the cancel key, of {@code length} bytes, that the client is to be told. */
    BackendKeyData issueKey(int length) {
        byte[] issued = sessions.key(length);
        key = issued;
        return new BackendKeyData(pid, issued);
    }

    /** Whether that is the key; takes as long for any. */
    boolean opensWith(byte[] presented) {
        return MessageDigest.isEqual(key, presented);
    }

    /** Frees the number. */
    void end() {
        sessions.remove(this);
    }
}
