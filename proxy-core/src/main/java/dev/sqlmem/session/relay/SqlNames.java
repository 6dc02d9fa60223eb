package dev.sqlmem.session.relay;

import dev.sqlmem.sql.classify.Classification;
import dev.sqlmem.sql.classify.StatementKind;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Prepared statements and portals that SQL speaks of by name (EXECUTE, DEALLOCATE, FETCH …): SQL and the
 * protocol share their names, but the server does not know what was only answered here.
 */
public final class SqlNames {
    private static final Pattern DEALLOCATE = Pattern.compile(
            "deallocate (?:prepare )?(?:\"((?:[^\"]|\"\")+)\"|([a-z_\\x80-\\uffff][a-z0-9_$\\x80-\\uffff]*))");
    private static final Pattern ALL = Pattern.compile("deallocate (prepare )?all|discard all");
    private static final Pattern NAMES = Pattern.compile("\\b(execute|prepare|declare|fetch|move|close|savepoint)\\b");
    private static final Pattern CURSOR = Pattern.compile("\\b(declare|fetch|move|close|savepoint)\\b");
    private static final Pattern STATEMENTS = Pattern.compile("\\b(execute|prepare|deallocate|discard)\\b");
    private static final Pattern DECLARE = Pattern.compile("\\bdeclare\\b");
    private static final Pattern HOLD = Pattern.compile("\\bhold\\b");
    private static final Pattern UNNAMES = Pattern.compile("\\b(deallocate|discard)\\b");
    private static final Pattern PREPARE = Pattern.compile("\\bprepare\\b");

    private final Registry registry;
    private final RelayLeg leg;
    private final InjectedMessages own;
    private boolean preparedBySql;
    private boolean declared;
    private boolean held;

    public SqlNames(Registry registry, RelayLeg leg, InjectedMessages own) {
        this.registry = registry;
        this.leg = leg;
        this.own = own;
    }

    /** Whether the statement of this shape can mean such names. */
    public static boolean areIn(@Nullable Classification classification, String shape) {
        return classification != null
                && (classification.effects().preparesSql()
                        || (classification.kind() != StatementKind.SELECT
                                && NAMES.matcher(shape).find()));
    }

    /** Whether the server may know statements that the registry does not. */
    public boolean mayBePreparedBySql() {
        return preparedBySql;
    }

    /** Whether the server may know named portals that the registry does not. */
    public boolean mayBeDeclaredBySql() {
        return declared || held;
    }

    /** The end of a transaction takes cursors with it. */
    public void transactionEnded() {
        declared = false;
    }

    /** Tells the server what the statement can mean, before a simple query; nothing is owed then. */
    public void introduce(String shape) {
        if (leg.isBatchOpen()) {
            return;
        }
        if (CURSOR.matcher(shape).find()) {
            own.introducePortals(false);
        }
        if (meansStatements(shape) && !DEALLOCATE.matcher(shape).matches()) {
            own.introduceAll();
        }
    }

    /** The same within a batch of the extended protocol. */
    public void introduceInBatch(String shape) {
        if (CURSOR.matcher(shape).find()) {
            own.introducePortals(true);
        }
        PreparedStatement only = deallocated(shape);
        if (!meansStatements(shape)) {
            return;
        }
        for (PreparedStatement statement : only == null ? registry.statements() : List.of(only)) {
            if (!statement.name.isEmpty() && !statement.isLocal()) {
                own.ensureParsed(statement);
            }
        }
    }

    /** Whether the statement takes names away: what they mean must be known before it is sent. */
    public static boolean unnames(@Nullable Classification classification, String shape) {
        return areIn(classification, shape) && UNNAMES.matcher(shape).find();
    }

    private static boolean meansStatements(String shape) {
        return STATEMENTS.matcher(shape).find() && !ALL.matcher(shape).matches();
    }

    /** Notes that a statement goes upstream; returns what is to be noted when it has succeeded. */
    public Runnable sent(String shape) {
        preparedBySql |= PREPARE.matcher(shape).find();
        declared |= DECLARE.matcher(shape).find();
        held |= declared && HOLD.matcher(shape).find();
        boolean all = ALL.matcher(shape).matches();
        PreparedStatement named = deallocated(shape);
        if (named != null) {
            return () -> registry.drop(named);
        }
        if (!UNNAMES.matcher(shape).find()) {
            return () -> {};
        }
        List<PreparedStatement> gone = registry.statements();
        gone.removeIf(statement -> statement.name.isEmpty());
        if (!all) {
            // one of several statements takes a name away: what that leaves, only the server can tell
            gone.forEach(registry::remove);
            preparedBySql = true;
            return () -> {};
        }
        return () -> gone.forEach(registry::drop);
    }

    /** Returns the statement that this DEALLOCATE means, null where it is none or means none that is known. */
    @Nullable
    public PreparedStatement deallocated(String shape) {
        Matcher matcher = DEALLOCATE.matcher(shape);
        if (!matcher.matches()) {
            return null;
        }
        String quoted = matcher.group(1);
        String name;
        if (quoted == null) {
            name = matcher.group(2);
        } else {
            name = quoted.replace("\"\"", "\"");
        }
        if (name == null) {
            return null;
        }
        return registry.statement(name);
    }
}
