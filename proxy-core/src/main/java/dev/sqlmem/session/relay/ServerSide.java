package dev.sqlmem.session.relay;

/**
 * The upstream side of a conversation.
 *
 * @param leg what is sent and what is owed
 * @param registry which statements and portals there are
 * @param own what the proxy sends by itself
 * @param names the names that SQL speaks of
 */
public record ServerSide(RelayLeg leg, Registry registry, InjectedMessages own, SqlNames names) {

    /** The side of this leg, of which nothing is known yet. */
    public static ServerSide of(RelayLeg leg, Registry registry) {
        InjectedMessages own = new InjectedMessages(leg, registry);
        return new ServerSide(leg, registry, own, new SqlNames(registry, leg, own));
    }

    /** Whether the server is doing nothing for the client. */
    public boolean isIdle() {
        return leg.isQuiet() && !leg.isBatchOpen();
    }

    /** Takes in that no transaction is left behind this batch: portals and cursors end with it. */
    public void transactionEnded(long batch) {
        registry.closePortals(batch);
        names.transactionEnded();
    }
}
