package dev.lanewise.demo.emails;

import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * One mail. A file of them is gzipped text in UTF-8, a line for each, with tabs between {@code training} or
 * {@code held-out}, {@code spam} or {@code ham}, where it comes from, the subject, and the body.
 *
 * @param heldOut whether it must not be trained on
 * @param spam what it is
 * @param source where it comes from
 * @param text the subject, and the body on the lines after it
 */
public record Email(boolean heldOut, boolean spam, String source, String text) {

    private static final String FILE = "emails.tsv.gz";
    private static final int FIELDS = 5;

    /** The sample that comes with the demo: see the README beside it. */
    public static List<Email> sample() {
        try (InputStream file = Email.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException(FILE + " is not on the class path beside " + Email.class.getName());
            }
            return read(file, FILE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads a file of mail.
     *
     * @throws IOException if it cannot be read
     * @throws IllegalArgumentException if it is not gzipped, ends too early, or a line is not as it should be, naming the
     *     file and the line
     */
    public static List<Email> read(Path path) throws IOException {
        try (InputStream file = Files.newInputStream(path)) {
            return read(file, path.toString());
        } catch (ZipException | EOFException e) {
            throw new IllegalArgumentException(path + " is not a whole gzipped file: " + e.getMessage(), e);
        }
    }

    private static List<Email> read(InputStream file, String name) throws IOException {
        List<Email> emails = new ArrayList<>();
        BufferedReader lines =
                new BufferedReader(new InputStreamReader(new GZIPInputStream(file), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String where = name + ", line " + (emails.size() + 1) + ": ";
            String[] fields = line.split("\t", -1);
            if (fields.length != FIELDS) {
                throw new IllegalArgumentException(where + fields.length + " fields, not " + FIELDS);
            }
            emails.add(new Email(
                    isSecond(where, fields[0], "training", "held-out"),
                    isSecond(where, fields[1], "ham", "spam"),
                    fields[2],
                    fields[3] + "\n" + fields[4]));
        }
        return List.copyOf(emails);
    }

    private static boolean isSecond(String where, String field, String first, String second) {
        if (!field.equals(first) && !field.equals(second)) {
            throw new IllegalArgumentException(where + "'" + field + "' is neither " + first + " nor " + second);
        }
        return field.equals(second);
    }

    /** The class of the mail: 1 for spam, 0 for ham. */
    public int label() {
        return spam ? 1 : 0;
    }
}
