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

    /** Notes that Parse has been sent. */
    void parsing(PreparedStatement statement, long batch) {
        statement.pendingIn = batch;
        statement.before = statements.put(statement.name, statement);
    }

    /** Notes that the server has answered that Parse. */
    void parsed(PreparedStatement statement) {
        statement.pendingIn = 0;
        statement.before = null;
    }

    /** Gives the name back to the statement that has it, now that a Parse has failed or was left out. */
    void notParsed(PreparedStatement statement, boolean carriedOut) {
        statement.gone = true;
        PreparedStatement back = statement.before;
        if (carriedOut && statement.name.isEmpty()) {
            back = null; // the server has dropped its unnamed statement before it found the error
            statement.before = null;
        }
        while (back != null && back.gone) {
            back = back.before;
        }
        if (back == null) {
            statements.remove(statement.name, statement);
        } else {
            statements.replace(statement.name, statement, back);
        }
    }

    /** Forgets a statement, unless another has taken its name. */
    void remove(PreparedStatement statement) {
        statements.remove(statement.name, statement);
    }

    List<PreparedStatement> statements() {
        return new ArrayList<>(statements.values());
    }

    /** Forgets a statement that is no more. */
    void drop(PreparedStatement statement) {
        statement.gone = true;
        remove(statement);
    }

    @Nullable
    Portal portal(String name) {
        return portals.get(name);
    }

    void add(Portal portal) {
        closePortal(portal.name);
        portals.put(portal.name, portal);
    }

    /** Takes in a portal; returns the one that it replaces, which is the caller's from now on. */
    @Nullable
    Portal replace(Portal portal) {
        return portals.put(portal.name, portal);
    }

    /** Puts back what a portal has replaced, unless another has replaced that one. */
    void putBack(Portal portal, @Nullable Portal before) {
        if (portals.remove(portal.name, portal)) {
            if (before != null) {
                portals.put(before.name, before);
            }
        } else if (before != null) {
            before.close();
        }
    }

    void closePortal(String name) {
        Portal portal = portals.remove(name);
        if (portal != null) {
            portal.close();
        }
    }

    /** Ends this portal, unless another has taken its name. */
    void closePortal(@Nullable Portal portal) {
        if (portal != null && portals.remove(portal.name, portal)) {
            portal.close();
        }
    }

    List<Portal> portals() {
        return new ArrayList<>(portals.values());
    }

    /** Ends the unnamed statement, as a simple query does. */
    void closeUnnamed() {
        statements.remove("");
    }

    /** Ends the cache's portals, as the end of a transaction within a batch does. */
    void closeCached() {
        for (Portal portal : portals()) {
            if (portal.isCached()) {
                closePortal(portal.name);
            }
        }
    }

    /** Ends the portals that have been bound up to a batch, at whose end no transaction is left. */
    void closePortals(long upTo) {
        for (Portal portal : portals()) {
            if (portal.batch <= upTo) {
                closePortal(portal.name);
            }
        }
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
