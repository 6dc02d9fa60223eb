package dev.sqlmem.session.relay;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The session's prepared statements and portals by name; the empty name is the unnamed one. */
public final class Registry {
    private final Map<String, PreparedStatement> statements = new HashMap<>();
    private final Map<String, Portal> portals = new HashMap<>();

    @Nullable
    public PreparedStatement statement(String name) {
        return statements.get(name);
    }

    public void add(PreparedStatement statement) {
        statements.put(statement.name, statement);
    }

    /** Notes that Parse has been sent. */
    public void parsing(PreparedStatement statement, long batch) {
        statement.pendingIn = batch;
        statement.before = statements.put(statement.name, statement);
    }

    /** Notes that the server has answered that Parse. */
    public void parsed(PreparedStatement statement) {
        statement.pendingIn = 0;
        statement.before = null;
    }

    /** Gives the name back to the statement that has it, now that a Parse has failed or was left out. */
    public void notParsed(PreparedStatement statement, boolean carriedOut) {
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
    public void drop(PreparedStatement statement) {
        statement.gone = true;
        remove(statement);
    }

    @Nullable
    public Portal portal(String name) {
        return portals.get(name);
    }

    public void add(Portal portal) {
        closePortal(portal.name);
        portals.put(portal.name, portal);
    }

    /** Takes in a portal; returns the one that it replaces, which is the caller's from now on. */
    @Nullable
    public Portal replace(Portal portal) {
        return portals.put(portal.name, portal);
    }

    /** Puts back what a portal has replaced, unless another has replaced that one. */
    public void putBack(Portal portal, @Nullable Portal before) {
        if (portals.remove(portal.name, portal)) {
            if (before != null) {
                portals.put(before.name, before);
            }
        } else if (before != null) {
            before.close();
        }
    }

    public void closePortal(String name) {
        Portal portal = portals.remove(name);
        if (portal != null) {
            portal.close();
        }
    }

    /** Ends this portal, unless another has taken its name. */
    public void closePortal(@Nullable Portal portal) {
        if (portal != null && portals.remove(portal.name, portal)) {
            portal.close();
        }
    }

    List<Portal> portals() {
        return new ArrayList<>(portals.values());
    }

    /** Whether the server has a named portal that the protocol has bound, which SQL can run as a cursor. */
    public boolean hasNamedUpstreamPortal() {
        return portals.values().stream().anyMatch(portal -> !portal.name.isEmpty() && !portal.isCached());
    }

    /** Ends the unnamed statement, as a simple query does. */
    public void closeUnnamed() {
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
    public void closePortals(long upTo) {
        for (Portal portal : portals()) {
            if (portal.batch <= upTo) {
                closePortal(portal.name);
            }
        }
    }

    /** Ends all portals, as the end of a transaction does. */
    public void closePortals() {
        if (portals.isEmpty()) {
            return;
        }
        List<Portal> open = new ArrayList<>(portals.values());
        portals.clear();
        open.forEach(Portal::close);
    }
}
