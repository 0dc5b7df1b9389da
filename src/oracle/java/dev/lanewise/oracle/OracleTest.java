package dev.lanewise.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.array.ArrayOps;
import dev.lanewise.autodiff.TracedFunction;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every operation against a live libtorch, on random shapes, views and numbers: values, gradients from random upstream
 * gradients, second derivatives and forward mode. {@code -Doracle.seed}, {@code -Doracle.trials} and {@code -Doracle.only}
 * (the beginning of a name) change what runs; a run of everything as it is rewrites the page.
 */
class OracleTest {

    private static final int TRIALS = Integer.getInteger("oracle.trials", 1000);
    private static final long SEED = Long.getLong("oracle.seed", 1);
    private static final String ONLY = System.getProperty("oracle.only", "");
    private static final boolean AS_IT_IS = Stream.of("oracle.trials", "oracle.seed", "oracle.only")
            .noneMatch(name -> System.getProperties().containsKey(name));

    /** What an array is, not what is done with it. */
    private static final Set<String> WITHOUT_COUNTERPART = Set.of("value", "shape", "rank", "size", "item", "lift");

    private static final List<Case> CASES = Table.all();
    private static final List<Tally> TALLIES = Collections.synchronizedList(new ArrayList<>());

    @TestFactory
    Stream<DynamicTest> agreesWithLibtorch() {
        return CASES.stream()
                .filter(operation -> operation.name().startsWith(ONLY))
                .map(operation -> DynamicTest.dynamicTest(operation.name(), () -> agrees(operation)));
    }

    private static void agrees(Case operation) {
        Tally tally = Trials.of(operation, TRIALS, SEED);
        assertEquals(operation.second() != null, tally.secondTrials() > 0, "second derivatives were compared");
        TALLIES.add(tally);
    }

    @Test
    void everyOperationHasACase() {
        Set<String> called = new HashSet<>();
        Random random = new Random(SEED);
        for (Case operation : CASES) {
            for (int i = 0; i < 50; i++) {
                Trial trial = operation.draw(new Draw(
                        random.ints(Draw.CHOICES, 0, Integer.MAX_VALUE).boxed().toList()));
                TracedFunction function = new TracedFunction(trial.ours());
                function.apply(trial.operands());
                function.operations().forEach(method -> called.add(signature(method)));
            }
        }
        CASES.forEach(operation -> called.add(operation.name())); // static methods call others, and are not seen
        Set<String> missing = new TreeSet<>();
        for (Method operation : ArrayOps.class.getMethods()) {
            String name = Modifier.isStatic(operation.getModifiers()) ? operation.getName() : signature(operation);
            if (!operation.isSynthetic()
                    && !WITHOUT_COUNTERPART.contains(operation.getName())
                    && !called.contains(name)) {
                missing.add(name);
            }
        }
        assertEquals(Set.of(), missing, "operations without a case in the tables");
    }

    private static String signature(Method operation) {
        return Arrays.stream(operation.getParameterTypes())
                .map(Class::getSimpleName)
                .collect(Collectors.joining(", ", operation.getName() + "(", ")"));
    }

    @Test
    void casesHaveNamesOfTheirOwn() {
        assertEquals(CASES.size(), CASES.stream().map(Case::name).distinct().count());
    }

    @AfterAll
    static void writeThePage() throws IOException {
        if (AS_IT_IS && TALLIES.size() == CASES.size()) {
            new OraclePage(TALLIES).write(Path.of("docs", "oracle.md"));
        }
    }
}
