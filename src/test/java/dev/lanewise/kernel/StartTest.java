package dev.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** What {@link StartingGemmTest} does not see of a start, whose clock is told what it says. */
class StartTest {

    @Test
    void practiceWaitsForThePlainLoopToBeAhead() {
        Start start = new Start(1, 1000);
        int[] turns = {0};
        KernelProvider.Practice fast = turn -> {
            turns[0]++;
            return Long.MAX_VALUE;
        };
        start.practise(999, 10, fast);
        assertEquals(0, turns[0]);
        start.practise(Long.MAX_VALUE / 2, 10, fast);
        assertEquals(Exercise.SHORT, turns[0]);
        assertTrue(start.isOver());
    }

    /** Of a run of nothing no speed follows: nothing would be faster. */
    @Test
    void runsOfNothing() {
        Start start = new Start(1, 0);
        start.practise(0, 0, turn -> 0);
        start.practise(Long.MAX_VALUE / 2, 10, turn -> Long.MAX_VALUE);
        assertTrue(start.isOver());
    }

    @Test
    void cheapLoopsPassAfterTheirTime() {
        Start start = new Start(1, 1000);
        start.pass(999);
        assertFalse(start.isOver());
        start.pass(1);
        assertTrue(start.isOver());
    }
}
