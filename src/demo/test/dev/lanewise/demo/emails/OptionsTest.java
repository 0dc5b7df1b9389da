package dev.lanewise.demo.emails;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class OptionsTest {

    @Test
    void nothingGivenIsWhatTheHelpSays() {
        Options options = Options.of();
        assertEquals(Set.of(6, 5, 4, 0), options.freeze());
        assertEquals(given("epochs"), options.epochs());
        assertEquals(given("training"), options.training());
        assertEquals(given("tokens"), options.tokens());
        assertEquals(given("seed"), options.seed());
        assertEquals(Runtime.getRuntime().availableProcessors(), options.threads());
        assertNull(options.data());
        assertNull(options.out());
    }

    /** The default that the help shows in brackets. */
    private static int given(String option) {
        Matcher line = Pattern.compile("--" + option + " .*\\((\\d+)\\)").matcher(Options.USAGE);
        assertTrue(line.find(), option);
        return Integer.parseInt(line.group(1));
    }

    @Test
    void everyOption() {
        Options options = Options.of(
                "--freeze",
                "5,0",
                "--epochs",
                "3",
                "--training",
                "10",
                "--tokens",
                "64",
                "--threads",
                "2",
                "--seed",
                "-7",
                "--data",
                "mail.gz",
                "--out",
                "here");
        assertEquals(
                new Options(false, Path.of("mail.gz"), options.freeze(), 3, 10, 64, 2, -7, Path.of("here")), options);
        assertEquals(Set.of(0, 5), options.freeze());
        assertTrue(Options.of("--help").help());
        assertTrue(Options.of("--epochs", "2", "--help", "--seed", "3").help());
    }

    @Test
    void refusals() {
        assertEquals("there is no option --speed", refusal("--speed", "fast"));
        assertEquals("there is no option fast", refusal("fast"));
        assertEquals("--epochs takes a whole number from 1 to 1000, not '0'", refusal("--epochs", "0"));
        assertEquals("--epochs takes a whole number from 1 to 1000, not ''", refusal("--epochs"));
        assertEquals("--freeze takes whole numbers from 0 to 6, not '7'", refusal("--freeze", "5,7"));
        assertEquals("--freeze takes whole numbers from 0 to 6, not ''", refusal("--freeze", "5,"));
        assertEquals("--tokens takes a whole number from 2 to 512, not '1000'", refusal("--tokens", "1000"));
        assertEquals("--seed takes a whole number, not 'x'", refusal("--seed", "x"));
        assertEquals("--data takes a path", refusal("--data"));
    }

    private static String refusal(String... args) {
        return assertThrows(IllegalArgumentException.class, () -> Options.of(args))
                .getMessage();
    }
}
