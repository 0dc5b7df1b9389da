package dev.lanewise;

import dev.lanewise.kernel.Kernels;

/** What the library knows about itself. */
public final class Lanewise {

    private Lanewise() {}

    /**
     * What runs here, in a few lines for a person or a log: the kernels with their species and lanes, the reason for
     * that choice, and the JVM. The first call chooses the kernels, if nothing has before.
     */
    public static String describe() {
        return """
            Lanewise %s
            kernels: %s
            because: %s
            JVM:     %s %s, %s on %s, %d processors\
            """.formatted(
                        version(),
                        Kernels.describe(),
                        Kernels.reason(),
                        System.getProperty("java.vm.name"),
                        System.getProperty("java.vm.version"),
                        System.getProperty("java.vm.info"),
                        System.getProperty("os.arch"),
                        Runtime.getRuntime().availableProcessors());
    }

    /** The version in the jar's manifest; classes in a folder have none. */
    private static String version() {
        String version = Lanewise.class.getPackage().getImplementationVersion();
        return version == null ? "(development)" : version;
    }
}
