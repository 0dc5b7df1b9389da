package dev.lanewise;

import dev.lanewise.kernel.Kernels;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

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

    /** The version that Maven wrote into the jar, on the class path and the module path; a folder of classes has none. */
    private static String version() {
        Properties build = new Properties();
        try (InputStream in =
                Lanewise.class.getResourceAsStream("/META-INF/maven/dev.lanewise/lanewise/pom.properties")) {
            if (in != null) {
                build.load(in);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return build.getProperty("version", "(development)");
    }
}
