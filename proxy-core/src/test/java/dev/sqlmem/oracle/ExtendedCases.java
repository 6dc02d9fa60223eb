package dev.sqlmem.oracle;

import static dev.sqlmem.testing.FrontendFrames.*;

import dev.sqlmem.testing.ExtendedQuery;
import dev.sqlmem.testing.Frame;
import dev.sqlmem.testing.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The extended protocol: pipelines, portals, named statements, errors that skip until Sync. */
final class ExtendedCases {
    static final String ROWS = "SELECT id, a, b, added FROM narrow ORDER BY id";
    static final String BY_ID = "SELECT id, a, b, added FROM narrow WHERE id = $1";
    static final String RELAYED = "SELECT generate_series(1, 7) AS n, 'text' || 1";

    private static final List<Short> BINARY = List.of(Parameter.BINARY);

    private ExtendedCases() {}

    static Stream<ProtocolCase> all() {
        return Stream.of(
                ProtocolCase.of("pipeline of cached and relayed statements under one Sync", ExtendedCases::pipeline),
                ProtocolCase.of("fifty statements with a Sync each, sent at once", ExtendedCases::longPipeline),
                ProtocolCase.of("error skips until Sync", ExtendedCases::skipUntilSync),
                ProtocolCase.of("run-time error between cached statements", ExtendedCases::runTimeError),
                ProtocolCase.of("Describe of statement and portal", ExtendedCases::describe),
                ProtocolCase.of("row limits", ExtendedCases::rowLimits),
                ProtocolCase.of("exactly as many rows as the limit", ExtendedCases::exactLimit),
                ProtocolCase.of("two portals read in turn", ExtendedCases::twoPortals),
                ProtocolCase.of("fetch size in a transaction", ExtendedCases::fetchSize),
                ProtocolCase.of("portal ends with its transaction", ExtendedCases::portalEnds),
                ProtocolCase.of("portal executed again after its end", ExtendedCases::executedAgain),
                ProtocolCase.of("named statement reused and closed", ExtendedCases::namedStatement),
                ProtocolCase.of("names taken and names missing", ExtendedCases::names),
                ProtocolCase.of("unnamed statement and portal replaced", ExtendedCases::unnamed),
                ProtocolCase.of("Flush in place of Sync", ExtendedCases::flushing),
                ProtocolCase.of("transaction in a pipeline", ExtendedCases::transactionInPipeline),
                ProtocolCase.of("parameter types declared, partly or not", ExtendedCases::parameterTypes),
                ProtocolCase.of("result formats", ExtendedCases::resultFormats),
                ProtocolCase.of("Sync, Flush and stray COPY messages alone", ExtendedCases::strays),
                ProtocolCase.of("simple query in the middle of a pipeline", ExtendedCases::simpleInPipeline));
    }

    private static void pipeline(Conversation talk) {
        talk.ask(
                parse("", ROWS),
                bind("", ""),
                describePortal(""),
                execute("", 0),
                parse("", RELAYED),
                bind("", ""),
                execute("", 0),
                parse("", "SELECT count(*) FROM every_type WHERE c_bool"),
                bind("", "", List.of(), BINARY),
                execute("", 0),
                parse("", "SHOW standard_conforming_strings"),
                bind("", ""),
                describePortal(""),
                execute("", 0),
                parse("", BY_ID),
                bind("", "", "7"),
                execute("", 0),
                sync());
    }

