package dev.sqlmem.session;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The session's prepared statements and portals by name; the empty name is the unnamed one. */
final class Registry {
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private final Map<String, Portal> portals = new HashMap<>();

    @Nullable
    PreparedStatement statement(String name) {
        return statements.get(name);
    }

    void add(PreparedStatement statement) {
        statements.put(statement.name, statement);
    }

    /** Forgets a statement, unless another has taken its name. */
    void remove(PreparedStatement statement) {
        statements.remove(statement.name, statement);
    }

    List<PreparedStatement> statements() {
        return new ArrayList<>(statements.values());
    }

    void clearStatements() {
        statements.clear();
    }

    @Nullable
    Portal portal(String name) {
        return portals.get(name);
    }

    void add(Portal portal) {
        closePortal(portal.name);
        portals.put(portal.name, portal);
    }

    void closePortal(String name) {
        Portal portal = portals.remove(name);
        if (portal != null) {
            portal.close();
        }
    }

    List<Portal> portals() {
        return new ArrayList<>(portals.values());
    }

    /** Ends the unnamed statement and portal, as a simple query does. */
    void closeUnnamed() {
        statements.remove("");
        closePortal("");
    }

    /** Ends all portals, as the end of a transaction does. */
    void closePortals() {
        if (portals.isEmpty()) {
            return;
        }
        List<Portal> open = new ArrayList<>(portals.values());
        portals.clear();
        open.forEach(Portal::close);
    }
}
