package dev.sqlmem.catalog;

import org.jspecify.annotations.Nullable;

/**
 * Where the rows of a load come from: what must be the same for them to be that table's rows still, after
 * the proxy or the server has been started anew.
 *
 * @param server which database of which server, in which course of its history (manual, "Timelines")
 * @param position how far that history had gone, as a position in its write-ahead log; -1 where unknown
 * @param table which table of that name and OID: its creation, the loaded columns' types and collations with
 *     their versions
 */
public record Provenance(String server, long position, String table) {

    /** Why rows of this provenance are not rows of the table that has {@code now}, or null where they are. */
    public @Nullable String differenceTo(Provenance now) {
        if (!server.equals(now.server)) {
            return "it is of another server, timeline or database (" + server + ", now " + now.server + ")";
        }
        if (now.position < position) {
            return "the server's history is shorter than it was: the server has been set back";
        }
        if (table.equals(now.table)) {
            return null;
        }
        return "the table has been created anew, or its types or collations changed";
    }
}
