package dev.sqlmem.session.decision;

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
import dev.sqlmem.sql.lex.TooComplexException;
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
public final class Lookup {
    /** Stands for a text that cannot be read: the upstream server says what is wrong with it. */
    static final Classification UNREADABLE = new Classification(StatementKind.READ, null, Effects.NONE, List.of());

    private static final CatalogNames NO_NAMES = new CatalogNames(Set.of());

    private final Database database;
    private final SessionState state;
    private final Shape shape = new Shape();
    private final PlanKey probe = PlanKey.probe(shape);
    private final ShapeScanner scanner = new ShapeScanner();
    private Classification classification = UNREADABLE;
    private @Nullable ShapeEntry entry;

    public Lookup(Database database, SessionState state) {
        this.database = database;
        this.state = state;
    }

    /** Looks up the text at {@code index}; afterwards the other methods tell about it. */
    public void find(ByteBuf text, int index, int length) {
        scanner.scan(text, index, length, state.standardStrings(), shape);
        if (!shape.plannable()) {
            entry = null;
            classification = classifyWhole(text, index, length);
            return;
        }
        SessionSettings settings = state.settings();
        PlanSpace space;
        if (settings == null) {
            space = database.space("");
        } else {
            space = settings.space();
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

    private Classification classifyWhole(ByteBuf text, int index, int length) {
        try {
            Lexer.requireLength(length); // before it is copied
        } catch (TooComplexException e) {
            return Classifier.tooComplex(e);
        }
        return classify(text.toString(index, length, StandardCharsets.UTF_8));
    }

    private Classification classify(String text) {
        CatalogNames names = database.catalogNames();
        try {
            return Classifier.classify(Lexer.lex(text, state.standardStrings()), names == null ? NO_NAMES : names);
        } catch (LexException e) {
            return UNREADABLE;
        } catch (TooComplexException e) {
            return Classifier.tooComplex(e);
        }
    }

    public Classification classification() {
        return classification;
    }

    /** The shape's entry; null where the text has no plannable shape. */
    @Nullable
    public ShapeEntry entry() {
        return entry;
    }

    /** The scanned text with its literals. */
    public Shape shape() {
        return shape;
    }
}
