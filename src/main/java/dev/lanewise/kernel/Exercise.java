package dev.lanewise.kernel;

/**
 * One way of using a kernel, as short calls. Repeated often enough they bring every loop on that way to the optimising
 * compiler; from then on a call allocates nothing, unless a vector is left in a box.
 *
 * @param name the kernel and the kind of its operands, for people
 * @param calls the calls
 */
public record Exercise(String name, Calls calls) {

    /** While the number of a turn is below this, it is taken by the interpreter or for its first profile: very short. */
    public static final int SHORT = 256;

    /** Until this turn what is rare in use is met now and then, so that it is not compiled as never happening. */
    public static final int RARE = 4096;

    private static final int RARITY = 32;

    private static final int[] LENGTHS = {207, 9, 1000, 16, 64, 33, 130};

    /** Calls of a kernel, told apart by the number of the turn. */
    @FunctionalInterface
    public interface Calls {

        /** Makes one call, over lengths and numbers that change from turn to turn. */
        void run(int turn);
    }

    /** How many numbers a loop is given in a turn: about a vector, later up to a thousand, with a rest and without. */
    public static int length(int turn) {
        return turn < SHORT ? turn % 36 : LENGTHS[turn % LENGTHS.length];
    }

    /** Whether a turn shows what is rare in use: runs of more than a block, awkward numbers. */
    public static boolean isRare(int turn) {
        return turn < RARE && turn % RARITY == RARITY - 1;
    }
}
