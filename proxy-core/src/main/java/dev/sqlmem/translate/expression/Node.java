package dev.sqlmem.translate.expression;

import dev.sqlmem.translate.type.NotTranslatable;
import dev.sqlmem.translate.type.Operand;

/**
 * A part of the statement as it was read: what was understood of it, the text that this is for
 * PostgreSQL, and the name that it gives to an output column.
 *
 * @param source its PostgreSQL text, whose tokens must be those of the statement
 * @param strength how tightly its outermost operator binds
 * @param operand what it is
 * @param name the name of an output column without alias ({@code FigureColname} in the server's sources)
 * @param sure whether a cast or CASE around it takes this name, too
 */
public record Node(String source, Precedence strength, Operand operand, String name, boolean sure) {
    private static final String NAMELESS = "?column?";

    public static Node of(String source, Precedence strength, Operand operand) {
        return new Node(source, strength, operand, NAMELESS, false);
    }

    /** A call, or another construct that is named after a word of its own. */
    public static Node named(String source, Operand operand, String name) {
        return new Node(source, Precedence.PRIMARY, operand, name, true);
    }

    /** The text where only something that binds at least so tightly can stand. */
    public String at(Precedence least) throws NotTranslatable {
        return source(strength.compareTo(least) >= 0);
    }

    /** The text where only something that binds more tightly can stand. */
    String above(Precedence looser) throws NotTranslatable {
        return source(strength.compareTo(looser) > 0);
    }

    private String source(boolean groupedAlike) throws NotTranslatable {
        if (!groupedAlike) {
            throw new NotTranslatable("operators whose grouping the parser may have got wrong");
        }
        return source;
    }

    /** The same in other words. */
    Node in(String newSource, Precedence newStrength) {
        return new Node(newSource, newStrength, operand, name, sure);
    }
}
