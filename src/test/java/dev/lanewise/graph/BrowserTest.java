package dev.lanewise.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.array.FloatArray;
import dev.lanewise.autodiff.AdjointArray;
import dev.lanewise.nn.Linear;
import dev.lanewise.nn.Relu;
import dev.lanewise.nn.Sequential;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Opens pages in a real browser. Runs only where {@code -Dlanewise.chromium=/usr/bin/chromium} says where there is one;
 * screenshots go to {@code target/pictures}.
 */
@EnabledIfSystemProperty(named = "lanewise.chromium", matches = ".+")
class BrowserTest {

    private static final String SVG = "document.querySelector('#picture svg')";

    @TempDir
    Path directory;

    private Browser open(String name, String html) throws Exception {
        Path page = directory.resolve(name + ".html");
        Files.writeString(page, html);
        return new Browser(System.getProperty("lanewise.chromium"), page);
    }

    private Browser draw(String name, GraphPicture picture) throws Exception {
        Browser browser = open(name, picture.html());
        try {
            browser.await(SVG + " !== null || document.getElementById('source').open"); // drawn, or given up
            assertEquals("null", problem(browser));
            browser.screenshot(Path.of("target", "pictures", name + ".png"));
            return browser;
        } catch (Exception | Error e) {
            browser.close();
            throw e;
        }
    }

    /** What the page says went wrong; "null" if nothing did. */
    private static String problem(Browser browser) throws Exception {
        return browser.evaluate("document.getElementById('source').open"
                + " ? document.getElementById('problem').textContent : 'null'");
    }

    private static int count(Browser browser, String selector) throws Exception {
        return Integer.parseInt(browser.evaluate(SVG + ".querySelectorAll('" + selector + "').length"));
    }

    /** The lines of text in the picture; Graphviz makes spaces at the ends of a line unbreakable. */
    private static List<String> texts(Browser browser) throws Exception {
        return browser.lines("[..." + SVG + ".querySelectorAll('text')].map(t => t.textContent)").stream()
                .map(text -> text.replace('\u00A0', ' '))
                .toList();
    }

    private static AdjointArray variable(String name, int... dims) {
        return AdjointArray.variable(FloatArray.ones(dims)).named(name);
    }

    private static Sequential net() {
        Random random = new Random(1);
        return Sequential.builder()
                .add(
                        "features",
                        Sequential.of(Linear.he(64, 32, random), new Relu(), Linear.he(32, 16, random), new Relu()))
                .add("classifier", Linear.he(16, 10, random))
                .build();
    }

    private static AdjointArray loss(Sequential net) {
        AdjointArray x = AdjointArray.constant(FloatArray.ones(128, 64)).named("batch");
        return net.forward(x).square().mean().named("loss");
    }

    @Test
    void theTwoLayerNet() throws Exception {
        AdjointArray x = AdjointArray.constant(FloatArray.ones(50, 40)).named("x");
        AdjointArray y = AdjointArray.constant(FloatArray.ones(50, 10)).named("y");
        AdjointArray loss = x.mm(variable("w1", 40, 100))
                .relu()
                .mm(variable("w2", 100, 10))
                .sub(y)
                .square()
                .sum()
                .named("loss");
        GraphPicture picture = GraphPicture.of(loss).title("Two-layer net");
        try (Browser browser = draw("two-layer-net", picture)) {
            String dot = picture.dot();
            assertEquals(dot.lines().filter(line -> line.contains("[label=")).count() + 1, count(browser, "g.node"));
            assertEquals(dot.lines().filter(line -> line.contains(" -> ")).count(), count(browser, "g.edge"));
            assertTrue(
                    texts(browser).containsAll(List.of("Two-layer net", "loss = sum", "w1", "40x100", "20,000 B")),
                    texts(browser)::toString);
            assertEquals("0", browser.evaluate("performance.getEntriesByType('resource').length"));
            assertEquals("Two-layer net", browser.evaluate("document.title"));
        }
    }

    @Test
    void layersOfANetThatTrainsAreClusters() throws Exception {
        try (Browser browser = draw("all-layers-train", GraphPicture.of(loss(net())))) {
            assertEquals(4, count(browser, "g.cluster"));
            assertTrue(texts(browser).containsAll(List.of("features", "features.0", "features.2", "classifier")));
        }
    }

    @Test
    void frozenAndVolatilePartsAreToldApart() throws Exception {
        Sequential net = net();
        net.freeze(name -> name.startsWith("features.2"));
        try (Browser browser = draw("middle-layer-frozen", GraphPicture.of(loss(net)))) {
            assertTrue(texts(browser)
                    .containsAll(List.of(
                            "frozen features.2.weight", "frozen (features.2.bias)", "frozen, or computed from (...)")));
        }
        net.freeze(name -> name.startsWith("features"));
        AdjointArray answer =
                net.forward(AdjointArray.volatileOf(FloatArray.ones(1, 64)).named("request"));
        try (Browser browser = draw("features-frozen", GraphPicture.of(loss(net), answer))) {
            assertEquals(1, count(browser, "g.cluster"));
            assertTrue(texts(browser).contains("frozen (features.0.weight)"), texts(browser)::toString);
            assertTrue(texts(browser).contains("volatile (request)"), texts(browser)::toString);
        }
    }

    @Test
    void hostileNamesAreShownAsTheyAre() throws Exception {
        List<String> names = List.of(
                "a\"]; evil [label=\"x",
                "\\N\\G\\",
                "<script>document.title='hit'</script>",
                "&lt;b&gt; &amp;",
                "-->]]>*/ 😀 Größe");
        AdjointArray sum = variable("tab\tand\nbell\u0007", 1);
        for (String name : names) {
            sum = sum.add(variable(name, 1));
        }
        String title = "</title></pre><script>document.title='hit'</script>";
        try (Browser browser = draw("hostile", GraphPicture.of(sum).title(title))) {
            List<String> texts = texts(browser);
            assertTrue(texts.containsAll(names), texts::toString);
            assertTrue(texts.contains("tab␉and␊bell␇"), texts::toString);
            assertTrue(texts.contains(title), texts::toString);
            assertEquals(5 + 6 + 1, count(browser, "g.node"), "nothing was drawn but what is in the graph");
            assertEquals(title, browser.evaluate("document.title"));
            assertEquals("2", browser.evaluate("document.scripts.length"));
        }
    }

    @Test
    void aThousandOperationsUpToTheDefaultLimit() throws Exception {
        AdjointArray x = variable("x", 4);
        for (int i = 0; i < 1000; i++) {
            x = x.mul(variable("layers." + i + ".scale", 4)).tanh();
        }
        try (Browser browser = draw("thousand-operations", GraphPicture.of(x))) {
            assertTrue(texts(browser).contains("2,701 more"), texts(browser)::toString);
        }
    }

    @Test
    void withoutGraphvizThePageShowsTheText() throws Exception {
        try (Browser browser =
                open("no-graphviz", GraphPicture.of(variable("x", 1)).html("/* nothing */"))) {
            browser.await("document.getElementById('source').open");
            assertTrue(problem(browser).startsWith("The picture could not be drawn: TypeError"), problem(browser));
            assertTrue(
                    browser.evaluate("document.getElementById('dot').innerText").startsWith("digraph lanewise {"));
        }
    }
}
