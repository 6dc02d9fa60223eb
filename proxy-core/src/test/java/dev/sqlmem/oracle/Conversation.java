package dev.sqlmem.oracle;

import dev.sqlmem.testing.Frame;
import dev.sqlmem.testing.FrontendFrames;
import dev.sqlmem.testing.LoginRequest;
import dev.sqlmem.testing.RawClient;
import java.util.ArrayList;
import java.util.List;

/**
 * One side's part in a protocol case: sessions, and a transcript of all that the server said in
 * them, in the order in which the case listened.
 */
final class Conversation implements AutoCloseable {
    private final LoginRequest login;
    private final List<Conversation> others = new ArrayList<>();
    private final List<Frame> transcript;
    private final RawClient client;

    Conversation(LoginRequest login) {
        this(login, new ArrayList<>());
    }

    private Conversation(LoginRequest login, List<Frame> transcript) {
        this.login = login;
        this.transcript = transcript;
        this.client = RawClient.connect(login);
    }

    /** A further session with the same server, with a transcript in common. */
    Conversation another() {
        return another(login);
    }

    Conversation another(LoginRequest otherLogin) {
        Conversation other = new Conversation(otherLogin, transcript);
        others.add(other);
        return other;
    }

    LoginRequest login() {
        return login;
    }

    RawClient client() {
        return client;
    }

    /** Sends frames that end with a Sync or a Query, and hears all up to ReadyForQuery. */
    Conversation ask(Frame... frames) {
        client.send(frames);
        return hear('Z');
    }

    /** One simple query after the other. */
    Conversation ask(String... queries) {
        for (String sql : queries) {
            ask(FrontendFrames.query(sql));
        }
        return this;
    }

    Conversation send(Frame... frames) {
        client.send(frames);
        return this;
    }

    /** Hears all up to the first message of this kind. */
    Conversation hear(char tag) {
        transcript.addAll(client.readUntil(tag));
        return this;
    }

    Conversation hearReadies(int readies) {
        transcript.addAll(client.readUntilReady(readies));
        return this;
    }

    void heard(Frame frame) {
        transcript.add(frame);
    }

    List<Frame> transcript() {
        return List.copyOf(transcript);
    }

    @Override
    public void close() {
        others.forEach(Conversation::close);
        client.close();
    }
}
