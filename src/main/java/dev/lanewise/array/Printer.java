package dev.lanewise.array;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Arrays as text for people: one row of a matrix to a line, and a block for each matrix of higher ranks.
 *
 * <p>All elements shown have one format, so that columns align: whole numbers if all are, else four decimals, else an
 * exponent where four decimals would say too little of the largest or nothing of the smallest.
 */
final class Printer {

    /** From so many elements on the middle of long dimensions is left out. */
    private static final int TRUNCATED = 1000;

    /** Positions shown at either end of a truncated dimension. */
    private static final int EDGE = 3;

    /** Blocks shown of a truncated array; else many short dimensions would print without end. */
    private static final int BLOCKS = 36;

    /** Characters of a line before a row goes on in the next. */
    private static final int LINE = 100;

    /** Stands among positions and blocks for those left out. */
    private static final int GAP = -1;

    private static final String DOTS = "...";

    private final FloatArray x;
    private final int[] dims;
    private final boolean truncated;
    private final int[] rows;
    private final int[] columns;
    private final int rowStride;
    private final int columnStride;
    private final List<Block> blocks = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    /** One matrix: the element it starts with, or {@link #GAP}, and the positions that lead to it. */
    private record Block(int start, String label) {}

    private Printer(FloatArray x) {
        int rank = x.rank();
        this.x = x;
        this.dims = x.shape().sharedDims();
        this.truncated = x.size() >= TRUNCATED;
        this.columns = rank > 0 ? shown(dims[rank - 1]) : new int[1];
        this.rows = rank > 1 ? shown(dims[rank - 2]) : new int[1];
        this.columnStride = rank > 0 ? x.strides[rank - 1] : 0;
        this.rowStride = rank > 1 ? x.strides[rank - 2] : 0;
    }

    static String print(FloatArray x) {
        String footer = "[FloatArray of shape " + x.shape() + "]";
        return x.size() == 0 ? footer : new Printer(x).body() + footer;
    }

    /** The positions to show of a dimension. */
    private int[] shown(int length) {
        return !truncated || length <= 2 * EDGE
                ? IntStream.range(0, length).toArray()
                : IntStream.concat(
                                IntStream.concat(IntStream.range(0, EDGE), IntStream.of(GAP)),
                                IntStream.range(length - EDGE, length))
                        .toArray();
    }

    private String body() {
        findBlocks(0, x.offset, "");
        Format format = Format.of(values(), truncated ? DOTS.length() : 0);
        for (Block block : blocks) {
            if (block.start == GAP) {
                text.append(DOTS).append("\n\n");
                continue;
            }
            if (!block.label.isEmpty()) {
                text.append('(').append(block.label).append(".,.) =\n");
            }
            for (int row : rows) {
                line(block.start, row, format);
            }
            if (!block.label.isEmpty()) {
                text.append('\n');
            }
        }
        return text.toString();
    }

    private void findBlocks(int depth, int start, String label) {
        if (truncated && blocks.size() >= BLOCKS) {
            if (blocks.size() == BLOCKS) {
                blocks.add(new Block(GAP, ""));
            }
        } else if (depth >= dims.length - 2) {
            blocks.add(new Block(start, label));
        } else {
            for (int i : shown(dims[depth])) {
                if (i == GAP) {
                    blocks.add(new Block(GAP, ""));
                } else {
                    findBlocks(depth + 1, start + i * x.strides[depth], label + i + ",");
                }
            }
        }
    }

    /** Every number that will be shown. */
    private List<Float> values() {
        List<Float> values = new ArrayList<>();
        for (Block block : blocks) {
            for (int row : rows) {
                for (int column : columns) {
                    if (block.start != GAP && row != GAP && column != GAP) {
                        values.add(x.data("toString")[block.start + row * rowStride + column * columnStride]);
                    }
                }
            }
        }
        return values;
    }

    private void line(int start, int row, Format format) {
        int length = 0;
        for (int column : columns) {
            String cell = row == GAP || column == GAP
                    ? DOTS
                    : format.text(x.data("toString")[start + row * rowStride + column * columnStride]);
            if (length > 0) {
                text.append(' ');
                length++;
            }
            if (length + format.width > LINE && length > 0) {
                text.setLength(text.length() - 1);
                text.append("\n  "); // what goes on from the line above stands further in
                length = 2;
            }
            text.repeat(' ', Math.max(0, format.width - cell.length())).append(cell);
            length += format.width;
            if (row == GAP) {
                break;
            }
        }
        text.append('\n');
    }

    /** How one number is written, and in how many characters, a sign included. */
    private record Format(String pattern, int width) {

        static Format of(List<Float> values, int least) {
            String pattern = pattern(values);
            int width = least;
            for (float value : values) {
                width = Math.max(width, 1 + text(pattern, Math.abs(value)).length());
            }
            return new Format(pattern, width);
        }

        private static String pattern(List<Float> values) {
            boolean whole = true;
            double largest = 0;
            double smallest = Double.POSITIVE_INFINITY;
            for (float value : values) {
                double size = Math.abs(value);
                if (Double.isFinite(size)) {
                    whole &= size == Math.rint(size);
                    largest = Math.max(largest, size);
                    smallest = size > 0 ? Math.min(smallest, size) : smallest;
                }
            }
            if (whole && largest < 1e7) { // below 2^24, so that every digit is true
                return "%.0f";
            }
            return largest >= 1e-2 && largest < 1e5 && smallest >= 1e-4 ? "%.4f" : "%.4e";
        }

        String text(float value) {
            return text(pattern, value);
        }

        private static String text(String pattern, float value) {
            if (Float.isNaN(value)) {
                return "NaN";
            }
            if (Float.isInfinite(value)) {
                return value > 0 ? "Inf" : "-Inf";
            }
            return String.format(Locale.ROOT, pattern, value);
        }
    }
}
