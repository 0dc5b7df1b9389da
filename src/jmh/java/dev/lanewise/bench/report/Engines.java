package dev.lanewise.bench.report;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The engines as a reader knows them, in the order in which they are shown.
 *
 * @param mark the shape of its marks in charts, so that they differ without colour too
 */
record Engines(String id, String title, boolean isNative, String mark) {

    /** This library. */
    static final String OURS = "lanewise";

    private static final List<Engines> ALL = List.of(
            new Engines(OURS, "Lanewise", false, "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z"),
            new Engines("mkl", "MKL", true, "M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0z"),
            new Engines("openblas", "OpenBLAS", true, "M-4-4h8v8h-8z"),
            new Engines("libtorch", "libtorch", true, "M0-5.5l5.5 5.5l-5.5 5.5l-5.5-5.5z"),
            new Engines("onnxruntime", "ONNX Runtime", true, "M-5-2h3v-3h4v3h3v4h-3v3h-4v-3h-3z"),
            new Engines("ejml", "EJML", false, "M0-5l5 9h-10z"),
            new Engines("ojalgo", "ojAlgo", false, "M0 5l5-9h-10z"),
            new Engines("netlib", "netlib (Java)", false, "M-4-4h8v8h-8z"),
            new Engines("scalar", "own scalar kernels", false, "M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0z"));

    static Engines named(String id) {
        return ALL.stream()
                .filter(each -> each.id.equals(id))
                .findFirst()
                .orElse(new Engines(id, id, false, "M-4-4h8v8h-8z"));
    }

    /** Marks that differ without colour, for what is no engine. */
    static List<String> marks() {
        return ALL.stream().map(Engines::mark).skip(1).limit(3).toList();
    }

    /** Those but this library among the results, in the order in which they are shown. */
    static List<Engines> peersIn(Stream<Result> results) {
        return results.map(Result::engine)
                .filter(id -> !id.isEmpty() && !id.equals(OURS))
                .distinct()
                .map(Engines::named)
                .sorted(Comparator.comparingInt(ALL::indexOf))
                .toList();
    }
}
