package dev.lanewise.bench.gate;

/** Calls something a number of times, in a loop of its own, so that C2 sees each loop apart. */
@FunctionalInterface
interface Loop {

    void run(int calls);
}
