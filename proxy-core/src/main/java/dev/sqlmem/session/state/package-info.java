/**
 * What is known of a session that shapes its answers: the settings that the upstream reports and those that are asked
 * ({@code SessionSettings}), and the transaction's status. Belongs to the session's event loop.
 */
@NullMarked
package dev.sqlmem.session.state;

import org.jspecify.annotations.NullMarked;
