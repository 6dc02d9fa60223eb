package dev.sqlmem.session;

import dev.sqlmem.database.Database;
import dev.sqlmem.plan.PlanKey;
import dev.sqlmem.plan.PlanSpace;
import dev.sqlmem.plan.ShapeEntry;
import dev.sqlmem.session.state.SessionSettings;
import dev.sqlmem.session.state.SessionState;
import dev.sqlmem.sql.classify.CatalogNames;
import dev.sqlmem.sql.classify.Classification;
import dev.sqlmem.sql.classify.Classifier;
import dev.sqlmem.sql.classify.Effects;
import dev.sqlmem.sql.classify.StatementKind;
import dev.sqlmem.sql.lex.LexException;
import dev.sqlmem.sql.lex.Lexer;
import dev.sqlmem.sql.shape.Shape;
import dev.sqlmem.sql.shape.ShapeScanner;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds what is known of a query text. Its results are valid until the next {@link #find}. Belongs to the
 * event loop.
 */
final class Lookup {
    /** Stands for a text that cannot be read: the upstream server says what is wrong with it. */
    private static final Classification UNREADABLE =
            new Classification(StatementKind.READ, null, Effects.NONE, List.of());

    private static final CatalogNames NO_NAMES = new CatalogNames(Set.of());

    private final Database database;
    private final SessionState state;
    private final Shape shape = new Shape();
    private final PlanKey probe = PlanKey.probe(shape);
    private final ShapeScanner scanner = new ShapeScanner();
    private Classification classification = UNREADABLE;
    private @Nullable ShapeEntry entry;

    Lookup(Database database, SessionState state) {
        this.database = database;
        this.state = state;
    }

    /** Looks up the text at {@code index}; afterwards the other methods tell about it. */
    void find(ByteBuf text, int index, int length) {
        scanner.scan(text, index, length, state.standardStrings(), shape);
        if (!shape.plannable()) {
            entry = null;
            classification = classify(text.toString(index, length, StandardCharsets.UTF_8));
            return;
        }
        SessionSettings standing = state.standing();
        PlanSpace space;
        if (standing == null) {
            space = database.space("");
        } else {
            space = standing.space();
        }
        ShapeEntry known = space.find(probe);
        if (known == null) {
            known = space.add(shape, classify(shape.text()));
        }
        entry = known;
        classification = known.classification();
        if (classification.effects().valueDependent()) {
            classification = classify(shape.text());
        }
    }

    private Classification classify(String text) {
        CatalogNames names = database.catalogNames();
        try {
            return Classifier.classify(Lexer.lex(text, state.standardStrings()), names == null ? NO_NAMES : names);
        } catch (LexException e) {
            return UNREADABLE;
        }
    }

    Classification classification() {
        return classification;
    }

    /** The shape's entry; null where the text has no plannable shape. */
    @Nullable
    ShapeEntry entry() {
        return entry;
    }

    /** The scanned text with its literals. */
    Shape shape() {
        return shape;
    }
}
