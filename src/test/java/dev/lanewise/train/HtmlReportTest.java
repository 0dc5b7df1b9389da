package dev.lanewise.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.nn.ParameterCount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HtmlReportTest {

    @TempDir
    private Path directory = Path.of("");

    private static int count(String text, String part) {
        return text.split(part, -1).length - 1;
    }

    @Test
    void hasCurvesNumbersAndTheGraph() {
        String html = Reports.trained("Points").costs(Reports.costs()).html();
        assertEquals(4, count(html, "<svg xmlns")); // losses, scores, times and bytes
        assertEquals(4 * 6, count(html, "<circle ")); // four curves of six epochs
        assertEquals(6, count(html, "class=\"bar\"")); // two charts of three depths
        assertEquals(1, count(html, "<section id=\"confusion\">"));
        assertEquals(1, count(html, "<iframe title=\"graph\" srcdoc=\"&lt;!DOCTYPE html&gt;"));
        assertTrue(html.contains("The graph of step 0"));
    }

    @Test
    void everyNumberStandsInItsColumn() {
        ConfusionMatrix matrix = new ConfusionMatrix(2);
        matrix.add(new int[] {0, 0, 0, 1, 1}, new int[] {0, 0, 0, 0, 1});
        HtmlReport report = new HtmlReport("One epoch");
        report.epoch(new Epoch(0, 3, 0.1, 1234, 0.5, new Score(5, 0.25, matrix), 1.5));
        String html = report.costs(List.of(new FreezeCost("head", new ParameterCount(1000, 7), 3, 2048, 1.5)))
                .html()
                .replaceAll(" style=\"[^\"]*\"", "");
        assertContains(
                html,
                "<tr><td>1</td><td>3</td><td>0.1</td><td>1,234</td><td>0.5</td><td>0.25</td>"
                        + "<td>0.8</td><td>0.6667</td><td>1.5</td></tr>");
        // One of the two with label 1 was taken for 0.
        assertContains(html, "<tr><th>0</th><td>3</td><td>0</td><td>1.000</td></tr>");
        assertContains(html, "<tr><th>1</th><td>1</td><td>1</td><td>0.500</td></tr>");
        assertContains(html, "<tr><td>head</td><td>1,000</td><td>7</td><td>3</td><td>2,048</td><td>1.5</td></tr>");
    }

    @Test
    void matricesOfOthersStandBesideTheLastEpochs() {
        ConfusionMatrix theirs = new ConfusionMatrix(2);
        theirs.add(new int[] {0, 0, 1}, new int[] {1, 1, 1});
        HtmlReport report = Reports.trained("Points").confusion("A <rule>", theirs);
        String html = report.html().replaceAll(" style=\"[^\"]*\"", "");
        assertEquals(1, count(html, "<section id=\"confusion\">"));
        assertContains(html, "<h3>A &lt;rule&gt;</h3>");
        assertContains(html, "<tr><th>0</th><td>0</td><td>2</td><td>0.000</td></tr>");
        assertContains(html, "<h3>After the last epoch</h3>");
        String alone = new HtmlReport("No epochs").confusion("A", theirs).html();
        assertContains(alone, "<h3>A</h3>");
        assertFalse(alone.contains("After the last epoch"));
    }

    private static void assertContains(String text, String part) {
        assertTrue(text.contains(part), () -> part + " is not in " + text);
    }

    @Test
    void reachesForNothing() {
        String html = Reports.trained("Points").costs(Reports.costs()).html();
        String withoutPicture = html.replaceAll("srcdoc=\"[^\"]*\"", "");
        for (String reaching : List.of("<link", " src=", " href=", "url(", "<script")) {
            assertFalse(withoutPicture.contains(reaching), reaching);
        }
        assertTrue(html.contains("default-src 'none'"));
    }

    @Test
    void namesAreText() {
        String html = Reports.trained("</title><script>alert(1)</script>").html();
        assertEquals(2, count(html, "&lt;/title&gt;&lt;script&gt;alert\\(1\\)"));
        assertFalse(html.contains("<script>alert"));
    }

    @Test
    void hasOnlyWhatIsKnown() throws IOException {
        Path file = directory.resolve("empty.html");
        new HtmlReport("Nothing yet").write(file);
        String html = Files.readString(file);
        assertTrue(html.contains("<h1>Nothing yet</h1>"));
        assertFalse(html.contains("<section"));

        HtmlReport unvalidated = new HtmlReport("Not validated");
        unvalidated.epoch(new Epoch(0, 3, 0.1, 5, 0.5, null, 1));
        assertEquals(1, count(unvalidated.html(), "<svg xmlns"));
        assertFalse(unvalidated.html().contains("<section id=\"confusion\">"));
    }
}
