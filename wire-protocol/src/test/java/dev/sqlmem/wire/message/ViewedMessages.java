package dev.sqlmem.wire.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Messages that the product reads in place: read here part by part as well, and held against what the view
 * says of them.
 */
final class ViewedMessages {
    private ViewedMessages() {}

    static Bind bind(ByteBuf body) {
        BindView view = new BindView();
        ByteBuf frame = frame(body);
        Bind bind = both(body, frame, view::read, in -> {
            String portal = Body.string(in);
            String statement = Body.string(in);
            List<Short> parameterFormats = Body.shorts(in);
            List<@Nullable ByteBuf> parameters = Body.values(in);
            List<Short> resultFormats = Body.shorts(in);
            return new Bind(portal, statement, parameterFormats, parameters, resultFormats);
        });
        assertThat(view.portal()).isEqualTo(bind.portal());
        assertThat(view.statement()).isEqualTo(bind.statement());
        assertThat(view.parameters()).isEqualTo(bind.parameters().size());
        for (int i = 0; i < view.parameters(); i++) {
            ByteBuf value = bind.parameters().get(i);
            assertThat(view.isNull(i)).isEqualTo(value == null);
            if (value != null) {
                assertThat(frame.slice(view.offset(i), view.length(i))).isEqualTo(value);
            }
        }
        return bind;
    }

    static Parse parse(ByteBuf body) {
        ParseView view = new ParseView();
        ByteBuf frame = frame(body);
        Parse parse = both(body, frame, view::read, in -> new Parse(Body.string(in), Body.string(in), Body.ints(in)));
        assertThat(view.name()).isEqualTo(parse.statement());
        assertThat(view.isUnnamed()).isEqualTo(parse.statement().isEmpty());
        assertThat(view.query()).isEqualTo(parse.query());
        assertThat(WireString.at(frame, view.queryIndex(), view.queryLength())).isEqualTo(parse.query());
        assertThat(view.parameterTypes()).isEqualTo(parse.parameterTypes());
        return parse;
    }

    static Execute execute(ByteBuf body) {
        ExecuteView view = new ExecuteView();
        Execute execute = both(body, frame(body), view::read, in -> new Execute(Body.string(in), Body.int32(in)));
        assertThat(view.portal()).isEqualTo(execute.portal());
        assertThat(view.maxRows()).isEqualTo(execute.maxRows());
        return execute;
    }

    static Query query(ByteBuf body) {
        ByteBuf frame = frame(body);
        Query query = both(
                body,
                frame,
                in -> ProtocolException.check(QueryView.isWellFormed(in), "not one string"),
                in -> new Query(Body.string(in)));
        assertThat(QueryView.text(frame)).isEqualTo(query.query());
        assertThat(QueryView.index(frame)).isEqualTo(frame.readerIndex() + Frame.HEADER);
        assertThat(frame.readableBytes() - QueryView.length(frame)).isEqualTo(Frame.HEADER + 1);
        return query;
    }

    /** The body behind a header, itself behind something else, as frames lie in a buffer that was read. */
    private static ByteBuf frame(ByteBuf body) {
        return Unpooled.buffer()
                .writeZero(3 + Frame.HEADER)
                .writeBytes(body.duplicate())
                .skipBytes(3);
    }

    /** Either both accept the message or both refuse it. */
    private static <M> M both(ByteBuf body, ByteBuf frame, Consumer<ByteBuf> view, Function<ByteBuf, M> parts) {
        M message;
        try {
            message = parts.apply(body);
            Body.end(body);
        } catch (ProtocolException e) {
            assertThatThrownBy(() -> view.accept(frame)).isInstanceOf(ProtocolException.class);
            throw e;
        }
        view.accept(frame);
        return message;
    }
}
