package dev.sqlmem.plan;

/**
 * A constant interval of days and time, without months.
 *
 * @param days whole days
 * @param micros the time beside them
 */
record Span(long days, long micros) implements Operand {
    @Override
    public int type() {
        return Oid.INTERVAL;
    }
}
