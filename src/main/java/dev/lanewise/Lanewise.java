package dev.lanewise;

import dev.lanewise.kernel.Kernels;
import dev.lanewise.kernel.WarmUp;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
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

    /** {@link #warmUp(Duration)} with a limit of 30 seconds, several times what it takes. */
    public static WarmUpReport warmUp() {
        return warmUp(Duration.ofSeconds(30));
    }

    /**
     * Runs the kernels on small numbers until the JVM's optimising compiler has taken them over, so that the first real
     * calls are as fast as all later ones: for a service, before it takes its first request. Without it that happens in
     * use, and until then a call of a vector kernel is some hundred times slower.
     *
     * <p>The calling thread does the work, matrix products first; no thread is started, though the JVM's own compile beside
     * it. What is done is not done again, so a second call goes on with what was left, if anything was. Nothing is kept but
     * names. Says in one log line (logger {@code dev.lanewise}, level INFO) what it did.
     *
     * @param limit the longest that it may take, give or take the milliseconds of one call
     * @return what was done
     * @throws IllegalArgumentException if the limit is negative
     */
    public static WarmUpReport warmUp(Duration limit) {
        if (limit.isNegative()) {
            throw new IllegalArgumentException("warmUp: the limit of " + limit + " is negative");
        }
        long start = System.nanoTime();
        WarmUp.Outcome outcome = WarmUp.kernelsInUse(limit);
        Duration time = Duration.ofNanos(System.nanoTime() - start);
        WarmUpReport report = new WarmUpReport(Kernels.describe(), outcome.warm(), outcome.cold(), time);
        System.getLogger("dev.lanewise").log(System.Logger.Level.INFO, report::toString);
        return report;
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
