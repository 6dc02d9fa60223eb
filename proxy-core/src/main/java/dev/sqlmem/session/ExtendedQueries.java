package dev.sqlmem.session;

import dev.sqlmem.plan.Classification;
import dev.sqlmem.plan.HeldLiterals;
import dev.sqlmem.plan.Local;
import dev.sqlmem.plan.Read;
import dev.sqlmem.plan.Refusal;
import dev.sqlmem.plan.Serve;
import dev.sqlmem.plan.ShapeEntry;
import dev.sqlmem.session.Admission.Admit;
import dev.sqlmem.session.Admission.Decline;
import dev.sqlmem.session.Admission.Known;
import dev.sqlmem.session.Admission.Verdict;
import dev.sqlmem.session.Admission.Wait;
import dev.sqlmem.session.Answer.Outcome;
import dev.sqlmem.session.Conversation.Step;
import dev.sqlmem.session.Expect.Kind;
import dev.sqlmem.wire.message.BindComplete;
import dev.sqlmem.wire.message.Close;
import dev.sqlmem.wire.message.CloseComplete;
import dev.sqlmem.wire.message.Describe;
import dev.sqlmem.wire.message.ParameterDescription;
import dev.sqlmem.wire.message.ParseComplete;
import dev.sqlmem.wire.message.ProtocolException;
import dev.sqlmem.wire.type.NotExactException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The extended query protocol: Parse, Bind, Describe, Execute, Close.
 *
 * <p>Once a message of a batch has gone upstream, the rest of the batch up to Sync goes there too, except
 * for what is about portals of the cache. A statement is parsed upstream only when it must run there.
 */
final class ExtendedQueries {
    private static final int HEADER = 5;

    private final Conversation conversation;
    private final Registry registry;
    private final RelayLeg leg;
    private final BindView view = new BindView();

    ExtendedQueries(Conversation conversation) {
        this.conversation = conversation;
        this.registry = conversation.registry;
        this.leg = conversation.leg;
    }

    // ---- Parse

    Step parse(ByteBuf frame) {
        int nameAt = frame.readerIndex() + HEADER;
        int nameEnd = string(frame, nameAt);
        int queryEnd = string(frame, nameEnd + 1);
        PreparedStatement same = nameEnd == nameAt ? sameUnnamed(frame) : null;
        if (same != null && !leg.isBatchOpen() && leg.isQuiet() && conversation.declined() == null) {
            return parseAgain(frame, same);
        }
        String name = frame.toString(nameAt, nameEnd - nameAt, StandardCharsets.UTF_8);
        List<Integer> declared = declared(frame, queryEnd + 1);
        Lookup lookup = conversation.lookup;
        lookup.find(frame, nameEnd + 1, queryEnd - nameEnd - 1);
        Classification classification = lookup.classification();
        Refusal refusal = conversation.context.readOnly() ? classification.refusal() : null;
        if (refusal != null) {
            return refuse(frame, refusal, lookup.entry());
        }
        PreparedStatement statement = new PreparedStatement(
                name,
                ByteBufUtil.getBytes(frame, nameAt, frame.writerIndex() - nameAt),
                classification,
                HeldLiterals.of(lookup.shape()),
                declared);
        statement.entry = lookup.entry();
        Standing standing = conversation.state.standing();
        statement.space = standing == null ? null : standing.space();
        if (statement.isLocal()) {
            return parseLocal(frame, statement);
        }
        boolean taken =
                !name.isEmpty() && (registry.statement(name) != null || conversation.names.mayBePreparedBySql());
        if (mayServe(statement) && !taken) {
            Step step = tryParse(frame, statement);
            if (step != null) {
                return step;
            }
        }
        return relayParse(frame, statement);
    }

    /** Drivers without named statements parse the same text again and again. */
    private @Nullable PreparedStatement sameUnnamed(ByteBuf frame) {
        PreparedStatement unnamed = registry.statement("");
        int length = frame.readableBytes() - HEADER;
        if (unnamed == null || unnamed.parse.length != length || !unnamed.isCandidate()) {
            return null;
        }
        ByteBuf known = Unpooled.wrappedBuffer(unnamed.parse);
        return ByteBufUtil.equals(known, 0, frame, frame.readerIndex() + HEADER, length) ? unnamed : null;
    }

    private Step parseAgain(ByteBuf frame, PreparedStatement statement) {
        Step step = tryParse(frame, statement);
        return step == null ? relayParse(frame, statement) : step;
    }

