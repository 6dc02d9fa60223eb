package dev.sqlmem.database;

import dev.sqlmem.catalog.TableDefinition;
import dev.sqlmem.catalog.TableName;
import dev.sqlmem.plan.Described;
import dev.sqlmem.translate.Planner;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The server as the planner of one statement asks it. Blocks.
 *
 * @param database the database
 * @param searchPath the plan's search path
 * @param epoch the catalog epoch that the plan is made in
 */
record PlanningServer(Database database, String searchPath, int epoch) implements Planner.Server {
    @Override
    public @Nullable TableDefinition resolve(TableName name) throws SQLException {
        return database.resolve(searchPath, name, epoch);
    }

    @Override
    public Described describe(String sql, List<Integer> declared) throws SQLException {
        return database.describe(searchPath, sql, declared);
    }

    @Override
    public Set<String> userDefined() throws SQLException {
        return database.userDefined(searchPath, epoch);
    }
}
