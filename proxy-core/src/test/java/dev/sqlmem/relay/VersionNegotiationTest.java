package dev.sqlmem.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.server.Mode;
import dev.sqlmem.testing.Await;
import dev.sqlmem.testing.Frame;
import dev.sqlmem.testing.FrameBody;
import dev.sqlmem.testing.FrameText;
import dev.sqlmem.testing.FrontendFrames;
import dev.sqlmem.testing.ProxyUnderTest;
import dev.sqlmem.testing.SharedPostgres;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which version of the protocol a session speaks (manual, "Message Flow", start-up). */
class VersionNegotiationTest {
    private static final int VERSION_3_0 = 3 << 16;
    private static final int VERSION_3_2 = 3 << 16 | 2;

    private static ProxyUnderTest proxy;

    @BeforeAll
    static void start() {
        proxy = ProxyUnderTest.inFrontOf(SharedPostgres.port(), "postgres", Mode.READ_ONLY);
    }

    @AfterAll
    static void stop() {
        proxy.close();
    }

    @Test
    void version30HasAKeyOfFourBytes() {
        List<Frame> login = login(0);
        assertThat(login.get(0).is('R')).isTrue();
        assertThat(key(login)).hasSize(4);
    }

    @Test
    void version32HasAKeyOfThirtyTwoBytes() {
        List<Frame> login = login(2);
        assertThat(login.get(0).is('R')).isTrue();
        assertThat(key(login)).hasSize(32);
    }

    @Test
    void aLaterMinorVersionIsToldTheLatestKnown() {
        List<Frame> login = login(9999);
        assertThat(login.get(0)).isEqualTo(negotiate(VERSION_3_2));
        assertThat(key(login)).hasSize(32);
    }

    @Test
    void theMinorVersionThatNeverWasIsToldTheOneBefore() {
        List<Frame> login = login(1);
        assertThat(login.get(0)).isEqualTo(negotiate(VERSION_3_0));
        assertThat(key(login)).hasSize(4);
    }

    @Test
    void unknownProtocolOptionsAreNamedAndNotPassedOn() {
        String[] options = {"_pq_.x", "1", "application_name", "known", "_pq_.another", ""};
        assertThat(login(0, options).get(0)).isEqualTo(negotiate(VERSION_3_0, "_pq_.x", "_pq_.another"));
        assertThat(login(2, options).get(0)).isEqualTo(negotiate(VERSION_3_2, "_pq_.x", "_pq_.another"));
        assertThat(login(9999, options).get(0)).isEqualTo(negotiate(VERSION_3_2, "_pq_.x", "_pq_.another"));
    }

    @Test
    void theNegotiationComesBeforeARejection() {
        try (Peer peer = new Peer(proxy.port())) {
            peer.send(Peer.startup(3, 9999, "user", SharedPostgres.SUPERUSER, "database", "no_such_database"));
            List<Frame> answer = peer.readUntilReady();
            assertThat(answer.get(0)).isEqualTo(negotiate(VERSION_3_2));
            assertThat(FrameText.sqlState(answer)).isEqualTo("3D000");
        }
    }

    @Test
    void theKeyOfVersion32CancelsAndNoOtherDoes() {
        try (Peer peer = new Peer(proxy.port())) {
            peer.send(startup(2));
            byte[] pidAndKey = pidAndKey(peer.readUntilReady());
            peer.send(FrontendFrames.query("SELECT pg_sleep(60)").encode());
            cancel(Arrays.copyOf(pidAndKey, 8));
            byte[] wrong = pidAndKey.clone();
            wrong[35] ^= 1;
            cancel(wrong);
            peer.send(FrontendFrames.query("SELECT 'still here'").encode()); // waits behind the first
            Await.untilServerSays("EXISTS (SELECT FROM pg_stat_activity"
                    + " WHERE state = 'active' AND query = 'SELECT pg_sleep(60)')"); // an earlier cancel hits nothing
            cancel(pidAndKey);
            assertThat(FrameText.sqlState(peer.readUntilReady())).isEqualTo("57014");
            assertThat(FrameText.textRows(peer.readUntilReady())).containsExactly(List.of("still here"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 4, 1233, 65535})
    void otherMajorVersionsAreRejected(int major) {
        try (Peer peer = new Peer(proxy.port())) {
            peer.send(Peer.startup(major, 0, "user", SharedPostgres.SUPERUSER, "database", "postgres"));
            Frame error = peer.read();
            assertThat(FrameText.fields(error))
                    .containsEntry('V', "FATAL")
                    .containsEntry('C', "08P01")
                    .containsEntry('M', "unsupported frontend protocol " + major + ".0");
            assertThat(peer.read().isEnd()).isTrue();
        }
    }

    private static void cancel(byte[] pidAndKey) {
        try (Peer peer = new Peer(proxy.port())) {
            byte[] code = new FrameBody().int32(80877102).bytes(pidAndKey).toBytes();
            peer.send(Peer.packet(code));
            assertThat(peer.readByte()).isEqualTo(-1);
        }
    }

    private static byte[] startup(int minor, String... more) {
        String[] parameters =
                Arrays.copyOf(new String[] {"user", SharedPostgres.SUPERUSER, "database", "postgres"}, 4 + more.length);
        System.arraycopy(more, 0, parameters, 4, more.length);
        return Peer.startup(3, minor, parameters);
    }

    private static List<Frame> login(int minor, String... more) {
        try (Peer peer = new Peer(proxy.port())) {
            peer.send(startup(minor, more));
            List<Frame> frames = peer.readUntilReady();
            assertThat(frames.get(frames.size() - 1).is('Z')).as("%s", frames).isTrue();
            assertThat(frames.stream().filter(frame -> frame.is('v')).count()).isLessThanOrEqualTo(1);
            return frames;
        }
    }

    private static Frame negotiate(int version, String... options) {
        FrameBody body = new FrameBody().int32(version).int32(options.length);
        for (String option : options) {
            body.string(option);
        }
        return body.as('v');
    }

    private static byte[] key(List<Frame> login) {
        byte[] body = pidAndKey(login);
        return Arrays.copyOfRange(body, 4, body.length);
    }

    private static byte[] pidAndKey(List<Frame> login) {
        return login.stream()
                .filter(frame -> frame.is('K'))
                .findFirst()
                .orElseThrow()
                .body();
    }
}
