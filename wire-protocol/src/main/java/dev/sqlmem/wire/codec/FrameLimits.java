package dev.sqlmem.wire.codec;

import dev.sqlmem.wire.message.Tag;

/** The longest length word each tag may have, by direction; 0 for tags nobody sends that way. */
final class FrameLimits {
    /** PostgreSQL's PQ_LARGE_MESSAGE_LIMIT: no larger message fits its memory contexts. */
    static final int LARGE = 0x3ffffffe;

    /** PostgreSQL's PQ_SMALL_MESSAGE_LIMIT. */
    private static final int SMALL = 10_000;

    /** PostgreSQL's PG_MAX_AUTH_TOKEN_LENGTH. */
    private static final int AUTHENTICATION = 65_535;

    private static final int[] FRONTEND =
            table(LARGE, Tag.BIND, Tag.COPY_DATA, Tag.FUNCTION_CALL, Tag.PARSE, Tag.QUERY);

    private static final int[] BACKEND = table(
            LARGE,
            Tag.COMMAND_COMPLETE,
            Tag.COPY_BOTH_RESPONSE,
            Tag.COPY_DATA,
            Tag.COPY_IN_RESPONSE,
            Tag.COPY_OUT_RESPONSE,
            Tag.DATA_ROW,
            Tag.ERROR_RESPONSE,
            Tag.FUNCTION_CALL_RESPONSE,
            Tag.NOTICE_RESPONSE,
            Tag.NOTIFICATION_RESPONSE,
            Tag.PARAMETER_DESCRIPTION,
            Tag.PARAMETER_STATUS,
            Tag.ROW_DESCRIPTION);

    static {
        put(FRONTEND, AUTHENTICATION, Tag.PASSWORD_MESSAGE);
        put(
                FRONTEND,
                SMALL,
                Tag.CLOSE,
                Tag.COPY_DONE,
                Tag.COPY_FAIL,
                Tag.DESCRIBE,
                Tag.EXECUTE,
                Tag.FLUSH,
                Tag.SYNC,
                Tag.TERMINATE);
        put(BACKEND, AUTHENTICATION, Tag.AUTHENTICATION, Tag.NEGOTIATE_PROTOCOL_VERSION);
        put(
                BACKEND,
                SMALL,
                Tag.BACKEND_KEY_DATA,
                Tag.BIND_COMPLETE,
                Tag.CLOSE_COMPLETE,
                Tag.COPY_DONE,
                Tag.EMPTY_QUERY_RESPONSE,
                Tag.NO_DATA,
                Tag.PARSE_COMPLETE,
                Tag.PORTAL_SUSPENDED,
                Tag.READY_FOR_QUERY);
    }

    private FrameLimits() {}

    /** The limit of a frame a client sends. */
    static int frontend(byte tag) {
        if (tag < 0) {
            return 0;
        }
        return FRONTEND[tag];
    }

    /** The limit of a frame a server sends. */
    static int backend(byte tag) {
        if (tag < 0) {
            return 0;
        }
        return BACKEND[tag];
    }

    private static int[] table(int limit, byte... tags) {
        int[] table = new int[Byte.MAX_VALUE + 1];
        put(table, limit, tags);
        return table;
    }

    private static void put(int[] table, int limit, byte... tags) {
        for (byte tag : tags) {
            table[tag] = limit;
        }
    }
}
