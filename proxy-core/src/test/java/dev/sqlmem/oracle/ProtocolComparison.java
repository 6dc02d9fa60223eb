package dev.sqlmem.oracle;

import dev.sqlmem.testing.Frame;
import dev.sqlmem.testing.FrameCompare;
import dev.sqlmem.testing.FrameText;
import dev.sqlmem.testing.LoginRequest;
import dev.sqlmem.testing.RawClient;
import dev.sqlmem.testing.RowOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Holds protocol cases and fuzzed scripts on both sides and says where the answers differ. */
final class ProtocolComparison {
    private static final FrameCompare STRICT = new FrameCompare(new RowOrder.Total(), FrameCompare.ErrorMatch.SQLSTATE);
    private static final int SCRIPTS_PER_SESSION = 10;
    private static final int MESSAGES_PER_SCRIPT = 30;

    private ProtocolComparison() {}

    static Stream<ProtocolCase> cases() {
        return Stream.of(ExtendedCases.all(), SessionCases.all(), WrongMessageCases.all())
                .flatMap(all -> all);
    }

    /** A case is held twice through the proxy: what was a miss may be a hit. */
    static Optional<String> difference(ProtocolCase one, LoginRequest direct, LoginRequest proxied) {
        List<Frame> expected = one.answers(direct);
        return STRICT.difference(expected, one.answers(proxied))
                .map(difference -> "held for the first time, " + difference)
                .or(() -> STRICT.difference(expected, one.answers(proxied))
                        .map(difference -> "held again, " + difference));
    }

    /** The first difference in as many fuzzed sessions. */
    static Optional<String> fuzz(long seed, int sessions, LoginRequest direct, LoginRequest proxied) {
        for (int session = 0; session < sessions; session++) {
            ProtocolFuzz fuzz = new ProtocolFuzz(seed + session);
            List<String> before = new ArrayList<>();
            try (RawClient one = RawClient.connect(direct);
                    RawClient other = RawClient.connect(proxied)) {
                for (int i = 0; i < SCRIPTS_PER_SESSION; i++) {
                    List<Frame> script = fuzz.script(MESSAGES_PER_SCRIPT);
                    Optional<String> difference =
                            STRICT.difference(ProtocolFuzz.answers(one, script), ProtocolFuzz.answers(other, script));
                    if (difference.isPresent()) {
                        return Optional.of("script %d of seed %d, %s%nsent:%n%s"
                                        .formatted(i, seed + session, difference.get(), sent(script))
                                + "\nafter:\n" + String.join("\n--\n", before));
                    }
                    before.add(sent(script));
                }
            }
        }
        return Optional.empty();
    }

    private static String sent(List<Frame> script) {
        return script.stream()
                .map(frame -> "  " + frame.tag() + " " + FrameText.printable(frame.body(), 100))
                .collect(Collectors.joining("\n"));
    }
}
