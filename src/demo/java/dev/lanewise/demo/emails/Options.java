package dev.lanewise.demo.emails;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;

/**
 * What was asked for on the command line.
 *
 * @param help only to say what can be asked for
 * @param data a file of mail, or null for the sample
 * @param freeze the settings to train, each by how many layers are frozen
 * @param epochs how often the layers see all the mail
 * @param training how many mails to train on at most
 * @param tokens after how many tokens a mail is cut off
 * @param threads how many threads work
 * @param seed of what is random
 * @param out a folder for results and weights, or null
 */
public record Options(
        boolean help,
        Path data,
        NavigableSet<Integer> freeze,
        int epochs,
        int training,
        int tokens,
        int threads,
        int seed,
        Path out) {

    /** What {@code --help} prints. */
    public static final String USAGE = """
        usage: DemoEmails [OPTION VALUE]...
          --freeze LIST     settings to train, by how many of the 6 layers are frozen (6,5,4,0)
          --epochs NUMBER   how often layers that are trained see all the mail (1)
          --training NUMBER how many mails to train on at most; all held-out mail is used (4000)
          --tokens NUMBER   how much of a mail is read, in tokens, at most 512 (128)
          --threads NUMBER  how many threads work; the results do not depend on it (one for each processor)
          --seed NUMBER     of the order of the mail (1)
          --data FILE       mail of your own, in the form that the README beside the sample tells
          --out FOLDER      where to write results.csv, report.html, and what was trained as safetensors
          --help            this text\
        """;

    private static final Set<String> WITH_A_VALUE =
            Set.of("--freeze", "--epochs", "--training", "--tokens", "--threads", "--seed", "--data", "--out");

    /**
     * Reads a command line.
     *
     * @throws IllegalArgumentException for anything that is not as it should be, in one sentence
     */
    public static Options of(String... args) {
        Map<String, String> given = new HashMap<>();
        for (int i = 0; i < args.length; i++) {
            if (args[i].equals("--help")) {
                given.put(args[i], "");
            } else if (WITH_A_VALUE.contains(args[i])) {
                given.put(args[i], i + 1 < args.length ? args[i + 1] : "");
                i++;
            } else {
                throw new IllegalArgumentException("there is no option " + args[i]);
            }
        }
        int processors = Runtime.getRuntime().availableProcessors();
        return new Options(
                given.containsKey("--help"),
                path(given, "--data"),
                depths(given.getOrDefault("--freeze", "6,5,4,0")),
                number(given, "--epochs", 1, 1, 1000),
                number(given, "--training", 4000, 10, 1_000_000),
                number(given, "--tokens", 128, 2, 512),
                number(given, "--threads", processors, 1, 1024),
                number(given, "--seed", 1, Integer.MIN_VALUE, Integer.MAX_VALUE),
                path(given, "--out"));
    }

    private static NavigableSet<Integer> depths(String list) {
        NavigableSet<Integer> depths = new TreeSet<>();
        for (String each : list.split(",", -1)) {
            depths.add(number("--freeze takes whole numbers", each, 0, 6));
        }
        return depths;
    }

    private static Path path(Map<String, String> given, String option) {
        String text = given.get(option);
        if (text == null) {
            return null;
        }
        if (text.isEmpty()) {
            throw new IllegalArgumentException(option + " takes a path");
        }
        return Path.of(text);
    }

    private static int number(Map<String, String> given, String option, int otherwise, int least, int most) {
        return given.containsKey(option)
                ? number(option + " takes a whole number", given.get(option), least, most)
                : otherwise;
    }

    private static int number(String what, String text, int least, int most) {
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // refused below, with what is out of range
        }
        String range = least == Integer.MIN_VALUE ? "" : " from " + least + " to " + most;
        throw new IllegalArgumentException(what + range + ", not '" + text + "'");
    }
}