    /** Answers Parse here where the statement has a plan for the cache; null: it goes upstream. */
    private @Nullable Step tryParse(ByteBuf frame, PreparedStatement statement) {
        if (!leg.isQuiet()) {
            return conversation.awaitQuiet();
        }
        Standing standing = conversation.state.standing();
        if (standing == null) {
            return conversation.settle();
        }
        Verdict verdict = plan(statement, standing);
        if (verdict instanceof Wait wait) {
            return conversation.await(wait.until(), wait.load());
        }
        if (!(verdict instanceof Known known) || !literalsAreExact(known.plan(), statement, standing)) {
            statement.declined = verdict.reason() == null ? "a literal that the cache does not read" : verdict.reason();
            return null;
        }
        statement.told = known.plan().read();
        registry.add(statement);
        frame.release();
        ParseComplete.INSTANCE.encode(conversation.output.buffer());
        return Step.DONE;
    }

    /** Whether the server would find nothing wrong with the literals, which it reads when it parses. */
    private boolean literalsAreExact(Serve plan, PreparedStatement statement, Standing standing) {
        try {
            new Binder(statement.literals, null, Admission.plain(standing))
                    .checkLiterals(plan.read().bindings());
            return true;
        } catch (NotExactException e) {
            return false;
        }
    }

    private Step relayParse(ByteBuf frame, PreparedStatement statement) {
        PreparedStatement taken = registry.statement(statement.name);
        boolean named = !statement.name.isEmpty();
        if (taken != null && !taken.closing && named) {
            leg.ensureParsed(taken); // so that the server finds the name taken as well
        }
        PreparedStatement unnamedBefore = leg.unnamed();
        registry.parsing(statement, leg.batch());
        leg.send(
                frame,
                new Expect(
                        Kind.PARSE,
                        false,
                        carriedOut -> {
                            boolean current = leg.unnamed() == statement;
                            leg.unparsed(statement);
                            registry.notParsed(statement, carriedOut);
                            if (current && !carriedOut) {
                                leg.unnamed(unnamedBefore);
                            }
                        },
                        () -> registry.parsed(statement)));
        leg.parsed(statement);
        return Step.DONE;
    }

    private Step parseLocal(ByteBuf frame, PreparedStatement statement) {
        if (!leg.isQuiet()) {
            return conversation.awaitQuiet();
        }
        if (!statement.name.isEmpty() && registry.statement(statement.name) != null) {
            return fail(frame, "42P05", "prepared statement \"" + statement.name + "\" already exists", null);
        }
        ShapeEntry entry = statement.entry;
        if (entry == null) {
            return fail(frame, "0A000", "UnsupportedQueryError: such literals with sqlmem.*", null);
        }
        local().plan(entry, statement.literals, statement.declared, new LocalAnswers.Plan() {
            @Override
            public void planned(Local plan) {
                frame.release();
                registry.add(statement);
                ParseComplete.INSTANCE.encode(conversation.output.buffer());
            }

            @Override
            public void failed(String sqlState, String message, @Nullable String hint) {
                fail(frame, sqlState, message, hint);
            }
        });
        return Step.DONE;
    }

    private Step refuse(ByteBuf frame, Refusal refusal, @Nullable ShapeEntry entry) {
        if (!leg.isQuiet()) {
            return conversation.awaitQuiet();
        }
        conversation.context.counters().refused.increment();
        if (StatementLog.isOn()) {
            conversation.log.refused(refusal, entry);
        }
        if (entry != null) {
            entry.counters().refused();
        }
        return fail(frame, refusal.sqlState(), refusal.message(), refusal.hint());
    }

    // ---- Bind

    Step bind(ByteBuf frame) {
        view.read(frame);
        PreparedStatement statement = registry.statement(view.statement());
        if (statement == null) {
            return view.statement().isEmpty() ? noUnnamed(frame, Expect.BIND) : relayBind(frame, null);
        }
        if (statement.isLocal()) {
            return bindLocal(frame, statement);
        }
        if (statement.pendingIn != 0 && statement.pendingIn != leg.batch()) {
            return conversation.awaitQuiet(); // had Parse failed, the name might mean another statement
        }
        if (isFailedAndUnknown(statement)) {
            return bindInFailedBlock(frame, statement);
        }
        if (mayServe(statement)) {
            Step step = tryBind(frame, statement);
            if (step != null) {
                return step;
            }
        } else if (conversation.declined() != null) {
            statement.declined = conversation.declined();
        }
        return relayBind(frame, statement);
    }

