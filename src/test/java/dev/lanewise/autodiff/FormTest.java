package dev.lanewise.autodiff;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.array.FloatArray;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is found in an argument, and that what is not found is not passed over where it matters. */
class FormTest {

    private static final FloatArray W = FloatArray.scalar(2);

    private record Held<A, T>(A w, T more) {}

    private static void assertRefused(String type, Object more) {
        Held<FloatArray, Object> at = new Held<>(W, more);
        String message =
                assertThrows(IllegalArgumentException.class, () -> slope(at)).getMessage();
        assertEquals(
                "grad: Held.more is of type " + type
                        + " and holds arrays, which are only followed in lists and records; put them into a List",
                message);
    }

    private static FloatArray slope(Held<FloatArray, Object> at) {
        return Gradients.grad((Held<AdjointArray, Object> q) -> q.w().square().sum(), at)
                .w();
    }

    @Test
    void arraysInOtherContainersAreRefused() {
        assertRefused(Map.of("b", W).getClass().getSimpleName(), Map.of("b", W));
        assertRefused("Optional", Optional.of(W));
        assertRefused("FloatArray[]", new FloatArray[] {W});
        assertRefused(Set.of(W).getClass().getSimpleName(), Set.of(W));
        assertRefused("Object[]", new Object[] {List.of(1, W)});
        assertRefused("Optional", Optional.of(new Held<>("name", Map.of(1, W))));
    }

    @Test
    void containersWithoutArraysAreHandedOn() {
        for (Object more :
                List.of(Map.of("b", 1), Optional.empty(), new int[] {3}, new String[] {"a"}, Set.of(), "s")) {
            assertEquals(FloatArray.scalar(4), slope(new Held<>(W, more)));
        }
        assertEquals(FloatArray.scalar(4), slope(new Held<>(W, null)));
    }

    @Test
    void anArgumentThatIsNullIsNamed() {
        assertEquals(
                "grad: an argument is null",
                assertThrows(NullPointerException.class, () -> Gradients.grad(x -> x, (FloatArray) null))
                        .getMessage());
        assertEquals(
                "grad: Held.more[1] is null",
                assertThrows(NullPointerException.class, () -> slope(new Held<>(W, Arrays.asList(W, null))))
                        .getMessage());
    }
}
