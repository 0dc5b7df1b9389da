package dev.lanewise.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;

/** What a run measures: every family with its shapes and engines. */
final class Plan {

    private final List<Case> cases = new ArrayList<>();

    private Plan() {}

    /** Every family, in less than an hour. */
    static List<Case> full() {
        Plan plan = new Plan();
        plan.yardsticks();
        for (int n : new int[] {16, 32, 48, 64, 96, 100, 128, 192, 256, 384, 512, 768, 1000, 1024, 1536, 2048}) {
            boolean all = n == 64 || n == 256 || n == 512;
            plan.square(
                    n,
                    "NN",
                    all ? "lanewise mkl openblas libtorch ejml ojalgo netlib scalar" : "lanewise mkl openblas");
        }
        return plan.cases;
    }

    /** The most telling shapes, in less than ten minutes. */
    static List<Case> quick() {
        Plan plan = new Plan();
        plan.yardsticks();
        for (int n : new int[] {64, 128, 256, 512, 1024}) {
            plan.square(n, "NN", "lanewise mkl openblas");
        }
        return plan.cases;
    }

    private void yardsticks() {
        add("yardstick", PeakBenchmark.class, "fusedMultiplyAdd");
    }

    private void square(int n, String layout, String engines) {
        products("square", SquareBenchmark.class, n + "x" + n + "x" + n, layout, engines);
    }

    private void products(String family, Class<?> benchmark, String shape, String layout, String engines) {
        for (String engine : engines.split(" ")) {
            add(family, benchmark, "multiply", "engine", engine, "shape", shape, "layout", layout);
        }
    }

    private void add(String family, Class<?> benchmark, String method, String... namesAndValues) {
        SequencedMap<String, String> params = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            params.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        cases.add(new Case(family, benchmark, method, params, Timing.STEADY));
    }
}
