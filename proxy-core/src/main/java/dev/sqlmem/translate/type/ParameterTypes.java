package dev.sqlmem.translate.type;

import java.util.ArrayList;
import java.util.List;

/** The types of {@code $1 …}: those that the client declared, and those that their places imply. */
public final class ParameterTypes {
    private final List<Integer> types = new ArrayList<>();
    private final List<Boolean> used = new ArrayList<>();

    /** Starts from the type OIDs of Parse; 0 stands for one that is left to the server. */
    public ParameterTypes(List<Integer> declared) {
        types.addAll(declared);
        declared.forEach(each -> used.add(false));
    }

    /** Returns the type of parameter {@code slot} (from 0) at a place that implies {@code implied}. */
    public int at(int slot, int implied) throws NotTranslatable {
        while (types.size() <= slot) {
            types.add(0);
            used.add(false);
        }
        used.set(slot, true);
        int known = types.get(slot);
        if (known == 0) {
            types.set(slot, implied);
            return implied;
        }
        return known;
    }

    /** Returns the type of parameter {@code slot} as far as it is known already, else 0. */
    int known(int slot) {
        if (slot < types.size()) {
            return types.get(slot);
        }
        return 0;
    }

    /** Returns all types once every parameter has been met. */
    public List<Integer> resolved() throws NotTranslatable {
        if (used.contains(false)) {
            throw new NotTranslatable("a parameter that is not used");
        }
        return types;
    }
}