    /** The server may still have an unnamed statement that was replaced or closed here; it is to miss it, too. */
    private Step noUnnamed(ByteBuf frame, Expect expect) {
        leg.closeUnnamed();
        leg.send(frame, expect);
        return Step.DONE;
    }

    @SuppressWarnings("ReferenceEquality") // the same plan needs no comparison
    private @Nullable Step tryBind(ByteBuf frame, PreparedStatement statement) {
        if (!leg.isQuiet()) {
            return conversation.awaitQuiet();
        }
        Standing standing = conversation.state.standing();
        if (standing == null) {
            return conversation.settle();
        }
        Verdict verdict = plan(statement, standing);
        if (verdict instanceof Known known) {
            Read told = statement.told;
            if (told != null
                    && told != known.plan().read()
                    && !told.description().isSameRow(known.plan().read().description())) {
                return fail(frame, "0A000", "cached plan must not change result type", null);
            }
            verdict = conversation.admission.admit(known.plan(), standing);
        }
        if (verdict instanceof Wait wait) {
            return conversation.await(wait.until(), wait.load());
        }
        statement.declined = verdict.reason();
        return verdict instanceof Admit admit ? bindHere(frame, statement, admit) : null;
    }

    private @Nullable Step bindHere(ByteBuf frame, PreparedStatement statement, Admit admit) {
        Read read = admit.plan().read();
        Portal same = view.portal().isEmpty() ? null : registry.portal(view.portal());
        if (same != null
                || (!view.portal().isEmpty() && conversation.names.mayBeDeclaredBySql())
                || view.parameters() != read.parameterTypes().size()
                || !view.hasValidFormats(read.outputs().size())) {
            admit.generation().release();
            return null;
        }
        Arguments arguments;
        try {
            arguments = new Binder(statement.literals, view, admit.settings()).arguments(read.bindings());
        } catch (NotExactException e) {
            admit.generation().release();
            statement.declined = e.getMessage();
            return null;
        }
        boolean[] binary = view.binaryResults(read.outputs().size());
        RowWriter writer = new RowWriter(read.outputs(), binary, admit.settings());
        Answer answer = Answer.cached(admit, arguments, writer, conversation.loadAwaited());
        registry.add(Portal.cached(view.portal(), statement, answer, binary, frame));
        BindComplete.INSTANCE.encode(conversation.output.buffer());
        return Step.DONE;
    }

    private Step duplicatePortal(ByteBuf frame) {
        return fail(frame, "42P03", "cursor \"" + view.portal() + "\" already exists", null);
    }

    private Step relayBind(ByteBuf frame, @Nullable PreparedStatement statement) {
        String name = view.portal();
        Portal taken = name.isEmpty() ? null : registry.portal(name);
        if (taken != null && taken.isCached()) {
            if (!leg.isQuiet()) {
                return conversation.awaitQuiet();
            }
            PreparedStatement of = taken.statement;
            if (of == null || of.isLocal() || conversation.state.status() == SessionState.FAILED) {
                return duplicatePortal(frame);
            }
            leg.introduce(taken, of); // so that the server finds the name taken as well
        }
        if (statement != null) {
            leg.ensureParsed(statement);
        }
        conversation.state.bound(statement == null ? null : statement.classification);
        Portal portal = Portal.upstream(name, statement);
        portal.batch = leg.batch();
        Portal before = registry.replace(portal);
        leg.send(
                frame,
                new Expect(
                        Kind.BIND,
                        false,
                        carriedOut -> registry.putBack(portal, before),
                        before == null ? null : before::close));
        return Step.DONE;
    }

    /** Whether a statement that only the proxy knows is spoken of in a transaction block that has failed. */
    private boolean isFailedAndUnknown(PreparedStatement statement) {
        return conversation.state.status() == SessionState.FAILED
                && statement.told != null
                && !statement.upstream
                && !leg.isBatchOpen()
                && leg.isQuiet();
    }

    private Step bindInFailedBlock(ByteBuf frame, PreparedStatement statement) {
        Read told = statement.told;
        return told == null || view.parameters() == told.parameterTypes().size()
                ? failedBlock(frame)
                : wrongCount(frame, statement, told);
    }

    private Step wrongCount(ByteBuf frame, PreparedStatement statement, Read read) {
        return fail(
                frame,
                "08P01",
                "bind message supplies " + view.parameters() + " parameters, but prepared statement \""
                        + statement.name + "\" requires "
                        + read.parameterTypes().size(),
                null);
    }

