package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class LanewiseTest {

    @Test
    void saysItsName() {
        assertTrue(Lanewise.describe().startsWith("Lanewise"));
    }
}
