package dev.lanewise.kernel.health;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Whether the JVM compiles the vector kernels to what they are meant to be, on every width of vectors that this machine
 * has. Nothing is timed. It complains where
 *
 * <ul>
 *   <li>a compiler gave a kernel up (COMPILE SKIPPED), or one is not done in minutes: it would stay interpreted;
 *   <li>a method that loops or works on vectors never reached C2, or nothing runs it;
 *   <li>a call allocates in the long run: vectors are left in boxes;
 *   <li>the loop of a micro-kernel moves vectors to and from the stack, or more than an address for each of its rows, calls,
 *       or has other than its own number of fused multiply-adds, times the steps that C2 unrolled.
 * </ul>
 */
public final class KernelHealth {

    private static final String PACKAGE = "dev.lanewise.kernel.vector";

    /** A class that is named after the rows and columns of its tile is a micro-kernel. */
    private static final Pattern MICRO_KERNEL =
            Pattern.compile(Pattern.quote(PACKAGE) + "\\.(\\w+?(\\d+)x(\\d+)) (\\w+) .*");

    /** Methods that run only with vectors of 512 bits: they transpose 16 by 16 numbers in registers. */
    private static final Set<String> FOR_512_BITS =
            Set.of("Transpose block", "Transpose row", "TransposedUpdate run", "TransposedUpdates run");

    /** Methods that run only where there are 32 registers, AVX-512 and NEON: see {@code Tiles.PANEL_VECTORS}. */
    private static final Set<String> FOR_32_REGISTERS =
            Set.of("Tile4x2 run", "Tile8x2 run", "Tile12x2 run", "DirectTile4x3 run", "DirectTile6x3 run");

    /** Moves of vectors to and from the stack in a step that are known, at most; each has its reason. */
    private static final Map<String, Integer> KNOWN_SPILLS = Map.of(
            // C2 loads the numbers of A for several steps at once, and there are 16 registers. Only the last rows
            // of a product meet these tiles; the others meet Tile12x1, which has none.
            "256 bits Tile4x1", 2,
            "256 bits Tile8x1", 2,
            // 16 numbers of A and the sums are more than 16 registers. The rows of B come from memory, which is slower.
            "256 bits Update2x8", 12,
            "256 bits Update4x4", 12);

    private static final boolean X86 = System.getProperty("os.arch", "").matches("amd64|x86_64");

    /** Makes the kernels choose the tiles of NEON, which AVX-512 can run too, as it has as many registers. */
    private static final List<String> NEON = List.of("-XX:MaxVectorSize=16", "-Dos.arch=aarch64");

