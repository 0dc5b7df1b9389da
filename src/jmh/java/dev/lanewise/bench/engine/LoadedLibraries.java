package dev.lanewise.bench.engine;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The shared libraries of this process, where the system tells them (Linux does). */
final class LoadedLibraries {

    private static final Path MAPS = Path.of("/proc/self/maps");

    private LoadedLibraries() {}

    static boolean areKnown() {
        return Files.isReadable(MAPS);
    }

    /** The paths, each once; empty where they are not known. */
    static List<String> all() {
        if (!areKnown()) {
            return List.of();
        }
        try (Stream<String> lines = Files.lines(MAPS)) {
            return lines.filter(line -> line.contains(".so"))
                    .map(line -> line.substring(line.indexOf('/')))
                    .distinct()
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The implementations of BLAS among them: {@code mkl}, {@code openblas}, {@code blas} for any other. */
    static List<String> blas() {
        return all().stream()
                .map(path -> path.substring(path.lastIndexOf('/') + 1))
                .filter(file -> file.matches("lib(mkl_rt|openblas|c?blas|blis|atlas|nvblas)[-.].*"))
                .map(file ->
                        file.startsWith("libmkl_rt") ? "mkl" : file.startsWith("libopenblas") ? "openblas" : "blas")
                .distinct()
                .toList();
    }
}
