package dev.lanewise.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.graph.Browser;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Opens a report in a real browser, where {@code -Dlanewise.chromium} says where there is one. */
@EnabledIfSystemProperty(named = "lanewise.chromium", matches = ".+")
class BrowserTest {

    private static final String GRAPH = "document.querySelector('iframe').contentDocument";

    @TempDir
    private Path directory = Path.of("");

    @Test
    void aReportShowsItsChartsAndDrawsItsGraph() throws Exception {
        Path page = directory.resolve("report.html");
        Reports.trained("Points within a ring").costs(Reports.costs()).write(page);
        try (Browser browser = new Browser(System.getProperty("lanewise.chromium"), page)) {
            browser.await(GRAPH + ".querySelector('#picture svg') !== null || " + GRAPH
                    + ".getElementById('source').open"); // drawn, or given up
            browser.screenshot(Path.of("target", "pictures", "report.png"));
            assertEquals("Points within a ring", browser.evaluate("document.title"));
            assertEquals("4", browser.evaluate("document.querySelectorAll('body svg').length"));
            assertEquals(
                    List.of("Loss", "Validation", "A step, forward and backward", "What the graph keeps"),
                    browser.lines("[...document.querySelectorAll('svg > title')].map(t => t.textContent)"));
            // Each curve was laid out with an extent of its own, and each bar too.
            assertEquals(
                    "true",
                    browser.evaluate("String([...document.querySelectorAll('polyline, .bar')]"
                            + ".every(e => e.getBoundingClientRect().width > 1))"));
            assertEquals("4", browser.evaluate("document.querySelectorAll('polyline').length"));
            assertEquals("3", browser.evaluate("document.querySelectorAll('#confusion tr').length"));
            List<String> texts =
                    browser.lines("[..." + GRAPH + ".querySelectorAll('#picture text')].map(t => t.textContent)");
            assertTrue(texts.contains("first.weight") && texts.contains("The graph of step 0"), texts::toString);
            assertEquals("0", browser.evaluate("performance.getEntriesByType('resource').length"));
            browser.evaluate("String(document.querySelector('#freezing').scrollIntoView())");
            browser.screenshot(Path.of("target", "pictures", "report-freezing.png"));
            browser.evaluate("String(document.querySelector('#graph').scrollIntoView())");
            browser.screenshot(Path.of("target", "pictures", "report-graph.png"));
        }
    }
}
