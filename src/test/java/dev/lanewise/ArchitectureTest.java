package dev.lanewise;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.HasDescription;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Holds the ladder of packages: each may import only those above it.
 *
 * <p>Read from the class files of src/main, so that it sees what the compiler saw. A package of the ladder may be
 * missing as yet; a package that is not in the ladder fails.
 */
class ArchitectureTest {

    private static final String ROOT = "dev.lanewise";
    private static final String INCUBATOR = "jdk.incubator.vector";

    /** Package, without the root's name, to the packages that it may import. Sub-packages belong to their parents. */
    private static final Map<String, Set<String>> LADDER = new LinkedHashMap<>();

    static {
        // The two implementations are chosen by name at start-up, so that the library still loads where the
        // incubator module is missing: nothing imports them, not even the contracts that they implement.
        rung("kernel");
        rung("kernel.vector", "kernel");
        rung("kernel.scalar", "kernel");
        rung("array", "kernel");
        rung("autodiff", "kernel", "array");
        rung("nn", "kernel", "array", "autodiff");
        // An optimizer updates leaves: nn's Parameter reaches it as a type of autodiff, never by its own name, so
        // layers and updates can each be replaced without the other.
        rung("optim", "array", "autodiff");
        rung("data", "kernel", "array", "autodiff", "nn", "optim");
        rung("io", "kernel", "array", "autodiff", "nn", "optim");
        rung("graph", "kernel", "array", "autodiff", "nn", "optim", "data", "io");
        // The loop that puts all of it together; whoever wants another writes one, and needs nothing of this.
        rung("train", "array", "autodiff", "nn", "optim", "data", "io", "graph");
        // What the library says about itself. Nothing else needs to know it.
        rung("", "kernel");
    }

    private static Path directory = Path.of("");
    private static JavaClasses classes = new ClassFileImporter().importClasses();

    private static void rung(String name, String... mayImport) {
        assertTrue(LADDER.keySet().containsAll(Set.of(mayImport)), () -> name + " imports from below");
        LADDER.put(name, Set.of(mayImport));
    }

    @BeforeAll
    static void readClassFiles() throws URISyntaxException {
        directory = Path.of(Lanewise.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        classes = new ClassFileImporter().importPath(directory);
    }

    @Test
    void everyClassFileWasRead() throws IOException {
        // ArchUnit leaves out, with no more than a log line, what it cannot read, such as a newer class file version.
        Set<String> onDisk;
        try (Stream<Path> files = Files.walk(directory)) {
            onDisk = files.map(file -> directory.relativize(file).toString())
                    .filter(file -> file.endsWith(".class") && !file.equals("module-info.class"))
                    .map(file -> file.substring(0, file.length() - ".class".length())
                            .replace('/', '.')
                            .replace('\\', '.'))
                    .collect(Collectors.toSet());
        }
        Set<String> read = classes.stream().map(JavaClass::getName).collect(Collectors.toSet());
        assertEquals(new TreeSet<>(onDisk), new TreeSet<>(read));
        assertTrue(read.contains(Lanewise.class.getName()));
    }

    @Test
    void packagesImportOnlyThoseAboveThem() {
        List<String> violations = new ArrayList<>();
        for (JavaClass from : classes) {
            String rung = rungOf(from.getPackageName());
            if (!LADDER.containsKey(rung)) {
                violations.add(from.getName() + " is in a package that the ladder does not know");
                continue;
            }
            for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
                String target =
                        dependency.getTargetClass().getBaseComponentType().getPackageName();
                if (!target.equals(ROOT) && !target.startsWith(ROOT + ".")) {
                    continue;
                }
                // dev.lanewise.demo and dev.lanewise.bench are on no rung, so importing them fails here too.
                String other = rungOf(target);
                if (!other.equals(rung) && !LADDER.getOrDefault(rung, Set.of()).contains(other)) {
                    violations.add(dependency.getDescription());
                }
            }
        }
        assertNone(violations);
    }

    @Test
    void packagesHaveNoCycles() {
        SlicesRuleDefinition.slices()
                .matching(ROOT + ".(**)")
                .should()
                .beFreeOfCycles()
                .allowEmptyShould(true)
                .check(classes);
    }

    @Test
    void onlyTheVectorKernelsNameTheIncubatorModule() {
        List<String> violations = classes.stream()
                .filter(from -> !rungOf(from.getPackageName()).equals("kernel.vector"))
                .flatMap(from -> from.getDirectDependenciesFromSelf().stream())
                .filter(dependency -> isIncubating(dependency.getTargetClass()))
                .map(HasDescription::getDescription)
                .toList();
        assertNone(violations);
    }

    @Test
    void noExportedSignatureShowsTheIncubatorModule() throws IOException {
        Set<String> exported = exportedPackages();
        List<String> violations = new ArrayList<>();
        for (JavaClass type : classes) {
            if (!exported.contains(type.getPackageName())) {
                continue;
            }
            for (JavaCodeUnit unit : type.getCodeUnits()) {
                if (isVisible(unit.getModifiers())
                        && unit.getAllInvolvedRawTypes().stream().anyMatch(ArchitectureTest::isIncubating)) {
                    violations.add(unit.getFullName());
                }
            }
            for (JavaField field : type.getFields()) {
                if (isVisible(field.getModifiers())
                        && field.getAllInvolvedRawTypes().stream().anyMatch(ArchitectureTest::isIncubating)) {
                    violations.add(field.getFullName());
                }
            }
            if (Stream.concat(type.getRawSuperclass().stream(), type.getRawInterfaces().stream())
                    .anyMatch(ArchitectureTest::isIncubating)) {
                violations.add(type.getName());
            }
        }
        assertNone(violations);
    }

    @Test
    void everythingButTheKernelsIsExported() throws IOException {
        Set<String> expected = classes.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> !rungOf(name).startsWith("kernel"))
                .collect(Collectors.toCollection(TreeSet::new));
        assertFalse(expected.isEmpty());
        assertEquals(expected, new TreeSet<>(exportedPackages()));
    }

    private static Set<String> exportedPackages() throws IOException {
        try (InputStream in = Files.newInputStream(directory.resolve("module-info.class"))) {
            return ModuleDescriptor.read(in).exports().stream()
                    .filter(export -> !export.isQualified())
                    .map(ModuleDescriptor.Exports::source)
                    .collect(Collectors.toCollection(HashSet::new));
        }
    }

    /** The rung with the longest name that the package is or lies in; the package's own name if there is none. */
    private static String rungOf(String packageName) {
        if (packageName.equals(ROOT)) {
            return "";
        }
        String name = packageName.startsWith(ROOT + ".") ? packageName.substring(ROOT.length() + 1) : packageName;
        String best = name;
        int length = 0;
        for (String rung : LADDER.keySet()) {
            if (rung.length() > length && (name.equals(rung) || name.startsWith(rung + "."))) {
                best = rung;
                length = rung.length();
            }
        }
        return best;
    }

    private static boolean isIncubating(JavaClass type) {
        return type.getBaseComponentType().getPackageName().equals(INCUBATOR);
    }

    private static boolean isVisible(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }

    private static void assertNone(List<String> violations) {
        assertEquals("", String.join("\n", violations));
    }
}
