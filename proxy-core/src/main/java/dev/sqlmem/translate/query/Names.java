package dev.sqlmem.translate.query;

import dev.sqlmem.translate.expression.ColumnNames;
import dev.sqlmem.translate.type.NotTranslatable;
import dev.sqlmem.translate.type.Term;
import dev.sqlmem.translate.type.Translation;
import java.util.HashSet;
import java.util.Set;
import net.sf.jsqlparser.schema.Column;
import org.jspecify.annotations.Nullable;

/** The names that can be used now; they change with each query inside of the statement. */
final class Names implements ColumnNames {
    private final Translation out;

    /** The relations whose columns can be named. */
    Scope scope = Scope.NOTHING;

    /** The queries that WITH has named so far. */
    @Nullable
    CommonTables commonTables;

    private final Set<String> commonTablesRead = new HashSet<>();
    private int outerReads;
    private int relations;

    Names(Translation out) {
        this.out = out;
    }

    /** Returns a name for a relation that no other one of the SQLite statement has. */
    String newAlias() {
        return "r" + ++relations;
    }

    /** Notes that a query that WITH has named is read, and says whether it had not been before. */
    boolean isFirstRead(CommonTables named) {
        return commonTablesRead.add(named.alias());
    }

    @Override
    public Term column(Column written) throws NotTranslatable {
        if (written.getArrayConstructor() != null || written.getCommentText() != null) {
            throw new NotTranslatable("a subscript");
        }
        ScopeColumn own = scope.find(written);
        if (own != null) {
            return own.read(out);
        }
        for (Scope around = scope.outer(); around != null; around = around.outer()) {
            ScopeColumn found = around.find(written);
            if (found != null) {
                outerReads++;
                return found.read(out);
            }
        }
        throw new NotTranslatable("42703", "no column " + written + scope.among());
    }

    @Override
    public int outerReads() {
        return outerReads;
    }
}
