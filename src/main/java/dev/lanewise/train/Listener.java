package dev.lanewise.train;

import dev.lanewise.autodiff.AdjointArray;
import java.util.List;

/** Is told what happens in training, on its thread. What a listener throws ends the training. */
public interface Listener {

    /**
     * The plan of a run.
     *
     * @param firstEpoch the number of the first that is to be made; above 0 if training is resumed
     * @param epochs how many there are to be in all
     * @param stepsPerEpoch how many steps each has; 0 if that is not known
     */
    record Plan(long firstEpoch, long epochs, int stepsPerEpoch) {}

    /**
     * One step.
     *
     * @param number counted from 0 over all epochs
     * @param epoch the number of its epoch
     * @param inEpoch counted from 0 within its epoch
     * @param loss that of its batch, before the step
     */
    record Step(long number, long epoch, int inEpoch, double loss) {}

    /** A run begins. */
    default void started(Plan plan) {}

    /** A loss has been recorded; what it was computed from is freed by the backward pass that follows. */
    default void recorded(long step, AdjointArray loss) {}

    /** A step has been made. */
    default void step(Step step) {}

    /** An epoch has ended, and was validated; its checkpoint has been written. */
    default void epoch(Epoch epoch) {}

    /** A run has ended, by itself or early. */
    default void ended(List<Epoch> epochs) {}
}
