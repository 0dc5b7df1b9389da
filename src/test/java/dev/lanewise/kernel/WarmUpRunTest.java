package dev.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The running of exercises, with a meter and exercises of which everything is known. */
class WarmUpRunTest {

    private static final int MOST_CALLS = 100_000;

    private long allocated;
    private int calls;

    private Exercise exercise(String name, int allocatesUntil, List<Integer> turns) {
        return new Exercise(name, turn -> {
            calls++;
            turns.add(turn);
            if (turn < allocatesUntil) {
                allocated += 24;
            }
        });
    }

    private List<Exercise> run(List<Exercise> exercises, int turns) {
        return WarmUp.run(exercises, turns, () -> calls >= MOST_CALLS, () -> allocated);
    }

    @Test
    void turnsAreCountedFromZeroAndThereAreEnough() {
        List<Integer> turns = new ArrayList<>();
        assertEquals(List.of(), run(List.of(exercise("a", 0, turns)), 1000));
        assertTrue(turns.size() >= 1000 && turns.size() < 1100, () -> turns.size() + " turns");
        for (int i = 0; i < turns.size(); i++) {
            assertEquals(i, turns.get(i));
        }
    }

    @Test
    void whatStillAllocatesIsRunUntilItDoesNot() {
        List<Integer> turns = new ArrayList<>();
        assertEquals(List.of(), run(List.of(exercise("a", 5000, turns)), 1000));
        assertTrue(turns.size() >= 5000 + 256, () -> turns.size() + " turns");
    }

    @Test
    void aCleanCallNowAndThenIsNoProof() {
        Exercise exercise = new Exercise("a", turn -> {
            calls++;
            allocated += turn % 100 == 0 ? 24 : 0;
        });
        assertEquals(List.of(exercise), run(List.of(exercise), 1000));
    }

    @Test
    void whatIsNotDoneInTimeIsNamedInItsOrder() {
        List<Exercise> exercises = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            exercises.add(exercise("e" + i, i % 2 == 0 ? 0 : Integer.MAX_VALUE, new ArrayList<>()));
        }
        List<Exercise> left = run(exercises, 100);
        assertEquals(exercises.stream().filter(e -> !left.contains(e)).count(), 40 - left.size());
        assertEquals(exercises.stream().filter(left::contains).toList(), left);
        assertTrue(left.contains(exercises.get(1)));
        assertTrue(!left.contains(exercises.get(0)));
        assertTrue(left.contains(exercises.get(39)));
    }

    @Test
    void nothingIsCalledWhenTheTimeIsOverAtTheStart() {
        List<Exercise> exercises = List.of(exercise("a", 0, new ArrayList<>()));
        assertEquals(exercises, WarmUp.run(exercises, 100, () -> true, WarmUp.Meter.NONE));
        assertEquals(0, calls);
    }

    @Test
    void withoutAMeterTheTurnsCount() {
        assertEquals(
                List.of(),
                WarmUp.run(
                        List.of(exercise("a", Integer.MAX_VALUE, new ArrayList<>())),
                        1000,
                        () -> false,
                        WarmUp.Meter.NONE));
        assertTrue(calls >= 1000);
    }
}
