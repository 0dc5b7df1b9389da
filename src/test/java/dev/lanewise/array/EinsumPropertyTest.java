package dev.lanewise.array;

import dev.lanewise.array.Operand.Numbers;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Sums of products by labels against the loops that define them, for subscripts drawn at random. */
class EinsumPropertyTest {

    private static final String LETTERS = "abXY";

    @Property(tries = 2000)
    void anySubscripts(@ForAll long seed) {
        Random random = new Random(seed);
        Map<Character, Integer> lengths = new LinkedHashMap<>();
        for (int i = 0; i < LETTERS.length(); i++) {
            lengths.put(LETTERS.charAt(i), random.nextInt(12) == 0 ? 0 : 1 + random.nextInt(4));
        }
        int[] hidden = new int[random.nextInt(3)]; // the axes of the ellipsis
        for (int i = 0; i < hidden.length; i++) {
            hidden[i] = random.nextInt(12) == 0 ? 0 : 1 + random.nextInt(3);
        }
        List<String> terms = new ArrayList<>();
        List<Operand> operands = new ArrayList<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            draw(random, lengths, hidden, terms, operands);
        }
        String output = output(random, String.join("", terms).replace(".", ""), hidden.length > 0);
        String subscripts = String.join(",", terms) + (output == null ? "" : "->" + output);
        FloatArray actual = ArrayOps.einsum(
                subscripts, operands.stream().map(Operand::array).toArray(FloatArray[]::new));
        reference(terms, operands, output == null ? implicit(terms) : output).check(actual, 0);
    }

    /** A term and an operand that fits it: now and then with a length of 1 that is to be repeated. */
    private static void draw(
            Random random, Map<Character, Integer> lengths, int[] hidden, List<String> terms, List<Operand> operands) {
        StringBuilder term = new StringBuilder();
        List<Integer> dims = new ArrayList<>();
        int dots = random.nextBoolean() ? random.nextInt(4) : -1;
        Map<Character, Integer> own = new LinkedHashMap<>();
        int count = random.nextInt(4);
        for (int i = 0; i <= count; i++) {
            if (i == dots || (i == count && dots > count)) {
                term.append("...");
                int[] axes = Operand.broadcasting(random, hidden);
                for (int axis : axes) {
                    dims.add(axis);
                }
            }
            if (i < count) {
                char letter = LETTERS.charAt(random.nextInt(LETTERS.length()));
                term.append(letter);
                own.computeIfAbsent(letter, l -> random.nextInt(6) == 0 ? 1 : lengths.get(l));
                dims.add(own.get(letter));
            }
        }
        terms.add(term.toString());
        operands.add(Operand.of(
                random, Numbers.EXACT, dims.stream().mapToInt(Integer::intValue).toArray()));
    }

    /** Some of the letters in any order, perhaps with the ellipsis; null for none given. */
    private static String output(Random random, String letters, boolean ellipsis) {
        if (random.nextInt(3) == 0) {
            return null;
        }
        StringBuilder output = new StringBuilder();
        for (int at : Operand.shuffled(random, LETTERS.length())) {
            if (letters.indexOf(LETTERS.charAt(at)) >= 0 && random.nextBoolean()) {
                output.append(LETTERS.charAt(at));
            }
        }
        return ellipsis && random.nextBoolean()
                ? output.insert(random.nextInt(output.length() + 1), "...").toString()
                : output.toString();
    }

    private static String implicit(List<String> terms) {
        String letters = String.join("", terms).replace(".", "");
        StringBuilder output = new StringBuilder("...");
        letters.chars()
                .filter(c -> letters.indexOf(c) == letters.lastIndexOf(c))
                .sorted()
                .forEach(c -> output.append((char) c));
        return output.toString();
    }

    // ---- the definition

    private static Ref reference(List<String> terms, List<Operand> operands, String output) {
        // The axes of the ellipsis become digits: 9 the last, 8 the one before.
        List<String> labels = new ArrayList<>();
        Map<Character, Integer> lengths = new LinkedHashMap<>();
        String ellipsis = "";
        for (int i = 0; i < terms.size(); i++) {
            int[] dims = operands.get(i).ref().dims;
            String digits = "6789"
                    .substring(
                            4 - (dims.length - terms.get(i).replace("...", "").length()));
            ellipsis = digits.length() > ellipsis.length() ? digits : ellipsis;
            labels.add(terms.get(i).replace("...", digits));
            for (int axis = 0; axis < dims.length; axis++) {
                lengths.merge(labels.get(i).charAt(axis), dims[axis], (p, q) -> p == 1 ? q : p);
            }
        }
        String result = output.replace("...", ellipsis);
        List<Character> all = new ArrayList<>(lengths.keySet());
        int[] loops = all.stream().mapToInt(lengths::get).toArray();
        Ref sum = Ref.fill(result.chars().map(c -> lengths.get((char) c)).toArray(), index -> 0);
        Ref.forEach(loops, index -> {
            double product = 1;
            for (int i = 0; i < labels.size(); i++) {
                int[] dims = operands.get(i).ref().dims;
                int[] place = place(labels.get(i), all, index);
                for (int axis = 0; axis < dims.length; axis++) {
                    place[axis] = dims[axis] == 1 ? 0 : place[axis];
                }
                product *= operands.get(i).ref().get(place);
            }
            sum.at[sum.place(place(result, all, index))] += product;
        });
        return sum;
    }

    private static int[] place(String labels, List<Character> all, int[] index) {
        return labels.chars().map(c -> index[all.indexOf((char) c)]).toArray();
    }
}
