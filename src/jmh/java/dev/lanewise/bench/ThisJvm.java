package dev.lanewise.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How this JVM was started, to start others like it. */
public final class ThisJvm {

    /** Variables that change how the peers work, by their beginnings. */
    private static final List<String> TUNING =
            List.of("OPENBLAS_", "GOTO_", "MKL_", "OMP_", "KMP_", "GOMP_", "ATEN_", "TORCH_", "DNNL_", "ONEDNN_");

    /** One thread for each. */
    private static final Map<String, String> ONE_THREAD =
            Map.of("OPENBLAS_NUM_THREADS", "1", "MKL_NUM_THREADS", "1", "OMP_NUM_THREADS", "1");

    private static final String CLASS_PATH = System.getProperty("java.class.path");

    private ThisJvm() {}

    /** The class path it was started with. */
    public static String classPath() {
        return CLASS_PATH;
    }

    /** Its flags. */
    static List<String> flags() {
        return ManagementFactory.getRuntimeMXBean().getInputArguments();
    }

    /** The executable and the flags. */
    public static List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(flags());
        return command;
    }

    /** Another one like it, to be started, that runs {@code main}. */
    static ProcessBuilder launching(Class<?> main, String... args) {
        List<String> command = command();
        command.addAll(List.of("-cp", classPath(), main.getName()));
        command.addAll(List.of(args));
        return new ProcessBuilder(command);
    }

    /**
     * Starts {@code main} again without the variables that would tune a peer, if there are any, and ends with its status:
     * forks inherit the environment, and Java cannot change its own.
     */
    static void leaveTunedEnvironment(Class<?> main, String[] args) throws IOException, InterruptedException {
        Map<String, String> wanted = new TreeMap<>(System.getenv());
        wanted.keySet().removeIf(name -> TUNING.stream().anyMatch(name::startsWith));
        wanted.putAll(ONE_THREAD);
        if (wanted.equals(System.getenv())) {
            return;
        }
        ProcessBuilder builder = launching(main, args).inheritIO();
        builder.environment().clear();
        builder.environment().putAll(wanted);
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        System.exit(process.waitFor());
    }
}
