package dev.lanewise.demo.emails;

/**
 * How answers compare with the truth, spam being what is looked for.
 *
 * @param hits spam that was called spam
 * @param misses spam that was not
 * @param falseAlarms other mail that was called spam
 * @param passed other mail that was not
 */
public record Scores(int hits, int misses, int falseAlarms, int passed) {

    /**
     * Counts them.
     *
     * @throws IllegalArgumentException unless there is one answer for each truth
     */
    public static Scores of(int[] answers, int[] truth) {
        if (answers.length != truth.length) {
            throw new IllegalArgumentException("scores: " + answers.length + " answers for " + truth.length + " mails");
        }
        int[] count = new int[4];
        for (int i = 0; i < truth.length; i++) {
            count[2 * truth[i] + answers[i]]++;
        }
        return new Scores(count[3], count[2], count[1], count[0]);
    }

    /** How many mails there were. */
    public int count() {
        return hits + misses + falseAlarms + passed;
    }

    /** The share of right answers. */
    public double accuracy() {
        return (double) (hits + passed) / count();
    }

    /** What always answering with the more frequent class would score. */
    public double majority() {
        int spam = hits + misses;
        return (double) Math.max(spam, count() - spam) / count();
    }

    /** The harmonic mean of precision and recall: 2·hits / (2·hits + misses + falseAlarms), 0 without any spam. */
    public double f1() {
        int all = 2 * hits + misses + falseAlarms;
        return all == 0 ? 0 : 2.0 * hits / all;
    }
}
