package dev.sqlmem.oracle;

import dev.sqlmem.testing.LoginRequest;
import dev.sqlmem.testing.RawClient;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Asks generated statements on both sides, each twice in every form of the protocol, and collects
 * the differences.
 */
final class DifferentialRun implements AutoCloseable {
    private static final int ENOUGH = 20;

    private final LoginRequest directLogin;
    private final LoginRequest proxiedLogin;
    private final DifferentialGenerator generator;
    private final long seed;
    private final Map<SessionKind, SessionPair> sessions = new EnumMap<>(SessionKind.class);
    private final List<String> differences = new ArrayList<>();
    private String skipped = "";
    private int executions;
    private int otherErrorTexts;

    /** Values are read over the direct leg, so that no doubt falls on them. */
    DifferentialRun(LoginRequest directLogin, LoginRequest proxiedLogin, long seed) {
        this(directLogin, proxiedLogin, seed, DifferentialGenerator.Subject.READ_ONLY);
    }

    DifferentialRun(
            LoginRequest directLogin, LoginRequest proxiedLogin, long seed, DifferentialGenerator.Subject subject) {
        this.directLogin = directLogin;
        this.proxiedLogin = proxiedLogin;
        this.seed = seed;
        try (RawClient plain = RawClient.connect(directLogin)) {
            this.generator = new DifferentialGenerator(new SampleValues(plain, seed), seed, subject);
        }
    }

    /** Leaves statements of this label out. */
    DifferentialRun without(String label) {
        skipped = label;
        return this;
    }

    /**
     * Asks the statements from the first on, until all are asked or enough differences are found.
     *
     * @param afterEach is told each statement when all its forms have been asked
     */
    void ask(int first, int count, Consumer<GeneratedStatement> afterEach) {
        for (int index = first; index < first + count && differences.size() < ENOUGH; index++) {
            Dice dice = generator.dice(index);
            GeneratedStatement statement = generator.statement(dice);
            if (statement.label().equals(skipped)) {
                continue;
            }
            SessionKind kind = SessionKind.any(dice);
            for (Form form : Form.values()) {
                if (!agree(index, statement, kind, form)) {
                    break; // one report a statement
                }
            }
            afterEach.accept(statement);
        }
    }

    private boolean agree(int index, GeneratedStatement statement, SessionKind kind, Form form) {
        for (boolean again : new boolean[] {false, true}) {
            Form.Exchange exchange = form.exchange(statement, again);
            Optional<String> difference = askOnce(exchange, statement, kind);
            executions++;
            if (difference.isPresent()) {
                report(index, statement, kind, form, again, exchange, difference.get());
                return false;
            }
        }
        return true;
    }

    private Optional<String> askOnce(Form.Exchange exchange, GeneratedStatement statement, SessionKind kind) {
        Optional<String> difference;
        try {
            SessionPair pair = sessions.computeIfAbsent(kind, k -> new SessionPair(k, directLogin, proxiedLogin));
            difference = askOnce(pair, exchange, statement, kind);
            otherErrorTexts += pair.hadSameErrorTexts() ? 0 : 1;
        } catch (AssertionError broken) { // a hang or a lost connection
            difference = Optional.of(String.valueOf(broken.getMessage()));
        }
        SessionPair spoilt = difference.isPresent() ? sessions.remove(kind) : null;
        if (spoilt != null) { // nobody knows what else differs in these sessions now
            spoilt.close();
        }
        return difference;
    }

    private static Optional<String> askOnce(
            SessionPair pair, Form.Exchange exchange, GeneratedStatement statement, SessionKind kind) {
        if (kind.before().isEmpty()) {
            return pair.ask(exchange, statement.order());
        }
        Optional<String> begin = pair.ask(kind.before());
        Optional<String> answer = pair.ask(exchange, statement.order());
        Optional<String> end = pair.ask("COMMIT");
        return begin.or(() -> answer).or(() -> end);
    }

    private void report(
            int index,
            GeneratedStatement statement,
            SessionKind kind,
            Form form,
            boolean again,
            Form.Exchange exchange,
            String difference) {
        differences.add("""
                statement %d of seed %d (%s), session %s, %s, asked the %s time:
                  %s
                %s""".formatted(
                index, seed, statement.label(), kind, form, again ? "second" : "first", exchange.text(), difference));
    }

    List<String> differences() {
        return List.copyOf(differences);
    }

    /** How many answers were compared. */
    int executions() {
        return executions;
    }

    /** How many answers were the same but for the words of an error. */
    int otherErrorTexts() {
        return otherErrorTexts;
    }

    @Override
    public void close() {
        sessions.values().forEach(SessionPair::close);
    }
}
