package dev.sqlmem.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableRuleTest {
    @Test
    void readsEachForm() {
        assertThat(TableRule.parse("orders:ttl=5s").freshness()).isEqualTo(Freshness.ttl(Duration.ofSeconds(5)));
        assertThat(TableRule.parse("orders:ttl=manual").freshness()).isEqualTo(Freshness.MANUAL);
        assertThat(TableRule.parse("audit:never").never()).isTrue();
        assertThat(TableRule.parse("orders:preload=id,status, Total").preload())
                .containsExactly("id", "status", "total");
        assertThat(TableRule.parse("orders:preload=*").preloadAll()).isTrue();
        assertThat(TableRule.parse("users:-password_hash").excluded()).containsExactly("password_hash");
    }

    @Test
    void readsSeveralItemsBehindOneColon() {
        TableRule rule = TableRule.parse("shop.public.users:ttl=1m,preload=id,name,-password_hash,-salt");
        assertThat(rule.database()).isEqualTo("shop");
        assertThat(rule.schema()).isEqualTo("public");
        assertThat(rule.table()).isEqualTo("users");
        assertThat(rule.freshness()).hasToString("ttl:1m");
        assertThat(rule.preload()).containsExactly("id", "name");
        assertThat(rule.excluded()).containsExactlyInAnyOrder("password_hash", "salt");
        assertThat(TableRule.parse("t:preload=a,b,ttl=5s").preload()).containsExactly("a", "b");
        assertThat(TableRule.parse("t:-a,preload=b").preload()).containsExactly("b");
    }

    @Test
    void foldsNamesUnlessQuoted() {
        TableRule rule = TableRule.parse("Public.\"Odd:Na.me\":-\"never\",preload=ID,\"a,\"\"b\"");
        assertThat(rule.schema()).isEqualTo("public");
        assertThat(rule.table()).isEqualTo("Odd:Na.me");
        assertThat(rule.excluded()).containsExactly("never");
        assertThat(rule.preload()).containsExactly("id", "a,\"b");
        assertThat(TableRule.parse("t:preload=\"never\",\"ttl=1\"").preload()).containsExactly("never", "ttl=1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            orders                        | nothing behind a colon
            orders:                       | nothing behind a colon
            :never                        | is no name
            orders:sometimes              | "sometimes" is not understood
            orders:-a,b                   | "b" is not understood
            orders:ttl=soon               | not a duration
            orders:ttl=0s                 | say never
            orders:ttl=1s,ttl=2s          | ttl is given twice
            orders:never,ttl=1s           | never goes with nothing else
            orders:preload=a,never        | never goes with nothing else
            orders:preload=a,-a           | to be loaded and to be left out
            orders:preload=               | is no name
            orders:-                      | is no name
            orders:-a b                   | is no name
            a.b.c.d:never                 | database.schema.table
            or"ders:never                 | nothing behind a colon
            a:ttl=1s:never                | several colons
            """)
    void saysWhatIsWrong(String text, String problem) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TableRule.parse(text))
                .withMessageContaining(problem);
    }
}
