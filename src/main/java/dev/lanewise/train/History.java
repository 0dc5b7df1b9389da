package dev.lanewise.train;

import java.util.List;

/**
 * What a run came to.
 *
 * @param epochs those of this run, in order
 * @param bestEpoch the number of the epoch, perhaps of an earlier run, after which the validation loss was least; -1 if none
 *     was validated, or no loss was a number
 * @param stoppedEarly whether it ended since the validation loss had stopped falling
 */
public record History(List<Epoch> epochs, long bestEpoch, boolean stoppedEarly) {}
