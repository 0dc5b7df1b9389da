package dev.lanewise.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The exercises reach every kernel, and no exercise leaves its arrays. */
class ExercisesTest {

    private static final List<Class<?>> CONTRACTS =
            List.of(ElementwiseKernels.class, ReductionKernels.class, GemmKernels.class, UpdateKernels.class);

    /** Hands every call on and keeps the names of what was called. */
    private static final class Witness implements KernelProvider {

        final Set<String> called = new TreeSet<>();

        private <K> K watched(Class<K> contract, K kernels) {
            return contract.cast(Proxy.newProxyInstance(
                    contract.getClassLoader(), new Class<?>[] {contract}, (proxy, method, arguments) -> {
                        called.add(contract.getSimpleName() + "." + method.getName());
                        return method.invoke(kernels, arguments);
                    }));
        }

        @Override
        public ElementwiseKernels elementwise() {
            return watched(ElementwiseKernels.class, Twins.SCALAR.elementwise());
        }

        @Override
        public ReductionKernels reductions() {
            return watched(ReductionKernels.class, Twins.SCALAR.reductions());
        }

        @Override
        public GemmKernels gemm() {
            return watched(GemmKernels.class, Twins.SCALAR.gemm());
        }

        @Override
        public UpdateKernels updates() {
            return watched(UpdateKernels.class, Twins.SCALAR.updates());
        }

        @Override
        public String describe() {
            return "watched";
        }
    }

    @Test
    void everyMethodOfTheContractsIsExercised() {
        Set<String> contracts = new TreeSet<>();
        for (Class<?> contract : CONTRACTS) {
            for (Method method : contract.getMethods()) {
                if (!Modifier.isStatic(method.getModifiers())) {
                    contracts.add(contract.getSimpleName() + "." + method.getName());
                }
            }
        }
        Witness witness = new Witness();
        witness.exercises().forEach(exercise -> exercise.calls().run(0));
        assertEquals(contracts, witness.called);
    }

    @Test
    void namesTellThemApart() {
        List<String> names =
                Twins.VECTOR.exercises().stream().map(Exercise::name).toList();
        assertEquals(names.size(), Set.copyOf(names).size(), names::toString);
    }

    @TestFactory
    Stream<DynamicTest> staysWithinItsArrays() {
        return Stream.of(Twins.SCALAR, Twins.VECTOR)
                .flatMap(provider -> provider.exercises().stream()
                        .map(exercise -> DynamicTest.dynamicTest(
                                provider.describe() + ": " + exercise.name(), () -> takes(exercise, 1000))));
    }

    private static void takes(Exercise exercise, int turns) {
        for (int turn = 0; turn < turns; turn++) {
            exercise.calls().run(turn);
        }
        exercise.calls().run(Integer.MAX_VALUE);
    }
}
