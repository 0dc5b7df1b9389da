package dev.lanewise.kernel.health;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Whether the JVM compiles the vector kernels to what they are meant to be, on every width of vectors that this machine
 * has. Nothing is timed. It complains where
 *
 * <ul>
 *   <li>a compiler gave a kernel up (COMPILE SKIPPED): it would stay interpreted;
 *   <li>a method that loops or works on vectors was met by a compiler, but never by C2, or by none on any width, so that
 *       nobody runs it and nobody knows;
 *   <li>a call allocates in the long run: vectors are left in boxes;
 *   <li>the loop of a micro-kernel moves vectors to and from the stack, calls, or has other than its own number of fused
 *       multiply-adds, times the steps that C2 unrolled.
 * </ul>
 */
public final class KernelHealth {

    private static final String PACKAGE = "dev.lanewise.kernel.vector";

    /** A class that is named after the rows and columns of its tile is a micro-kernel. */
    private static final Pattern MICRO_KERNEL =
            Pattern.compile(Pattern.quote(PACKAGE) + "\\.(\\w+?(\\d+)x(\\d+))(?: |::)(\\w+).*");

    /**
     * Moves to and from the stack in a step that are there and known, at most: C2 loads more at once than the 16 registers
     * of AVX2 hold. What is large there runs in {@code Tile12x1}, which has none.
     */
    private static final Map<String, Integer> KNOWN_SPILLS = Map.of(
            "256 Tile4x1", 2,
            "256 Tile8x1", 2,
            "256 DirectTile8x1", 2,
            "256 DirectTile12x1", 2,
            "256 Update2x8", 12,
            "256 Update4x4", 12);

    private static final boolean X86 =
            System.getProperty("os.arch", "").matches("amd64|x86_64");

    private final Path work;
    private final Set<String> hot;
    private final Map<String, Integer> highestLevels = new TreeMap<>();
    private final List<String> complaints = new ArrayList<>();

    KernelHealth(Path work, Set<String> hot) {
        this.work = work;
        this.hot = hot;
    }

    /**
     * Takes the folder of the library's classes, one for logs, and, instead of all widths, flags of the JVM to check with.
     * Exits with 1 where there is a complaint.
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Path classes = Path.of(args[0], PACKAGE.split("\\."));
        KernelHealth health = new KernelHealth(Files.createDirectories(Path.of(args[1])), HotMethods.in(classes));
        if (args.length > 2) {
            for (String flag : List.of(args).subList(2, args.length)) {
                health.check(flag);
            }
        } else {
            health.checkAllWidths();
        }
        health.complaints().forEach(complaint -> System.out.println("NOT HEALTHY " + complaint));
        System.out.println(health.hot.size() + " hot methods, " + health.complaints.size() + " complaints");
        System.exit(health.complaints.isEmpty() ? 0 : 1);
    }

    private void checkAllWidths() throws IOException, InterruptedException {
        int widest = check("");
        if (X86 && widest > 256) {
            check("-XX:UseAVX=2");
        }
        if (widest > 128) {
            check("-XX:MaxVectorSize=16");
        }
        if (!X86) {
            System.out.println("the loops of micro-kernels were not read: only x86-64 is decoded here");
        }
    }

    /** Runs everything in a JVM with one more flag, and answers the bits of the vectors that it ran on. */
    private int check(String flag) throws IOException, InterruptedException {
        Path log = work.resolve("compilations" + flag.replaceAll("\\W", "") + ".xml");
        String output = run(flag, log);
        Matcher width = Pattern.compile("(\\d+)-bit species").matcher(output);
        if (!width.find()) {
            throw new IOException("the JVM that ran the kernels said only: " + output);
        }
        int bits = Integer.parseInt(width.group(1));
        allocations(bits, output);
        CompilationLog compilations;
        try (Stream<String> lines = Files.lines(log)) {
            compilations = CompilationLog.read(lines, PACKAGE);
        }
        compilations(bits, compilations);
        if (X86) {
            try (Stream<String> lines = Files.lines(log)) {
                microKernels(bits, compilations, MachineCode.read(lines));
            }
        }
        Files.delete(log); // some ten megabytes
        return bits;
    }

