package dev.lanewise.kernel.health;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * What stands in a loop that holds no other.
 *
 * @param instructions all of them
 * @param fmas packed fused multiply-adds
 * @param spills vectors that are read from the stack or written to it
 * @param reloads other reads and writes of the stack, mostly of addresses
 * @param calls calls
 */
record InnerLoop(int instructions, int fmas, int spills, int reloads, int calls) {

    private record Range(int first, int last) {

        boolean holds(Range other) {
            return first <= other.first && other.last <= last && !equals(other);
        }
    }

    /**
     * The loop with most fused multiply-adds of a method, and of several the shortest: what C2 puts before the main loop
     * has checks that the main loop has not. Empty where nothing loops.
     */
    static Optional<InnerLoop> hottest(MachineCode code) {
        List<Instruction> all = code.instructions();
        Map<Integer, Integer> places = new HashMap<>();
        for (int i = 0; i < all.size(); i++) {
            places.put(all.get(i).at(), i);
        }
        List<Range> loops = IntStream.range(0, all.size())
                .filter(i -> all.get(i).target() >= 0
                        && all.get(i).target() <= all.get(i).at())
                .filter(i -> places.containsKey(all.get(i).target()))
                .mapToObj(i -> new Range(places.get(all.get(i).target()), i))
                .distinct()
                .toList();
        return loops.stream()
                .filter(loop -> loops.stream().noneMatch(loop::holds))
                .map(loop -> of(all.subList(loop.first, loop.last + 1)))
                .max(Comparator.comparingInt(InnerLoop::fmas)
                        .thenComparing(
                                Comparator.comparingInt(InnerLoop::instructions).reversed()));
    }

    private static InnerLoop of(List<Instruction> body) {
        return new InnerLoop(
                body.size(),
                count(body, Instruction::isFma),
                count(body, each -> each.isOnStack() && each.isVector()),
                count(body, each -> each.isOnStack() && !each.isVector()),
                count(body, Instruction::isCall));
    }

    private static int count(List<Instruction> body, Predicate<Instruction> kind) {
        return (int) body.stream().filter(kind).count();
    }

    @Override
    public String toString() {
        return instructions + " instructions, " + fmas + " multiply-adds, " + spills + " spills, " + reloads
                + " reloads, " + calls + " calls";
    }
}
