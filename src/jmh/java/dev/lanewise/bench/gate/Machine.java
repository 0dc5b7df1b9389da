package dev.lanewise.bench.gate;

import dev.lanewise.kernel.Kernels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What kind of machine this is: ratios are compared between machines of one kind only. */
final class Machine {

    private static final Path CPU = Path.of("/proc/cpuinfo");

    private Machine() {}

    /** The processor's model and the kernels in use, as the name of a file: {@code authenticamd-25-17-vector-512-bit}. */
    static String key() throws IOException {
        return key(
                Files.isReadable(CPU) ? Files.readString(CPU) : "", System.getProperty("os.arch"), Kernels.describe());
    }

    static String key(String cpuInfo, String architecture, String kernels) {
        Map<String, String> cpu = new LinkedHashMap<>();
        cpuInfo.lines()
                .map(line -> line.split("\\s*:\\s*", 2))
                .filter(pair -> pair.length == 2)
                .forEach(pair -> cpu.putIfAbsent(pair[0], pair[1]));
        String model = Stream.of("vendor_id", "cpu family", "model", "CPU implementer", "CPU part")
                .map(cpu::get)
                .filter(value -> value != null)
                .collect(Collectors.joining("-"));
        String species = kernels.split(" species")[0]; // "vector, 512-bit"
        return ((model.isEmpty() ? architecture : model) + "-" + species)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-");
    }

    /** The model as a person knows it. */
    static String name() throws IOException {
        if (!Files.isReadable(CPU)) {
            return System.getProperty("os.arch");
        }
        return Files.readAllLines(CPU).stream()
                .filter(line -> line.startsWith("model name"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElse(System.getProperty("os.arch"));
    }
}
