package dev.lanewise.bench;

import dev.lanewise.bench.engine.Engine;
import java.io.FileNotFoundException;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.regex.Pattern;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.BenchmarkResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.WorkloadParams;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Measures cases in rounds, each case with one fork a round, so that a machine that slows down or is disturbed for a
 * while does so for all of them alike. JMH itself would run all the forks of one case before it begins the next.
 */
public final class Alternation {

    /**
     * What every fork gets beside the flags of this JVM: a heap of one size, and from JavaCPP no look at the size of the
     * process for each tensor, which costs libtorch a microsecond and a half.
     */
    static final List<String> FORK_FLAGS = List.of(
            "-Xms2g",
            "-Xmx2g",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dorg.bytedeco.javacpp.cachedir=target/jmh/javacpp",
            "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0");

    /** Hears of each fork. */
    public interface Listener {

        /** A fork gave its average nanoseconds per call. */
        void measured(int round, Case what, double nanos);

        /** A fork failed; the case is left out from then on. */
        void failed(int round, Case what, Exception why);
    }

    private static final String CLASS_PATH = System.getProperty("java.class.path");

    private static final String LOG = "target/jmh/forks.log";
    private static final OutputFormat SILENCE = OutputFormatFactory.createFormatInstance(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8), VerboseMode.SILENT);

    private final Map<Case, List<RunResult>> forks = new LinkedHashMap<>();
    private final Listener listener;

    /** Nothing measured yet. */
    public Alternation(List<Case> cases, Listener listener) {
        cases.forEach(each -> forks.put(each, new ArrayList<>()));
        this.listener = listener;
    }

    /** One fork of each case; from last to first in every second round, so that no case always follows the same one. */
    public void round(int round) {
        List<Case> cases = new ArrayList<>(forks.keySet());
        for (Case what : round % 2 == 1 ? cases : cases.reversed()) {
            try {
                RunResult result = fork(what);
                forks.get(what).add(result);
                listener.measured(round, what, result.getPrimaryResult().getScore());
            } catch (RunnerException e) {
                forks.remove(what);
                listener.failed(round, what, e);
            }
        }
    }

    /** What was measured, the forks of each case in one result. */
    public SequencedMap<Case, RunResult> results() {
        SequencedMap<Case, RunResult> results = new LinkedHashMap<>();
        forks.forEach((what, single) -> {
            if (!single.isEmpty()) {
                results.put(what, merged(single));
            }
        });
        return results;
    }

    private static RunResult fork(Case what) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include("^" + Pattern.quote(what.name()) + "$")
                .forks(1)
                .threads(1)
                .shouldFailOnError(true)
                .timeout(TimeValue.minutes(2))
                .jvmArgsAppend(FORK_FLAGS.toArray(String[]::new));
        what.params().forEach(options::param);
        what.timing().apply(options);
        String natives = "";
        if (what.engine().isPresent()) {
            Engine engine = what.engine().get();
            natives = NativePeers.classPath(engine);
            if (engine.isLanewise()) {
                options.addProfiler(GCProfiler.class);
            }
        }
        System.setProperty("java.class.path", CLASS_PATH + natives); // from here JMH takes the class path of its forks
        Collection<RunResult> results = quietly(what, new Runner(options.build(), SILENCE));
        if (results.size() != 1) {
            throw new RunnerException(what.name() + " with " + what.params() + " is not one benchmark");
        }
        return results.iterator().next();
    }

    /** What forks print goes to a file: JMH would print it here, between the lines of progress. */
    private static Collection<RunResult> quietly(Case what, Runner runner) throws RunnerException {
        PrintStream out = System.out;
        PrintStream err = System.err;
        try (PrintStream log = new PrintStream(new FileOutputStream(LOG, true), false, StandardCharsets.UTF_8)) {
            log.println(what.group() + " " + what.params().getOrDefault("engine", "") + ":");
            System.setOut(log);
            System.setErr(log);
            return runner.run();
        } catch (FileNotFoundException e) {
            throw new UncheckedIOException(e);
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    private static RunResult merged(List<RunResult> single) {
        List<BenchmarkResult> forks = new ArrayList<>();
        single.forEach(result -> forks.addAll(result.getBenchmarkResults()));
        BenchmarkParams one = single.getFirst().getParams();
        WorkloadParams params = new WorkloadParams();
        int place = 0;
        for (String key : one.getParamsKeys()) {
            params.put(key, one.getParam(key), place++);
        }
        BenchmarkParams all = new BenchmarkParams(
                one.getBenchmark(),
                one.generatedBenchmark(),
                one.shouldSynchIterations(),
                one.getThreads(),
                one.getThreadGroups(),
                one.getThreadGroupLabels(),
                forks.size(),
                one.getWarmupForks(),
                one.getWarmup(),
                one.getMeasurement(),
                one.getMode(),
                params,
                one.getTimeUnit(),
                one.getOpsPerInvocation(),
                "java", // not where it lies on this machine
                one.getJvmArgs(),
                one.getJdkVersion(),
                one.getVmName(),
                one.getVmVersion(),
                one.getJmhVersion(),
                one.getTimeout());
        return new RunResult(all, forks);
    }
}
