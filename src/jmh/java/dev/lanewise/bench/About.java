package dev.lanewise.bench;

import dev.lanewise.Lanewise;
import dev.lanewise.bench.engine.Engine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** On what, with what and from what a run was measured: written beside JMH's JSON, which tells none of it. */
final class About {

    private static final Path CPU = Path.of("/sys/devices/system/cpu/cpu0/cache");

    private About() {}

    static String json(String name, int rounds, Map<Engine, Probe.Finding> engines, String command) throws IOException {
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("name", name);
        about.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        about.put("commit", output("git", "rev-parse", "HEAD"));
        about.put(
                "dirty",
                !output("git", "status", "--porcelain", "--", "src", "pom.xml").isEmpty());
        about.put("cpu", cpu());
        about.put("cores", Runtime.getRuntime().availableProcessors());
        about.put("caches", caches());
        about.put(
                "os",
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"));
        about.put("jdk", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        about.put(
                "collector",
                ManagementFactory.getGarbageCollectorMXBeans().getFirst().getName());
        List<String> flags = new ArrayList<>(ThisJvm.flags());
        flags.removeIf(flag -> flag.startsWith("-Dbench.maven"));
        flags.addAll(Alternation.FORK_FLAGS);
        about.put("flags", flags);
        about.put("lanewise", Lanewise.describe());
        Map<String, Object> versions = new LinkedHashMap<>();
        engines.forEach((engine, finding) -> versions.put(
                engine.id(),
                finding.usable() ? Map.of("version", finding.version()) : Map.of("skipped", finding.obstacle())));
        about.put("engines", versions);
        about.put("forks", rounds);
        about.put("command", command);
        return json(about);
    }

    /** Maps, lists, numbers, truth values and texts as JSON. */
    static String json(Object value) {
        return json(value, "") + "\n";
    }

    private static String cpu() throws IOException {
        Path info = Path.of("/proc/cpuinfo");
        if (Files.isReadable(info)) {
            return Files.readAllLines(info).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown");
        }
        String identifier = System.getenv("PROCESSOR_IDENTIFIER"); // Windows
        return identifier != null ? identifier : output("sysctl", "-n", "machdep.cpu.brand_string");
    }

    /** Of the first core, where Linux tells: {@code {"L1 Data": "32K", …}}. */
    private static Map<String, String> caches() throws IOException {
        Map<String, String> caches = new LinkedHashMap<>();
        if (Files.isDirectory(CPU)) {
            try (Stream<Path> folders = Files.list(CPU)) {
                for (Path folder : folders.filter(each -> Files.exists(each.resolve("size")))
                        .sorted()
                        .toList()) {
                    String level = Files.readString(folder.resolve("level")).strip();
                    String type = Files.readString(folder.resolve("type")).strip();
                    caches.put(
                            "L" + level + " " + type,
                            Files.readString(folder.resolve("size")).strip());
                }
            }
        }
        return caches;
    }

    /** What a command prints; empty where it cannot run. */
    private static String output(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return process.waitFor(10, TimeUnit.SECONDS) ? text.strip() : "";
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }

    private static String json(Object value, String indent) {
        String inner = indent + "  ";
        return switch (value) {
            case Map<?, ?> map ->
                map.entrySet().stream()
                        .map(e -> inner + json(e.getKey(), inner) + ": " + json(e.getValue(), inner))
                        .collect(Collectors.joining(",\n", "{\n", "\n" + indent + "}"));
            case List<?> list ->
                list.stream().map(each -> json(each, inner)).collect(Collectors.joining(", ", "[", "]"));
            case Number number -> number.toString();
            case Boolean truth -> truth.toString();
            default -> quoted(value.toString());
        };
    }

    private static String quoted(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            switch (c) {
                case '"', '\\' -> json.append('\\').append(c);
                case '\n' -> json.append("\\n");
                default -> json.append(c < ' ' ? "\\u%04x".formatted((int) c) : String.valueOf(c));
            }
        }
        return json.append('"').toString();
    }
}
