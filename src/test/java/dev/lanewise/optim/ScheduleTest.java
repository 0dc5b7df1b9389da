package dev.lanewise.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ScheduleTest {

    private static void assertAt(Schedule schedule, double... wanted) {
        for (int step = 0; step < wanted.length; step++) {
            assertEquals(wanted[step], schedule.at(step), 1e-12, "step " + step);
        }
    }

    @Test
    void constantStays() {
        assertAt(Schedule.constant(0.3), 0.3, 0.3);
        assertEquals(0.3, Schedule.constant(0.3).at(Long.MAX_VALUE));
    }

    @Test
    void linearGoesFromOneNumberToTheOther() {
        assertAt(Schedule.linear(1, 0.2, 4), 1, 0.8, 0.6, 0.4, 0.2, 0.2);
    }

    @Test
    void cosineFallsSlowlyAtItsEnds() {
        double third = 0.1 + 0.9 * (1 + Math.cos(Math.PI / 4)) / 2;
        assertAt(Schedule.cosine(1, 0.1, 4), 1, third, 0.55, 1.1 - third, 0.1, 0.1);
    }

    @Test
    void stepFallsByAFactor() {
        assertAt(Schedule.step(8, 0.5, 2), 8, 8, 4, 4, 2, 2, 1);
    }

    @Test
    void warmUpRisesToTheFirstNumberOfWhatFollows() {
        assertAt(Schedule.linear(1, 0, 2).warmUp(4), 0.25, 0.5, 0.75, 1, 1, 0.5, 0);
        assertAt(Schedule.constant(1).warmUp(0), 1, 1);
    }

    @Test
    void schedulesFollowEachOther() {
        assertAt(Schedule.constant(3).then(2, Schedule.linear(2, 0, 2)), 3, 3, 2, 1, 0);
        assertAt(
                Schedule.constant(3)
                        .then(1, Schedule.constant(2))
                        .then(2, Schedule.constant(1).warmUp(2)),
                3,
                2,
                0.5,
                1,
                1);
    }

    @Test
    void schedulesOfNoStepsAreRefused() {
        assertEquals(
                "linear: 0 steps",
                assertThrows(IllegalArgumentException.class, () -> Schedule.linear(1, 0, 0))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> Schedule.cosine(1, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> Schedule.step(1, 0, 0));
        assertThrows(IllegalArgumentException.class, () -> Schedule.constant(1).warmUp(-1));
        assertThrows(IllegalArgumentException.class, () -> Schedule.constant(1).then(-1, Schedule.constant(2)));
    }
}
