/**
 * The libraries that the benchmarks compare: each one's matrix product, prepared so that only the product is timed, and whole
 * models.
 */
package dev.lanewise.bench.engine;
