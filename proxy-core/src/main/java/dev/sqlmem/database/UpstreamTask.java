package dev.sqlmem.database;

/** Something to ask the server; blocks. */
@FunctionalInterface
interface UpstreamTask {
    void run() throws Exception;
}
