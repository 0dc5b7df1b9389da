package dev.lanewise.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Plan;
import dev.lanewise.autodiff.RuleCases.Case;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Every operation in a {@link Plan}, as a function of its first operand: it has the bits of the function, for numbers that the
 * plan was not made with too, or is refused by its name.
 */
class PlanRulesTest {

    /** What plans do not have; {@code pad} and {@code unfold} are places, {@code tril} and {@code triu} bands. */
    private static final Set<String> UNPLANNED = Set.of(
            "band",
            "concat",
            "cumsum",
            "dot",
            "dropout",
            "fold",
            "gatherAlong",
            "maxPool2d",
            "place",
            "scatterAdd",
            "scatterAddAlong",
            "sort",
            "topk");

    private static final Pattern REFUSAL =
            Pattern.compile("plan: the function has (\\w+) of an array of shape \\w+, which cannot be planned: .*");

    @Test
    void eachHasTheBitsOfItsFunctionOrIsRefusedByName() {
        List<String> failures = new ArrayList<>();
        Set<String> refused = new TreeSet<>();
        int planned = 0;
        for (Case rule : RuleCases.all()) {
            for (String shapes : rule.shapes()) {
                FloatArray[] operands = RulesTest.operands(rule.domain(), shapes, RulesTest.Layout.DENSE);
                UnaryOperator<FloatArray> function = ofTheFirst(rule, operands);
                Plan plan;
                try {
                    plan = Plan.of(operands[0].shape(), function);
                } catch (IllegalStateException e) {
                    Matcher sentence = REFUSAL.matcher(String.valueOf(e.getMessage()));
                    assertTrue(sentence.matches(), e::getMessage);
                    refused.add(sentence.group(1));
                    continue;
                }
                planned++;
                for (FloatArray x : List.of(operands[0], operands[0].mul(0.75f).add(0.1f), operands[0])) {
                    if (!function.apply(x).equals(plan.run(x))) {
                        failures.add(rule.name() + " " + shapes);
                    }
                }
            }
        }
        assertEquals(List.of(), failures);
        assertEquals(new TreeSet<>(UNPLANNED), refused);
        assertTrue(planned > 300, "planned only " + planned);
    }

    private static UnaryOperator<FloatArray> ofTheFirst(Case rule, FloatArray[] operands) {
        TracedFunction function = new TracedFunction(rule.function());
        List<FloatArray> others = Arrays.asList(operands).subList(1, operands.length);
        return x -> {
            List<FloatArray> all = new ArrayList<>();
            all.add(x);
            all.addAll(others);
            return function.apply(all);
        };
    }
}
