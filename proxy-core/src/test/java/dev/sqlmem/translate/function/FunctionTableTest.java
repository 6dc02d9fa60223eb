package dev.sqlmem.translate.function;

import static dev.sqlmem.translate.function.FunctionRow.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sqlmem.translate.TranslationOf;
import dev.sqlmem.translate.type.Constants;
import dev.sqlmem.translate.type.NotTranslatable;
import dev.sqlmem.translate.type.Operand;
import dev.sqlmem.translate.type.ParameterTypes;
import dev.sqlmem.translate.type.Sql;
import dev.sqlmem.translate.type.Term;
import dev.sqlmem.translate.type.Translation;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A function is a row: what it says is what a call becomes. */
final class FunctionTableTest {
    private final Translation out = new Translation(new ParameterTypes(List.of()), List.of(), List.of(), true);
    private final Constants constants = new Constants(out);
    private final Operand text = Term.column(TranslationOf.TABLE.column(7), "t.c7");
    private final Operand number = Term.column(TranslationOf.TABLE.column(2), "t.c2");

    FunctionTableTest() throws NotTranslatable {}

    @Test
    void oneMoreRowIsOneMoreFunction() throws NotTranslatable {
        FunctionTable table = StringFunctions.TABLE.with(
                row("cut, cut from (text, int4) text", "(CASE WHEN $2 < 0 THEN $fail ELSE substr($1, $2) END)"));
        Term cut = (Term) Objects.requireNonNull(table.call("cut from", List.of(text, number), out, constants));
        assertThat(cut.sql().toString())
                .isEqualTo("(CASE WHEN t.c2 < 0 THEN " + Sql.FAILURE + " ELSE substr(t.c7, t.c2) END)");
        assertThat(cut.sql().isFailing()).isTrue();
        assertThat(cut.isNullable()).isTrue();
        assertThat(StringFunctions.TABLE.call("cut", List.of(text, number), out, constants))
                .isNull();
    }

    @Test
    void otherArgumentsHaveReasons() {
        assertThatThrownBy(() -> StringFunctions.TABLE.call("left", List.of(text), out, constants))
                .hasMessage("function left with such arguments");
        assertThatThrownBy(() -> StringFunctions.TABLE.call("left", List.of(number, number), out, constants))
                .hasMessage("a string function over a value of type 23");
        assertThatThrownBy(() -> DateFunctions.TABLE.call("isfinite", List.of(number), out, constants))
                .hasMessage("isfinite of a value of type 23");
    }

    @Test
    void takesAsManyAsComeWhereItSaysSo() throws NotTranslatable {
        Term joined = (Term) Objects.requireNonNull(
                StringFunctions.TABLE.call("concat", List.of(text, number, text), out, constants));
        assertThat(joined.sql().toString()).isEqualTo("concat(t.c7, CAST(t.c2 AS TEXT), t.c7)");
        assertThat(joined.isNullable()).isFalse();
    }
}
