package dev.lanewise.array;

/**
 * A window that slides over the last two dimensions of an array, as convolutions and pooling need it. An immutable value.
 *
 * <pre>{@code
 * Window.of(3, 5).stride(2).padding(1, 2)
 * }</pre>
 *
 * has 3 rows and 5 columns, moves on by 2 in both directions, and starts 1 row and 2 columns outside of the array.
 *
 * @param rows its rows, and how it moves down
 * @param columns its columns, and how it moves to the right
 */
public record Window(Span rows, Span columns) {

    /**
     * One direction of a window.
     *
     * @param length how many positions it has, at least 1
     * @param stride how far it moves, at least 1
     * @param padding how many positions are added at either end of the array, not negative
     * @param dilation how far apart its positions are, at least 1
     */
    public record Span(int length, int stride, int padding, int dilation) {

        /** Refuses numbers below those that are said above. */
        public Span {
            if (length < 1 || stride < 1 || padding < 0 || dilation < 1) {
                throw new IllegalArgumentException("Window: length " + length + ", stride " + stride + ", padding "
                        + padding + ", dilation " + dilation + ": padding is not negative, the others are at least 1");
            }
        }

        /** In how many places it stands along so many positions: {@code (n + 2·padding - reach) / stride + 1}, or 0. */
        public int places(int n) {
            long reach = (long) dilation * (length - 1) + 1;
            long room = n + 2L * padding - reach;
            return room < 0 ? 0 : Shapes.length("Window", room / stride + 1);
        }

        /** Where one of its positions lies in one of its places; outside of the array in the padding. */
        long position(int place, int own) {
            return (long) place * stride + (long) own * dilation - padding;
        }
    }

    /**
     * A window that moves on by 1, without padding or dilation.
     *
     * @throws IllegalArgumentException for lengths below 1
     */
    public static Window of(int rows, int columns) {
        return new Window(new Span(rows, 1, 0, 1), new Span(columns, 1, 0, 1));
    }

    /** This window, moving on by so much in both directions. */
    public Window stride(int both) {
        return stride(both, both);
    }

    /** This window, moving on by so much. */
    public Window stride(int down, int right) {
        return new Window(
                new Span(rows.length, down, rows.padding, rows.dilation),
                new Span(columns.length, right, columns.padding, columns.dilation));
    }

    /** This window over an array with so many positions added on all sides. */
    public Window padding(int all) {
        return padding(all, all);
    }

    /** This window over an array with so many rows added above and below, and columns left and right. */
    public Window padding(int ofRows, int ofColumns) {
        return new Window(
                new Span(rows.length, rows.stride, ofRows, rows.dilation),
                new Span(columns.length, columns.stride, ofColumns, columns.dilation));
    }

    /** This window with its own positions so far apart in both directions. */
    public Window dilation(int both) {
        return dilation(both, both);
    }

    /** This window with its own positions so far apart. */
    public Window dilation(int down, int right) {
        return new Window(
                new Span(rows.length, rows.stride, rows.padding, down),
                new Span(columns.length, columns.stride, columns.padding, right));
    }

    /** As it is written, but for what is as {@link #of} makes it. */
    @Override
    public String toString() {
        return "Window " + rows.length + "x" + columns.length
                + differing("stride", rows.stride, columns.stride, 1)
                + differing("padding", rows.padding, columns.padding, 0)
                + differing("dilation", rows.dilation, columns.dilation, 1);
    }

    private static String differing(String name, int down, int right, int usual) {
        return down == usual && right == usual ? "" : " " + name + " " + down + "x" + right;
    }
}
