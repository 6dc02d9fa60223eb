package dev.sqlmem.sql.classify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.catalog.TableName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which table an argument names: what the server would make of it as an identifier. */
class QualifiedNameTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "any",
            value = {
                "orders | any | orders",
                "Orders | any | orders",
                "public.orders | public | orders",
                "public . Orders | public | orders",
                "\"a.b\" | any | a.b",
                "\"A.b\".\"c.D\" | A.b | c.D",
                "public.\"a.b\" | public | a.b",
                "\"a.b\".orders | a.b | orders",
                "\"say \"\"hi\"\".\" | any | say \"hi\".",
                "\"a\"\"b\".\"c.\"\"d\" | a\"b | c.\"d",
                "ORDERSÄ | any | ordersÄ",
                "order | any | order",
            })
    void isReadAsTheServerReadsIt(String written, String schema, String name) {
        assertThat(QualifiedName.parse(written)).isEqualTo(new TableName(schema, name));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"a.b.c", "odd name", "2024-orders", "\"open", "a.", ".a", "``"})
    void whatIsNoNameIsTakenAsItStands(String written) {
        assertThat(QualifiedName.parse(written)).isEqualTo(new TableName(null, written));
    }
}
