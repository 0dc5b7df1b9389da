/**
 * Pure-Java SIMD numerics: float32 arrays and derivatives by closures.
 */
module dev.lanewise {
    requires jdk.incubator.vector;
    requires static transitive org.jspecify;

    exports dev.lanewise;
    exports dev.lanewise.array;
    exports dev.lanewise.autodiff;
    exports dev.lanewise.io;
}