    private static void longPipeline(Conversation talk) {
        List<Frame> frames = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            String sql = i % 5 == 3 ? "SELECT " + i + " + $1::int" : i % 7 == 6 ? ROWS + " LIMIT $1" : BY_ID;
            frames.addAll(ExtendedQuery.of(sql)
                    .with(Parameter.text(String.valueOf(i)))
                    .frames());
        }
        talk.send(frames.toArray(Frame[]::new)).hearReadies(50);
    }

    private static void skipUntilSync(Conversation talk) {
        talk.ask(
                        parse("", ROWS),
                        bind("", ""),
                        execute("", 0),
                        parse("", "SELEKT 1"),
                        parse("kept", ROWS),
                        bind("", "kept"),
                        execute("", 0),
                        query("SELECT 'never seen'"),
                        flush(),
                        sync())
                .ask(bind("", "kept"), sync())
                .ask(parse("", ROWS), bind("", ""), execute("", 0), sync());
        talk.ask(parse("before", ROWS), parse("", "SELECT nosuch FROM narrow"), parse("after", ROWS), sync())
                .ask(bind("", "before"), execute("", 2), sync())
                .ask(bind("", "after"), execute("", 2), sync());
    }

    private static void runTimeError(Conversation talk) {
        talk.ask(
                        parse("", BY_ID),
                        bind("", "", "3"),
                        execute("", 0),
                        parse("", "SELECT 1 / (a - a) FROM narrow WHERE a IS NOT NULL"),
                        bind("", ""),
                        describePortal(""),
                        execute("", 0),
                        parse("", BY_ID),
                        bind("", "", "4"),
                        execute("", 0),
                        sync())
                .ask(ROWS);
    }

    private static void describe(Conversation talk) {
        talk.ask(parse("s", BY_ID), describeStatement("s"), sync())
                .ask(bind("p", "s", List.of(Parameter.text("5")), BINARY), describePortal("p"), execute("p", 0), sync())
                .ask(describeStatement("s"), describeStatement("s"), sync())
                .ask(
                        parse("", "SET extra_float_digits = 1"),
                        describeStatement(""),
                        bind("", ""),
                        describePortal(""),
                        sync())
                .ask(parse("", ""), describeStatement(""), bind("", ""), describePortal(""), execute("", 0), sync())
                .ask(parse("", "BEGIN"), describeStatement(""), sync())
                .ask(parse("", "EXPLAIN (COSTS OFF) " + ROWS), describeStatement(""), sync())
                .ask(
                        parse("", "SELECT max(c_varchar), sum(c_int8), sum(c_num) AS s, min(c_ts) FROM every_type"),
                        describeStatement(""),
                        sync())
                .ask(describeStatement("missing"), sync())
                .ask(describePortal("missing"), sync());
    }

    private static void rowLimits(Conversation talk) {
        talk.ask(
                parse("", ROWS),
                bind("p", ""),
                describePortal("p"),
                execute("p", 5),
                execute("p", 1),
                execute("p", 40),
                execute("p", 0),
                execute("p", 5),
                sync());
        talk.ask(parse("", ROWS), bind("", ""), execute("", 3), closePortal(""), execute("", 3), sync());
        talk.ask(parse("", RELAYED), bind("", ""), execute("", 3), execute("", 4), execute("", 4), sync());
        talk.ask(parse("", ROWS), bind("", ""), execute("", -1), sync());
    }

    private static void exactLimit(Conversation talk) {
        String four = "SELECT id FROM narrow WHERE id <= $1 ORDER BY id";
        for (int limit : new int[] {3, 4, 5}) {
            talk.ask(parse("", four), bind("", "", "4"), execute("", limit), execute("", limit), sync());
        }
        talk.ask(parse("", four), bind("", "", "0"), execute("", 1), execute("", 1), sync());
    }

    private static void twoPortals(Conversation talk) {
        talk.ask(
                parse("s", ROWS),
                bind("p1", "s"),
                bind("p2", "s", List.of(), BINARY),
                execute("p1", 2),
                execute("p2", 3),
                execute("p1", 2),
                closePortal("p1"),
                execute("p2", 1),
                execute("p1", 1),
                sync());
    }

    private static void fetchSize(Conversation talk) {
        talk.ask("BEGIN")
                .ask(parse("S_1", ROWS), bind("C_2", "S_1"), describePortal("C_2"), execute("C_2", 25), sync())
                .ask(execute("C_2", 25), sync())
                .ask(parse("", BY_ID), bind("", "", "1"), execute("", 0), sync())
                .ask(execute("C_2", 25), sync())
                .ask(execute("C_2", 25), sync())
                .ask(closePortal("C_2"), sync())
                .ask("COMMIT")
                .ask(bind("C_3", "S_1"), execute("C_3", 2), sync());
    }

    private static void portalEnds(Conversation talk) {
        talk.ask(parse("s", ROWS), bind("p", "s"), execute("p", 2), sync())
                .ask(execute("p", 2), sync())
                .ask("BEGIN")
                .ask(bind("p", "s"), execute("p", 2), sync())
                .ask("COMMIT")
                .ask(execute("p", 2), sync())
                .ask("BEGIN")
                .ask(bind("p", "s"), execute("p", 2), sync())
                .ask("SAVEPOINT a", "SELECT 1/0", "ROLLBACK TO a")
                .ask(execute("p", 2), sync())
                .ask("ROLLBACK");
    }

    private static void executedAgain(Conversation talk) {
        talk.ask(parse("", BY_ID), bind("", "", "2"), execute("", 0), execute("", 0), execute("", 1), sync())
                .ask(parse("", RELAYED), bind("", ""), execute("", 0), execute("", 0), sync())
                .ask(parse("", "SHOW TimeZone"), bind("", ""), execute("", 0), execute("", 0), sync())
                .ask(parse("", "SET TimeZone = 'UTC'"), bind("", ""), execute("", 0), execute("", 0), sync());
    }

    private static void namedStatement(Conversation talk) {
        talk.ask(parse("s", BY_ID), sync());
        for (String id : new String[] {"1", "7", "61", "-1"}) {
            talk.ask(bind("", "s", id), describePortal(""), execute("", 0), sync());
        }
        talk.ask("SELECT 'in between'", ROWS)
                .ask(bind("", "s", "9"), execute("", 0), sync())
                .ask(closeStatement("s"), closeStatement("s"), closePortal("none"), sync())
                .ask(bind("", "s", "1"), execute("", 0), sync())
                .ask(parse("s", ROWS), bind("", "s"), execute("", 2), sync());
    }

    private static void names(Conversation talk) {
        talk.ask(parse("s", ROWS), parse("s", BY_ID), sync())
                .ask(bind("p", "s"), bind("p", "s"), sync())
                .ask(bind("", "missing"), execute("", 0), sync())
                .ask(execute("missing", 0), sync())
                .ask(parse("", "SELEKT"), sync())
                .ask(bind("", ""), sync())
                .ask(parse("s2", "SELECT nosuch"), sync())
                .ask(bind("", "s2"), sync())
                .ask(parse("Ünï \"code\"", BY_ID), bind("ö'", "Ünï \"code\"", "3"), execute("ö'", 0), sync());
    }

    private static void unnamed(Conversation talk) {
        talk.ask(parse("", ROWS), parse("", BY_ID), bind("", "", "1"), bind("", "", "2"), execute("", 0), sync())
                .ask(bind("", "", "3"), execute("", 0), sync())
                .ask("SELECT 1")
                .ask(bind("", "", "3"), execute("", 0), sync())
                .ask(parse("", ROWS), bind("", ""), query(ROWS))
                .ask(execute("", 0), sync())
                .ask(closeStatement(""), bind("", ""), sync());
    }

    private static void flushing(Conversation talk) {
        talk.send(parse("stmt_1", BY_ID), describeStatement("stmt_1"), flush())
                .hear('T')
                .ask(bind("", "stmt_1", "5"), execute("", 0), sync())
                .send(bind("", "stmt_1", "6"), execute("", 0), flush())
                .hear('C')
                .send(parse("", RELAYED), bind("", ""), execute("", 2), flush())
                .hear('s')
                .ask(sync())
                .send(parse("", "SELEKT"), flush())
                .hear('E')
                .ask(sync());
    }

    private static void transactionInPipeline(Conversation talk) {
        List<Frame> frames = new ArrayList<>();
        for (String sql : new String[] {"BEGIN", ROWS + " LIMIT 3", "SAVEPOINT s", ROWS + " LIMIT 2", "COMMIT"}) {
            frames.addAll(List.of(parse("", sql), bind("", ""), describePortal(""), execute("", 0)));
        }
        frames.add(sync());
        talk.ask(frames.toArray(Frame[]::new));
        talk.ask(
                        parse("", "BEGIN"),
                        bind("", ""),
                        execute("", 0),
                        parse("", ROWS),
                        bind("", ""),
                        execute("", 1),
                        sync())
                .ask(parse("", "SELECT nosuch"), sync())
                .ask(parse("", BY_ID), sync())
                .ask(parse("", "ROLLBACK"), bind("", ""), execute("", 0), sync());
    }

    private static void parameterTypes(Conversation talk) {
        String sql = "SELECT id FROM every_type WHERE id = $1 AND c_int8 IS NOT DISTINCT FROM $2";
        talk.ask(parse("a", sql), describeStatement("a"), sync())
                .ask(parse("b", sql, 20), describeStatement("b"), sync())
                .ask(parse("c", sql, 21, 1700), describeStatement("c"), sync())
                .ask(parse("d", sql, 25), sync())
                .ask(parse("e", sql, 0, 0, 23), describeStatement("e"), sync())
                .ask(parse("f", "SELECT $1"), describeStatement("f"), sync())
                .ask(parse("g", "SELECT $2::int"), sync())
                .ask(parse("h", "SELECT id FROM narrow WHERE id = $1", 999_999), sync())
                .ask(bind("", "a", "1", "2"), execute("", 0), sync())
                .ask(bind("", "b", "1", "2"), execute("", 0), sync());
    }

    private static void resultFormats(Conversation talk) {
        ExtendedQuery query = ExtendedQuery.of("SELECT id, c_num, c_tstz FROM every_type ORDER BY id");
        short text = Parameter.TEXT;
        short binary = Parameter.BINARY;
        for (List<Short> formats : List.of(
                List.<Short>of(),
                List.of(text),
                List.of(binary),
                List.of(text, binary, text),
                List.of(text, binary),
                List.of((short) 7))) {
            talk.ask(query.results(formats).frames().toArray(Frame[]::new));
        }
    }

    private static void strays(Conversation talk) {
        talk.ask(sync())
                .ask(flush(), sync())
                .ask(flush(), flush(), sync())
                .send(sync(), sync(), sync())
                .hearReadies(3)
                .ask(copyData("nobody asked"), copyDone(), query(ROWS))
                .ask(closePortal(""), closeStatement(""), sync());
    }

    private static void simpleInPipeline(Conversation talk) {
        talk.send(parse("s", BY_ID), bind("p", "s", "1"), execute("p", 0), query("SELECT 2"), execute("p", 0), sync())
                .hearReadies(2)
                .send(query(ROWS), query("SELECT 1/0"), query(ROWS), bind("", "s", "4"), execute("", 0), sync())
                .hearReadies(4);
    }
}
