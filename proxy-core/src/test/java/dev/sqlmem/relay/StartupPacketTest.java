package dev.sqlmem.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.server.Mode;
import dev.sqlmem.testing.Frame;
import dev.sqlmem.testing.FrameBody;
import dev.sqlmem.testing.FrameText;
import dev.sqlmem.testing.ProxyUnderTest;
import dev.sqlmem.testing.SharedPostgres;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Start-up packets that are wrong, cut off or hostile. */
class StartupPacketTest {
    private static final int LARGEST = 10_004;

    private static ProxyUnderTest proxy;

    @BeforeAll
    static void start() {
        proxy = ProxyUnderTest.inFrontOf(SharedPostgres.port(), "postgres", Mode.TRANSPARENT);
    }

    @AfterAll
    static void stop() {
        proxy.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, -1, 0, 3, 4, 7, LARGEST + 1, 0x7fffffff, 0x12345678})
    void aLengthOutOfBoundsIsRejectedBeforeMoreIsRead(int length) {
        rejected(new FrameBody().int32(length).int32(3 << 16).toBytes(), "08P01", "invalid length of startup packet");
    }

    @Test
    void theUserMustBeNamed() {
        rejected(Peer.startup(3, 0), "28000", "no PostgreSQL user name specified in startup packet");
        rejected(Peer.startup(3, 0, "database", "postgres"), "28000", "no PostgreSQL user name");
        rejected(Peer.startup(3, 0, "user", ""), "28000", "no PostgreSQL user name");
    }

    @Test
    void theTerminatorMustBeThere() {
        FrameBody withoutEnd = new FrameBody().int32(3 << 16).string("user").string(SharedPostgres.SUPERUSER);
        rejected(Peer.packet(withoutEnd.toBytes()), "08P01", "");
        rejected(Peer.packet(withoutEnd.string("database").toBytes()), "08P01", "");
        rejected(Peer.packet(new FrameBody().int32(3 << 16).toBytes()), "08P01", "");
    }

    @Test
    void nothingMayFollowTheTerminatorInThePacket() {
        FrameBody trailing = new FrameBody().int32(3 << 16).string("user").string(SharedPostgres.SUPERUSER);
        rejected(Peer.packet(trailing.int8(0).string("more").toBytes()), "08P01", "");
    }

    @Test
    void theLargestPacketPasses() {
        String[] parameters = {"user", SharedPostgres.SUPERUSER, "database", "postgres", "options", ""};
        int rest = LARGEST - Peer.startup(3, 0, parameters).length;
        parameters[5] = " ".repeat(rest);
        byte[] packet = Peer.startup(3, 0, parameters);
        assertThat(packet).hasSize(LARGEST);
        try (Peer peer = new Peer(proxy.port())) {
            peer.send(packet);
            assertThat(peer.readUntilReady()).last().matches(frame -> frame.is('Z'));
        }
    }

    @Test
    void aPacketMayComeByteByByte() {
        try (Peer peer = new Peer(proxy.port())) {
            for (byte each : Peer.startup(3, 0, "user", SharedPostgres.SUPERUSER, "database", "postgres")) {
                peer.send(new byte[] {each});
            }
            assertThat(peer.readUntilReady()).last().matches(frame -> frame.is('Z'));
        }
    }

    @Test
    void noRubbishKillsTheProxy() {
        Random random = new Random(20_260_101);
        byte[] good = Peer.startup(3, 0, "user", SharedPostgres.SUPERUSER, "database", "postgres");
        for (int i = 0; i < 150; i++) {
            byte[] packet = rubbish(random, good);
            try (Peer peer = new Peer(proxy.port())) {
                peer.send(packet);
                peer.endOutput(); // so that a packet that is not complete is not waited for
                Frame frame = peer.read();
                while (!frame.isEnd()) {
                    frame = peer.read();
                }
            }
        }
        theLargestPacketPasses();
    }

    private static byte[] rubbish(Random random, byte[] good) {
        if (random.nextInt(4) == 0) {
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            return noise;
        }
        byte[] packet = good.clone();
        for (int mutations = random.nextInt(3); mutations >= 0; mutations--) {
            packet[random.nextInt(packet.length)] = (byte) random.nextInt(256);
        }
        return random.nextInt(4) == 0 ? Arrays.copyOf(packet, random.nextInt(packet.length)) : packet;
    }

    private static void rejected(byte[] packet, String sqlState, String message) {
        try (Peer peer = new Peer(proxy.port())) {
            peer.send(packet);
            Frame error = peer.read();
            assertThat(FrameText.sqlState(List.of(error))).as("%s", error).isEqualTo(sqlState);
            assertThat(FrameText.fields(error)).containsEntry('V', "FATAL");
            assertThat(FrameText.fields(error).get('M')).contains(message);
            assertThat(peer.read().isEnd()).isTrue();
        }
    }
}
