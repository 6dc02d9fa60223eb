package dev.sqlmem.http;

import dev.sqlmem.admin.StatusSnapshot;
import java.util.List;

/** What the endpoint shows. Thread-safe. */
public interface StatusSource {
    /** The proxy at this moment; may take a while. */
    StatusSnapshot snapshot();

    /** Why the proxy is not ready for clients, empty where it is; called on an event loop, must not block. */
    List<String> unready();
}
