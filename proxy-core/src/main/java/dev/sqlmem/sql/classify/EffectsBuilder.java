package dev.sqlmem.sql.classify;

import dev.sqlmem.catalog.TableName;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A classification in the making; starts as what an unknown statement is. */
final class EffectsBuilder {

    StatementKind kind = StatementKind.WRITE;
    final Set<TableName> tables = new HashSet<>();
    final Set<String> settings = new HashSet<>();
    final Set<TableName> locked = new HashSet<>();
    boolean everything;
    boolean unknownFunctions;
    boolean runsPortal;
    final Set<String> calls = new HashSet<>();
    boolean valueDependent;
    boolean allSettings;
    boolean beginsTransaction;
    boolean endsTransaction;
    boolean isolation;
    boolean createsTemp;
    boolean preparesSql;
    boolean copyIn;
    boolean copyOut;
    private boolean changesRows;
    private boolean keepsRows;
    private @Nullable Refusal refusal;

    /** Notes a refusal; one for a write outdoes one for what isn't supported, else the first stands. */
    void refuse(Refusal reason) {
        Refusal known = refusal;
        if (known == null || (reason.isReadOnly() && !known.isReadOnly())) {
            refusal = reason;
        }
    }

    void forgive() {
        refusal = null;
    }

    /** Makes this a write that read-only mode refuses. */
    void write(String command) {
        changesRows = true;
        refuseAsWrite(command);
    }

    /** The same for what changes no table's rows: locks, sequences. */
    void touch(String command) {
        keepsRows = true;
        refuseAsWrite(command);
    }

    private void refuseAsWrite(String command) {
        kind = StatementKind.WRITE;
        refuse(Refusal.readOnly(command + " is not allowed in read-only mode"));
    }

    @Nullable
    Refusal refusal() {
        return refusal;
    }

    Effects effects() {
        return new Effects(
                tables,
                everything,
                kind == StatementKind.WRITE && (changesRows || !keepsRows),
                new HiddenCode(unknownFunctions, calls, runsPortal),
                valueDependent,
                settings,
                allSettings,
                beginsTransaction,
                endsTransaction,
                isolation,
                createsTemp,
                preparesSql,
                copyIn,
                copyOut,
                locked);
    }
}
