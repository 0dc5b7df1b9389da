package dev.lanewise;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What a warm-up came to; {@link #toString} says it in one line for a log.
 *
 * @param kernels the kernels in use
 * @param warm how many ways of using them are warm, by this call or an earlier one
 * @param cold what was not done when the time was over, empty if all was; the JVM will compile it in use
 * @param time how long it took
 */
public record WarmUpReport(String kernels, int warm, List<String> cold, Duration time) {

    private static final int MOST_NAMED = 5;

    /** Takes a copy of the list. */
    public WarmUpReport {
        cold = List.copyOf(cold);
    }

    /** Whether nothing is left cold. */
    public boolean isComplete() {
        return cold.isEmpty();
    }

    @Override
    public String toString() {
        String done = String.format(
                Locale.ROOT,
                "Lanewise warm-up (%s): %d of %d done, %.2f s",
                kernels,
                warm,
                warm + cold.size(),
                time.toMillis() / 1e3);
        if (isComplete()) {
            return done;
        }
        int named = Math.min(cold.size(), MOST_NAMED);
        String more = cold.size() > named ? " and " + (cold.size() - named) + " more" : "";
        return done + ", not done: " + String.join("; ", cold.subList(0, named)) + more;
    }
}
