package dev.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class StartTest {

    @Test
    void isOverAfterSoManyNumbersAndCalls() {
        Start start = new Start(1000);
        assertFalse(start.isOver(900)); // and 64 for the call
        assertFalse(start.isOver(0)); // 1028 with this one
        assertTrue(start.isOver(0));
        assertTrue(start.isOver(1 << 30));
    }

    @Test
    void isOverWhenItIsEnded() {
        Start start = new Start(Long.MAX_VALUE);
        assertFalse(start.isOver(Integer.MAX_VALUE));
        start.end();
        assertTrue(start.isOver(1));
    }
}
