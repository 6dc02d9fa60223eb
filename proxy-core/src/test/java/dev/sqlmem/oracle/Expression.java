package dev.sqlmem.oracle;

/**
 * A generated expression.
 *
 * @param label the construct that it is about
 * @param type what it is of
 */
record Expression(String label, SqlText text, SampleType type) {

    static Expression of(String label, SampleType type, Object... parts) {
        SqlText text = new SqlText();
        for (Object part : parts) {
            if (part instanceof Expression expression) {
                text.add(expression.text);
            } else if (part instanceof Hole hole) {
                text.add(hole);
            } else if (part instanceof SqlText sql) {
                text.add(sql);
            } else {
                text.add(String.valueOf(part));
            }
        }
        return new Expression(label, text, type);
    }
}
