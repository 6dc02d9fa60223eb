package dev.sqlmem.server;

import dev.sqlmem.upstream.url.ConnectionAdvice;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Locale;

/** Says in plain words why an address cannot be listened on, and what to do. */
final class BindAdvice {
    private BindAdvice() {}

    /** @param flag the flag that chooses the address */
    static String of(Throwable failure, String flag) {
        if (failure instanceof UnresolvedAddressException || failure instanceof UnknownHostException) {
            return "no address is known for this name. Give an address of this machine with " + flag + ".";
        }
        String reason = ConnectionAdvice.reason(failure);
        String lower = reason.toLowerCase(Locale.ROOT);
        if (lower.contains("cannot assign") || lower.contains("can't assign")) {
            return "this machine has no such address. Give one of its own with " + flag + ".";
        }
        if (lower.contains("permission denied")) {
            return "this user may not use the port. Choose one above 1023 with " + flag + ".";
        }
        return reason + ". Is another program using the port? Choose another one with " + flag + ".";
    }
}
