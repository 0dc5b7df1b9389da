package dev.lanewise.bench.report;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the trials of the regression gate counted. */
final class GateTrials {

    private GateTrials() {}

    /** From the file, if there is one. */
    static Optional<Section> section(Path file) throws IOException {
        return Files.exists(file) ? Optional.of(section(Files.readString(file))) : Optional.empty();
    }

    static Section section(String json) {
        JsonObject log = JsonParser.parseString(json).getAsJsonObject();
        int unchanged = 0;
        int open = 0;
        int slowed = 0;
        int named = 0;
        int others = 0;
        Table table = Table.ofNumbers(List.of("Slowed by a tenth", "named", "minutes", "load"));
        for (JsonElement each : log.getAsJsonArray("runs")) {
            JsonObject run = each.getAsJsonObject();
            String kernel = run.get("slowed").getAsString();
            List<String> names = names(run.getAsJsonArray("named"));
            if (kernel.isEmpty()) {
                unchanged++;
                open += names.isEmpty() ? 1 : 0;
            } else {
                slowed++;
                named += names.contains(kernel) ? 1 : 0;
                others += names.stream().anyMatch(name -> !name.equals(kernel)) ? 1 : 0;
            }
            table.row(List.of(
                    kernel.isEmpty() ? "nothing" : kernel,
                    names.isEmpty() ? "none" : String.join(", ", names),
                    String.format(Locale.ROOT, "%.1f", run.get("seconds").getAsDouble() / 60),
                    String.format(Locale.ROOT, "%.1f", run.get("load").getAsDouble())));
        }
        String text = String.format(
                "%d of %d runs without a change passed. In %d runs one kernel was slowed by a tenth, another one each"
                        + " time: %d of them named it, and %s named another.",
                open, unchanged, slowed, named, others == 0 ? "none" : String.valueOf(others));
        String where = "Measured on " + log.get("cpu").getAsString() + ", "
                + log.get("jdk").getAsString()
                + ", against the ratios accepted on "
                + log.get("baseline").getAsString().replaceAll("T.*", "")
                + ". The load is how many processes wanted a processor when the run began; the machine did other work"
                + " too.";
        List<String> paragraphs = new ArrayList<>(List.of(
                "The gate measures guarded kernels against a yardstick in the same JVM and compares that ratio with"
                        + " the last accepted one. It fails if the whole bootstrap interval of their quotient lies more"
                        + " than 5 % below 1. What it is worth was tried:",
                text, where));
        return new Section("The regression gate", paragraphs, List.of(), List.of(table));
    }

    private static List<String> names(JsonArray array) {
        return array.asList().stream().map(JsonElement::getAsString).collect(Collectors.toList());
    }
}
