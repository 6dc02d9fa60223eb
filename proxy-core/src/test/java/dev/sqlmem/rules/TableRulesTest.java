package dev.sqlmem.rules;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.sqlmem.catalog.ColumnDefinition;
import dev.sqlmem.catalog.TableDefinition;
import dev.sqlmem.catalog.TableName;
import dev.sqlmem.catalog.TextOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TableRulesTest {
    private static final TableDefinition USERS = table("users", "id", "name", "secret");

    private static TableDefinition table(String name, String... columns) {
        List<ColumnDefinition> definitions = new ArrayList<>();
        for (String column : columns) {
            definitions.add(new ColumnDefinition(
                    definitions.size() + 1, column, 23, "integer", -1, false, TextOrder.NOT_TEXT, null));
        }
        return new TableDefinition(7, "public", name, 'r', definitions, List.of(), 0, 0, null);
    }

    private static TableRules rules(String text) {
        return new TableRules(Freshness.ttl(Duration.ofMinutes(1)), TableRules.parse(text));
    }

    @Test
    void theMostExactNameDecidesOnTheTimeToLive() {
        TableRules rules = rules("users:ttl=1s; public.users:ttl=2s; shop.public.users:ttl=3s; other.users:ttl=4s");
        assertThat(rules.freshness("shop", USERS)).hasToString("ttl:3s");
        assertThat(rules.freshness("blog", USERS)).hasToString("ttl:2s");
        assertThat(rules("users:ttl=manual").freshness("shop", USERS)).isEqualTo(Freshness.MANUAL);
        assertThat(rules("users:-secret").freshness("shop", USERS)).hasToString("ttl:1m");
        assertThat(rules("none").rules()).isEmpty();
    }

    @Test
    void whatAnyRuleKeepsOutIsOut() {
        TableRules rules = rules("users:-secret; shop.public.users:preload=id; \"odd;name\":never");
        TableDefinition restricted = rules.restricted("blog", USERS, List.of());
        assertThat(requireNonNull(restricted.column("secret")).notCacheable())
                .isEqualTo("kept out of the cache by the table rule users:-secret");
        assertThat(requireNonNull(restricted.column("name")).notCacheable()).isNull();
        assertThat(restricted.notCacheable()).isNull();
        assertThat(rules.restricted("blog", table("odd;name", "a"), List.of()).notCacheable())
                .isEqualTo("kept out of the cache by the table rule \"odd;name\":never");
        assertThat(rules.restricted("blog", table("others", "secret"), List.of()))
                .isEqualTo(table("others", "secret"));
    }

    @Test
    void aRuleHoldsForTheTablesThatShareTheRows() {
        TableDefinition part = table("users_2024", "id", "secret");
        List<TableName> relatives = List.of(new TableName("public", "users"));
        assertThat(requireNonNull(rules("users:-secret")
                                .restricted("shop", part, relatives)
                                .column("secret"))
                        .notCacheable())
                .isNotNull();
        assertThat(rules("private.users:never")
                        .restricted("shop", part, relatives)
                        .notCacheable())
                .isNull();
    }

    @Test
    void refusesTwoTimesToLiveForOneName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TableRules.parse("users:ttl=1s;USERS:ttl=2s"))
                .withMessageContaining("two times to live");
        assertThat(TableRules.parse("users:ttl=1s;users:-secret")).hasSize(2);
    }
}
