package dev.lanewise.array;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** How long arrays of a {@link Workspace} live. That operations are right on used storage, WorkspaceRulesTest says. */
class WorkspaceTest {

    private static final FloatArray X = FloatArray.randn(new Random(1), 30, 40);
    private static final FloatArray W = FloatArray.randn(new Random(2), 40, 50);
    private static final FloatArray B = FloatArray.randn(new Random(3), 50);

    private final Workspace workspace = new Workspace();

    private static FloatArray layer() {
        return X.linear(W, B).relu();
    }

    @Test
    void theSecondRunTakesNoStorage() {
        FloatArray first = workspace.call(() -> layer().copy());
        assertEquals(2 * 4 * 30 * 50, workspace.bytes());
        FloatArray second = workspace.call(() -> layer().copy());
        assertEquals(2 * 4 * 30 * 50, workspace.bytes());
        assertEquals(layer(), first);
        assertEquals(first, second);
    }

    @Test
    void storageIsUsedAgainByTheNextRunAndNotBefore() {
        List<float[]> seen = new ArrayList<>();
        Runnable twice = () -> {
            seen.add(layer().storage());
            seen.add(layer().storage());
        };
        workspace.run(twice);
        workspace.run(twice);
        assertNotSame(seen.get(0), seen.get(1));
        assertSame(seen.get(0), seen.get(2));
        assertSame(seen.get(1), seen.get(3));
    }

    /** Else the tests that compute on spoilt storage would show nothing. */
    @Test
    void spoiltStorageIsNaNUntilItIsWritten() {
        workspace.run(WorkspaceTest::layer);
        workspace.spoil();
        workspace.run(() -> {
            for (int i = 0; i < 2; i++) {
                for (float number : Workspace.storage(30 * 50)) {
                    assertTrue(Float.isNaN(number));
                }
            }
        });
        assertEquals(2 * 4 * 30 * 50, workspace.bytes());
        workspace.spoil();
        workspace.run(() -> assertArrayEquals(new float[30 * 50], Workspace.zeros(30 * 50)));
    }

    @Test
    void whatTheLastRunDidNotUseIsForgotten() {
        workspace.run(() -> {
            layer();
            layer();
        });
        workspace.run(WorkspaceTest::layer);
        assertEquals(2 * 4 * 30 * 50, workspace.bytes());
        workspace.run(() -> X.add(1));
        assertEquals(4 * 30 * 40, workspace.bytes());
    }

    /** A name for each use, and the use. */
    private static List<Function<FloatArray, Object>> uses() {
        return List.of(
                x -> x.add(1),
                X::add,
                x -> x.matmul(x.t()),
                x -> x.sum(),
                x -> x.get(0, 0),
                x -> x.slice(Index.at(0), Index.at(0)).item(),
                FloatArray::toArray,
                FloatArray::copy,
                x -> {
                    x.copyTo(new float[x.size()], 0);
                    return x;
                },
                x -> x.equals(X),
                X::equals,
                FloatArray::hashCode,
                x -> x.argmax(1),
                x -> x.t().reshape(-1),
                x -> x.where(x, x));
    }

    @Test
    void usingAnArrayAfterItsRunIsAnError() {
        for (Function<FloatArray, Object> use : uses()) {
            FloatArray mine = workspace.call(() -> X.mul(2));
            FloatArray view = workspace.call(() -> X.mul(2).t().t());
            workspace.run(() -> X.mul(3));
            for (FloatArray over : List.of(mine, view)) {
                var e = assertThrows(IllegalStateException.class, () -> use.apply(over));
                assertTrue(
                        e.getMessage()
                                .endsWith("was made in a run of a workspace that has ended, and its storage serves"
                                        + " others now; take a copy() out of a run"),
                        e::getMessage);
            }
        }
        FloatArray over = workspace.call(() -> X.mul(2));
        assertEquals("FloatArray of shape 30x40, of a plan, or of a workspace's run that has ended", over.toString());
        assertEquals(X.shape(), over.shape());
    }

    @Test
    void whatIsMadeOfNumbersIsItsOwn() {
        List<FloatArray> made = workspace.call(() -> List.of(
                FloatArray.of(1, 2), FloatArray.zeros(3), FloatArray.scalar(1), FloatArray.rand(new Random(1), 2)));
        made.forEach(FloatArray::toArray);
        assertEquals(0, workspace.bytes());
    }

    @Test
    void arraysFromOutsideAreValidInARun() {
        FloatArray outer = X.add(1);
        assertEquals(outer.tanh(), workspace.call(() -> outer.tanh().copy()));
    }

    @Test
    void oneRunAtATime() {
        var e = assertThrows(
                IllegalStateException.class, () -> workspace.run(() -> workspace.run(WorkspaceTest::layer)));
        assertEquals("workspace: it is in a run already; one serves one run at a time", e.getMessage());
        workspace.run(WorkspaceTest::layer); // the failure ended the outer run
    }

    @Test
    void runsOfDifferentWorkspacesNest() {
        Workspace inner = new Workspace();
        workspace.run(() -> {
            FloatArray outside = X.add(1);
            FloatArray inside = inner.call(() -> outside.add(1));
            assertThrows(IllegalStateException.class, inside::toArray);
            assertEquals(X.add(1), outside);
        });
        assertEquals(4 * 30 * 40, inner.bytes());
        assertEquals(2 * 4 * 30 * 40, workspace.bytes()); // outside, and the sum it is compared with
    }

    @Test
    void anExceptionEndsTheRun() {
        List<FloatArray> kept = new ArrayList<>();
        assertThrows(
                IllegalArgumentException.class,
                () -> workspace.run(() -> {
                    kept.add(X.add(1));
                    X.matmul(X);
                }));
        assertThrows(IllegalStateException.class, () -> kept.getFirst().toArray());
        workspace.run(WorkspaceTest::layer);
    }

    @Test
    void threadsThatHelpWriteIntoItToo() {
        try (ExecutorService pool = Executors.newFixedThreadPool(2)) {
            FloatArray a = FloatArray.randn(new Random(4), 400, 400);
            FloatArray expected = a.matmul(a).tanh();
            for (int i = 0; i < 5; i++) {
                assertEquals(
                        expected,
                        workspace.call(() -> Compute.parallel(
                                pool, 3, () -> a.matmul(a).tanh().copy())));
            }
        }
    }

    @Test
    void eachThreadItsOwn() throws Exception {
        FloatArray expected = layer();
        try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
            List<Future<?>> all = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                all.add(pool.submit(() -> {
                    Workspace own = new Workspace();
                    for (int i = 0; i < 500; i++) {
                        assertEquals(expected, own.call(() -> layer().copy()));
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
    }
}
