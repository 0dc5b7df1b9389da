package dev.lanewise.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.array.ArrayOps;
import dev.lanewise.array.FloatArray;
import dev.lanewise.autodiff.RuleCases.Case;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Nothing is left out of {@link RuleCases}: an operation or a rule that is added without a case fails here.
 *
 * <p>Which operations the cases call is seen by running them. Which rule an operation applies is read from the class
 * file of {@link RuleOps}; the rules of matrix products, which are chosen by rank, are seen by running them too.
 */
class RuleCoverageTest {

    /** What an array is, not what is done with it. */
    private static final Set<String> WITHOUT_DERIVATIVE = Set.of("value", "shape", "rank", "size", "item", "lift");

    /** Where rules are stated. */
    private static final List<Class<?>> TABLES = List.of(Rules.class, LinearRules.class);

    private static final Set<Method> called = new HashSet<>();
    private static final Set<Rule> productRules = new HashSet<>();

    @BeforeAll
    static void runEveryCase() {
        for (Case rule : RuleCases.all()) {
            TracedFunction function = new TracedFunction(rule.function());
            for (String shapes : rule.shapes()) {
                FloatArray[] operands = RulesTest.operands(rule.domain(), shapes, RulesTest.Layout.DENSE);
                function.apply(
                        Arrays.stream(operands).map(AdjointArray::variable).toList());
            }
            called.addAll(function.operations());
            productRules.addAll(function.productRules());
        }
    }

    @Test
    void everyOperationHasACase() {
        Set<String> missing = new TreeSet<>();
        for (Method operation : ArrayOps.class.getMethods()) {
            boolean isOperation = Modifier.isPublic(operation.getModifiers())
                    && !Modifier.isStatic(operation.getModifiers())
                    && !operation.isSynthetic()
                    && !WITHOUT_DERIVATIVE.contains(operation.getName());
            if (isOperation && !called.contains(operation)) {
                missing.add(signature(operation));
            }
        }
        assertEquals(Set.of(), missing, "operations without a case in RuleCases");
    }

    @Test
    void everyRuleHasACase() throws IOException, IllegalAccessException {
        Map<String, Set<String>> rulesOfOperations = rulesOfOperations();
        Set<String> reached = new HashSet<>();
        for (Method operation : called) {
            reached.addAll(rulesOfOperations.getOrDefault(signature(operation), Set.of()));
        }
        Set<String> missing = new TreeSet<>();
        for (Class<?> table : TABLES) {
            for (Method factory : table.getDeclaredMethods()) {
                if (factory.getReturnType() == Rule.class
                        && !Modifier.isPrivate(factory.getModifiers())
                        && !reached.contains(factory.getName())) {
                    missing.add(factory.getName());
                }
            }
            for (Field field : table.getDeclaredFields()) {
                if (field.getType() == Rule.class
                        && !reached.contains(field.getName())
                        && !productRules.contains((Rule) field.get(null))) {
                    missing.add(field.getName());
                }
            }
        }
        assertEquals(Set.of(), missing, "rules that no case in RuleCases reaches");
    }

    @Test
    void theClassFileWasUnderstood() throws IOException {
        Map<String, Set<String>> rules = rulesOfOperations();
        assertEquals(Set.of("NEG"), rules.get("neg()"));
        assertEquals(Set.of("ADD"), rules.get("add(A)"));
        assertEquals(Set.of("addScalar"), rules.get("add(float)"));
        assertTrue(rules.size() > 30, () -> rules.keySet().toString());
        assertFalse(called.isEmpty());
    }

    /** The members of {@link #TABLES} that each operation of {@link RuleOps} names. */
    private static Map<String, Set<String>> rulesOfOperations() throws IOException {
        ClassModel model;
        try (InputStream in = RuleOps.class.getResourceAsStream("RuleOps.class")) {
            model = ClassFile.of().parse(in.readAllBytes());
        }
        Set<String> tables =
                TABLES.stream().map(table -> table.getName().replace('.', '/')).collect(Collectors.toSet());
        Map<String, Set<String>> result = new HashMap<>();
        for (MethodModel method : model.methods()) {
            Set<String> named = new HashSet<>();
            for (CodeElement element :
                    method.code().map(code -> code.elementList()).orElse(List.of())) {
                if (element instanceof FieldInstruction field
                        && tables.contains(field.owner().asInternalName())) {
                    named.add(field.name().stringValue());
                } else if (element instanceof InvokeInstruction call
                        && tables.contains(call.owner().asInternalName())) {
                    named.add(call.name().stringValue());
                }
            }
            if (!named.isEmpty()) {
                String parameters = method.methodTypeSymbol().parameterList().stream()
                        .map(ClassDesc::displayName)
                        .map(RuleCoverageTest::kind)
                        .collect(Collectors.joining(", "));
                result.put(method.methodName().stringValue() + "(" + parameters + ")", named);
            }
        }
        return result;
    }

    private static String signature(Method operation) {
        return operation.getName()
                + Arrays.stream(operation.getParameterTypes())
                        .map(Class::getSimpleName)
                        .map(RuleCoverageTest::kind)
                        .collect(Collectors.joining(", ", "(", ")"));
    }

    /** An array is one of type A, whatever that is erased to. */
    private static String kind(String type) {
        return type.equals("ArrayOps") || type.equals("RuleOps") ? "A" : type;
    }
}
