package dev.lanewise.demo.emails;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Finds texts that say nearly the same. Two are near-copies if half of the runs of three words (shingles) that the shorter
 * one has stand in the longer one too, whatever the case, the digits and what is between words. The measure is the overlap
 * coefficient, |A ∩ B| / min(|A|, |B|), which is never less than Jaccard's |A ∩ B| / |A ∪ B|: no two texts that it lets pass
 * have a Jaccard similarity of 1/2, or of 1/3 where they are of equal length.
 */
public final class NearCopies {

    /** From which overlap on two texts are near-copies. */
    public static final double THRESHOLD = 0.5;

    private static final int WORDS = 3;

    private final List<Set<String>> kept = new ArrayList<>();
    private final Map<String, List<Integer>> holders = new HashMap<>();

    /**
     * Takes the text in unless it is a near-copy of one that was taken before.
     *
     * @return the number of the first text taken, counted from 0, that this one is a near-copy of, or -1: it is taken
     */
    public int add(String text) {
        Set<String> shingles = shingles(text);
        int original = originalOf(shingles);
        if (original < 0) {
            for (String shingle : shingles) {
                holders.computeIfAbsent(shingle, key -> new ArrayList<>()).add(kept.size());
            }
            kept.add(shingles);
        }
        return original;
    }

    private int originalOf(Set<String> shingles) {
        Map<Integer, Integer> common = new HashMap<>();
        for (String shingle : shingles) {
            for (int holder : holders.getOrDefault(shingle, List.of())) {
                common.merge(holder, 1, Integer::sum);
            }
        }
        return common.entrySet().stream()
                .filter(entry -> entry.getValue()
                        >= THRESHOLD
                                * Math.min(
                                        shingles.size(),
                                        kept.get(entry.getKey()).size()))
                .mapToInt(Map.Entry::getKey)
                .min()
                .orElse(-1);
    }

    /** All runs of three words; where there are fewer words, the one run of them. */
    static Set<String> shingles(String text) {
        String[] words = text.toLowerCase(Locale.ROOT)
                .replaceAll("\\p{Nd}+", "0")
                .replaceAll("[^\\p{L}\\p{M}0]+", " ")
                .strip()
                .split(" ");
        Set<String> shingles = new HashSet<>();
        for (int i = 0; i + WORDS <= Math.max(words.length, WORDS); i++) {
            shingles.add(String.join(" ", List.of(words).subList(i, Math.min(i + WORDS, words.length))));
        }
        return shingles;
    }
}
