package dev.sqlmem.http;

import io.netty.util.NetUtil;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request to the loopback address was meant for it. A page of somebody else's can point a name of
 * its own at 127.0.0.1 and have a browser ask there ("DNS rebinding"); its Host header gives that away.
 */
final class HostCheck {
    private HostCheck() {}

    /** Whether the header names this machine: an IP address, {@code localhost}, or nothing (no browser's request). */
    static boolean isLocal(@Nullable String host) {
        if (host == null) {
            return true;
        }
        String name = withoutPort(host.strip().toLowerCase(Locale.ROOT));
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || NetUtil.isValidIpV4Address(name)
                || NetUtil.isValidIpV6Address(name);
    }

    private static String withoutPort(String host) {
        if (host.startsWith("[")) {
            int end = host.indexOf(']');
            if (end < 0) {
                return host;
            }
            return host.substring(1, end);
        }
        int colon = host.indexOf(':');
        if (colon < 0) {
            return host;
        }
        return host.substring(0, colon);
    }
}
