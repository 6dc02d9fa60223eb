/**
 * One client's conversation, on one event loop.
 *
 * <p>{@code Session} hands what both sides send to the {@code Phase} that it is in. While the client is authenticated,
 * which is between it and the upstream, and the server starts, frames pass through ({@code AuthenticatingPhase}, {@code
 * StartingPhase}). Then {@code Conversation} takes the client's messages strictly in order: the handlers of
 * {@code Messages} ask {@code session.decision} what becomes of a statement; if the cache may answer, {@code
 * session.answer} runs it and writes its rows, else {@code session.relay} sends the frames upstream and accounts for
 * each expected response, so that answers from both sides keep the order of the questions. {@code session.state} knows
 * what of the session shapes an answer.
 *
 * <p>Each handler is given the few things that it needs: what the proxy says by itself ({@code Replies}), what the
 * message can wait for ({@code Pauses}), what is noted of a statement that goes upstream ({@code Relaying}), the answers
 * of the cache ({@code CachedAnswers}) and of the proxy's own tables ({@code LocalAnswers}).
 */
@NullMarked
package dev.sqlmem.session;

import org.jspecify.annotations.NullMarked;
