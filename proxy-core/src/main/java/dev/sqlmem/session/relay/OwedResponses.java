package dev.sqlmem.session.relay;

import dev.sqlmem.wire.message.CommandComplete;
import dev.sqlmem.wire.message.Frame;
import dev.sqlmem.wire.message.ParameterStatus;
import dev.sqlmem.wire.message.ReadyForQuery;
import dev.sqlmem.wire.message.Tag;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * The responses that the upstream owes, in order: says of each that arrives whose it is, and what follows from
 * it. Belongs to the event loop.
 */
final class OwedResponses {
    private final ClientOutput output;
    private final Registry registry;
    private final RelayObserver observer;
    private final ArrayDeque<PendingResponse> owed = new ArrayDeque<>();
    private final SettingsReply settleReply = new SettingsReply();
    private boolean batchOpen;
    private boolean copying;

    OwedResponses(ClientOutput output, Registry registry, RelayObserver observer) {
        this.output = output;
        this.registry = registry;
        this.observer = observer;
    }

    boolean isEmpty() {
        return owed.isEmpty();
    }

    /** Whether the server has received messages of the extended protocol that no Sync has followed yet. */
    boolean isBatchOpen() {
        return batchOpen;
    }

    /** Whether the server reads COPY data. */
    boolean isCopying() {
        return copying;
    }

    /** Notes the response to what belongs to no batch: Query, FunctionCall, the proxy's own question. */
    void add(PendingResponse expect) {
        owed.add(expect);
    }

    /** Notes the response to a message of a batch. */
    void addInBatch(PendingResponse expect) {
        owed.add(expect);
        batchOpen = true;
    }

    /** Notes the response to what ends a batch. */
    void addEndOfBatch(PendingResponse expect) {
        owed.add(expect);
        batchOpen = false;
    }

    /** Notes that the client has ended its COPY data, perhaps before the server asks for them. */
    void copyDataEnded() {
        if (!copying && !owed.isEmpty()) {
            owed.add(PendingResponse.COPY_END);
        }
        copying = false;
    }

    /** Takes back what the responses that will never come were to confirm. */
    void forsake() {
        while (!owed.isEmpty()) {
            PendingResponse.Undo undo = owed.removeLast().undo();
            if (undo != null) {
                undo.run(false);
            }
        }
    }

    /** Takes in one response; takes the frame over. */
    void receive(ByteBuf frame) {
        byte tag = Frame.tag(frame);
        if (tag == Tag.NOTICE_RESPONSE || tag == Tag.NOTIFICATION_RESPONSE) {
            output.relay(frame);
        } else if (tag == Tag.PARAMETER_STATUS) {
            ParameterStatus status = ParameterStatus.decode(Frame.body(frame));
            observer.parameter(status.name(), status.value());
            output.relay(frame);
        } else if (owed.isEmpty()) {
            output.relay(frame); // an error out of turn, such as an administrator's shutdown
        } else {
            answer(tag, frame, owed.element());
        }
        while (!owed.isEmpty() && owed.element().kind() == PendingResponse.Kind.COPY_END) {
            owed.remove(); // there was no COPY that it could have ended
        }
        if (owed.isEmpty() || copying) {
            observer.quiet();
        }
    }

    private void answer(byte tag, ByteBuf frame, PendingResponse head) {
        if (head.kind() == PendingResponse.Kind.SETTLE) {
            if (tag == Tag.READY_FOR_QUERY) {
                owed.remove();
            }
            settleReply.receive(tag, frame, observer);
            return;
        }
        if (head.kind() == PendingResponse.Kind.ABORT && tag == Tag.ERROR_RESPONSE) {
            frame.release();
            return;
        }
        if (head.kind() == PendingResponse.Kind.INTRODUCE) {
            introduced(tag, frame, head);
            return;
        }
        if (tag == Tag.READY_FOR_QUERY) {
            owed.remove();
            if (head.kind() == PendingResponse.Kind.QUERY) {
                observer.ended();
            }
            observer.ready(ReadyForQuery.decode(Frame.body(frame)).status(), head.batch());
        } else if (tag == Tag.ERROR_RESPONSE) {
            if (failed(head)) {
                frame.release();
                return;
            }
        } else if (tag == Tag.PARAMETER_DESCRIPTION && head.kind() == PendingResponse.Kind.DESCRIBE_ROWS) {
            frame.release();
            return;
        } else if (tag == Tag.COPY_IN_RESPONSE) {
            copyBegins(head);
        } else if (head.kind() == PendingResponse.Kind.QUERY && tag == Tag.COMMAND_COMPLETE) {
            Runnable then = head.then();
            if (then != null) {
                then.run();
            }
            completed(frame, head);
        } else if (ends(tag, head.kind())) {
            owed.remove();
            Runnable then = head.then();
            if (then != null) {
                then.run();
            }
            if (tag == Tag.COMMAND_COMPLETE) {
                completed(frame, head);
            } else if (tag == Tag.PORTAL_SUSPENDED) {
                observer.completed("");
            }
            if (head.swallowed()) {
                frame.release();
                return;
            }
            if (head.kind() == PendingResponse.Kind.EXECUTE) {
                observer.ended();
            }
        }
        output.relay(frame);
    }

