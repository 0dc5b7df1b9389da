package dev.lanewise.array;

import java.util.Locale;

/** Arrays as text for people. */
final class Printer {

    /** From so many elements on the middle of long dimensions is left out. */
    private static final int TRUNCATED = 1000;

    /** Positions shown at either end of a truncated dimension. */
    private static final int EDGE = 3;

    private Printer() {}

    static String print(FloatArray x) {
        return x.shape().size() + " numbers\n[FloatArray of shape " + x.shape() + "]".toLowerCase(Locale.ROOT);
    }
}
