package dev.lanewise.oracle;

import dev.lanewise.array.FloatArray;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.RandomDistribution;
import net.jqwik.api.RandomGenerator;
import net.jqwik.api.Shrinkable;
import net.jqwik.api.sessions.JqwikSession;
import org.bytedeco.javacpp.PointerScope;

/**
 * The trials of one case. jqwik draws the list of choices that a {@link Draw} spends, and shrinks it when a trial fails:
 * shorter shapes, simpler numbers, no views.
 */
final class Trials {

    private static final int SHRINKING_STEPS = 2000;

    private final Case operation;
    private final Tally tally;

    private Trials(Case operation) {
        this.operation = operation;
        tally = new Tally(operation);
    }

    /**
     * Runs that many.
     *
     * @throws AssertionError of the simplest trial that fails, if one does
     */
    static Tally of(Case operation, int count, long seed) {
        Trials trials = new Trials(operation);
        JqwikSession.run(
                () -> trials.run(count, new Random(31 * seed + operation.name().hashCode())));
        return trials.tally;
    }

    private static RandomGenerator<List<Integer>> choices() {
        return Arbitraries.integers()
                .between(0, Integer.MAX_VALUE - 1)
                .withDistribution(RandomDistribution.uniform())
                .list()
                .ofSize(Draw.CHOICES)
                .generator(1);
    }

    private void run(int count, Random random) {
        RandomGenerator<List<Integer>> choices = choices();
        for (int i = 0; i < count; i++) {
            Shrinkable<List<Integer>> drawn = choices.next(random);
            AssertionError failure = failure(drawn.value(), tally);
            if (failure != null) {
                throw shrunk(drawn, failure);
            }
        }
    }

    private AssertionError shrunk(Shrinkable<List<Integer>> drawn, AssertionError failure) {
        AssertionError simplest = failure;
        Shrinkable<List<Integer>> current = drawn;
        int steps = 0;
        for (boolean simpler = true; simpler; ) {
            simpler = false;
            for (Shrinkable<List<Integer>> next : current.shrink().toList()) {
                AssertionError again = steps++ < SHRINKING_STEPS ? failure(next.value(), new Tally(operation)) : null;
                if (again != null) {
                    simplest = again;
                    current = next;
                    simpler = true;
                    break;
                }
            }
        }
        return simplest;
    }

    /** Runs one trial; what is wrong with it, or null. */
    private AssertionError failure(List<Integer> choices, Tally into) {
        Draw draw = new Draw(choices);
        Trial trial = operation.draw(draw);
        try (var _ = new PointerScope()) {
            FloatArray plain = Ours.value(trial);
            FloatArray g = draw.upstream(plain.shape());
            List<FloatArray> directions = new ArrayList<>();
            if (draw.isUsual()) {
                trial.operands().forEach(x -> directions.add(draw.upstream(x.shape())));
            }
            Ours ours = Ours.of(trial, plain, g, directions);
            Results libtorch = Results.ofLibtorch(trial, g, directions);
            Results exact = Results.exact(trial, g, directions);
            into.compare(trial, g, ours, libtorch, exact, trial.scale().of(trial, g, directions));
            return null;
        } catch (AssertionError | RuntimeException e) {
            String operands =
                    trial.operands().stream().map(x -> described(x, e)).collect(Collectors.joining("; "));
            return new AssertionError(operation.name() + " of " + operands + ": " + e.getMessage(), e);
        }
    }

    private static String described(FloatArray x, Throwable e) {
        float[] numbers = x.toArray();
        String shown = numbers.length <= 8
                ? Arrays.toString(numbers)
                : Arrays.toString(Arrays.copyOf(numbers, 8)).replace("]", ", ...]");
        boolean named = e instanceof Tally.Disagreement at && at.element() < numbers.length && numbers.length > 8;
        return x.shape() + " " + shown
                + (named ? " and " + numbers[((Tally.Disagreement) e).element()] + " at that element" : "");
    }
}
