package dev.lanewise.bench.engine;

/** A library that multiplies matrices, on one thread. */
public interface Multiplier {

    /** The library's version, and what it says about the machine that it found. */
    String version();

    /** Readies a product: copies its numbers to where the library wants them. */
    Call prepare(Product product);
}
