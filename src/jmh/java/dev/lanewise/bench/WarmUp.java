package dev.lanewise.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.lanewise.bench.engine.Engine;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * Calls a thing until it is as fast as it will be: until the JVM had reason to compile all of it, and has done so. While
 * it compiles, other threads take processor time.
 */
final class WarmUp {

    private static final long WINDOW_NANOS = 150_000_000L;
    private static final int QUIET_WINDOWS = 2;

    /** C2 compiles what was called some thousand times, or less often with loops in it. */
    private static final long MANY_CALLS = 10_000;

    private static final long LEAST_NANOS = 1_000_000_000L;
    private static final long MOST_NANOS = 4_000_000_000L;

    /** A model is called some hundred times a second or less, and the loops between its products compile late. */
    private static final long LEAST_NANOS_OF_MODEL = 6_000_000_000L;

    private static final long MOST_NANOS_OF_MODEL = 15_000_000_000L;

    private WarmUp() {}

    /** Of a thing made of Java: until it was called often, or for a while. */
    static void of(Runnable call) {
        run(call, LEAST_NANOS, MOST_NANOS);
    }

    /** Of a whole model: where it is made of Java, for longer. */
    static void ofModel(Engine engine, Runnable call) {
        if (engine.isNative()) {
            of(call);
        } else {
            call.run(); // interpreted, so that this one alone may take seconds, which do not count
            run(call, LEAST_NANOS_OF_MODEL, MOST_NANOS_OF_MODEL);
        }
    }

    /** Of one call into native code, where nothing is to be compiled but that call. */
    static void ofNative(Runnable call) {
        run(call, 0, MOST_NANOS);
    }

    /** Of a thing that other threads help with, all of whose parts are warm. */
    static void brieflyOf(Runnable call) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < 2 * WINDOW_NANOS) {
            call.run();
        }
    }

    private static void run(Runnable call, long leastNanos, long mostNanos) {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long begin = System.nanoTime();
        long calls = 0;
        int quiet = 0;
        while (true) {
            long start = System.nanoTime();
            long others = threads.getCurrentThreadCpuTime() - system.getProcessCpuTime();
            long nanos;
            do {
                call.run();
                calls++;
                nanos = System.nanoTime() - start;
            } while (nanos < WINDOW_NANOS);
            others += system.getProcessCpuTime() - threads.getCurrentThreadCpuTime();
            quiet = others < nanos / 8 ? quiet + 1 : 0;
            long elapsed = System.nanoTime() - begin;
            boolean often = calls >= MANY_CALLS || elapsed >= leastNanos;
            if (often && quiet >= QUIET_WINDOWS) {
                return;
            }
            if (elapsed >= mostNanos) {
                System.out.println("Other threads were still at work after a warm-up of " + calls + " calls.");
                return;
            }
        }
    }
}
