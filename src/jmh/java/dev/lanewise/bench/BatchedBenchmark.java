package dev.lanewise.bench;

/** Batches of small products, through the arrays here and through {@code bmm} there. */
public class BatchedBenchmark extends ProductBenchmark {}
