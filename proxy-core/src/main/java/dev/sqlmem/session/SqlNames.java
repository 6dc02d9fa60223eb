package dev.sqlmem.session;

import dev.sqlmem.plan.Classification;
import dev.sqlmem.plan.StatementKind;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Prepared statements and portals that SQL speaks of by name (EXECUTE, DEALLOCATE, FETCH …): SQL and the
 * protocol share their names, but the server does not know what was only answered here.
 */
final class SqlNames {
    private static final Pattern DEALLOCATE = Pattern.compile(
            "deallocate (?:prepare )?(?:\"((?:[^\"]|\"\")+)\"|([a-z_\\x80-\\uffff][a-z0-9_$\\x80-\\uffff]*))");
    private static final Pattern ALL = Pattern.compile("deallocate (prepare )?all|discard all");
    private static final Pattern NAMES = Pattern.compile("\\b(execute|prepare|fetch|move|close)\\b");
    private static final Pattern PREPARE = Pattern.compile("\\bprepare\\b");

    private final Registry registry;
    private final RelayLeg leg;
    private boolean preparedBySql;

    SqlNames(Registry registry, RelayLeg leg) {
        this.registry = registry;
        this.leg = leg;
    }

    /** Whether the statement of this shape can mean such names. */
    static boolean areIn(@Nullable Classification classification, String shape) {
        return classification != null
                && (classification.effects().preparesSql()
                        || (classification.kind() != StatementKind.SELECT
                                && NAMES.matcher(shape).find()));
    }

    /** Whether the server may know statements that the registry does not. */
    boolean mayBePreparedBySql() {
        return preparedBySql;
    }

    /** Tells the server what the statement can mean, before a simple query; nothing is owed then. */
    void introduce(String shape) {
        if (!ALL.matcher(shape).matches() && !DEALLOCATE.matcher(shape).matches() && !leg.isBatchOpen()) {
            leg.introduceAll();
            leg.introducePortals(false);
        }
    }

    /** The same within a batch of the extended protocol. */
    void introduceInBatch(String shape) {
        if (ALL.matcher(shape).matches()) {
            return;
        }
        for (PreparedStatement statement : registry.statements()) {
            if (!statement.name.isEmpty() && !statement.isLocal()) {
                leg.ensureParsed(statement);
            }
        }
        leg.introducePortals(true);
    }

    /** Notes what a statement that goes upstream does to the names. */
    void sent(String shape) {
        if (ALL.matcher(shape).matches()) {
            registry.clearStatements();
            preparedBySql = false;
            return;
        }
        PreparedStatement named = deallocated(shape);
        if (named != null) {
            registry.remove(named);
        }
        preparedBySql |= PREPARE.matcher(shape).find();
    }

    /** Returns the statement that this DEALLOCATE means, null where it is none or means none that is known. */
    @Nullable
    PreparedStatement deallocated(String shape) {
        Matcher matcher = DEALLOCATE.matcher(shape);
        if (!matcher.matches()) {
            return null;
        }
        String quoted = matcher.group(1);
        String name = quoted == null ? matcher.group(2) : quoted.replace("\"\"", "\"");
        return name == null ? null : registry.statement(name);
    }
}
