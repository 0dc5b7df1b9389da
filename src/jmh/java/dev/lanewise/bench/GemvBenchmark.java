package dev.lanewise.bench;

/** A matrix times a column, which reads each number once: memory bounds it. */
public class GemvBenchmark extends ProductBenchmark {}
