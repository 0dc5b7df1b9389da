package dev.lanewise.bench.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

class PageTest {

    private static final String TRIALS = """
        {"machine": "m", "cpu": "A processor", "jdk": "25", "baseline": "2026-11-27T11:24:20Z", "runs": [
          {"slowed": "", "seconds": 90, "load": 2.5, "named": [], "least": "exp", "leastChange": 0.98},
          {"slowed": "", "seconds": 90, "load": 2.5, "named": ["exp"], "least": "exp", "leastChange": 0.9},
          {"slowed": "gemm 64", "seconds": 90, "load": 2.5, "named": ["gemm 64"], "least": "exp", "leastChange": 0.98},
          {"slowed": "exp", "seconds": 90, "load": 2.5, "named": [], "least": "exp", "leastChange": 0.98},
          {"slowed": "sum", "seconds": 90, "load": 2.5, "named": ["sum", "exp"], "least": "exp", "leastChange": 0.9}]}\
        """;

    private static Run run() {
        Runs runs = new Runs().peak();
        for (int n : new int[] {64, 128, 256}) {
            runs.square("lanewise", n, n * n, n * n + 2)
                    .square("mkl", n, n * n - 9, n * n + 9)
                    .square("ejml", n, n * n * 12.0, n * n * 13.0)
                    .add(
                            "SquareBenchmark.multiply",
                            "engine=lanewise shape=" + n + "x" + n + "x" + n + " layout=NT",
                            n * n + 1,
                            n * n + 3);
        }
        return runs.run();
    }

    private static String html() {
        Report report = new Report(run());
        List<Section> sections = new ArrayList<>(report.sections());
        sections.add(GateTrials.section(TRIALS));
        return HtmlPage.of(report, sections);
    }

    @Test
    void needsNoScriptAndNoNetwork() {
        String html = html();
        assertTrue(html.contains("content=\"default-src 'none'; style-src 'unsafe-inline'\""));
        for (String reach : List.of("<script", "<link", "<img", "http:", "https:", "url(", "@import", "src=")) {
            assertFalse(html.contains(reach), reach);
        }
    }

    @Test
    void everyPictureIsWellFormed() throws Exception {
        Matcher figures =
                Pattern.compile("<figure>.*?</figure>", Pattern.DOTALL).matcher(html());
        int count = 0;
        while (figures.find()) {
            DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(figures.group().getBytes(StandardCharsets.UTF_8)));
            count++;
        }
        assertEquals(4, count, "part of the peak, native peers, Java peers, layouts");
    }

    @Test
    void chartsHaveALaneForEachComparison() {
        String html = html();
        assertTrue(html.contains("aria-label=\"n = 64, against MKL: 1.00 (1.00 to 1.00)\""), html);
        assertTrue(html.contains("n = 128, against EJML: 12.5 (12.0 to 13.0)"));
        assertTrue(html.contains("n = 256, against NT"));
    }

    @Test
    void whatComesFromOutsideIsEscaped() {
        String html = html();
        assertTrue(html.contains("A &lt;processor&gt;"));
        assertTrue(html.contains("left out: it did not load: &lt;why&gt;"));
    }

    @Test
    void markdownHasTheSameNumbers() {
        Report report = new Report(run());
        String page = MarkdownPage.of(report, report.sections());
        assertTrue(
                page.contains(
                        "| Square, n = 128 to 1024, against MKL: lowest | at least 0.90 | 1.00, n = 128 (2 of 8) | in"
                                + " part |"),
                page);
        assertTrue(
                page.contains(
                        "| n = 64 | 128 GFLOP/s | 128 % | 1.00 (1.00 to 1.00) | 12.5 (12.0 to 13.0) | 0 % | 20 |"),
                page);
        assertTrue(page.contains("| Flags of every fork | -Xms2g -XX:+UseG1GC |"), page);
    }

    @Test
    void pageOfTheEncoderNamesWhatItShows() {
        Run run = new Runs()
                .add("EncoderInferenceBenchmark.infer", "engine=lanewise shape=1x8", 4e6, 4e6)
                .add("EncoderInferenceBenchmark.infer", "engine=onnxruntime shape=1x8", 5e6, 6e6)
                .add("EncoderStepBenchmark.step", "engine=lanewise frozen=0", 4e7, 4e7)
                .add("EncoderStepBenchmark.step", "engine=libtorch frozen=0", 8e7, 8e7)
                .run("encoder");
        Report report = new Report(run);
        String page = MarkdownPage.of(report, report.sections());
        assertTrue(page.startsWith("# Lanewise encoder benchmark\n\nThe sentence encoder all-MiniLM-L6-v2, "), page);
        assertTrue(page.contains("| 1 x 8 tokens | 4.00 ms | 1.38 (1.25 to 1.50) | 0 % |"), page);
        assertTrue(page.contains("| step, nothing frozen | 40.0 ms | 2.00 | 0 % |"), page);
        assertFalse(page.contains("double precision"), page);
        String html = HtmlPage.of(report, report.sections());
        assertTrue(html.contains("step, nothing frozen, against libtorch: 2.00"), html);
        assertTrue(html.contains(".s-onnxruntime {"), html);
    }

    @Test
    void trialsAreCountedAsTheyWent() {
        String text = String.join("\n", GateTrials.section(TRIALS).text());
        assertTrue(
                text.contains(
                        "1 of 2 runs without a change passed. In 3 runs one kernel was slowed by a tenth, another one"
                                + " each time: 2 of them named it, and 1 named another."),
                text);
    }

    @Test
    void tablesKeepTheirShape() {
        Table table = Table.ofNumbers(List.of("a", "b", "c")).row(List.of("x|y", "", "1"));
        assertEquals("| a | c |\n|---|---:|\n| x\\|y | 1 |\n", table.compact().toMarkdown());
        assertThrows(IllegalArgumentException.class, () -> table.row(List.of("x")));
    }

    @Test
    void numbersHaveTheirThreeDigits() {
        assertEquals("0.007", Figures.ratio(0.0071));
        assertEquals("0.95", Figures.ratio(0.9512));
        assertEquals("12.3", Figures.ratio(12.34));
        assertEquals("123", Figures.ratio(123.4));
        assertEquals("", Figures.ratio(Double.NaN));
        assertEquals("999 ns", Figures.nanos(999));
        assertEquals("1.50 µs", Figures.nanos(1500));
        assertEquals("25.0 ms", Figures.nanos(25e6));
        assertEquals("1.22 s", Figures.nanos(1.216e9));
        assertEquals("4\u202f000\u202f061", Figures.bytes(4000061));
    }
}
