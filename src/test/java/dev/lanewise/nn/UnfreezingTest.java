package dev.lanewise.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.array.FloatArray;
import dev.lanewise.autodiff.AdjointArray;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class UnfreezingTest {

    private final Sequential model = Sequential.builder()
            .add("lower", Linear.he(3, 3, new Random(1)))
            .add("upper", Linear.he(3, 3, new Random(2)))
            .add("head", Linear.he(3, 2, new Random(3)))
            .build();
    private final Unfreezing schedule = Unfreezing.of(model)
            .from(0, path -> path.startsWith("head."))
            .from(10, path -> path.startsWith("upper."))
            .from(20, path -> path.equals("lower.bias"));

    private List<String> trained() {
        return model.namedParameters().entrySet().stream()
                .filter(entry -> !entry.getValue().isFrozen())
                .map(entry -> entry.getKey())
                .toList();
    }

    @Test
    void everyGroupHasItsTurn() {
        assertEquals(2, schedule.at(0));
        assertEquals(List.of("head.weight", "head.bias"), trained());
        assertEquals(2, schedule.at(9));
        assertEquals(4, schedule.at(10));
        assertEquals(List.of("upper.weight", "upper.bias", "head.weight", "head.bias"), trained());
        assertEquals(5, schedule.at(1_000));
        assertEquals(List.of("lower.bias", "upper.weight", "upper.bias", "head.weight", "head.bias"), trained());
        schedule.at(0); // and back, as when training begins again
        assertEquals(List.of("head.weight", "head.bias"), trained());
    }

    @Test
    void whatIsTrainedAlreadyKeepsItsGradient() {
        schedule.at(0);
        model.forward(AdjointArray.constant(FloatArray.ones(1, 3))).sum().backward();
        AdjointArray leaf = model.parameter("head.weight").leaf();
        assertNotNull(leaf.grad());
        schedule.at(10);
        assertEquals(leaf, model.parameter("head.weight").leaf());
    }

    @Test
    void aTypoInAPathIsNoticed() {
        assertEquals(
                "unfreezing: no parameter was chosen; there are lower.weight, lower.bias, upper.weight, upper.bias, "
                        + "head.weight, head.bias",
                assertThrows(IllegalArgumentException.class, () -> schedule.from(3, path -> path.startsWith("uper")))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> schedule.from(-1, path -> true));
    }
}
