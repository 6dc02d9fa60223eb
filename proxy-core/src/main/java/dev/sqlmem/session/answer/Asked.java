package dev.sqlmem.session.answer;

import dev.sqlmem.upstream.jdbc.Question;
import dev.sqlmem.wire.message.BindView;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.util.ArrayList;
import java.util.List;

/** What a client has asked: the text, and what its Bind gave. */
public record Asked(String sql, List<Integer> declared, List<Question.Value> values) {

    /** A simple query. */
    public static Asked simple(String sql) {
        return new Asked(sql, List.of(), List.of());
    }

    /** A bound statement; the frame is only read. */
    public static Asked bound(String sql, List<Integer> declared, ByteBuf bind) {
        BindView view = new BindView();
        view.read(bind);
        List<Question.Value> values = new ArrayList<>();
        for (int i = 0; i < view.parameters(); i++) {
            byte[] bytes;
            if (view.isNull(i)) {
                bytes = null;
            } else {
                bytes = ByteBufUtil.getBytes(bind, view.offset(i), view.length(i), true);
            }
            values.add(new Question.Value(view.isBinary(i), bytes));
        }
        return new Asked(sql, declared, values);
    }
}
