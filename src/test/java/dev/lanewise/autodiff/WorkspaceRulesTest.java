package dev.lanewise.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Spoilt;
import dev.lanewise.array.Workspace;
import dev.lanewise.autodiff.RuleCases.Case;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every operation and its gradients in a run of a {@link Workspace}, on storage that is full of NaN: what is not written shows. */
class WorkspaceRulesTest {

    @TestFactory
    Stream<DynamicTest> sameBitsOnSpoiltStorage() {
        return RuleCases.all().stream().map(rule -> DynamicTest.dynamicTest(rule.name(), () -> check(rule)));
    }

    private static void check(Case rule) {
        TracedFunction function = new TracedFunction(rule.function());
        for (String shapes : rule.shapes()) {
            for (RulesTest.Layout layout : RulesTest.Layout.values()) {
                FloatArray[] operands = RulesTest.operands(rule.domain(), shapes, layout);
                List<FloatArray> expected = valueAndGradients(function, operands);
                Workspace workspace = new Workspace();
                workspace.run(() -> valueAndGradients(function, operands));
                List<FloatArray> found = Spoilt.call(workspace, () -> valueAndGradients(function, operands));
                assertEquals(expected, found, () -> layout + " " + shapes);
            }
        }
    }

    private static List<FloatArray> valueAndGradients(TracedFunction function, FloatArray... operands) {
        List<AdjointArray> leaves =
                Arrays.stream(operands).map(AdjointArray::variable).toList();
        AdjointArray result = function.apply(leaves);
        List<FloatArray> all = new ArrayList<>();
        all.add(result.value().copy());
        if (result.requiresGrad()) {
            result.backward(FloatArray.full(0.75f, result.shape()));
        }
        for (AdjointArray leaf : leaves) {
            FloatArray grad = leaf.grad();
            all.add(grad == null ? FloatArray.zeros(0) : grad.copy());
        }
        return all;
    }
}