    private final Path work;
    private final Set<String> hot;
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
            health.check(List.of(args).subList(2, args.length));
        } else {
            health.checkAllWidths();
        }
        health.complaints.forEach(complaint -> System.out.println("NOT HEALTHY: " + complaint));
        System.exit(health.complaints.isEmpty() ? 0 : 1);
    }

    private void checkAllWidths() throws IOException, InterruptedException {
        int widest = check(List.of());
        if (!X86) {
            System.out.println("Other widths and the loops of micro-kernels were left out: they need x86-64.");
            return;
        }
        if (widest > 256) {
            check(List.of("-XX:UseAVX=2"));
        }
        if (widest > 128) {
            check(List.of("-XX:MaxVectorSize=16"));
        }
        if (widest > 256) {
            check(NEON);
        }
    }

    /** Runs everything in a JVM with more flags, and answers the bits of the vectors that it ran on. */
    private int check(List<String> flags) throws IOException, InterruptedException {
        Path log = work.resolve("compilations.xml");
        String output = run(flags, log);
        Matcher bits = Pattern.compile("(\\d+)-bit species").matcher(output);
        if (!bits.find()) {
            throw new IOException("the JVM that ran the kernels said only: " + output);
        }
        String width = bits.group(1) + " bits" + (flags.equals(NEON) ? " as on NEON" : "");
        CompilationLog compilations;
        try (Stream<String> lines = Files.lines(log)) {
            compilations = CompilationLog.read(lines, PACKAGE);
        }
        String line = width + ": " + allocations(width, output) + "; ";
        boolean finished = finished(width, output);
        line += finished ? compilations(width, compilations) : failures(width, compilations);
        if (X86 && finished) {
            try (Stream<String> lines = Files.lines(log)) {
                line += "; " + microKernels(width, compilations, MachineCode.read(lines));
            }
        }
        System.out.println(line);
        Files.delete(log); // some ten megabytes
        return Integer.parseInt(bits.group(1));
    }

    private String run(List<String> flags, Path log) throws IOException, InterruptedException {
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
        command.addAll(flags);
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

    List<String> complaints() {
        return complaints;
    }

    /** Judges what {@link HealthChild} printed; what was found, in a phrase. */
    String allocations(String width, String output) {
        List<String> allocating = valuesOf(HealthChild.ALLOCATES, output);
        allocating.forEach(name -> complaints.add(width + ", calls allocate for ever: " + name));
        return valuesOf(HealthChild.EXERCISES, output).getFirst() + " exercises, " + allocating.size() + " allocate";
    }

    /** Whether everything ran to its end; else the loops that had too few calls say nothing about the compilers. */
    boolean finished(String width, String output) {
        List<String> unfinished = valuesOf(HealthChild.UNFINISHED, output);
        if (!unfinished.isEmpty()) {
            complaints.add(width + ", after minutes still not done, so probably interpreted: " + unfinished);
        }
        return unfinished.isEmpty();
    }

    private static List<String> valuesOf(String key, String output) {
        return output.lines()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(key.length()))
                .toList();
    }

    private String failures(String width, CompilationLog log) {
        log.failures().forEach(failure -> complaints.add(width + ", COMPILE SKIPPED: " + failure));
        return log.failures().size() + " compilations given up";
    }

    /** Judges what the compilers did. */
    String compilations(String width, CompilationLog log) {
        failures(width, log);
        int expected = 0;
        int optimised = 0;
        for (String method : hot) {
            int level = log.level(method);
            if (level == 0 && !isFor(width, method)) {
                continue;
            }
            expected++;
            if (level == CompilationLog.OPTIMISED) {
                optimised++;
            } else {
                complaints.add(width + ", never reached C2, "
                        + (level == 0 ? "nor any compiler: does an exercise run it? " : "only level " + level + ": ")
                        + method);
            }
        }
        return optimised + " of " + expected + " hot methods reached C2";
    }

    /** Whether a method is meant to run with such vectors. */
    private static boolean isFor(String width, String method) {
        String name = method.substring(PACKAGE.length() + 1, method.indexOf(" ("));
        boolean wide = width.startsWith("512");
        return (wide || !FOR_512_BITS.contains(name))
                && (wide || width.endsWith("NEON") || !FOR_32_REGISTERS.contains(name));
    }

    /** Judges the loops of the tiles. */
    String microKernels(String width, CompilationLog log, List<MachineCode> codes) {
        Map<String, MachineCode> last = new HashMap<>();
        codes.forEach(code -> last.put(code.method(), code));
        int loops = 0;
        int spills = 0;
        int known = 0;
        for (String method : hot) {
            Matcher name = MICRO_KERNEL.matcher(method);
            if (name.matches() && log.level(method) == CompilationLog.OPTIMISED) {
                int rows = Integer.parseInt(name.group(2));
                int columns = Integer.parseInt(name.group(3));
                MachineCode code = last.get(PACKAGE + "." + name.group(1) + "::" + name.group(4));
                Optional<InnerLoop> loop = code == null ? Optional.empty() : InnerLoop.hottest(code);
                if (loop.isPresent()) {
                    loops++;
                    spills += loop.get().spills();
                    known += KNOWN_SPILLS.containsKey(width + " " + name.group(1))
                            ? loop.get().spills()
                            : 0;
                    judge(width + " " + name.group(1), rows, rows * columns, loop.get());
                } else {
                    complaints.add(width + " " + name.group(1) + ": no loop in what C2 printed of it");
                }
            }
        }
        return loops + " tiles, " + spills + " spills in their loops"
                + (known > 0 ? ", " + known + " in known places" : "");
    }

    private void judge(String tile, int rows, int products, InnerLoop loop) {
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
        if (loop.reloads() > rows * steps) {
            complaints.add(tile + ": more to and from the stack than an address for each row: " + loop);
        }
    }
}
