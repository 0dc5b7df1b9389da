package dev.lanewise.nn;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which parameters are trained from which step on: all are frozen but those whose turn has come (Howard and Ruder,
 * <i>Universal language model fine-tuning for text classification</i>, 2018).
 *
 * <pre>{@code
 * Unfreezing schedule = Unfreezing.of(model)
 *         .from(0, path -> path.startsWith("head."))
 *         .from(200, path -> path.startsWith("encoder.5."));
 * schedule.at(step); // at the start of each step
 * }</pre>
 *
 * <p>It remembers nothing of the steps that were, so training that is resumed at a step has the same parameters frozen. What
 * is trained already keeps its gradients and what an optimizer remembers of it.
 */
public final class Unfreezing {

    private record Stage(long step, Predicate<String> paths) {}

    private final Layer model;
    private final List<Stage> stages;

    private Unfreezing(Layer model, List<Stage> stages) {
        this.model = model;
        this.stages = List.copyOf(stages);
    }

    /** A schedule in which no parameter of the model has its turn. */
    public static Unfreezing of(Layer model) {
        return new Unfreezing(model, List.of());
    }

    /**
     * Adds that the parameters with the chosen paths are trained from the given step on.
     *
     * @return a new schedule
     * @throws IllegalArgumentException for a negative step, or if no parameter is chosen
     */
    public Unfreezing from(long step, Predicate<String> paths) {
        if (step < 0) {
            throw new IllegalArgumentException("unfreezing: from step " + step + ", and the first is 0");
        }
        Trees.choose("unfreezing", model, paths, parameter -> {});
        List<Stage> more = new ArrayList<>(stages);
        more.add(new Stage(step, paths));
        return new Unfreezing(model, more);
    }

    /**
     * Freezes and unfreezes the model's parameters as this step has them.
     *
     * @return how many parameters are trained now
     */
    public int at(long step) {
        int[] trained = new int[1];
        model.namedParameters().forEach((path, parameter) -> {
            boolean due = stages.stream().anyMatch(stage -> stage.step <= step && stage.paths.test(path));
            if (due) {
                parameter.unfreeze();
                trained[0]++;
            } else {
                parameter.freeze();
            }
        });
        return trained[0];
    }
}
