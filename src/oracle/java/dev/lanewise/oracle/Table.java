package dev.lanewise.oracle;

import java.util.List;
import java.util.stream.Stream;

/** All cases, in the order of the page. */
final class Table {

    private Table() {}

    static List<Case> all() {
        return Stream.of(
                        ElementwiseCases.all(),
                        ActivationCases.all(),
                        ReductionCases.all(),
                        AxisCases.all(),
                        ShapeCases.all(),
                        ProductCases.all(),
                        NeuralCases.all(),
                        OptimizerCases.all())
                .flatMap(List::stream)
                .toList();
    }
}
