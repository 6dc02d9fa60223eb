package dev.sqlmem.session;

/** What became of a message. */
enum Step {
    DONE,
    /** It stays at the head of the queue, and its turn comes again. */
    WAIT
}
