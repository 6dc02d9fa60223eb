package dev.sqlmem.oracle;

import dev.sqlmem.testing.Frame;
import dev.sqlmem.testing.FrameCompare;
import dev.sqlmem.testing.FrontendFrames;
import dev.sqlmem.testing.LoginRequest;
import dev.sqlmem.testing.RawClient;
import dev.sqlmem.testing.RowOrder;
import java.util.List;
import java.util.Optional;

/** Two sessions of one kind, one direct and one through the proxy, that are asked the same. */
final class SessionPair implements AutoCloseable {
    private static final FrameCompare STRICT = new FrameCompare(new RowOrder.Total(), FrameCompare.ErrorMatch.SQLSTATE);

    private final RawClient direct;
    private final RawClient proxied;
    private boolean sameErrorTexts = true;

    SessionPair(SessionKind kind, LoginRequest directLogin, LoginRequest proxiedLogin) {
        direct = RawClient.connect(kind.login(directLogin));
        proxied = RawClient.connect(kind.login(proxiedLogin));
        for (String sql : kind.preparations()) {
            ask(new Form.Exchange(sql, List.of(FrontendFrames.query(sql)), 1), new RowOrder.Total())
                    .ifPresent(difference -> {
                        throw new AssertionError(sql + "\n" + difference);
                    });
        }
    }

    /** Sends the same to both sides and says how the answers differ, if they do. */
    Optional<String> ask(Form.Exchange exchange, RowOrder order) {
        direct.send(exchange.frames());
        proxied.send(exchange.frames());
        List<Frame> expected = direct.readUntilReady(exchange.readies());
        List<Frame> actual = proxied.readUntilReady(exchange.readies());
        sameErrorTexts = new FrameCompare(order, FrameCompare.ErrorMatch.MESSAGE)
                .difference(expected, actual)
                .isEmpty();
        return sameErrorTexts
                ? Optional.empty()
                : new FrameCompare(order, FrameCompare.ErrorMatch.SQLSTATE).difference(expected, actual);
    }

    /** Sends one statement that takes no part in the count, such as BEGIN. */
    Optional<String> ask(String sql) {
        direct.send(FrontendFrames.query(sql));
        proxied.send(FrontendFrames.query(sql));
        return STRICT.difference(direct.readUntilReady(), proxied.readUntilReady());
    }

    /** Whether the last answers agreed in the words of their errors as well. */
    boolean hadSameErrorTexts() {
        return sameErrorTexts;
    }

    @Override
    public void close() {
        direct.close();
        proxied.close();
    }
}
