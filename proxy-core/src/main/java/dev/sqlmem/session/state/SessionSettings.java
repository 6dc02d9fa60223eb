package dev.sqlmem.session.state;

import dev.sqlmem.database.RoleRights;
import dev.sqlmem.plan.PlanSpace;
import org.jspecify.annotations.Nullable;

/**
 * What of the session's settings shapes an answer, as of the last time that the server was asked.
 *
 * @param space the plans for its search path
 * @param rights what its current role may read
 * @param byteaHex whether {@code bytea_output} is {@code hex}
 * @param shortestFloats whether {@code extra_float_digits} is above zero
 * @param readCommitted whether a plain BEGIN starts a READ COMMITTED block
 * @param obstacle why the cache cannot answer under these settings, or null where it can
 */
public record SessionSettings(
        PlanSpace space,
        RoleRights rights,
        boolean byteaHex,
        boolean shortestFloats,
        boolean readCommitted,
        @Nullable String obstacle) {}
