package dev.sqlmem.upstream.jdbc;

import dev.sqlmem.storage.OpaqueCodec;
import dev.sqlmem.storage.TextDependence;
import dev.sqlmem.storage.TypeCodec;
import dev.sqlmem.storage.TypeCodecs;
import dev.sqlmem.storage.TypeTraits;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads of user-defined types what is needed to hold their values (manual, "pg_type"): labels, what arrays
 * and ranges consist of, and what the text of all that depends on.
 */
final class TypeReader {
    private static final int FIRST_USER_OID = 16_384;

    /** Types of extensions whose text is known to depend on nothing; "extension.type". */
    private static final Set<String> STEADY =
            Set.of("hstore.hstore", "ltree.ltree", "ltree.lquery", "ltree.ltxtquery", "citext.citext");

    private static final String TYPES = """
            WITH RECURSIVE used (oid) AS (
                SELECT ?::oid
                UNION
                SELECT next FROM used JOIN pg_type t ON t.oid = used.oid CROSS JOIN LATERAL (
                    SELECT typbasetype WHERE typtype = 'd'
                    UNION ALL SELECT typelem WHERE typelem <> 0
                    UNION ALL SELECT rngsubtype FROM pg_range WHERE rngtypid = t.oid
                    UNION ALL %s
                    UNION ALL SELECT atttypid FROM pg_attribute
                        WHERE typtype = 'c' AND attrelid = typrelid AND attnum > 0 AND NOT attisdropped) n (next)
            )
            SELECT t.oid::int8, typname, typtype, typlen, typelem::int8, typdelim, typsend::oid <> 0 AS sendable,
                EXISTS (SELECT FROM pg_type e WHERE e.typarray = t.oid) AS is_array,
                ARRAY(SELECT typbasetype::int8 WHERE typtype = 'd'
                    UNION ALL SELECT rngsubtype::int8 FROM pg_range WHERE rngtypid = t.oid
                    UNION ALL %s
                    UNION ALL SELECT atttypid::int8 FROM pg_attribute
                        WHERE typtype = 'c' AND attrelid = typrelid AND attnum > 0 AND NOT attisdropped) AS parts,
                ARRAY(SELECT enumlabel::text FROM pg_enum WHERE enumtypid = t.oid ORDER BY enumsortorder) AS labels,
                (SELECT extname FROM pg_depend JOIN pg_extension x ON x.oid = refobjid
                    WHERE classid = 'pg_type'::regclass AND objid = t.oid
                        AND refclassid = 'pg_extension'::regclass AND deptype = 'e') AS extension
            FROM used JOIN pg_type t ON t.oid = used.oid
            WHERE t.oid >= 16384""";

    private record Type(
            String name,
            char kind,
            int length,
            int element,
            char delimiter,
            boolean sendable,
            boolean array,
            List<Integer> parts,
            List<String> labels,
            @Nullable String extension) {}

    private final Connection connection;
    private final int major;
    private final Map<Integer, Type> types = new HashMap<>();

    TypeReader(Connection connection, int major) {
        this.connection = connection;
        this.major = major;
    }

    /** Returns the type's traits, or null where its values cannot be held. */
    @Nullable
    TypeTraits traits(int oid) throws SQLException {
        if (isBuiltIn(oid)) {
            return TypeTraits.BUILT_IN;
        }
        if (!types.containsKey(oid)) {
            read(oid);
        }
        return known(oid);
    }

    private static boolean isBuiltIn(int oid) {
        return oid >= 0 && oid < FIRST_USER_OID;
    }

    private void read(int oid) throws SQLException {
        String multirange;
        if (major >= 14) {
            multirange = "SELECT rngtypid%s FROM pg_range WHERE rngmultitypid = t.oid";
        } else {
            multirange = "SELECT 0%s WHERE false";
        }
        String sql = TYPES.formatted(multirange.formatted(""), multirange.formatted("::int8"));
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, Integer.toUnsignedLong(oid));
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    types.put((int) row.getLong("oid"), type(row));
                }
            }
        }
    }

    private static Type type(ResultSet row) throws SQLException {
        List<Integer> parts = new ArrayList<>();
        for (Long part : (Long[]) row.getArray("parts").getArray()) {
            parts.add(part.intValue());
        }
        return new Type(
                row.getString("typname"),
                row.getString("typtype").charAt(0),
                row.getInt("typlen"),
                (int) row.getLong("typelem"),
                row.getString("typdelim").charAt(0),
                row.getBoolean("sendable"),
                row.getBoolean("is_array"),
                parts,
                List.of((String[]) row.getArray("labels").getArray()),
                row.getString("extension"));
    }

    private @Nullable TypeTraits known(int oid) {
        Type type = types.get(oid);
        if (type == null || !isSendable(oid)) {
            return null;
        }
        if (type.kind == 'e') {
            return TypeTraits.enumerated(type.labels);
        }
        if (type.array) {
            TypeTraits element;
            if (isBuiltIn(type.element)) {
                element = TypeTraits.BUILT_IN;
            } else {
                element = known(type.element);
            }
            TypeCodec codec;
            if (element == null) {
                codec = null;
            } else {
                codec = TypeCodecs.of(type.element, -1, element);
            }
            boolean domain = !isBuiltIn(type.element) && type(type.element).kind == 'd';
            if (codec != null && !(codec instanceof OpaqueCodec) && !domain && type(oid).delimiter == ',') {
                return TypeTraits.array(type.element, Objects.requireNonNull(element));
            }
        }
        List<String> labels = new ArrayList<>();
        labels(oid, labels);
        OpaqueCodec.Form form = OpaqueCodec.Form.of(dependence(oid));
        if (type.kind == 'c') {
            return TypeTraits.composite(form, labels);
        }
        return TypeTraits.opaque(type.length, form, labels);
    }

    private Type type(int oid) {
        Type type = types.get(oid);
        if (type == null) {
            throw new IllegalStateException("type " + oid + " was not read");
        }
        return type;
    }

    private List<Integer> parts(int oid) {
        Type type = types.get(oid);
        if (type == null) {
            return List.of();
        }
        if (type.array) {
            return List.of(type.element);
        }
        return type.parts;
    }

    /** Whether the type and all that it consists of have a binary form. */
    private boolean isSendable(int oid) {
        if (isBuiltIn(oid)) {
            return TypeCodecs.forOid(oid, -1) != null;
        }
        Type type = types.get(oid);
        return type != null && type.sendable && parts(oid).stream().allMatch(this::isSendable);
    }

    private void labels(int oid, List<String> into) {
        Type type = types.get(oid);
        if (type != null) {
            into.addAll(type.labels);
            parts(oid).forEach(part -> labels(part, into));
        }
    }

    private TextDependence dependence(int oid) {
        if (isBuiltIn(oid)) {
            TypeCodec codec = TypeCodecs.forOid(oid, -1);
            if (codec == null) {
                return TextDependence.SETTINGS;
            }
            return codec.textDependence();
        }
        Type type = type(oid);
        if (type.kind == 'b' && !type.array) {
            String name = type.extension + "." + type.name;
            if (STEADY.contains(name)) {
                return TextDependence.NONE;
            }
            if (name.equals("cube.cube")) {
                return TextDependence.FLOATS;
            }
            return TextDependence.SETTINGS;
        }
        TextDependence most = TextDependence.NONE;
        for (int part : parts(oid)) {
            TextDependence each = dependence(part);
            if (each.compareTo(most) > 0) {
                most = each;
            }
        }
        return most;
    }
}
