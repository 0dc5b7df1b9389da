package dev.lanewise.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.array.Shape;
import dev.lanewise.io.SafeTensors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as its command line sees it. */
class DemoEmailsTest {

    private record Run(int status, String out, String err) {}

    private static Run run(String... args) {
        PrintStream out = System.out;
        PrintStream err = System.err;
        ByteArrayOutputStream toOut = new ByteArrayOutputStream();
        ByteArrayOutputStream toErr = new ByteArrayOutputStream();
        try {
            System.setOut(new PrintStream(toOut, true, StandardCharsets.UTF_8));
            System.setErr(new PrintStream(toErr, true, StandardCharsets.UTF_8));
            int status = DemoEmails.run(args);
            return new Run(status, toOut.toString(StandardCharsets.UTF_8), toErr.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(out);
            System.setErr(err);
        }
    }

    private static Path mails(Path folder, String... lines) throws IOException {
        Path file = folder.resolve("mails.tsv.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(String.join("", lines).getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    @Test
    void helpSaysWhatThereIs() {
        Run run = run("--help");
        assertEquals(0, run.status());
        assertTrue(run.out().startsWith("usage: DemoEmails"));
        assertEquals("", run.err());
    }

    @Test
    void faultsAreOneSentence(@TempDir Path folder) throws IOException {
        Run wrong = run("--freeze", "9");
        assertEquals(2, wrong.status());
        assertEquals("--freeze takes whole numbers from 0 to 6, not '9'; --help lists the options\n", wrong.err());

        Path none = folder.resolve("none.gz");
        Run missing = run("--data", none.toString());
        assertEquals(1, missing.status());
        assertEquals("cannot read or write " + none + ": there is no such file or directory\n", missing.err());

        Path one = mails(folder, "training\tspam\t1\tBuy\tnow\n", "held-out\tham\t2\tHello\tyou\n");
        Run lopsided = run("--data", one.toString());
        assertEquals(2, lopsided.status());
        assertEquals(
                "of the 1 mails to train on, 1 are spam: both kinds are needed; --help lists the options\n",
                lopsided.err());
    }

    @Test
    void mailOfOnesOwnIsLearnedAndKept(@TempDir Path folder) throws IOException {
        String[] lines = new String[36];
        for (int i = 0; i < lines.length; i++) {
            lines[i] = (i < 12 ? "held-out" : "training")
                    + (i % 2 == 0
                            ? "\tspam\t" + i + "\tGet rich now\tMake money fast, free offer number " + i
                            : "\tham\t" + i + "\tThe meeting\tThe compiler crashes on file " + i + ", see the patch")
                    + "\n";
        }
        Path out = folder.resolve("out");
        Run run = run(
                "--data",
                mails(folder, lines).toString(),
                "--freeze",
                "5,6",
                "--tokens",
                "16",
                "--threads",
                "2",
                "--out",
                out.toString());
        assertEquals("", run.err());
        assertEquals(0, run.status());
        String page = Files.readString(out.resolve("report.html"));
        for (String part : List.of(
                "<h2>What freezing saves</h2>",
                "head only: right in ",
                "head and last layer: right in ",
                "id=\"graph\"")) {
            assertTrue(page.contains(part), part);
        }
        List<String> table = Files.readAllLines(out.resolve("results.csv"));
        assertEquals("frozen,accuracy,f1,majority,step_ms,graph_bytes,trained", table.getFirst());
        assertEquals(3, table.size());
        assertTrue(table.get(1).startsWith("6,1.000000,1.000000,0.500000,"), table.get(1));
        assertTrue(table.get(2).startsWith("5,1.000000,1.000000,0.500000,"), table.get(2));
        try (SafeTensors head = SafeTensors.open(out.resolve("frozen-6.safetensors"));
                SafeTensors layer = SafeTensors.open(out.resolve("frozen-5.safetensors"))) {
            assertEquals(List.of("head.linear.bias", "head.linear.weight"), head.names());
            assertEquals(Shape.of(384, 2), head.shape("head.linear.weight"));
            assertEquals(Shape.of(384, 1536), layer.shape("encoder.layer5.widen.weight"));
            assertEquals(16 + 2, layer.names().size());
        }
    }
}
