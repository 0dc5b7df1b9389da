package dev.lanewise.kernel;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** Counts what the calling thread allocates, where the JVM can: in HotSpot with the module jdk.management, not in virtual threads. */
final class AllocationMeter {

    private AllocationMeter() {}

    /** A meter for the calling thread. */
    static WarmUp.Meter ofThisThread() {
        try {
            if (ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads
                    && threads.isThreadAllocatedMemorySupported()
                    && threads.isThreadAllocatedMemoryEnabled()
                    && threads.getCurrentThreadAllocatedBytes() >= 0) {
                return threads::getCurrentThreadAllocatedBytes;
            }
        } catch (LinkageError e) {
            // the module is not there
        }
        return WarmUp.Meter.NONE;
    }
}
