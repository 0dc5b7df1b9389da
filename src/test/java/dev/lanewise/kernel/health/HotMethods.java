package dev.lanewise.kernel.health;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The methods that have to be compiled, read from class files so that none has to be named: those that loop, and those
 * that work on vectors without a loop. What only runs while classes are initialised is left out.
 */
final class HotMethods {

    private static final String VECTORS = "jdk/incubator/vector/";

    private static final String SPECIES = VECTORS + "VectorSpecies"; // tells widths

    private record Call(String from, String to) {}

    private final Set<String> hot = new TreeSet<>();
    private final List<Call> calls = new ArrayList<>();

    private HotMethods() {}

    /** Of all classes in a folder, as {@link CompilationLog} writes methods: {@code package.Class name (descriptor)}. */
    static Set<String> in(Path folder) throws IOException {
        HotMethods methods = new HotMethods();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
                methods.read(ClassFile.of().parse(file));
            }
        }
        methods.hot.removeIf(methods::initialisesOnly);
        return methods.hot;
    }

    private void read(ClassModel type) {
        String owner = type.thisClass().asInternalName().replace('/', '.');
        for (MethodModel method : type.methods()) {
            String name = owner + " " + method.methodName().stringValue() + " "
                    + method.methodType().stringValue();
            method.code().ifPresent(code -> read(name, code));
        }
    }

    private void read(String name, CodeModel code) {
        boolean isHot = false;
        Set<Label> passed = new HashSet<>();
        for (CodeElement element : code) {
            switch (element) {
                case LabelTarget target -> passed.add(target.label());
                case BranchInstruction branch -> isHot |= passed.contains(branch.target());
                case InvokeInstruction call -> {
                    String owner = call.owner().asInternalName();
                    isHot |= owner.startsWith(VECTORS) && !owner.equals(SPECIES);
                    String callee = owner.replace('/', '.') + " " + call.name().stringValue() + " "
                            + call.type().stringValue();
                    calls.add(new Call(name, callee));
                }
                default -> {}
            }
        }
        if (isHot) {
            hot.add(name);
        }
    }

    private boolean initialisesOnly(String method) {
        List<Call> callers =
                calls.stream().filter(call -> call.to().equals(method)).toList();
        return isInitialiser(method)
                || !callers.isEmpty() && callers.stream().allMatch(call -> isInitialiser(call.from()));
    }

    /** Of a class or of its instances. */
    private static boolean isInitialiser(String method) {
        return method.contains(" <");
    }
}
