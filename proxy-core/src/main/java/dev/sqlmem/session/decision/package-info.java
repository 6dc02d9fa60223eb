/**
 * What becomes of this statement of this session now? One question, asked in one place, {@code Router.decide}: the rules
 * of the mode, state of the session, plan, rights, time zone, generation, values. Never blocks: what must be asked or
 * loaded first is said.
 */
@NullMarked
package dev.sqlmem.session.decision;

import org.jspecify.annotations.NullMarked;
