package dev.lanewise.bench;

/** A column times a row, which writes each number once: memory bounds it. */
public class OuterBenchmark extends ProductBenchmark {}
