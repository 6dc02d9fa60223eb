package dev.sqlmem.oracle;

import dev.sqlmem.testing.ExtendedQuery;
import dev.sqlmem.testing.Frame;
import dev.sqlmem.testing.FrontendFrames;
import dev.sqlmem.testing.Parameter;
import dev.sqlmem.testing.RowOrder;
import java.util.ArrayList;
import java.util.List;

/** The ways of the protocol to ask a statement. */
enum Form {
    /** One Query message, values as literals. */
    SIMPLE,
    /** Unnamed statement and portal, parameters and results as text. */
    EXTENDED_TEXT,
    /** A named statement, described and then run twice; parameters and results binary. */
    EXTENDED_BINARY,
    /**
     * Formats mixed, column by column; Describe of the statement, a row limit above all rows; the second time in
     * portions where each row has its place.
     */
    EXTENDED_MIXED;

    /**
     * Messages that ask the statement, and how many ReadyForQuery answer them.
     *
     * @param text what a report shows
     */
    record Exchange(String text, List<Frame> frames, int readies) {}

    /** How this form asks the statement the first or the second time. */
    Exchange exchange(GeneratedStatement statement, boolean again) {
        if (this == SIMPLE) {
            String sql = statement.text().withLiterals();
            return new Exchange(sql, List.of(FrontendFrames.query(sql)), 1);
        }
        String sql = statement.text().withParameters();
        List<Parameter> parameters = parameters(statement.text().parameters());
        ExtendedQuery query = ExtendedQuery.of(sql).with(parameters).results(resultFormats(statement.columns()));
        String text = sql + "\n  parameters " + parameters;
        return switch (this) {
            case EXTENDED_TEXT -> new Exchange(text, query.frames(), 1);
            case EXTENDED_BINARY -> named(text, query.named("statement", ""), again);
            case EXTENDED_MIXED ->
                again && statement.order() instanceof RowOrder.Total
                        ? new Exchange(text, inPortions(query), 1)
                        : new Exchange(text, withRowLimit(query), 1);
            case SIMPLE -> throw new AssertionError();
        };
    }

    private static List<Frame> withRowLimit(ExtendedQuery query) {
        return List.of(
                query.parse(),
                FrontendFrames.describeStatement(""),
                query.bind(),
                query.limit(100_000).execute(),
                FrontendFrames.sync());
    }

    private static List<Frame> inPortions(ExtendedQuery query) {
        return List.of(
                query.parse(),
                query.bind(),
                query.limit(2).execute(),
                query.limit(1).execute(),
                query.limit(0).execute(),
                FrontendFrames.sync());
    }

    private static Exchange named(String text, ExtendedQuery query, boolean again) {
        List<Frame> frames = new ArrayList<>();
        if (!again) {
            frames.addAll(
                    List.of(query.parse(), FrontendFrames.describeStatement(query.statement()), FrontendFrames.sync()));
        }
        frames.addAll(List.of(query.bind(), query.execute(), FrontendFrames.sync()));
        if (again) {
            frames.addAll(List.of(FrontendFrames.closeStatement(query.statement()), FrontendFrames.sync()));
        }
        return new Exchange(text, frames, 2);
    }

    private List<Parameter> parameters(List<Hole> holes) {
        List<Parameter> parameters = new ArrayList<>();
        for (int i = 0; i < holes.size(); i++) {
            boolean binary = this == EXTENDED_BINARY || (this == EXTENDED_MIXED && i % 2 == 0);
            parameters.add(holes.get(i).bind(binary));
        }
        return parameters;
    }

    private List<Short> resultFormats(int columns) {
        if (this == EXTENDED_BINARY) {
            return List.of(Parameter.BINARY);
        }
        if (this == EXTENDED_TEXT || columns == 0) {
            return List.of();
        }
        List<Short> formats = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            formats.add(i % 2 == 0 ? Parameter.TEXT : Parameter.BINARY);
        }
        return formats;
    }
}
