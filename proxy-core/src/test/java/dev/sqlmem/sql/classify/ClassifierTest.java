package dev.sqlmem.sql.classify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sqlmem.sql.lex.Lexer;
import dev.sqlmem.sql.lex.Token;
import dev.sqlmem.sql.lex.TokenKind;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What statements are, and which of them read-only mode refuses. */
final class ClassifierTest {

    static List<StatementTable.Expectation> statements() {
        return StatementTable.load();
    }

    @Test
    void theTableIsNotEmpty() {
        assertThat(statements()).hasSizeGreaterThan(300);
    }

    @ParameterizedTest
    @MethodSource("statements")
    void classifies(StatementTable.Expectation expected) {
        check(expected, expected.sql());
    }

    @ParameterizedTest
    @MethodSource("statements")
    void commentsAndCaseChangeNothing(StatementTable.Expectation expected) {
        Random random = new Random(expected.sql().hashCode());
        for (int round = 0; round < 5; round++) {
            check(expected, disguise(expected.sql(), random));
        }
    }

    private static void check(StatementTable.Expectation expected, String sql) {
        Classification actual = classify(sql);
        Refusal refusal = actual.refusal();
        assertThat(actual.kind()).as(sql).isEqualTo(expected.kind());
        assertThat(refusal == null ? null : refusal.sqlState()).as(sql).isEqualTo(expected.sqlState());
        assertThat(actual.multi()).as(sql).isEqualTo(expected.multi());
    }

    private static String disguise(String sql, Random random) {
        String[] spaces = {" ", "\n", "\t\r\n", "/* ; drop table t */", "-- it's\n", "/* /* \" */ ' */"};
        StringBuilder disguised = new StringBuilder();
        for (Token token : Lexer.lex(sql, true)) {
            String written = sql.substring(token.start(), token.end());
            boolean upper = token.kind() == TokenKind.IDENT && random.nextBoolean();
            disguised.append(upper ? written.toUpperCase(Locale.ROOT) : written);
            boolean joined = token.kind().isString();
            disguised.append(joined ? "/**/" : "").append(spaces[random.nextInt(spaces.length)]);
        }
        return disguised.toString();
    }

    @Test
    void whatPsqlAsksOfCatalogsIsRelayed() {
        String[] queries = StatementTable.resource("psql-describe.sql").split("--;;\n");
        assertThat(queries).hasSizeGreaterThan(40);
        for (String query : queries) {
            Classification actual = classify(query);
            assertThat(actual.refusal()).as(query).isNull();
            assertThat(actual.kind()).as(query).isEqualTo(StatementKind.SELECT);
            assertThat(actual.effects().tables()).as(query).isEmpty();
            assertThat(actual.effects().unknownFunctions()).as(query).isFalse();
        }
    }

    @Test
    void refusalsNameTheErrorAndTheFlag() {
        for (StatementTable.Expectation expected : statements()) {
            Refusal refusal = classify(expected.sql()).refusal();
            if (refusal != null && !expected.multi()) {
                String name = refusal.isReadOnly() ? "ReadOnlyError: " : "UnsupportedQueryError: ";
                assertThat(refusal.message()).startsWith(name);
                assertThat(refusal.hint()).contains("--mode transparent");
            }
        }
    }

    @Test
    void deepNestingIsRefusedNotOverflowing() {
        String deep = "select " + "(".repeat(30_000) + "1" + ")".repeat(30_000);
        assertThat(classify(deep).kind()).isEqualTo(StatementKind.WRITE);
        String unbalanced = "select * from t where " + "(select ".repeat(20_000);
        assertThat(classify(unbalanced).refusal()).isNotNull();
        String wide = "select a from t where a in (" + "(select 1),".repeat(20_000) + "1)";
        assertThat(classify(wide).refusal()).isNull();
        String nested = "select a from " + "(select a from ".repeat(450) + "t" + ") x".repeat(450);
        assertThat(classify(nested).refusal()).isNull();
    }

    static Classification classify(String sql) {
        return Classifier.classify(Lexer.lex(sql, true), StatementTable.CATALOG);
    }
}
