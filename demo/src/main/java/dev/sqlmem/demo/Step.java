package dev.sqlmem.demo;

/**
 * One statement of the tour.
 *
 * @param sql short enough for one line of the page
 * @param changesData whether it would change data if it were let through, so that it is never asked directly
 */
record Step(String sql, boolean changesData) {
    static Step read(String sql) {
        return new Step(sql, false);
    }

    static Step write(String sql) {
        return new Step(sql, true);
    }
}
