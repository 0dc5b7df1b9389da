package dev.lanewise.bench;

import dev.lanewise.bench.engine.Engine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Loads one engine and lets it compute a little, in a JVM of its own, to see whether it loads here. Whether it is right, its benchmarks say. */
final class Probe {

    private static final String ANSWER = "engine: ";
    private static final int PATIENCE_SECONDS = 180;

    /** Either the version, or why the engine is skipped. */
    record Finding(String version, String obstacle) {

        boolean usable() {
            return obstacle == null;
        }
    }

    private Probe() {}

    /** Takes the engine's name; prints its version. */
    public static void main(String[] args) {
        Engine engine = Engine.named(args[0]);
        try {
            System.out.println(ANSWER + engine.tryOut().replace('\n', ' '));
        } catch (RuntimeException | LinkageError e) {
            Throwable deepest = e;
            while (deepest.getCause() != null) {
                deepest = deepest.getCause();
            }
            System.out.println(deepest);
            System.exit(1);
        }
    }

    /** Whether the engine works here. */
    static Finding of(Engine engine) throws IOException, InterruptedException {
        String missing = NativePeers.fetch(engine);
        if (missing != null) {
            return new Finding(null, missing);
        }
        List<String> command = new ArrayList<>(ThisJvm.command());
        command.addAll(Alternation.FORK_FLAGS);
        command.addAll(List.of("-cp", ThisJvm.classPath() + NativePeers.classPath(engine)));
        command.addAll(List.of(Probe.class.getName(), engine.id()));
        Path log = Path.of("target", "jmh", "probe-" + engine.id() + ".log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            return new Finding(null, "it did not load within " + PATIENCE_SECONDS + " seconds");
        }
        List<String> lines = Files.readAllLines(log, StandardCharsets.UTF_8);
        String last = lines.isEmpty() ? "" : lines.getLast();
        if (process.exitValue() == 0 && last.startsWith(ANSWER)) {
            return new Finding(last.substring(ANSWER.length()), null);
        }
        return new Finding(null, last.isEmpty() ? "its JVM ended with status " + process.exitValue() : last);
    }
}
