package dev.lanewise.bench;

import dev.lanewise.bench.engine.Engine;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.javacpp.Loader;

/**
 * The native code of the peers: some 400 MB of jars, so no build fetches them, only a run of the benchmarks that is about
 * to measure them, once, by asking Maven for the execution {@code peer-NAME} of {@code pom.xml}. Each peer's lie in a
 * folder of their own, and only its own forks see them.
 */
final class NativePeers {

    private static final Path FOLDER = Path.of("target", "jmh", "peers");

    private NativePeers() {}

    /** What the class path of the engine's forks needs beside that of this JVM; begins with a separator unless empty. */
    static String classPath(Engine engine) {
        return jars(engine).stream().map(jar -> File.pathSeparator + jar).collect(Collectors.joining());
    }

    private static List<Path> jars(Engine engine) {
        Path folder = FOLDER.resolve(engine.id());
        if (!engine.isNative() || !Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fetches the engine's native code unless it is there; null, or why it cannot be had. */
    static String fetch(Engine engine) throws IOException, InterruptedException {
        if (!engine.isNative() || !jars(engine).isEmpty()) {
            return null;
        }
        System.out.println("Fetching the native code of " + engine.id() + " through Maven; this happens once.");
        String home = System.getProperty("bench.maven", "");
        boolean windows = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("windows");
        List<String> command = new ArrayList<>();
        command.add((home.isEmpty() ? "" : home + "/bin/") + (windows ? "mvn.cmd" : "mvn"));
        String settings = System.getProperty("bench.maven.settings", "");
        if (!settings.isEmpty() && Files.exists(Path.of(settings))) {
            command.addAll(List.of("-s", settings));
        }
        command.addAll(List.of("-q", "-B", "dependency:copy@peer-" + engine.id()));
        command.add("-Dpeer.platform=" + Loader.getPlatform());
        Path log = Path.of("target", "jmh", "peer-" + engine.id() + ".log");
        Process maven;
        try {
            maven = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            return "Maven is not here to fetch it: " + e.getMessage();
        }
        if (maven.waitFor() == 0) {
            for (Path jar : jars(engine)) {
                // The build deletes jars older than pom.xml, where their versions stand, and Maven keeps their age.
                Files.setLastModifiedTime(jar, FileTime.from(Instant.now()));
            }
            return null;
        }
        return Files.readAllLines(log).stream()
                .filter(line -> line.startsWith("[ERROR]"))
                .findFirst()
                .orElse("Maven failed, see " + log);
    }
}
