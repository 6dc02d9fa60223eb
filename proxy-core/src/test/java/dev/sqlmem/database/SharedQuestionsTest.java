package dev.sqlmem.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

class SharedQuestionsTest {
    private final List<CompletableFuture<Void>> asked = new ArrayList<>();
    private final SharedQuestions questions = new SharedQuestions(task -> {
        CompletableFuture<Void> answer = new CompletableFuture<>();
        asked.add(answer);
        return answer;
    });

    @Test
    void theSameQuestionIsAskedOnceAtATime() {
        CompletableFuture<?> first = questions.ask("rights", () -> {});
        CompletableFuture<?> second = questions.ask("rights", () -> {});
        CompletableFuture<?> other = questions.ask("plan", () -> {});
        assertThat(asked).hasSize(2);

        asked.get(0).complete(null);

        assertThat(first).isCompleted();
        assertThat(second).isCompleted();
        assertThat(other).isNotDone();
        questions.ask("rights", () -> {});
        assertThat(asked).hasSize(3);
    }

    @Test
    void aFailureIsEverybodysAndIsForgotten() {
        CompletableFuture<?> first = questions.ask("rights", () -> {});
        CompletableFuture<?> second = questions.ask("rights", () -> {});

        asked.get(0).completeExceptionally(new IllegalStateException("down"));

        assertThat(first).isCompletedExceptionally();
        assertThat(second).isCompletedExceptionally();
        questions.ask("rights", () -> {});
        assertThat(asked).hasSize(2);
    }

    @Test
    void aQuestionThatNobodyTakesFails() {
        SharedQuestions stopped = new SharedQuestions(task -> {
            throw new RejectedExecutionException("stopped");
        });

        assertThat(stopped.ask("rights", () -> {})).isCompletedExceptionally();
        assertThat(stopped.ask("rights", () -> {})).isCompletedExceptionally();
    }
}
