package dev.lanewise.kernel.health;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What HotSpot's compilers did with the methods of one package, read from the file of {@code -XX:+LogCompilation}.
 *
 * <p>Methods are written as there: {@code package.Class name (descriptor)}.
 */
final class CompilationLog {

    /** The level of the optimising compiler. */
    static final int OPTIMISED = 4;

    private static final Pattern ATTRIBUTE = Pattern.compile(" ([a-z_]+)='([^']*)'");

    private final String prefix;
    private final Map<String, Integer> levels = new TreeMap<>();
    private final Set<String> inlined = new HashSet<>();
    private final List<String> failures = new ArrayList<>();

    // of the compilation that is being read
    private final Map<String, String> classes = new HashMap<>();
    private final Map<String, String> methods = new HashMap<>();
    private final Set<String> parsed = new HashSet<>();
    private String task = "";
    private boolean optimising;
    private boolean forGood;
    private String failure = "";

    private CompilationLog(String packageName) {
        prefix = packageName + ".";
    }

    /** Reads a whole log. */
    static CompilationLog read(Stream<String> lines, String packageName) {
        CompilationLog log = new CompilationLog(packageName);
        lines.forEach(log::line);
        return log;
    }

    /** The highest level at which a method was compiled by itself or within another; 0 for never. */
    int level(String method) {
        return inlined.contains(method) ? OPTIMISED : levels.getOrDefault(method, 0);
    }

    /** Compilations that were given up for good (COMPILE SKIPPED in other logs), each with the reason. */
    List<String> failures() {
        return failures;
    }

    private void line(String line) {
        if (line.startsWith("<nmethod ")) {
            installed(attributes(line));
        } else if (line.startsWith("<task ")) {
            started(attributes(line));
        } else if (line.startsWith("<task_done")) {
            ended(attributes(line));
        } else if (line.startsWith("<failure ") && failure.isEmpty()) {
            failure = attributes(line).getOrDefault("reason", "no reason given");
        } else if (line.startsWith("<method_not_compilable_at_tier")) {
            forGood = true;
        } else if (optimising) {
            inside(line);
        }
    }

    private static Map<String, String> attributes(String line) {
        Map<String, String> attributes = new HashMap<>();
        Matcher matcher = ATTRIBUTE.matcher(line);
        while (matcher.find()) {
            attributes.put(matcher.group(1), unescape(matcher.group(2)));
        }
        return attributes;
    }

    private static String unescape(String text) {
        return text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&apos;", "'")
                .replace("&amp;", "&");
    }

    private void installed(Map<String, String> code) {
        String method = code.getOrDefault("method", "");
        if (method.startsWith(prefix)) {
            levels.merge(method, Integer.parseInt(code.getOrDefault("level", "0")), Math::max);
        }
    }

    private void started(Map<String, String> attributes) {
        classes.clear();
        methods.clear();
        parsed.clear();
        failure = "";
        forGood = false;
        task = attributes.getOrDefault("method", "");
        optimising = Integer.parseInt(attributes.getOrDefault("level", "" + OPTIMISED)) == OPTIMISED;
    }

    /** What C2 parses on behalf of a method it has inlined, unless the whole compilation comes to nothing. */
    private void inside(String line) {
        if (line.startsWith("<klass ") || line.startsWith("<type ")) {
            Map<String, String> type = attributes(line);
            classes.put(type.getOrDefault("id", ""), type.getOrDefault("name", ""));
        } else if (line.startsWith("<method ")) {
            Map<String, String> method = attributes(line);
            String owner = classes.getOrDefault(method.getOrDefault("holder", ""), "");
            if (owner.startsWith(prefix)) {
                methods.put(method.getOrDefault("id", ""), owner + " " + method.get("name") + " " + descriptor(method));
            }
        } else if (line.startsWith("<parse ")) {
            String method = methods.get(attributes(line).getOrDefault("method", ""));
            if (method != null) {
                parsed.add(method);
            }
        }
    }

    private String descriptor(Map<String, String> method) {
        StringBuilder descriptor = new StringBuilder("(");
        String arguments = method.getOrDefault("arguments", "");
        for (String id : arguments.isEmpty() ? new String[0] : arguments.split(" ")) {
            descriptor.append(descriptorOf(classes.getOrDefault(id, "?")));
        }
        return descriptor
                .append(')')
                .append(descriptorOf(classes.getOrDefault(method.get("return"), "?")))
                .toString();
    }

    private static String descriptorOf(String type) {
        return switch (type) {
            case "void" -> "V";
            case "boolean" -> "Z";
            case "byte" -> "B";
            case "short" -> "S";
            case "char" -> "C";
            case "int" -> "I";
            case "long" -> "J";
            case "float" -> "F";
            case "double" -> "D";
            default -> type.startsWith("[") ? type.replace('.', '/') : "L" + type.replace('.', '/') + ";";
        };
    }

    private void ended(Map<String, String> attributes) {
        if (attributes.getOrDefault("success", "0").equals("1")) {
            inlined.addAll(parsed);
        } else if (forGood && task.startsWith(prefix)) {
            failures.add(task + ": " + failure);
        }
        optimising = false;
    }
}
