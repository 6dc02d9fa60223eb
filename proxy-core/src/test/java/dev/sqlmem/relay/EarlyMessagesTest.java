package dev.sqlmem.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.server.Mode;
import dev.sqlmem.testing.Frame;
import dev.sqlmem.testing.FrameText;
import dev.sqlmem.testing.FrontendFrames;
import dev.sqlmem.testing.ProxyUnderTest;
import dev.sqlmem.testing.SharedPostgres;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A client that does not wait for the end of its login before it asks. */
class EarlyMessagesTest {
    private static final int LOGINS = 60;

    private static String database;
    private static ProxyUnderTest proxy;

    @BeforeAll
    static void start() {
        database = SharedPostgres.createDatabase("early");
        proxy = ProxyUnderTest.inFrontOf(SharedPostgres.port(), database, Mode.TRANSPARENT);
    }

    @AfterAll
    static void stop() {
        proxy.close();
    }

    /** Some come before the server is reached, some while it starts, some while the proxy asks for the settings. */
    @Test
    void whatComesEarlyIsAnsweredInTheOrderInWhichItCame() {
        for (int login = 0; login < LOGINS; login++) {
            try (Peer peer = new Peer(proxy.port())) {
                peer.send(Peer.startup(3, 0, "user", SharedPostgres.SUPERUSER, "database", database));
                peer.send(FrontendFrames.query("SELECT 'first'").encode());
                Frame frame;
                do {
                    frame = peer.read();
                } while (!frame.is('K') && !frame.isEnd());
                peer.send(FrontendFrames.query("SELECT 'second'").encode());
                assertThat(peer.readUntilReady()).last().matches(last -> last.is('Z'), "logged in");
                assertThat(FrameText.textRows(peer.readUntilReady()))
                        .as("login %s", login)
                        .containsExactly(List.of("first"));
                assertThat(FrameText.textRows(peer.readUntilReady())).containsExactly(List.of("second"));
            }
        }
    }
}
