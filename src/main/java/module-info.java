/**
 * Pure-Java SIMD numerics: float32 arrays and derivatives by closures.
 */
module dev.lanewise {
    requires jdk.incubator.vector;
    requires static jdk.management; // tells a warm-up when it is done; without it there is one rule less
    requires static org.jspecify;

    exports dev.lanewise;
    exports dev.lanewise.array;
    exports dev.lanewise.autodiff;
    exports dev.lanewise.data;
    exports dev.lanewise.graph;
    exports dev.lanewise.io;
    exports dev.lanewise.nn;
    exports dev.lanewise.optim;
    exports dev.lanewise.train;
}
