package dev.sqlmem.session.answer;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;

class HeldRowsTest {
    @Test
    void givesWholeRows() {
        ByteBuf frames = Unpooled.buffer();
        for (int row = 0; row < 5; row++) {
            frames.writeByte('D').writeInt(4 + row).writeZero(row);
        }
        byte[] all = frames.array().clone();
        ByteBuf out = Unpooled.buffer();
        try (HeldRows rows = new HeldRows(frames)) {
            assertThat(rows.take(2, out)).isEqualTo(2);
            assertThat(out.readableBytes()).isEqualTo(5 + 6);
            assertThat(rows.take(2, out)).isEqualTo(2);
            assertThat(rows.take(0, out)).isEqualTo(1);
            assertThat(rows.take(0, out)).isZero();
            assertThat(rows.take(7, out)).isZero();
        }
        assertThat(out).isEqualTo(Unpooled.wrappedBuffer(all, 0, 5 + 6 + 7 + 8 + 9));
        assertThat(frames.refCnt()).isZero();
    }
}