    private Step bindLocal(ByteBuf frame, PreparedStatement statement) {
        ShapeEntry entry = statement.entry;
        if (!leg.isQuiet() || entry == null) {
            return conversation.awaitQuiet();
        }
        if (!view.portal().isEmpty() && registry.portal(view.portal()) != null) {
            return duplicatePortal(frame);
        }
        String portal = view.portal();
        local().plan(entry, statement.literals, statement.declared, new LocalAnswers.Plan() {
            @Override
            public void planned(Local plan) {
                bindRows(frame, portal, statement, plan);
            }

            @Override
            public void failed(String sqlState, String message, @Nullable String hint) {
                fail(frame, sqlState, message, hint);
            }
        });
        return Step.DONE;
    }

    private void bindRows(ByteBuf frame, String portal, PreparedStatement statement, Local plan) {
        view.read(frame);
        Read read = plan.read();
        if (view.parameters() != read.parameterTypes().size()
                || !view.hasValidFormats(read.outputs().size())) {
            wrongCount(frame, statement, read);
            return;
        }
        boolean[] binary = view.binaryResults(read.outputs().size());
        local().rows(plan, statement.literals, view, binary, new LocalAnswers.Done() {
            @Override
            public void answered(Answer answer) {
                registry.add(Portal.cached(portal, statement, answer, binary, frame));
                BindComplete.INSTANCE.encode(conversation.output.buffer());
            }

            @Override
            public void failed(String sqlState, String message, @Nullable String hint) {
                fail(frame, sqlState, message, hint);
            }
        });
    }

    // ---- Describe

    Step describe(ByteBuf frame) {
        Describe message = Describe.decode(body(frame));
        return message.kind() == Describe.STATEMENT
                ? describeStatement(
                        frame,
                        registry.statement(message.name()),
                        message.name().isEmpty())
                : describePortal(frame, registry.portal(message.name()));
    }

    private Step describePortal(ByteBuf frame, @Nullable Portal portal) {
        if (portal == null || portal.answer == null) {
            leg.send(frame, Expect.DESCRIBE);
            return Step.DONE;
        }
        if (!leg.isQuiet()) {
            return conversation.awaitQuiet();
        }
        if (conversation.state.status() == SessionState.FAILED) {
            return failedBlock(frame);
        }
        frame.release();
        Read read = portal.answer.read();
        read.description().write(conversation.output.buffer(), portal.binary);
        tell(portal.statement, read);
        return Step.DONE;
    }

    private Step describeStatement(ByteBuf frame, @Nullable PreparedStatement statement, boolean unnamed) {
        if (statement == null && unnamed) {
            return noUnnamed(frame, Expect.DESCRIBE);
        }
        if (statement == null) {
            leg.send(frame, Expect.DESCRIBE);
            return Step.DONE;
        }
        if (statement.isLocal()) {
            return describeLocal(frame, statement);
        }
        if (isFailedAndUnknown(statement)) {
            return failedBlock(frame);
        }
        if (mayServe(statement)) {
            if (!leg.isQuiet()) {
                return conversation.awaitQuiet();
            }
            Standing standing = conversation.state.standing();
            if (standing == null) {
                return conversation.settle();
            }
            Verdict verdict = plan(statement, standing);
            if (verdict instanceof Wait wait) {
                return conversation.await(wait.until(), wait.load());
            }
            if (verdict instanceof Known known) {
                return describeHere(frame, statement, known.plan().read());
            }
            Read told = statement.told;
            if (told != null) {
                // the server tells the parameters before it finds out that the rows have changed
                new ParameterDescription(told.parameterTypes()).encode(conversation.output.buffer());
                leg.ensureParsed(statement);
                leg.send(frame, Expect.DESCRIBE_ROWS);
                return Step.DONE;
            }
        }
        leg.ensureParsed(statement);
        leg.send(frame, Expect.DESCRIBE);
        return Step.DONE;
    }

    private Step describeHere(ByteBuf frame, PreparedStatement statement, Read read) {
        Read told = statement.told;
        if (told != null && !told.description().isSameRow(read.description())) {
            new ParameterDescription(told.parameterTypes()).encode(conversation.output.buffer());
            return fail(frame, "0A000", "cached plan must not change result type", null);
        }
        frame.release();
        described(statement, read);
        return Step.DONE;
    }

