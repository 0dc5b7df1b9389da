/** From the JSON of a run of the benchmarks to a page that can be read without explanation, and to the README's figures. */
package dev.lanewise.bench.report;
