package dev.lanewise.bench.report;

import dev.lanewise.bench.Statistics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** Holds numbers of one run against what is wanted of them, and keeps what came out. */
final class Judgement {

    private final Run run;
    private final List<Outcome> outcomes = new ArrayList<>();

    Judgement(Run run) {
        this.run = run;
    }

    /**
     * One target.
     *
     * @param verdict {@code met}, {@code missed}, {@code in part} where the run lacks some of what the target names, or
     *     {@code not measured}
     */
    record Outcome(String target, String wanted, String measured, String verdict) {}

    /** One number of those that a target is about. */
    record Measured(String label, double value) {}

    /** What a full step takes, of a step with something frozen. */
    record Saved(double ours, double theirs) {}

    Run run() {
        return run;
    }

    List<Outcome> outcomes() {
        return List.copyOf(outcomes);
    }

    void add(Outcome outcome) {
        outcomes.add(outcome);
    }

    /** The library's own results. */
    Stream<Result> ours(Predicate<Result> which) {
        return run.results().stream().filter(each -> each.engine().equals(Engines.OURS) && which.test(each));
    }

    /** How many times as fast as a peer, for those results that it has, too. */
    List<Measured> against(String engine, Predicate<Result> which) {
        return ours(which)
                .flatMap(each -> run.peer(each, engine).stream()
                        .map(peer -> new Measured(Family.label(each), peer.time() / each.time())))
                .toList();
    }

    /** How many times as fast as the same with another value of a parameter. */
    List<Measured> againstOwn(String param, String value, Predicate<Result> which) {
        return ours(which)
                .flatMap(each -> run.sibling(each, param, value).stream()
                        .map(other -> new Measured(Family.label(each), other.time() / each.time())))
                .toList();
    }

    /**
     * How many times as long a step of training takes with nothing frozen, here over there.
     *
     * @param frozen which steps, with something frozen
     */
    List<Measured> savedAgainst(String engine, Predicate<Result> frozen) {
        return ours(frozen)
                .flatMap(each -> saved(each, engine).stream()
                        .map(both -> new Measured(Family.label(each), both.ours() / both.theirs())))
                .toList();
    }

    /** How many times as long as a step with something frozen a full one takes, here and there. */
    Optional<Saved> saved(Result frozen, String engine) {
        return run.sibling(frozen, "frozen", "0")
                .flatMap(full -> run.peer(full, engine)
                        .flatMap(theirFull -> run.peer(frozen, engine)
                                .map(theirs ->
                                        new Saved(full.time() / frozen.time(), theirFull.time() / theirs.time()))));
    }

    /** @param number how many numbers the target is about */
    void mean(String target, double wanted, int number, List<Measured> measured) {
        ToDoubleFunction<List<Measured>> mean = all -> Statistics.geometricMean(
                all.stream().mapToDouble(Measured::value).toArray());
        judge(target + ": geometric mean", wanted, number, measured, mean, "");
    }

    /** @param number how many numbers the target is about */
    void lowest(String target, double wanted, int number, List<Measured> measured) {
        String where = measured.stream()
                .min(Comparator.comparingDouble(Measured::value))
                .map(least -> number > 1 ? ", " + least.label() : "")
                .orElse("");
        ToDoubleFunction<List<Measured>> least =
                all -> all.stream().mapToDouble(Measured::value).min().orElseThrow();
        judge(number > 1 ? target + ": lowest" : target, wanted, number, measured, least, where);
    }

    private void judge(
            String target,
            double wanted,
            int number,
            List<Measured> measured,
            ToDoubleFunction<List<Measured>> of,
            String where) {
        String least = "at least " + Figures.ratio(wanted);
        if (measured.isEmpty()) {
            outcomes.add(new Outcome(target, least, Figures.NONE, "not measured"));
            return;
        }
        double value = of.applyAsDouble(measured);
        String part = measured.size() < number ? " (" + measured.size() + " of " + number + ")" : "";
        String verdict = !(value >= wanted) ? "missed" : part.isEmpty() ? "met" : "in part";
        outcomes.add(new Outcome(target, least, Figures.ratio(value) + where + part, verdict));
    }
}