    private Step describeLocal(ByteBuf frame, PreparedStatement statement) {
        ShapeEntry entry = statement.entry;
        if (!leg.isQuiet() || entry == null) {
            return conversation.awaitQuiet();
        }
        local().plan(entry, statement.literals, statement.declared, new LocalAnswers.Plan() {
            @Override
            public void planned(Local plan) {
                frame.release();
                described(statement, plan.read());
            }

            @Override
            public void failed(String sqlState, String message, @Nullable String hint) {
                fail(frame, sqlState, message, hint);
            }
        });
        return Step.DONE;
    }

    private void described(PreparedStatement statement, Read read) {
        ByteBuf out = conversation.output.buffer();
        new ParameterDescription(read.parameterTypes()).encode(out);
        read.description().write(out, null);
        tell(statement, read);
    }

    private static void tell(@Nullable PreparedStatement statement, Read read) {
        if (statement != null) {
            statement.told = read;
        }
    }

    // ---- Execute

    Step execute(ByteBuf frame) {
        int nameEnd = string(frame, frame.readerIndex() + HEADER);
        if (frame.writerIndex() - nameEnd != 1 + Integer.BYTES) {
            throw new ProtocolException("invalid message format");
        }
        int nameAt = frame.readerIndex() + HEADER;
        String name = nameEnd == nameAt ? "" : frame.toString(nameAt, nameEnd - nameAt, StandardCharsets.UTF_8);
        Portal portal = registry.portal(name);
        if (portal == null || portal.answer == null) {
            return relayExecute(frame, portal);
        }
        if (!leg.isQuiet()) {
            return conversation.awaitQuiet();
        }
        if (conversation.state.status() == SessionState.FAILED) {
            return failedBlock(frame);
        }
        conversation.countStatement();
        conversation.executedHere();
        return run(frame, portal, portal.answer, frame.getInt(nameEnd + 1));
    }

    private Step run(ByteBuf frame, Portal portal, Answer answer, int maxRows) {
        if (answer.isFinished()) {
            frame.release();
            CachedAnswers.commandComplete(conversation.output.buffer(), 0);
            return Step.DONE;
        }
        PreparedStatement statement = portal.statement;
        ShapeEntry entry = statement == null ? null : statement.entry;
        conversation.owns(frame::release);
        conversation.answers.send(answer, answer.isStarted() ? null : entry, maxRows, new Rows(frame, portal));
        return Step.DONE;
    }

    private Step relayExecute(ByteBuf frame, @Nullable Portal portal) {
        Classification classification = portal == null ? null : portal.classification;
        PreparedStatement statement = portal == null ? null : portal.statement;
        if (statement != null && !leg.isQuiet() && SqlNames.unnames(classification, statement.shape())) {
            return conversation.awaitQuiet();
        }
        if (conversation.writes.prepare(classification) == Step.WAIT) {
            return Step.WAIT;
        }
        conversation.countStatement();
        conversation.relayed(
                classification,
                statement == null ? null : statement.entry,
                statement == null ? () -> "" : statement::shape,
                statement == null ? null : statement.declined);
        if (statement != null && SqlNames.areIn(classification, statement.shape())) {
            if (conversation.state.status() != SessionState.FAILED) {
                conversation.names.introduceInBatch(statement.shape());
            }
            leg.send(frame, Expect.then(Kind.EXECUTE, conversation.names.sent(statement.shape())));
        } else {
            leg.send(frame, Expect.EXECUTE);
        }
        // in a failed block an unknown portal is what a failed Bind has left: it runs nothing, but is answered
        boolean nothing = portal == null && conversation.state.status() == SessionState.FAILED;
        if (!nothing && conversation.state.mayBeReadWrite() && mayEndTransaction(classification)) {
            leg.pinInBatch();
        }
        return Step.DONE;
    }

    private static boolean mayEndTransaction(@Nullable Classification classification) {
        return classification == null || classification.effects().endsTransaction();
    }

    // ---- Close

    Step close(ByteBuf frame) {
        Close message = Close.decode(body(frame));
        return message.kind() == Close.STATEMENT
                ? closeStatement(frame, message.name())
                : closePortal(frame, message.name());
    }

    private Step closeStatement(ByteBuf frame, String name) {
        PreparedStatement statement = registry.statement(name);
        if (statement == null) {
            leg.send(frame, Expect.CLOSE);
            return Step.DONE;
        }
        if (statement.upstream) {
            statement.closing = true;
            leg.send(frame, Expect.closing(statement, () -> registry.drop(statement)));
            return Step.DONE;
        }
        if (!leg.isQuiet()) {
            return conversation.awaitQuiet();
        }
        registry.drop(statement);
        return closed(frame);
    }

