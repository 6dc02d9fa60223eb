/**
 * The client's upstream session as the conversation uses it: what the upstream owes ({@code RelayLeg}, {@code
 * PendingResponse}), what the proxy injects on its own account ({@code InjectedMessages}, {@code SettingsProbe}), and which statements and
 * portals are known on either side ({@code Registry}).
 */
@NullMarked
package dev.sqlmem.session.relay;

import org.jspecify.annotations.NullMarked;
