package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every Java block in the Markdown files of the project compiles against the library and runs to its end. */
class DocumentedExamplesTest {

    private static final Pattern BLOCK = Pattern.compile("^```java\\R(.*?)^```", Pattern.DOTALL | Pattern.MULTILINE);

    private static final String IMPORTS = """
        import dev.lanewise.*;
        import dev.lanewise.array.*;
        import dev.lanewise.autodiff.*;
        import dev.lanewise.data.*;
        import dev.lanewise.graph.*;
        import dev.lanewise.nn.*;
        import dev.lanewise.optim.*;
        import dev.lanewise.train.*;
        import java.nio.file.*;
        import java.time.*;
        import java.util.*;
        import java.util.concurrent.*;
        """;

    @TempDir
    Path classes;

    @TestFactory
    List<DynamicTest> everyJavaBlockRuns() throws IOException {
        List<DynamicTest> tests = new ArrayList<>();
        List<Path> files = new ArrayList<>(List.of(Path.of("README.md"), Path.of("CONTRIBUTING.md")));
        try (Stream<Path> pages = Files.list(Path.of("docs"))) {
            pages.filter(page -> page.toString().endsWith(".md")).sorted().forEach(files::add);
        }
        for (Path file : files) {
            Matcher blocks = BLOCK.matcher(Files.readString(file));
            for (int number = 1; blocks.find(); number++) {
                String code = blocks.group(1);
                String name = "Block" + tests.size();
                tests.add(DynamicTest.dynamicTest(file + " block " + number, () -> compileAndRun(name, code)));
            }
        }
        assertFalse(tests.isEmpty(), "no Java block was found: is the pattern still right?");
        return tests;
    }

    private void compileAndRun(String name, String code) throws Exception {
        boolean declares = code.contains("static <A extends ArrayOps<A>>");
        String source = IMPORTS + "public final class " + name + " {\n"
                + (declares
                        ? code + "\npublic static void run() throws Exception {}\n"
                        : "public static void run() throws Exception {\n" + code + "\n}\n")
                + "}\n";
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> problems = new DiagnosticCollector<>();
        List<String> options = Arrays.asList("-d", classes.toString(), "-cp", System.getProperty("java.class.path"));
        boolean compiled = compiler.getTask(null, null, problems, options, null, List.of(inMemory(name, source)))
                .call();
        StringBuilder errors = new StringBuilder();
        for (Diagnostic<? extends JavaFileObject> problem : problems.getDiagnostics()) {
            errors.append(problem.getMessage(Locale.ROOT)).append('\n');
        }
        assertTrue(compiled, () -> errors + source);
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {classes.toUri().toURL()})) {
            Class<?> block = loader.loadClass(name);
            assertEquals(void.class, block.getMethod("run").getReturnType());
            block.getMethod("run").invoke(null);
        }
    }

    private static JavaFileObject inMemory(String name, String source) {
        return new SimpleJavaFileObject(URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
    }
}
