package dev.sqlmem.translate;

import dev.sqlmem.plan.Described;
import dev.sqlmem.plan.ResultDescription;
import dev.sqlmem.plan.TranslatedQuery;
import dev.sqlmem.translate.type.NotTranslatable;
import dev.sqlmem.wire.message.RowDescription;
import dev.sqlmem.wire.message.RowDescription.Field;
import java.util.List;

/** Compares what the translator inferred with what the server says. */
final class Descriptions {
    private Descriptions() {}

    /** Returns the server's description, which must tell the same names, types, modifiers and parameters. */
    static ResultDescription confirmed(TranslatedQuery read, Described described) throws NotTranslatable {
        if (described.refusal() != null) {
            throw new NotTranslatable("the server refuses it: " + described.refusal());
        }
        if (described.noticed()) {
            throw new NotTranslatable("the server adds a notice");
        }
        if (!described.parameterTypes().equals(read.parameterTypes())) {
            throw new NotTranslatable(
                    "parameters described otherwise: " + described.parameterTypes() + ", not " + read.parameterTypes());
        }
        List<Field> inferred = read.description().message().fields();
        List<Field> said = described.fields();
        boolean same = inferred.size() == said.size();
        for (int i = 0; same && i < said.size(); i++) {
            if (!isSame(inferred.get(i), said.get(i))) {
                throw new NotTranslatable("column " + (i + 1) + " described otherwise: " + text(said.get(i)) + ", not "
                        + text(inferred.get(i)));
            }
        }
        if (!same) {
            throw new NotTranslatable("columns described otherwise");
        }
        return new ResultDescription(new RowDescription(said));
    }

    private static boolean isSame(Field a, Field b) {
        // Servers before version 18 name a boolean constant after its type.
        boolean name = a.name().equals(b.name())
                || (a.name().equals("?column?") && b.name().equals("bool"));
        return name && a.typeOid() == b.typeOid() && a.typmod() == b.typmod() && a.typlen() == b.typlen();
    }

    private static String text(Field field) {
        return field.name() + " of type " + field.typeOid() + " " + field.typmod();
    }
}
