package dev.lanewise.autodiff;

import dev.lanewise.array.ArrayOps;
import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Index;
import dev.lanewise.array.Shape;
import dev.lanewise.array.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * The transposes of a convolution. Unfolded images are columns, one for each place of the window, and the filters are rows:
 * the convolution is {@code filters · columns}, in each group by itself. So the gradient of the columns is {@code filtersᵀ ·
 * g}, folded into images, and that of the filters is {@code g · columnsᵀ}. Columns are never kept, but made anew of some
 * images at a time.
 */
record Convolution(Shape images, Shape filters, Window window, int groups) {

    /** Elements of columns that exist at a time, 64 MB, unless one image has more. */
    private static final int UNFOLDED = 1 << 24;

    AdjointArray imageGradient(AdjointArray g, AdjointArray filterValues) {
        AdjointArray columnsByRows = LinearRules.adjoint(filterValues.reshape(groups, filtersOfGroup(), rowLength()));
        List<AdjointArray> gradients = new ArrayList<>();
        for (Index part : parts(g.shape())) {
            AdjointArray slice = g.slice(part);
            int n = slice.shape().dim(0);
            int down = g.shape().dim(2);
            int right = g.shape().dim(3);
            AdjointArray columns = columnsByRows.matmul(slice.reshape(n, groups, filtersOfGroup(), down * right));
            gradients.add(columns.reshape(n, images.dim(1), filters.dim(2), filters.dim(3), down, right)
                    .fold(images.dim(2), images.dim(3), window));
        }
        return ArrayOps.concat(0, gradients);
    }

    AdjointArray filterGradient(AdjointArray g, AdjointArray imageValues) {
        AdjointArray sum = AdjointArray.constant(FloatArray.zeros(filters));
        for (Index part : parts(g.shape())) {
            // The places of all images follow each other, so that a group's gradient is one product with a long inner
            // side.
            AdjointArray slice = g.slice(part).transpose(1, 0, 2, 3);
            int places = slice.shape().dim(1) * g.shape().dim(2) * g.shape().dim(3);
            AdjointArray columns = imageValues.slice(part).unfold(window).transpose(1, 2, 3, 0, 4, 5);
            AdjointArray product = slice.reshape(groups, filtersOfGroup(), places)
                    .matmul(LinearRules.adjoint(columns.reshape(groups, rowLength(), places)));
            sum = sum.add(product.reshape(filters));
        }
        return sum;
    }

    private int filtersOfGroup() {
        return filters.dim(0) / groups;
    }

    private int rowLength() {
        return filters.dim(1) * filters.dim(2) * filters.dim(3);
    }

    /** The images in ranges; one empty range if there are none. */
    private List<Index> parts(Shape result) {
        long columns = (long) groups * rowLength() * result.dim(2) * result.dim(3);
        int atOnce = (int) Math.max(1, UNFOLDED / Math.max(1, columns));
        List<Index> parts = new ArrayList<>();
        for (int from = 0; from == 0 || from < result.dim(0); from += atOnce) {
            parts.add(Index.range(from, Math.min(from + atOnce, result.dim(0))));
        }
        return parts;
    }
}
