/**
 * May the cache answer this statement of this session now? One question, asked in one place: state of the session, plan, rights,
 * time zone, generation. Never blocks: what must be asked or loaded first is said.
 */
@NullMarked
package dev.sqlmem.session.decision;

import org.jspecify.annotations.NullMarked;
