package dev.lanewise.bench;

import dev.lanewise.Lanewise;
import dev.lanewise.WarmUpReport;
import dev.lanewise.array.FloatArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/**
 * What callers meet in a JVM that has just started, by kernels and with or without a warm-up: the first call, how many calls
 * the first second has, and a call in the fifth. Each JVM makes calls of one kind only; all kinds take turns in each round.
 */
public final class FirstCalls {

    private static final int ROUNDS = 5;
    private static final long SECOND = 1_000_000_000L;
    private static final List<String> CALLS = List.of("matmul of 64x64", "tanh of 1000");
    private static final List<String> KERNELS = List.of("vector", "scalar");

    /** Keeps results alive. */
    static volatile Object sink;

    private record Way(String call, String kernels, boolean warmUp) {}

    /** What one JVM measured. */
    private record Sample(double warmUpSeconds, double firstNanos, double firstSecondCalls, double steadyNanos) {}

    private FirstCalls() {}

    /** Without arguments measures everything; with two it is such a JVM: which call, and whether to warm up. */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length == 2) {
            measure(call(args[0]), Boolean.parseBoolean(args[1]));
            return;
        }
        Map<Way, List<Sample>> samples = new LinkedHashMap<>();
        for (int round = 0; round < ROUNDS; round++) {
            for (String call : CALLS) {
                for (String kernels : KERNELS) {
                    for (boolean warmUp : new boolean[] {false, true}) {
                        Way way = new Way(call, kernels, warmUp);
                        samples.computeIfAbsent(way, w -> new ArrayList<>()).add(fork(way));
                    }
                }
            }
        }
        print(samples);
        write(samples);
    }

    private static Supplier<FloatArray> call(String name) {
        Random random = new Random(1);
        if (name.equals(CALLS.getFirst())) {
            FloatArray a = FloatArray.rand(random, 64, 64);
            FloatArray b = FloatArray.rand(random, 64, 64);
            return () -> a.matmul(b);
        }
        FloatArray x = FloatArray.rand(random, 1000);
        return x::tanh;
    }

    private static void measure(Supplier<FloatArray> call, boolean warmUp) {
        double warmUpSeconds = 0;
        if (warmUp) {
            WarmUpReport report = Lanewise.warmUp(Duration.ofMinutes(1));
            if (!report.isComplete()) {
                throw new IllegalStateException(report.toString());
            }
            warmUpSeconds = report.time().toNanos() / 1e9;
        }
        long start = System.nanoTime();
        sink = call.get();
        long first = System.nanoTime() - start;
        long inFirstSecond = 1 + callsUntil(start + SECOND, call);
        callsUntil(start + 4 * SECOND, call);
        long fifth = System.nanoTime();
        long inFifth = callsUntil(fifth + SECOND, call);
        double steady = (double) (System.nanoTime() - fifth) / inFifth;
        System.out.println(warmUpSeconds + " " + first + " " + inFirstSecond + " " + steady);
    }

    private static long callsUntil(long end, Supplier<FloatArray> call) {
        long calls = 0;
        while (System.nanoTime() - end < 0) {
            sink = call.get();
            calls++;
        }
        return calls;
    }

    private static Sample fork(Way way) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(ThisJvm.command());
        command.addAll(List.of("-Dlanewise.kernels=" + way.kernels, "-cp", ThisJvm.classPath()));
        command.addAll(List.of(FirstCalls.class.getName(), way.call, String.valueOf(way.warmUp)));
        // standard error, where the JVM and the library tell what they do, is shown only on failure
        Path log = Files.createTempFile("first-calls", ".log");
        try {
            Process process =
                    new ProcessBuilder(command).redirectError(log.toFile()).start();
            String line;
            try (var out = process.inputReader()) {
                line = out.readLine();
            }
            if (process.waitFor() != 0 || line == null) {
                throw new IOException(way + " ended with " + process.exitValue() + ": " + Files.readString(log));
            }
            String[] numbers = line.split(" ");
            return new Sample(
                    Double.parseDouble(numbers[0]),
                    Double.parseDouble(numbers[1]),
                    Double.parseDouble(numbers[2]),
                    Double.parseDouble(numbers[3]));
        } finally {
            Files.delete(log);
        }
    }

    private static void print(Map<Way, List<Sample>> samples) {
        System.out.printf("%nMedians of %d JVMs%n", ROUNDS);
        String format = "%-16s %-7s %9s %14s %20s %15s%n";
        System.out.printf(
                format, "call", "kernels", "warm-up s", "first call us", "calls in 1st second", "in the 5th, us");
        samples.forEach((way, list) -> System.out.printf(
                format,
                way.call,
                way.kernels,
                way.warmUp ? number("%.2f", median(list, Sample::warmUpSeconds)) : "none",
                number("%.1f", median(list, Sample::firstNanos) / 1e3),
                number("%.0f", median(list, Sample::firstSecondCalls)),
                number("%.2f", median(list, Sample::steadyNanos) / 1e3)));
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    private interface Quantity {
        double of(Sample sample);
    }

    private static double median(List<Sample> samples, Quantity quantity) {
        return Statistics.median(samples.stream().mapToDouble(quantity::of).toArray());
    }

    private static void write(Map<Way, List<Sample>> samples) throws IOException {
        List<Map<String, Object>> results = new ArrayList<>();
        samples.forEach((way, list) -> {
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("call", way.call);
            result.put("kernels", way.kernels);
            result.put("warmUp", way.warmUp);
            result.put("warmUpSeconds", list.stream().map(Sample::warmUpSeconds).toList());
            result.put("firstCallNanos", list.stream().map(Sample::firstNanos).toList());
            result.put(
                    "firstSecondCalls",
                    list.stream().map(Sample::firstSecondCalls).toList());
            result.put(
                    "fifthSecondNanos", list.stream().map(Sample::steadyNanos).toList());
            results.add(result);
        });
        Path folder = Files.createDirectories(Path.of("perf-reports"));
        Files.writeString(folder.resolve("cold-start.json"), About.json(results));
        Files.writeString(
                folder.resolve("cold-start.about.json"), About.json("cold-start", ROUNDS, Map.of(), "FirstCalls"));
        System.out.println("Wrote " + folder.resolve("cold-start.json"));
    }
}
