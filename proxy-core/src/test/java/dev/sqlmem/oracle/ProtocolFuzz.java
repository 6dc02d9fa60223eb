package dev.sqlmem.oracle;

import static dev.sqlmem.testing.FrontendFrames.*;

import dev.sqlmem.testing.Frame;
import dev.sqlmem.testing.FrameText;
import dev.sqlmem.testing.Parameter;
import dev.sqlmem.testing.RawClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Messages of the extended and the simple protocol in any order, from a seed.
 *
 * <p>Each script ends with messages whose answer can be told from all others, because nobody can
 * say beforehand how many ReadyForQuery come: after an error even a Query is skipped.
 */
final class ProtocolFuzz {
    private static final String END = "end of script";
    private static final List<String> STATEMENTS = List.of(
            "SELECT id, a, b FROM narrow ORDER BY id",
            "SELECT id, a, b FROM narrow WHERE id <= $1 ORDER BY id",
            "SELECT id, a, b FROM narrow WHERE id = $1",
            "SELECT count(*), max(a) FROM narrow WHERE a >= $1",
            "SELECT id, c_date, c_num FROM every_type WHERE id < 5 ORDER BY id",
            "SELECT id, status FROM orders WHERE customer_id = $1 ORDER BY id LIMIT 4",
            "SELECT v, id FROM nothing_here WHERE id > $1",
            "SELECT generate_series(1, 9)",
            "SELECT $1::text || 'x'",
            "SELECT id, twice FROM others WHERE id < $1 ORDER BY id",
            "SHOW TimeZone",
            "SET TimeZone = 'Asia/Tokyo'",
            "RESET TimeZone",
            "BEGIN",
            "COMMIT",
            "ROLLBACK",
            "SAVEPOINT sp",
            "ROLLBACK TO sp",
            "DEALLOCATE s1",
            "DEALLOCATE ALL",
            "DECLARE p2 CURSOR FOR SELECT id FROM narrow ORDER BY id",
            "FETCH 3 FROM p2",
            "CLOSE p1",
            "");
    private static final List<String> FAILING =
            List.of("SELECT nosuch FROM narrow", "SELEKT 1", "SELECT 10 / ($1::int - $1::int)", "SELECT 'x'::int");
    private static final List<String> SIMPLE_ONLY = List.of(
            "SELECT 1; SELECT id FROM narrow ORDER BY id LIMIT 2",
            "BEGIN; SELECT count(*) FROM narrow",
            "SELECT 1; SELECT 1 / 0",
            "DISCARD ALL",
            "COPY (SELECT id FROM narrow ORDER BY id LIMIT 3) TO STDOUT");
    private static final List<String> PORTALS = List.of("", "", "p1", "p2");
    private static final List<String> NAMES = List.of("", "", "s1", "s2");

    private final Dice dice;
    private final Map<String, Integer> parameterCounts = new HashMap<>();

    ProtocolFuzz(long seed) {
        this.dice = new Dice(seed);
    }

    /** The messages of one script, without its end. */
    List<Frame> script(int messages) {
        List<Frame> script = new ArrayList<>();
        if (dice.percent(50)) {
            script.add(query("BEGIN")); // portals outlive Sync
        }
        for (int i = 0; i < messages; i++) {
            script.addAll(next());
        }
        return script;
    }

    /** Sends a script and hears all that the server says to it. */
    static List<Frame> answers(RawClient client, List<Frame> script) {
        List<Frame> all = new ArrayList<>(script);
        all.addAll(List.of(sync(), query("ROLLBACK"), query("SELECT '" + END + "'")));
        client.send(all);
        List<Frame> answers = new ArrayList<>();
        List<Frame> round;
        do {
            round = client.readUntilReady();
            answers.addAll(round);
        } while (!FrameText.textRows(round).equals(List.of(List.of(END)))
                && !round.get(round.size() - 1).isEnd());
        return answers;
    }

    private List<Frame> next() {
        String portal = dice.pick(PORTALS);
        String name = dice.pick(NAMES);
        int die = dice.below(100);
        if (die < 22) { // a whole statement, as most clients send it
            return List.of(
                    closeStatement(name),
                    parsed(name),
                    closePortal(portal),
                    bound(portal, name),
                    describePortal(portal),
                    execute(portal, rows()),
                    dice.percent(60) ? sync() : flush());
        }
        if (die < 30) {
            return dice.percent(80) ? List.of(closeStatement(name), parsed(name)) : List.of(parsed(name));
        }
        if (die < 42) {
            return List.of(bound(portal, name));
        }
        if (die < 64) {
            return List.of(execute(portal, rows()));
        }
        if (die < 72) {
            return List.of(dice.percent(50) ? describePortal(portal) : describeStatement(name));
        }
        if (die < 77) {
            return List.of(dice.percent(50) ? closePortal(portal) : closeStatement(name));
        }
        if (die < 91) {
            return List.of(sync());
        }
        if (die < 94) {
            return List.of(flush());
        }
        // Right behind an unsynced Execute a Query leaves PostgreSQL's own transaction state broken at the Sync
        // ("StartTransactionCommand: unexpected state STARTED"), which no client can ask for by accident.
        // What a Query that fails in a transaction block leaves as the unnamed portal crashes PostgreSQL 18 when it is
        // executed (BEGIN, ROLLBACK TO an unknown savepoint, Execute). Clients only execute what they have bound.
        return List.of(sync(), query(dice.pick(dice.percent(50) ? SIMPLE_ONLY : STATEMENTS)), closePortal(""));
    }

    private int rows() {
        return dice.pick(List.of(0, 0, 1, 2, 5));
    }

    private Frame parsed(String name) {
        String sql = dice.pick(dice.percent(93) ? STATEMENTS : FAILING);
        parameterCounts.put(name, sql.contains("$1") ? 1 : 0);
        return parse(name, sql);
    }

    private Frame bound(String portal, String name) {
        int count = dice.percent(95) ? parameterCounts.getOrDefault(name, 0) : dice.below(3);
        List<Parameter> parameters = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            parameters.add(Parameter.text(dice.pick("3", "3", "7", "0", "20", "x")));
        }
        short format = dice.percent(70) ? Parameter.TEXT : Parameter.BINARY;
        return bind(portal, name, parameters, dice.percent(50) ? List.of() : List.of(format));
    }
}