    private Step closePortal(ByteBuf frame, String name) {
        Portal portal = registry.portal(name);
        if (portal == null || !portal.isCached()) {
            registry.closePortal(name);
            leg.send(frame, Expect.noted(Kind.CLOSE, carriedOut -> {
                if (portal != null && registry.portal(name) == null) {
                    registry.add(portal);
                }
            }));
            return Step.DONE;
        }
        if (!leg.isQuiet()) {
            return conversation.awaitQuiet();
        }
        registry.closePortal(name);
        return closed(frame);
    }

    private Step closed(ByteBuf frame) {
        frame.release();
        CloseComplete.INSTANCE.encode(conversation.output.buffer());
        return Step.DONE;
    }

    // ---- common to all

    /** Whether the cache may be asked about the statement in this batch at all. */
    private boolean mayServe(PreparedStatement statement) {
        return statement.isCandidate()
                && !leg.isBatchOpen()
                && conversation.declined() == null
                && conversation.state.status() != SessionState.FAILED;
    }

    private Verdict plan(PreparedStatement statement, Standing standing) {
        if (statement.space != standing.space()) {
            int queryAt = statement.name.getBytes(StandardCharsets.UTF_8).length + 1;
            ByteBuf parse = Unpooled.wrappedBuffer(statement.parse);
            conversation.lookup.find(parse, queryAt, string(parse, queryAt) - queryAt);
            statement.entry = conversation.lookup.entry();
            statement.space = standing.space();
        }
        ShapeEntry entry = statement.entry;
        return entry == null
                ? new Decline("no plannable shape")
                : conversation.admission.plan(entry, standing, statement.literals, statement.declared);
    }

    private Step failedBlock(ByteBuf frame) {
        return fail(
                frame,
                "25P02",
                "current transaction is aborted, commands ignored until end of transaction block",
                null);
    }

    private Step fail(ByteBuf frame, String sqlState, String message, @Nullable String hint) {
        frame.release();
        conversation.errorInBatch(sqlState, message, hint);
        return Step.DONE;
    }

    private LocalAnswers local() {
        return new LocalAnswers(conversation);
    }

    private static ByteBuf body(ByteBuf frame) {
        return frame.slice(frame.readerIndex() + HEADER, frame.readableBytes() - HEADER);
    }

    private static int string(ByteBuf frame, int from) {
        int end = from > frame.writerIndex() ? -1 : frame.indexOf(from, frame.writerIndex(), (byte) 0);
        if (end < 0) {
            throw new ProtocolException("invalid string in message");
        }
        return end;
    }

    private static List<Integer> declared(ByteBuf frame, int at) {
        int end = frame.writerIndex();
        if (end - at < Short.BYTES || end - at != Short.BYTES + Integer.BYTES * frame.getUnsignedShort(at)) {
            throw new ProtocolException("invalid message format");
        }
        int count = frame.getUnsignedShort(at);
        if (count == 0) {
            return List.of();
        }
        List<Integer> declared = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            declared.add(frame.getInt(at + Short.BYTES + Integer.BYTES * i));
        }
        return declared;
    }

    /** The rows of one Execute; owns the message, not the portal. */
    private final class Rows implements CachedAnswers.Frame {
        private final ByteBuf frame;
        private final Portal portal;

        Rows(ByteBuf frame, Portal portal) {
            this.frame = frame;
            this.portal = portal;
        }

        @Override
        public void begin() {}

        @Override
        public void end(Outcome outcome, long rows) {
            if (outcome == Outcome.DONE) {
                CachedAnswers.commandComplete(conversation.output.buffer(), rows);
            } else if (outcome == Outcome.SUSPENDED) {
                CachedAnswers.suspended(conversation.output.buffer());
            } else if (outcome == Outcome.FAILED) {
                conversation.canceled(false);
            } else {
                conversation.skipBatch();
            }
            conversation.released();
        }

        @Override
        public void giveUp(String reason) {
            frame.retain();
            conversation.released();
            PreparedStatement statement = portal.statement;
            Answer answer = portal.answer;
            if (statement == null || answer == null || answer.isLocal() || answer.isStarted()) {
                fail(frame, "XX000", "the cache gave up: " + reason, null);
                return;
            }
            conversation.relayed(statement.classification, statement.entry, statement::shape, reason);
            leg.introduce(portal, statement);
            leg.send(frame, Expect.EXECUTE);
        }
    }
}
