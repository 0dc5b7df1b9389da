package dev.lanewise.autodiff;

import static org.junit.jupiter.api.Assertions.fail;

import java.lang.ref.WeakReference;

/** Whether the garbage collector can take something. */
final class Collected {

    private Collected() {}

    /** Fails if the referent is still there after a number of collections. */
    static void assertCollected(WeakReference<?> reference, String what) throws InterruptedException {
        if (!isCollected(reference)) {
            fail(what + " is still reachable");
        }
    }

    /** Fails if the referent is gone after a collection that took an object of the same age. */
    static void assertKept(WeakReference<?> reference, String what) throws InterruptedException {
        WeakReference<Object> probe = new WeakReference<>(new Object());
        if (!isCollected(probe)) {
            fail("the garbage collector took nothing, so nothing is known");
        }
        if (reference.get() == null) {
            fail(what + " was collected");
        }
    }

    private static boolean isCollected(WeakReference<?> reference) throws InterruptedException {
        for (int i = 0; i < 100 && reference.get() != null; i++) {
            System.gc();
            Thread.sleep(5);
        }
        return reference.get() == null;
    }
}
