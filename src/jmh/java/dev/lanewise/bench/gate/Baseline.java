package dev.lanewise.bench.gate;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializer;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * The ratios that were accepted last on one kind of machine.
 *
 * @param machine {@link Machine#key}
 * @param ratios of each kernel, one of each fork
 */
record Baseline(String machine, String cpu, String jdk, String date, SequencedMap<String, List<Double>> ratios) {

    static final Path FOLDER = Path.of("perf-reports", "baseline");

    private static final MathContext DIGITS = new MathContext(5);

    private static final Gson GSON = new GsonBuilder()
            .registerTypeAdapter(Double.class, (JsonSerializer<Double>)
                    (value, _, _) -> new JsonPrimitive(new BigDecimal(value, DIGITS)))
            .setPrettyPrinting()
            .create();

    /** Of this machine, if there is one. */
    static Optional<Baseline> ofThisMachine() throws IOException {
        Path file = file(Machine.key());
        return Files.exists(file) ? Optional.of(read(file)) : Optional.empty();
    }

    static Baseline read(Path file) throws IOException {
        return GSON.fromJson(Files.readString(file), Baseline.class);
    }

    static Path file(String machine) {
        return FOLDER.resolve(machine + ".json");
    }

    static Baseline now(SequencedMap<String, List<Double>> ratios) throws IOException {
        return new Baseline(
                Machine.key(),
                Machine.name(),
                System.getProperty("java.vm.version"),
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                ratios);
    }

    void write(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        // Gson writes an array of numbers one below the other.
        String json = GSON.toJson(this)
                .replaceAll(",\\s+(?=\\d)", ", ")
                .replaceAll("\\[\\s+", "[")
                .replaceAll("\\s+]", "]");
        Files.writeString(file, json + "\n");
    }

    Map<String, double[]> accepted() {
        Map<String, double[]> accepted = new LinkedHashMap<>();
        ratios.forEach((kernel, each) -> accepted.put(
                kernel, each.stream().mapToDouble(Double::doubleValue).toArray()));
        return accepted;
    }
}
