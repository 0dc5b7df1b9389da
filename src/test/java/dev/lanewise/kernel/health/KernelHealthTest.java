package dev.lanewise.kernel.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is complained of, and how: the sentences that somebody reads who has changed a kernel. */
class KernelHealthTest {

    private static final String PACKAGE = "dev.lanewise.kernel.vector.";
    private static final String TILE = PACKAGE + "Tile2x1 run (I)V";
    private static final String PRODUCT = "c4e26db8c1";
    private static final String SPILL = "c5fe7f4c2428";
    private static final String RELOAD = "8b74242c";
    private static final String CALL = "41ffd2";

    private static KernelHealth of(String... hot) {
        return new KernelHealth(Path.of("unused"), Set.of(hot));
    }

    private static CompilationLog compiled(String method, int level) {
        String line = "<nmethod compile_id='1' level='" + level + "' method='" + method + "'/>";
        return CompilationLog.read(line.lines(), "dev.lanewise.kernel.vector");
    }

    private static List<String> complaintsOfLevel(String width, String method, int level) {
        KernelHealth health = of(method);
        health.compilations(width, compiled(method, level));
        return health.complaints();
    }

    private static List<String> complaintsOfLoop(String width, String tile, String... body) {
        String hex = String.join("", body);
        String loop = hex + "7c" + HexFormat.of().toHexDigits((byte) -(hex.length() / 2 + 2));
        String method = PACKAGE + tile + " run (I)V";
        KernelHealth health = of(method);
        health.microKernels(
                width,
                compiled(method, CompilationLog.OPTIMISED),
                List.of(new MachineCode(
                        PACKAGE + tile + "::run",
                        Instruction.decode(HexFormat.of().parseHex(loop)))));
        return health.complaints();
    }

    @Test
    void whatIsWellIsCounted() {
        KernelHealth health = of(TILE);
        assertEquals("12 exercises, 0 allocate", health.allocations("512 bits", "exercises: 12\n"));
        assertEquals("1 of 1 hot methods reached C2", health.compilations("512 bits", compiled(TILE, 4)));
        assertEquals(List.of(), health.complaints());
        assertEquals(List.of(), complaintsOfLoop("512 bits", "Tile2x1", PRODUCT, PRODUCT, RELOAD, RELOAD));
    }

    @Test
    void callsThatAllocate() {
        KernelHealth health = of();
        health.allocations("512 bits", "exercises: 12\nallocates: exp\n");
        assertEquals(List.of("512 bits, calls allocate for ever: exp"), health.complaints());
    }

    @Test
    void whatIsNotDoneInTime() {
        KernelHealth health = of();
        assertTrue(health.finished("512 bits", "exercises: 12\nallocates: exp\n"));
        assertFalse(health.finished("512 bits", "exercises: 12\nunfinished: abs\nunfinished: exp\n"));
        assertEquals(
                List.of("512 bits, after minutes still not done, so probably interpreted: [abs, exp]"),
                health.complaints());
    }

    @Test
    void whatIsNotOptimised() {
        assertEquals(
                List.of("512 bits, never reached C2, only level 3: " + TILE), complaintsOfLevel("512 bits", TILE, 3));
        assertEquals(
                List.of("512 bits, never reached C2, nor any compiler: does an exercise run it? " + TILE),
                complaintsOfLevel("512 bits", TILE, 0));
    }

    @Test
    void whatIsNotMeantForAWidth() {
        String wide = PACKAGE + "Tile12x2 run (I)V";
        assertEquals(List.of(), complaintsOfLevel("256 bits", wide, 0));
        assertEquals(1, complaintsOfLevel("256 bits", wide, 3).size());
        assertEquals(1, complaintsOfLevel("512 bits", wide, 0).size());
        assertEquals(1, complaintsOfLevel("128 bits as on NEON", wide, 0).size());
        assertEquals(List.of(), complaintsOfLevel("128 bits as on NEON", PACKAGE + "TransposedUpdate run (I)V", 0));
    }

    @Test
    void tilesThatAreNotWhatTheyShouldBe() {
        assertEquals(
                List.of("512 bits Tile2x1: vectors to and from the stack, more than 0 a step:"
                        + " 4 instructions, 2 multiply-adds, 1 spills, 0 reloads, 0 calls"),
                complaintsOfLoop("512 bits", "Tile2x1", PRODUCT, PRODUCT, SPILL));
        assertEquals(
                List.of("512 bits Tile2x1: more to and from the stack than an address for each row:"
                        + " 6 instructions, 2 multiply-adds, 0 spills, 3 reloads, 0 calls"),
                complaintsOfLoop("512 bits", "Tile2x1", PRODUCT, PRODUCT, RELOAD, RELOAD, RELOAD));
        assertEquals(
                List.of("512 bits Tile2x1: calls in its loop:"
                        + " 4 instructions, 2 multiply-adds, 0 spills, 0 reloads, 1 calls"),
                complaintsOfLoop("512 bits", "Tile2x1", PRODUCT, PRODUCT, CALL));
        assertEquals(
                List.of("512 bits Tile2x1: not 2 multiply-adds a step:"
                        + " 4 instructions, 3 multiply-adds, 0 spills, 0 reloads, 0 calls"),
                complaintsOfLoop("512 bits", "Tile2x1", PRODUCT, PRODUCT, PRODUCT));
    }

    @Test
    void knownSpillsAreKnownOfOneWidth() {
        String[] body = {PRODUCT.repeat(4), SPILL, SPILL};
        assertEquals(List.of(), complaintsOfLoop("256 bits", "Tile4x1", body));
        assertEquals(1, complaintsOfLoop("128 bits", "Tile4x1", body).size());
        assertEquals(
                1,
                complaintsOfLoop("256 bits", "Tile4x1", body[0], SPILL, SPILL, SPILL)
                        .size());
    }

    @Test
    void aTileWithoutALoop() {
        KernelHealth health = of(TILE);
        health.microKernels("512 bits", compiled(TILE, 4), List.of());
        assertEquals(List.of("512 bits Tile2x1: no loop in what C2 printed of it"), health.complaints());
    }
}
