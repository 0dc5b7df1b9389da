/**
 * The performance regression gate: guarded kernels against a yardstick in the same JVM, and that ratio against the last
 * accepted one of the same kind of machine. Why it measures as it does is in {@code docs/decisions/0013-perf-gate.md}.
 */
package dev.lanewise.bench.gate;
