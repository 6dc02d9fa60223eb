package dev.sqlmem.oracle;

import dev.sqlmem.testing.Frame;
import dev.sqlmem.testing.LoginRequest;
import java.util.List;
import java.util.function.Consumer;

/**
 * A conversation whose answers must be the same on both sides.
 *
 * @param writes whether it only makes sense where writing is allowed
 * @param dialogue says the client's part
 */
record ProtocolCase(String name, boolean writes, Consumer<Conversation> dialogue) {
    static ProtocolCase of(String name, Consumer<Conversation> dialogue) {
        return new ProtocolCase(name, false, dialogue);
    }

    static ProtocolCase writing(String name, Consumer<Conversation> dialogue) {
        return new ProtocolCase(name, true, dialogue);
    }

    /** All that the server behind this login says. */
    List<Frame> answers(LoginRequest login) {
        try (Conversation conversation = new Conversation(login)) {
            dialogue.accept(conversation);
            return conversation.transcript();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
