package dev.lanewise.bench;

/** Products of two square matrices. */
public class SquareBenchmark extends ProductBenchmark {}
