package dev.sqlmem.upstream.jdbc;

import dev.sqlmem.catalog.ColumnDefinition;
import dev.sqlmem.catalog.FunctionSource;
import dev.sqlmem.catalog.Provenance;
import dev.sqlmem.catalog.TableDefinition;
import dev.sqlmem.catalog.TableName;
import dev.sqlmem.upstream.url.UpstreamUrl;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One database of the upstream server, as the service account sees it.
 *
 * <p>Safe for all threads. Every method blocks, at most a few seconds for a session of the pool and then
 * for as long as the server takes, so none may be called on an event loop. Each throws SQLException with
 * the server's SQLSTATE, or 08xxx where the server can't be reached; 55P03 where someone's DDL holds a
 * lock. All sessions are read-only.
 *
 * <p>Search paths are {@code search_path} values whose {@code "$user"} is replaced already; an {@link
 * IllegalArgumentException} says that one isn't.
 */
public final class ServiceDatabase implements AutoCloseable {

    private final UpstreamUrl url;
    private final ServiceConnections sessions;
    private volatile @Nullable ServiceConnections snapshots;
    private final Map<String, ZoneCheck> zones = new ConcurrentHashMap<>();

    /** Creates the access to {@code url}'s database; nothing is sent before the first question. */
    public ServiceDatabase(UpstreamUrl url) {
        this.url = url;
        this.sessions = new ServiceConnections(url);
    }

    /** Returns what the access was created with. */
    public UpstreamUrl url() {
        return url;
    }

    /** Reads what holds for the whole database, over a session of its own: it fails at once where it can't log in. */
    public ServerFacts facts() throws SQLException {
        return sessions.inOwnSession(FactsReader::facts);
    }

    /** Returns the names of the relations in {@code pg_catalog}. */
    public Set<String> catalogRelations() throws SQLException {
        return sessions.inAutocommit(FactsReader::catalogRelations);
    }

    /**
     * Returns the relation that a name means under a search path, or null where it means none, or where the
     * service account can't tell because it may not use one of the schemas.
     */
    public @Nullable TableDefinition resolve(String searchPath, TableName name) throws SQLException {
        long oid = sessions.inTransaction(connection -> NameResolution.resolve(connection, searchPath, name));
        if (oid == 0) {
            return null;
        }
        return definition(oid);
    }

    /** Returns the relation with this OID, or null where there is none. */
    public @Nullable TableDefinition definition(long tableOid) throws SQLException {
        return sessions.inSnapshot(connection -> Optional.ofNullable(TableReader.read(connection, tableOid)))
                .orElse(null);
    }

    /** Returns the tables, views and the like of this name in the schema, or in all but the server's own where it is null. */
    public List<TableDefinition> named(@Nullable String schema, String name) throws SQLException {
        return sessions.inSnapshot(connection -> Relatives.named(connection, schema, name));
    }

    /** Returns the tables with which a table shares rows: all that it inherits from and all that inherit from it. */
    public List<TableName> relatives(long tableOid) throws SQLException {
        return sessions.inAutocommit(connection -> Relatives.of(connection, tableOid));
    }

    /**
     * Returns where the rows come from that a load of these columns would read now; of a table that isn't there,
     * a provenance unlike any table's.
     */
    public Provenance provenance(long tableOid, Collection<Integer> attnums) throws SQLException {
        return sessions.inAutocommit(connection -> ProvenanceReader.read(connection, tableOid, attnums));
    }

    /** Returns the names of the server's databases that accept connections. */
    public Set<String> databases() throws SQLException {
        return sessions.inAutocommit(FactsReader::databases);
    }

    /**
     * Returns whether the server has a session of this process number that began before the given time had passed
     * until now. Where the service account may not see when a session began, any will do.
     */
    public boolean hasSession(int pid, Duration beganBefore) throws SQLException {
        return sessions.inAutocommit(connection -> FactsReader.hasSession(connection, pid, beganBefore));
    }

    /** Returns what the role may read of the table; {@link TableRights#NONE} where one of both doesn't exist. */
    public TableRights rights(String role, long tableOid) throws SQLException {
        return sessions.inAutocommit(connection -> RightsReader.read(connection, role, tableOid));
    }

    /**
     * Returns how the server describes a statement, without running it. Privileges on tables are not
     * checked by the server here.
     *
     * @param parameterTypeOids the types that the client gave for {@code $1}, {@code $2} ..., 0 for none; may be short
     */
    public Description describe(String searchPath, String sql, int[] parameterTypeOids) throws SQLException {
        return sessions.inTransaction(connection -> {
            NameResolution.enter(connection, searchPath);
            return Describer.describe(connection, sql, parameterTypeOids);
        });
    }

