package dev.lanewise.oracle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The table in docs/oracle.md, and what belongs to it, between two marks; all else there is written by hand. */
final class OraclePage {

    private static final String BEGIN =
            "<!-- What follows is written by `mvn verify -Poracle`, up to the next mark. -->";
    private static final String END = "<!-- The end of what is written by `mvn verify -Poracle`. -->";

    /** Bounds that are explained once for all. */
    private static final Set<Bound> COMMON = Set.of(Bound.EXACT, Bound.ROUNDED, Bound.ADDED, ProductCases.CHAIN);

    private final List<Tally> tallies;

    OraclePage(List<Tally> tallies) {
        this.tallies = List.copyOf(tallies);
    }

    void write(Path page) throws IOException {
        String text = Files.readString(page);
        int begin = text.indexOf(BEGIN);
        int end = text.indexOf(END);
        if (begin < 0 || end < begin) {
            throw new IOException(page + ": the marks are missing between which the table is written");
        }
        Files.writeString(page, text.substring(0, begin) + BEGIN + "\n\n" + generated() + text.substring(end));
    }

    private String generated() {
        List<String> lines = new ArrayList<>();
        lines.add("| operation | trials | value | gradient | second order | in ULP of |");
        lines.add("|---|---|---|---|---|---|");
        for (Tally tally : tallies) {
            Case operation = tally.operation();
            lines.add("| " + operation.name() + " | " + tally.trials()
                    + " | " + cell(tally.value(), operation.value())
                    + " | " + (tally.differentiable() ? cell(tally.gradient(), operation.gradient()) : "")
                    + " | " + (operation.second() == null ? "" : cell(tally.second(), operation.second()))
                    + " | " + tally.unit().replace("|", "\\|") + " |");
        }
        lines.add("");
        lines.add("### Why these bounds");
        lines.add("");
        for (Bound bound : List.of(Bound.EXACT, Bound.ROUNDED, Bound.ADDED, ProductCases.CHAIN)) {
            lines.add("- " + text(bound.units()) + ": " + bound.reason());
        }
        for (Tally tally : tallies) {
            bounds(lines, tally.operation());
        }
        lines.add("");
        lines.add("### Where they differ");
        lines.add("");
        for (Tally tally : tallies) {
            differences(lines, tally);
        }
        lines.add("");
        return String.join("\n", lines) + "\n";
    }

    private static String cell(Tally.Worst worst, Bound bound) {
        if (bound.units() == 0 && worst.libtorch() == 0) {
            return "exact";
        }
        return text(worst.ours()) + " · " + text(worst.libtorch()) + " of " + text(bound.units());
    }

    private static String text(double units) {
        if (units >= 1e4) {
            return String.format("%.0e", units);
        }
        return String.format(units >= 100 ? "%.0f" : units == Math.rint(units) ? "%.0f" : "%.2f", units);
    }

    private static void bounds(List<String> lines, Case operation) {
        List<String> parts = new ArrayList<>();
        bound(parts, "value", operation.value());
        bound(parts, "gradient", operation.gradient());
        if (operation.second() != null) {
            bound(parts, "second order", operation.second());
        }
        if (!parts.isEmpty()) {
            lines.add("- **" + operation.name() + "**: " + String.join("; ", parts));
        }
    }

    private static void bound(List<String> parts, String of, Bound bound) {
        if (!COMMON.contains(bound)) {
            parts.add(of + " " + text(bound.units()) + ", " + bound.reason());
        }
    }

    private static void differences(List<String> lines, Tally tally) {
        Case operation = tally.operation();
        String name = "- **" + operation.name() + "**: ";
        operation.notes().forEach(note -> lines.add(name + note));
        for (int i = 0; i < operation.differences().size(); i++) {
            lines.add(name + operation.differences().get(i).note() + " (" + elements(tally.explained(i)) + ")");
        }
        if (tally.lostByBoth() > 0) {
            lines.add(name + "both lose " + elements(tally.lostByBoth())
                    + " to an overflow or an underflow on the way, or to an infinity less another");
        }
    }

    private static String elements(long count) {
        return count == 1 ? "1 element" : String.format("%,d elements", count);
    }
}
