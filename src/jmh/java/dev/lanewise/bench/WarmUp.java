package dev.lanewise.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Calls a thing until the JVM has compiled it: then other threads, the compiler's among them, take no processor time. */
final class WarmUp {

    private static final long WINDOW_NANOS = 150_000_000L;
    private static final int QUIET_WINDOWS = 2;
    private static final int MOST_WINDOWS = 20;

    private WarmUp() {}

    static void of(Runnable call) {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        int quiet = 0;
        for (int i = 0; i < MOST_WINDOWS && quiet < QUIET_WINDOWS; i++) {
            long start = System.nanoTime();
            long others = threads.getCurrentThreadCpuTime() - system.getProcessCpuTime();
            long nanos;
            do {
                call.run();
                nanos = System.nanoTime() - start;
            } while (nanos < WINDOW_NANOS);
            others += system.getProcessCpuTime() - threads.getCurrentThreadCpuTime();
            quiet = others < nanos / 8 ? quiet + 1 : 0;
        }
    }
}