    /**
     * Returns the names of functions and operators over the server's own types that others have defined in
     * the schemas of the search path, and {@code ::} where there are such casts.
     */
    public Set<String> userDefined(String searchPath) throws SQLException {
        return sessions.inAutocommit(connection -> UserDefined.names(connection, searchPath));
    }

    /**
     * Streams the columns of all rows, in heap order, as one statement sees them. Each call opens a session of
     * its own, so that loads keep no question waiting; the caller bounds how many run at once.
     *
     * @return the number of rows
     * @throws SQLException 55000 where the table is no longer defined so; and what the consumer throws
     */
    public long copyOut(TableDefinition table, List<ColumnDefinition> columns, TupleConsumer consumer)
            throws SQLException {
        return sessions.inOwnSession(connection -> CopyReader.copy(connection, table, columns, consumer));
    }

    /**
     * Returns a hash that changes when the meaning of one of these relation names may have changed: its
     * resolution, definition, rights, or what a write to it reaches. Rows have no part in it. Behind a slash comes
     * a second hash, which changes only when what a write reaches may have changed.
     */
    public String fingerprint(Collection<String> relationNames) throws SQLException {
        return sessions.inAutocommit(connection -> Fingerprint.of(connection, relationNames));
    }

    /**
     * Returns how many of the texts are less than the value by the column's collation; the column isn't read.
     *
     * @throws SQLException 55000 where the collation, or what it compares by, is not the one in the definition
     */
    public long countLess(ColumnDefinition column, List<String> texts, String value) throws SQLException {
        return sessions.inAutocommit(connection -> TextComparison.countLess(connection, column, texts, value));
    }

    /** Returns whether Java has the server's rules of a time zone; asked once a zone. */
    public ZoneCheck zone(String timeZoneName) throws SQLException {
        ZoneCheck known = ZoneReader.known(timeZoneName);
        if (known == null) {
            known = zones.get(timeZoneName);
        }
        if (known != null) {
            return known;
        }
        ZoneCheck check = sessions.inTransaction(connection -> ZoneReader.compare(connection, timeZoneName));
        zones.put(timeZoneName, check);
        return check;
    }

    /**
     * Returns the functions with one of these names, in whatever schema, and those with one of these OIDs; the
     * server's own ones left out.
     */
    public List<FunctionSource> functions(Collection<String> names, Collection<Long> oids) throws SQLException {
        return sessions.inAutocommit(connection -> FunctionSources.of(connection, names, oids));
    }

    /**
     * Returns the tables whose rows an INSERT, UPDATE, DELETE, MERGE, TRUNCATE or COPY FROM of this table can change.
     *
     * @param cascade whether it is TRUNCATE ... CASCADE, which follows every foreign key
     */
    public DependentTables writesReach(String searchPath, TableName name, boolean cascade) throws SQLException {
        return WriteReach.of(sessions, searchPath, name, cascade);
    }

    /** Returns the same for a table that is known by its OID. */
    public DependentTables writesReach(long tableOid, boolean cascade) throws SQLException {
        return sessions.inAutocommit(connection -> WriteReach.of(connection, tableOid, cascade));
    }

    /** Returns the tables whose readers meet a lock on the named one; empty where the name means none. */
    public Set<Long> locksReach(String searchPath, TableName name) throws SQLException {
        long oid = sessions.inTransaction(connection -> NameResolution.resolve(connection, searchPath, name));
        if (oid == 0) {
            return Set.of();
        }
        return sessions.inAutocommit(connection -> LockReach.of(connection, oid));
    }

    /**
     * Opens a snapshot of the data, to be closed soon. It uses a session that is there for this alone, so that
     * no other question waits for it; there is one at a time.
     *
     * @param limit how long each statement in it may take
     */
    public Snapshot snapshot(Duration limit) throws SQLException {
        ServiceConnections own = snapshots;
        if (own == null) {
            synchronized (this) {
                if (snapshots == null) {
                    own = new ServiceConnections(url, 1);
                } else {
                    own = snapshots;
                }
                snapshots = own;
            }
        }
        return Snapshot.on(own.borrow(), limit);
    }

    /** Closes all sessions; what runs on them fails. */
    @Override
    public void close() {
        sessions.close();
        ServiceConnections own = snapshots;
        if (own != null) {
            own.close();
        }
    }
}
