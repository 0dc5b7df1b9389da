package dev.lanewise.bench.gate;

import com.google.gson.Gson;
import dev.lanewise.bench.ThisJvm;
import dev.lanewise.bench.gate.Fork.Measurement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Starts {@link Fork}s, one after the other. */
final class Forks implements Inspection.Source {

    /**
     * Compiled where it was called, not beside it: which call of a warm-up meets which compiled code is then the same in
     * every fork, and so is what C2 makes of it. Left to run beside, some forks are a tenth slower in some kernel for ever.
     */
    private static final List<String> FLAGS = List.of(
            "-Xbatch", "-Xms512m", "-Xmx512m", "-XX:+UseSerialGC", "-XX:+AlwaysPreTouch", "-XX:+PrintCompilation");

    /** How {@code -XX:+PrintCompilation} says that C1 or C2 gave up. */
    private static final String GAVE_UP = "COMPILE SKIPPED";

    private static final int PATIENCE_MINUTES = 10;

    private final Path folder = Path.of("target", "gate");
    private final String slowed;
    private final Set<String> skipped = new TreeSet<>();

    /** Slows the kernel of this name on purpose; the empty name for none. */
    Forks(String slowed) {
        this.slowed = slowed;
    }

    /** Methods that a JIT compiler gave up on in any fork, and why. */
    Set<String> skipped() {
        return skipped;
    }

    @Override
    public List<Measurement> fork(Collection<String> kernels) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Path out = folder.resolve("fork.json");
        Path log = folder.resolve("fork.log");
        Files.deleteIfExists(out);
        List<String> command = new ArrayList<>(ThisJvm.command());
        command.addAll(FLAGS);
        command.add("-D" + Fork.SLOWED + "=" + slowed);
        command.addAll(List.of("-cp", ThisJvm.classPath(), Fork.class.getName(), out.toString()));
        command.addAll(kernels);
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Thread end = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(end);
        try {
            if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                throw new IOException("A fork did not end within " + PATIENCE_MINUTES + " minutes, see " + log);
            }
        } finally {
            process.destroyForcibly();
            Runtime.getRuntime().removeShutdownHook(end);
        }
        if (process.exitValue() != 0) {
            throw new IOException("A fork failed:\n" + Files.readString(log));
        }
        try (Stream<String> lines = Files.lines(log)) {
            lines.filter(line -> line.contains(GAVE_UP) && line.contains("dev.lanewise."))
                    .forEach(line -> skipped.add(line.substring(line.indexOf("dev.lanewise."))));
        }
        return List.of(new Gson().fromJson(Files.readString(out), Measurement[].class));
    }
}
