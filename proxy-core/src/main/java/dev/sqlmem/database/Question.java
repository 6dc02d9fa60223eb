package dev.sqlmem.database;

/** Something to ask the server; blocks. */
@FunctionalInterface
interface Question {
    void ask() throws Exception;
}
