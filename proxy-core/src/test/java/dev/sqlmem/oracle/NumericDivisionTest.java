package dev.sqlmem.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.testing.SharedPostgres;
import dev.sqlmem.wire.type.NumericDivision;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Division and both wire forms of its results, against the server's own. */
class NumericDivisionTest {

    @Test
    void dividesAsTheServerDoes() throws Exception {
        Random random = new Random(7);
        List<BigDecimal[]> pairs = new ArrayList<>();
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            BigDecimal[] pair = {number(random), number(random)};
            if (pair[1].signum() != 0) {
                pairs.add(pair);
                rows.add("(" + rows.size() + ", " + pair[0].toPlainString() + ", " + pair[1].toPlainString() + ")");
            }
        }
        int i = 0;
        try (Connection server = DriverManager.getConnection(SharedPostgres.jdbcUrl("postgres"));
                Statement statement = server.createStatement();
                ResultSet row =
                        statement.executeQuery("SELECT (a / b)::text, encode(numeric_send(a / b), 'hex') FROM (VALUES "
                                + String.join(", ", rows) + ") AS pairs (k, a, b) ORDER BY k")) {
            while (row.next()) {
                BigDecimal[] pair = pairs.get(i++);
                BigDecimal quotient = NumericDivision.divide(pair[0], pair[1]);
                ByteBuf text = Unpooled.buffer();
                ByteBuf binary = Unpooled.buffer();
                NumericDivision.writeText(quotient, text);
                NumericDivision.writeBinary(quotient, binary);
                String words = pair[0] + " / " + pair[1];
                assertThat(text.toString(StandardCharsets.US_ASCII)).as(words).isEqualTo(row.getString(1));
                assertThat(ByteBufUtil.hexDump(binary)).as(words).isEqualTo(row.getString(2));
            }
        }
        assertThat(i).isGreaterThan(4_000);
    }

    private static BigDecimal number(Random random) {
        long unscaled = random.nextInt(8) == 0 ? random.nextInt(3) - 1 : random.nextLong() >> random.nextInt(64);
        return BigDecimal.valueOf(unscaled, random.nextInt(12));
    }
}
