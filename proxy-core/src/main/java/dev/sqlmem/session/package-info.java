/**
 * One client's conversation, on one event loop.
 *
 * <p>{@code Session} receives both sides' frames. During {@code Login} they pass through, so that
 * authentication is the upstream's. Then {@code Conversation} takes the client's messages strictly in
 * order: {@code SimpleQueries} and {@code ExtendedQueries} ask {@code session.decision} whether the cache may
 * answer; if so {@code session.answer} runs the statement and writes its rows, else {@code session.relay} sends the
 * frames upstream and accounts for each expected response, so that answers from both sides keep the
 * order of the questions. {@code session.state} knows what of the session shapes an answer.
 */
@NullMarked
package dev.sqlmem.session;

import org.jspecify.annotations.NullMarked;
