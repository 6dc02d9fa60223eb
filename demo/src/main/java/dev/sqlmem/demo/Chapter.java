package dev.sqlmem.demo;

import java.util.List;

/** Statements of the tour that show the same thing. */
record Chapter(String title, List<Step> steps) {
    Chapter {
        steps = List.copyOf(steps);
    }

    static Chapter of(String title, Step... steps) {
        return new Chapter(title, List.of(steps));
    }
}
