package dev.sqlmem.session;

import dev.sqlmem.cache.generation.Leased;
import dev.sqlmem.cache.generation.Reader;
import dev.sqlmem.cache.sqlite.Statement;
import dev.sqlmem.database.Database;
import dev.sqlmem.plan.ShapeEntry;
import dev.sqlmem.plan.TranslatedQuery;
import dev.sqlmem.session.answer.Answer;
import dev.sqlmem.session.answer.Arguments;
import dev.sqlmem.session.answer.Asked;
import dev.sqlmem.session.answer.OrderKeyArguments;
import dev.sqlmem.session.answer.RowWriter;
import dev.sqlmem.session.state.SessionSettings;
import dev.sqlmem.session.state.SessionState;
import dev.sqlmem.upstream.jdbc.Question;
import dev.sqlmem.verify.Computation;
import dev.sqlmem.verify.Sample;
import dev.sqlmem.verify.Verifier;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Hands samples of a session's answers to the verifier. Belongs to the event loop. */
final class Samples {
    private final Database database;
    private final SessionState state;
    private final Verifier verifier;

    Samples(Database database, SessionState state, Verifier verifier) {
        this.database = database;
        this.state = state;
        this.verifier = verifier;
    }

    /** Whether the verifier wants an answer of so many rows. */
    boolean wants(long rows) {
        return verifier.wants(rows);
    }

    /** Takes a sample of an answer that has been given whole and still holds its lease. */
    void take(Answer answer, ShapeEntry entry, Asked asked) {
        SessionSettings settings = state.settings();
        RowWriter writer = answer.writer().asText();
        if (settings == null || !writer.isExact() || !answer.leased().tryAcquire()) {
            verifier.skip();
            return;
        }
        Question question = new Question(
                settings.space().searchPath(), named(settings), asked.sql(), asked.declared(), asked.values());
        verifier.take(new Sample(
                database,
                entry,
                answer.read(),
                question,
                computation(answer.read(), answer.arguments(), writer),
                answer.leased(),
                database.epoch()));
    }

    private Map<String, String> named(SessionSettings settings) {
        return Map.of(
                "TimeZone", state.reported("TimeZone"),
                "DateStyle", isoInOrderOf(state.reported("DateStyle")),
                "IntervalStyle", state.reported("IntervalStyle"),
                "bytea_output", settings.byteaHex() ? "hex" : "escape",
                "extra_float_digits", "1");
    }

    /** The text is compared in ISO style; only the order of day and month says how values are read. */
    private static String isoInOrderOf(String dateStyle) {
        int comma = dateStyle.indexOf(',');
        if (comma < 0) {
            return "ISO";
        }
        return "ISO" + dateStyle.substring(comma);
    }

    private static Computation computation(TranslatedQuery read, Arguments arguments, RowWriter writer) {
        return (leased, mostBytes) -> rows(leased, read, arguments, writer, mostBytes);
    }

    private static @Nullable List<byte[]> rows(
            Leased leased, TranslatedQuery read, Arguments arguments, RowWriter writer, long mostBytes) {
        Reader reader = leased.borrow();
        ByteBuf row = Unpooled.buffer();
        try {
            List<byte[]> rows = new ArrayList<>();
            Statement statement = reader.statement(read.query());
            OrderKeyArguments.borrowing(arguments, leased).bindTo(statement);
            long bytes = 0;
            while (statement.step()) {
                writer.write(statement, row.clear());
                bytes += row.readableBytes();
                if (bytes > mostBytes) {
                    return null;
                }
                rows.add(ByteBufUtil.getBytes(row));
            }
            return rows;
        } finally {
            row.release();
            leased.giveBack(reader);
        }
    }
}
