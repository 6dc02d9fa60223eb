package dev.sqlmem.cache.generation;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes records of plain data and reads them again: numbers, texts, enums, instants, records of these, and
 * lists, sets and maps of these. A component that is added to a record is written with the others, and
 * changes the {@link #signature}, by which a reader knows what was written with other components.
 */
final class RecordFormat {
    private static final Set<Class<?>> SCALARS = Set.of(
            String.class,
            Instant.class,
            long.class,
            Long.class,
            int.class,
            Integer.class,
            short.class,
            Short.class,
            double.class,
            Double.class,
            boolean.class,
            Boolean.class,
            char.class,
            Character.class);

    private RecordFormat() {}

    /** The record's components with their types, and of the records in them; the same text for the same form. */
    static String signature(Class<? extends Record> type) {
        StringBuilder text = new StringBuilder();
        signature(type, text, new HashSet<>());
        return text.toString();
    }

    private static void signature(Type type, StringBuilder text, Set<Type> known) {
        if (type instanceof Class<?> plain && !plain.isRecord() && !plain.isEnum() && !SCALARS.contains(plain)) {
            throw new IllegalStateException("no plain data: " + plain);
        }
        if (type instanceof ParameterizedType generic) {
            for (Type argument : generic.getActualTypeArguments()) {
                signature(argument, text, known);
            }
        } else if (type instanceof Class<?> plain && (plain.isRecord() || plain.isEnum()) && known.add(type)) {
            text.append(plain.getName()).append('(');
            if (plain.isEnum()) {
                text.append(Arrays.toString(plain.getEnumConstants()));
            } else {
                for (RecordComponent component : plain.getRecordComponents()) {
                    text.append(component.getGenericType().getTypeName())
                            .append(' ')
                            .append(component.getName())
                            .append(',');
                }
            }
            text.append(')');
            if (plain.isRecord()) {
                for (RecordComponent component : plain.getRecordComponents()) {
                    signature(component.getGenericType(), text, known);
                }
            }
        }
    }

    /** Writes a record. */
    static void write(DataOutputStream out, Record value) throws IOException {
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            try {
                component.getAccessor().setAccessible(true);
                any(out, component.getAccessor().invoke(value));
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(component + " cannot be read", e);
            }
        }
    }

    private static void any(DataOutputStream out, @Nullable Object value) throws IOException {
        out.writeBoolean(value != null);
        if (value == null) {
            return;
        }
        if (value instanceof Record inner) {
            write(out, inner);
        } else if (value instanceof Map<?, ?> map) {
            out.writeInt(map.size());
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                any(out, entry.getKey());
                any(out, entry.getValue());
            }
        } else if (value instanceof Collection<?> all) {
            out.writeInt(all.size());
            for (Object each : all) {
                any(out, each);
            }
        } else if (value instanceof Enum<?> constant) {
            text(out, constant.name());
        } else if (value instanceof Number
                || value instanceof String
                || value instanceof Character
                || value instanceof Boolean
                || value instanceof Instant) {
            text(out, value.toString());
        } else {
            throw new IllegalStateException("no plain data: " + value.getClass());
        }
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    /**
     * Reads a record.
     *
     * @throws IOException where the bytes are no such record
     */
    static <T extends Record> T read(DataInputStream in, Class<T> type) throws IOException {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = new Class<?>[components.length];
        @Nullable Object[] values = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            types[i] = components[i].getType();
            values[i] = any(in, components[i].getGenericType());
        }
        try {
            Constructor<T> constructor = type.getDeclaredConstructor(types);
            constructor.setAccessible(true);
            return constructor.newInstance(values);
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new IOException("no " + type.getSimpleName(), e);
        }
    }

    private static @Nullable Object any(DataInputStream in, Type type) throws IOException {
        if (!in.readBoolean()) {
            return null;
        }
        if (type instanceof ParameterizedType generic) {
            return collection(in, generic);
        }
        Class<?> plain = (Class<?>) type;
        if (plain.isRecord()) {
            return read(in, plain.asSubclass(Record.class));
        }
        return scalar(plain, text(in));
    }

    private static Object collection(DataInputStream in, ParameterizedType type) throws IOException {
        Type[] arguments = type.getActualTypeArguments();
        int size = in.readInt();
        if (type.getRawType() == Map.class) {
            Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
            for (int i = 0; i < size; i++) {
                map.put(any(in, arguments[0]), any(in, arguments[1]));
            }
            return map;
        }
        Collection<@Nullable Object> all;
        if (type.getRawType() == Set.class) {
            all = new LinkedHashSet<>();
        } else {
            all = new ArrayList<>();
        }
        for (int i = 0; i < size; i++) {
            all.add(any(in, arguments[0]));
        }
        return all;
    }

    private static Object scalar(Class<?> type, String text) throws IOException {
        if (type.isEnum()) {
            for (Object constant : type.getEnumConstants()) {
                if (((Enum<?>) constant).name().equals(text)) {
                    return constant;
                }
            }
            throw new IOException("no " + type.getSimpleName() + ": " + text);
        }
        try {
            return switch (type.getSimpleName()) {
                case "String" -> text;
                case "long", "Long" -> Long.valueOf(text);
                case "short", "Short" -> Short.valueOf(text);
                case "int", "Integer" -> Integer.valueOf(text);
                case "double", "Double" -> Double.valueOf(text);
                case "boolean", "Boolean" -> Boolean.valueOf(text);
                case "char", "Character" -> text.charAt(0);
                case "Instant" -> Instant.parse(text);
                default -> throw new IOException("no plain data: " + type);
            };
        } catch (RuntimeException e) {
            throw new IOException("no " + type.getSimpleName() + ": " + text, e);
        }
    }

    private static String text(DataInputStream in) throws IOException {
        int length = in.readInt();
        byte[] bytes;
        if (length < 0) {
            bytes = new byte[0];
        } else {
            bytes = in.readNBytes(length);
        }
        if (bytes.length != length) {
            throw new IOException("a text of " + length + " bytes is cut off");
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
