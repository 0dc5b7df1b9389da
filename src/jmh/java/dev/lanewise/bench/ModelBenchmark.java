package dev.lanewise.bench;

/** Products of the shapes that models have: some rows of inputs by a weight. */
public class ModelBenchmark extends ProductBenchmark {}