    /** The end of a transaction, or of a part of one, takes portals with it: COMMIT, ROLLBACK (TO). */
    private void completed(ByteBuf frame, PendingResponse head) {
        String tag = CommandComplete.decode(Frame.body(frame)).tag();
        if (!head.swallowed()) {
            observer.completed(tag);
        }
        if (tag.startsWith("COM") || tag.startsWith("RO")) {
            registry.closeCached();
        }
    }

    /** The server reads COPY data, and every Sync before its end as a part of it. */
    private void copyBegins(PendingResponse head) {
        boolean syncAfterEnd = false;
        copying = true;
        for (Iterator<PendingResponse> rest = owed.iterator(); rest.hasNext(); ) {
            PendingResponse expect = rest.next();
            if (copying
                    && (expect.kind() == PendingResponse.Kind.SYNC || expect.kind() == PendingResponse.Kind.COPY_END)) {
                copying = expect.kind() != PendingResponse.Kind.COPY_END; // sent already, by a client that did not wait
                rest.remove();
            } else {
                syncAfterEnd |= expect.kind() == PendingResponse.Kind.SYNC;
            }
        }
        if (!syncAfterEnd) {
            batchOpen = head.kind() == PendingResponse.Kind.EXECUTE;
        }
    }

    private void introduced(byte tag, ByteBuf frame, PendingResponse head) {
        PendingResponse.Undo undo = head.undo();
        if (tag == Tag.ERROR_RESPONSE && undo != null) {
            undo.run(true);
        } else if (tag == Tag.READY_FOR_QUERY) {
            owed.remove();
            observer.ready(ReadyForQuery.decode(Frame.body(frame)).status(), 0);
        }
        frame.release();
    }

    private static boolean ends(byte tag, PendingResponse.Kind kind) {
        return switch (kind) {
            case PARSE -> tag == Tag.PARSE_COMPLETE;
            case BIND -> tag == Tag.BIND_COMPLETE;
            case DESCRIBE, DESCRIBE_ROWS -> tag == Tag.ROW_DESCRIPTION || tag == Tag.NO_DATA;
            case EXECUTE ->
                tag == Tag.COMMAND_COMPLETE || tag == Tag.EMPTY_QUERY_RESPONSE || tag == Tag.PORTAL_SUSPENDED;
            case CLOSE -> tag == Tag.CLOSE_COMPLETE;
            case SYNC, QUERY, FUNCTION_CALL, COPY_END, SETTLE, INTRODUCE, ABORT -> false;
        };
    }

    /**
     * An error voids everything up to the next Sync, Parse messages included. Returns whether it is none of
     * the client's business.
     */
    private boolean failed(PendingResponse head) {
        observer.failed();
        copying = false;
        if (head.kind() == PendingResponse.Kind.QUERY
                || head.kind() == PendingResponse.Kind.FUNCTION_CALL
                || head.kind() == PendingResponse.Kind.SYNC) {
            return false;
        }
        List<PendingResponse> lost = new ArrayList<>();
        while (!owed.isEmpty() && !endsBatch(owed.element().kind())) {
            lost.add(owed.remove());
        }
        for (int i = lost.size() - 1; i >= 0; i--) {
            PendingResponse.Undo undo = lost.get(i).undo();
            if (undo != null) {
                undo.run(i == 0);
            }
        }
        for (PendingResponse each : lost) {
            if (each.kind() == PendingResponse.Kind.EXECUTE && !each.swallowed()) {
                observer.ended();
            }
        }
        if (owed.isEmpty()) {
            observer.batchFailed();
            return false;
        }
        return owed.element().kind() == PendingResponse.Kind.INTRODUCE;
    }

    private static boolean endsBatch(PendingResponse.Kind kind) {
        return kind == PendingResponse.Kind.SYNC || kind == PendingResponse.Kind.INTRODUCE;
    }

    /** Takes in rows or COPY data, one frame or a part of one or many; takes the bytes over. */
    void receiveRows(ByteBuf bytes) {
        PendingResponse head = owed.peek();
        if (head != null && head.swallowed() && head.kind() != PendingResponse.Kind.SETTLE) {
            bytes.release();
        } else if (head != null && head.kind() == PendingResponse.Kind.SETTLE) {
            settleReply.row(bytes);
        } else {
            output.relay(bytes);
        }
    }
}
