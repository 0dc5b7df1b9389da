package dev.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SummaryTest {

    @Test
    void listsLayersShapesNumbersAndWhatIsFrozen() {
        Random random = new Random(1);
        Sequential model = Sequential.builder()
                .add("features", Sequential.of(Linear.he(64, 32, random), new Relu(), Linear.he(32, 16, random)))
                .add("head", Linear.he(16, 5, random))
                .build();
        model.freeze(path -> path.startsWith("features.0") || path.equals("features.2.bias"));
        assertEquals(
                List.of(
                        "path        layer            parameters         numbers",
                        "features.0  linear 64 to 32  64x32, 32            2,080  frozen",
                        "features.1  relu",
                        "features.2  linear 32 to 16  32x16, 16              528  partly frozen",
                        "head        linear 16 to 5   16x5, 5                 85  trained",
                        "2,693 numbers, of which 597 are trained and 2,096 are frozen"),
                model.summary().toString().lines().toList());
        assertEquals(model.countParameters(), model.summary().parameters());
    }

    @Test
    void aLayerThatStandsTwiceIsCountedOnce() {
        Linear shared = Linear.he(4, 4, new Random(1));
        Summary summary = Sequential.of(shared, new Relu(), shared).summary();
        assertEquals(20, summary.parameters().total());
        assertEquals("0", summary.rows().get(2).sameAs());
        assertEquals(
                "2     linear 4 to 4                              as 0",
                summary.toString().lines().toList().get(3));
    }

    @Test
    void aSingleLayerHasOneLine() {
        Summary summary = new Relu().summary();
        assertEquals(1, summary.rows().size());
        assertEquals(new ParameterCount(0, 0), summary.rows().getFirst().count());
    }

    @Test
    void everyLayerOfATransformerIsThere() {
        Summary summary =
                TransformerEncoderLayer.xavier(8, 2, 16, new Random(1)).summary();
        // 4 linear layers of 8 x 8, one to 16 and one back, with biases, and two normalizations.
        assertEquals(4 * 72 + 144 + 136 + 2 * 16, summary.parameters().total());
        long sum = summary.rows().stream().mapToLong(row -> row.count().total()).sum();
        assertEquals(sum, summary.parameters().total());
        assertEquals("attention.query", summary.rows().getFirst().path());
    }
}
