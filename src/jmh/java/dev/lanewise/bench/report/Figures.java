package dev.lanewise.bench.report;

import dev.lanewise.bench.Work;
import java.util.Locale;

/** Numbers as they are read. */
final class Figures {

    /** For what was not measured. */
    static final String NONE = "";

    private Figures() {}

    /** Three digits, or two behind the point. */
    static String ratio(double value) {
        if (Double.isNaN(value)) {
            return NONE;
        }
        return String.format(
                Locale.ROOT, value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : value >= 0.1 ? "%.2f" : "%.3f", value);
    }

    /** With the spread over forks, where there is more than one. */
    static String ratio(Ratio ratio) {
        String value = ratio(ratio.value());
        return ratio.low() == ratio.high()
                ? value
                : value + " (" + ratio(ratio.low()) + " to " + ratio(ratio.high()) + ")";
    }

    static String percent(double part) {
        return Double.isNaN(part) ? NONE : String.format(Locale.ROOT, "%.0f %%", 100 * part);
    }

    static String nanos(double nanos) {
        if (nanos < 1e3) {
            return significant(nanos) + " ns";
        }
        if (nanos < 1e6) {
            return significant(nanos / 1e3) + " µs";
        }
        return nanos < 1e9 ? significant(nanos / 1e6) + " ms" : significant(nanos / 1e9) + " s";
    }

    /** In the unit that the work has. */
    static String rate(Result result) {
        Work work = result.work();
        return switch (work.unit()) {
            case FLOATING_POINT_OPERATIONS -> significant(result.rate()) + " GFLOP/s";
            case BYTES -> significant(result.rate()) + " GB/s";
            case ELEMENTS -> significant(result.time() / work.amount()) + " ns/element";
            case RECORDED_OPERATIONS -> significant(result.time() / work.amount()) + " ns/operation";
            case CALLS -> nanos(result.time());
        };
    }

    static String bytes(double bytes) {
        return Double.isNaN(bytes)
                ? NONE
                : String.format(Locale.ROOT, "%,.0f", bytes).replace(',', '\u202f');
    }

    /** Three significant digits. */
    private static String significant(double value) {
        int digits = value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%." + digits + "f", value);
    }
}
