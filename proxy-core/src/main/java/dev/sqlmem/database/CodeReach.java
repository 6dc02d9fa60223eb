package dev.sqlmem.database;

import dev.sqlmem.catalog.FunctionSource;
import dev.sqlmem.sql.classify.FunctionBody;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Follows calls from function to function, to find out whether any of them can write tables. */
final class CodeReach {
    /** More functions than this are not followed. */
    private static final int MOST = 1_000;

    /** Asks the server for functions by name and by OID. */
    interface Functions {
        List<FunctionSource> find(Collection<String> names, Collection<Long> oids) throws SQLException;
    }

    private final Functions functions;
    private final Set<Long> seen = new HashSet<>();
    private final Set<String> asked = new HashSet<>();
    private final Queue<FunctionSource> open = new ArrayDeque<>();

    private CodeReach(Functions functions) {
        this.functions = functions;
    }

    /** Returns the first function found that may write, for people, or null where none can. */
    static @Nullable String writer(Functions functions, Collection<String> names, Collection<Long> oids)
            throws SQLException {
        return new CodeReach(functions).follow(names, oids);
    }

    private @Nullable String follow(Collection<String> names, Collection<Long> oids) throws SQLException {
        ask(names, oids);
        while (!open.isEmpty()) {
            FunctionSource function = open.remove();
            Optional<Set<String>> calls = FunctionBody.calls(function);
            if (calls.isEmpty() || seen.size() > MOST) {
                return function.signature();
            }
            Set<String> more = new HashSet<>(calls.get());
            more.removeAll(asked);
            if (!more.isEmpty()) {
                ask(more, Set.of());
            }
        }
        return null;
    }

    private void ask(Collection<String> names, Collection<Long> oids) throws SQLException {
        asked.addAll(names);
        for (FunctionSource found : functions.find(names, oids)) {
            if (seen.add(found.oid())) {
                open.add(found);
            }
        }
    }
}
