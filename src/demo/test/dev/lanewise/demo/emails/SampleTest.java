package dev.lanewise.demo.emails;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README beside the sample says of it. */
class SampleTest {

    private static final List<Email> ALL = Email.sample();

    @Test
    void isAsLargeAsItSays() {
        assertEquals(4570, ALL.size());
        assertEquals(932, ALL.stream().filter(Email::spam).count());
        List<Email> heldOut = ALL.stream().filter(Email::heldOut).toList();
        assertEquals(1200, heldOut.size());
        assertEquals(230, heldOut.stream().filter(Email::spam).count());
    }

    @Test
    void noTwoMailsAreNearCopies() {
        NearCopies copies = new NearCopies();
        for (Email email : ALL) {
            int original = copies.add(email.text());
            assertEquals(
                    -1,
                    original,
                    () -> email.source() + " is a near-copy of "
                            + ALL.get(original).source());
        }
    }

    @Test
    void everyMailIsThereOnce() {
        assertEquals(ALL.size(), ALL.stream().map(Email::source).distinct().count());
        assertEquals(ALL.size(), ALL.stream().map(Email::text).distinct().count());
    }

    @Test
    void theFolderTellsTheLabel() {
        for (Email email : ALL) {
            assertEquals(email.source().startsWith("spam-"), email.spam(), email.source());
        }
    }

    @Test
    void noBodyBeginsWithAHeaderAndFewSpeakOfOne() {
        Pattern field = Pattern.compile(
                "(?i)\\b(received|return-path|delivered-to|x-mailer|message-id|content-type|mime-version): ");
        int inside = 0;
        for (Email email : ALL) {
            String body = email.text().split("\n", 2)[1];
            assertFalse(field.matcher(body).lookingAt(), email.source());
            inside += field.matcher(body).find() ? 1 : 0;
        }
        assertTrue(inside < ALL.size() / 50, inside + " mails forward or show fields of other mails");
    }

    @Test
    void addressesAndLinksAreMasked() {
        Pattern told = Pattern.compile("(?i)\\b[a-z0-9._-]+@[a-z0-9-]+\\.[a-z]{2,}|\\b(https?|ftp)://");
        for (Email email : ALL) {
            assertFalse(told.matcher(email.text()).find(), email.source());
        }
    }

    @Test
    void whatOthersMakeIsReadOrRefusedByLine(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("mine.gz");
        write(file, "training\tham\tme/1\tHello\tHow are you?\nheld-out\tspam\tme/2\tBuy\tNow\n");
        assertEquals(
                List.of(
                        new Email(false, false, "me/1", "Hello\nHow are you?"),
                        new Email(true, true, "me/2", "Buy\nNow")),
                Email.read(file));
        write(file, "training\tham\tme/1\tHello\tHow are you?\ntraining\tham\tme/2\tBuy\n");
        assertEquals(file + ", line 2: 4 fields, not 5", refusal(file));
        write(file, "test\tham\tme/1\tHello\tHow are you?\n");
        assertEquals(file + ", line 1: 'test' is neither training nor held-out", refusal(file));
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, whole.length - 12));
        assertTrue(refusal(file).startsWith(file + " is not a whole gzipped file: "));
        Files.writeString(file, "training\tham\tme/1\tHello\tHow are you?\n");
        assertTrue(refusal(file).startsWith(file + " is not a whole gzipped file: "));
        assertThrows(IOException.class, () -> Email.read(folder.resolve("none")));
    }

    private static void write(Path file, String text) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String refusal(Path file) {
        return assertThrows(IllegalArgumentException.class, () -> Email.read(file))
                .getMessage();
    }

    @Test
    void nearCopiesAreFound() {
        NearCopies copies = new NearCopies();
        assertEquals(-1, copies.add("Make money fast with these 5 easy steps, dear friend"));
        assertEquals(-1, copies.add("Something else that has no run of words in common"));
        assertEquals(0, copies.add("MAKE money fast -- with these 17 easy steps!!! (qzx81)"));
        assertEquals(0, copies.add("friend, make money fast with these 5 easy steps today or tomorrow or never"));
        assertEquals(
                -1,
                copies.add("We make money slowly, with these we have easy steps"),
                "words are shared, runs are not");
        assertEquals(0, copies.add("make money fast"), "a part of another");
        assertEquals(-1, copies.add("新しい 行業"), "fewer than three words");
        assertEquals(3, copies.add("新しい 行業"));
        assertFalse(NearCopies.shingles("").isEmpty());
    }
}