    private String run(String flag, Path log) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--add-modules", "jdk.incubator.vector", "-XX:+UnlockDiagnosticVMOptions"));
        command.addAll(List.of("-XX:+LogCompilation", "-XX:LogFile=" + log, "-XX:-DisplayVMOutput"));
        command.add("-XX:CompileCommand=quiet");
        for (String method : hot) {
            Matcher name = MICRO_KERNEL.matcher(method);
            if (name.matches()) {
                String pattern = PACKAGE + "." + name.group(1) + "::" + name.group(4);
                command.add("-XX:CompileCommand=print," + pattern);
                command.add("-XX:CompileCommand=dontinline," + pattern); // so that each has code of its own
            }
        }
        if (!flag.isEmpty()) {
            command.add(flag);
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), HealthChild.class.getName()));
        Process child = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (child.waitFor() != 0) {
            throw new IOException("the JVM that ran the kernels ended with " + child.exitValue() + ": " + output);
        }
        return output;
    }

    /** Everything that was wrong so far; what was met on no width comes last. */
    List<String> complaints() {
        List<String> all = new ArrayList<>(complaints);
        highestLevels.forEach((method, level) -> {
            if (level == 0) {
                all.add("never compiled on any width, so nothing runs it: " + method);
            }
        });
        return all;
    }

    void allocations(int bits, String output) {
        output.lines()
                .filter(line -> line.startsWith(HealthChild.ALLOCATES))
                .forEach(line -> complaints.add(bits + " bits, " + line));
    }

    void compilations(int bits, CompilationLog log) {
        log.failures().forEach(failure -> complaints.add(bits + " bits, COMPILE SKIPPED: " + failure));
        int optimised = 0;
        for (String method : hot) {
            int level = log.level(method);
            highestLevels.merge(method, level, Math::max);
            if (level == CompilationLog.OPTIMISED) {
                optimised++;
            } else if (level > 0) {
                complaints.add(bits + " bits, never reached C2, only level " + level + ": " + method);
            }
        }
        System.out.println(bits + " bits: " + optimised + " hot methods compiled by C2");
    }

    void microKernels(int bits, CompilationLog log, List<MachineCode> codes) {
        Map<String, MachineCode> last = new LinkedHashMap<>();
        codes.forEach(code -> last.put(code.method(), code));
        for (String method : hot) {
            Matcher name = MICRO_KERNEL.matcher(method);
            if (name.matches() && log.level(method) == CompilationLog.OPTIMISED) {
                String tile = bits + " " + name.group(1);
                int products = Integer.parseInt(name.group(2)) * Integer.parseInt(name.group(3));
                MachineCode code = last.get(PACKAGE + "." + name.group(1) + "::" + name.group(4));
                Optional<InnerLoop> loop = code == null ? Optional.empty() : InnerLoop.hottest(code);
                if (loop.isPresent()) {
                    System.out.println(tile + ": " + loop.get());
                    complain(tile, products, loop.get());
                } else {
                    complaints.add(tile + ": no loop to read in what C2 printed of it"); // as bytes, where hsdis is missing
                }
            }
        }
    }

    private void complain(String tile, int products, InnerLoop loop) {
        if (loop.calls() > 0) {
            complaints.add(tile + ": calls in its loop: " + loop);
        }
        if (loop.fmas() == 0 || loop.fmas() % products != 0) {
            complaints.add(tile + ": not " + products + " multiply-adds a step: " + loop);
            return;
        }
        int steps = loop.fmas() / products;
        int known = KNOWN_SPILLS.getOrDefault(tile, 0);
        if (loop.spills() > known * steps) {
            complaints.add(tile + ": vectors to and from the stack, more than " + known + " a step: " + loop);
        }
    }
}
