package dev.lanewise.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PageTest {

    @Test
    void theScriptOfTheArtifactIsFound() {
        String script = Page.scriptOnClassPath(null, PageTest.class.getClassLoader());
        assertTrue(script.contains("@hpcc-js/wasm"), "the global that the page looks for");
    }

    @Test
    void withoutTheArtifactTheErrorSaysWhatToAdd() {
        String message = String.valueOf(assertThrows(
                        IllegalStateException.class, () -> Page.scriptOnClassPath(ClassLoader.getPlatformClassLoader()))
                .getMessage());
        String tested = message.replaceAll(".*; add org.mvnpm.at.hpcc-js:wasm:([0-9.]+), .*", "$1");
        String script = "META-INF/resources/_static/wasm/" + tested + "/dist/graphviz.umd.js";
        assertTrue(
                PageTest.class.getClassLoader().getResource(script) != null,
                "the version that the message recommends is the one tested here: " + tested);
    }

    @Test
    void textStaysText() {
        String page = Page.of("</title><b>&", "digraph { a -> b [label=\"</pre><script>\"] }", "run()");
        assertTrue(page.contains("<title>&lt;/title&gt;&lt;b&gt;&amp;</title>"), page);
        assertTrue(page.contains("<pre id=\"dot\">digraph { a -&gt; b [label=\"&lt;/pre&gt;&lt;script&gt;\"] }</pre>"));
        assertEquals(2, count(page, "<script>"));
        assertEquals(2, count(page, "</script>"));
    }

    @Test
    void placeholdersInWhatIsFilledInStay() {
        String page = Page.of("@SCRIPT@", "@TITLE@", "'@DOT@'");
        assertTrue(page.contains("<title>@SCRIPT@</title>"));
        assertTrue(page.contains("<pre id=\"dot\">@TITLE@</pre>"));
        assertTrue(page.contains("<script>'@DOT@'</script>"));
    }

    @Test
    void theScriptCannotEndItsElementAndAsksForNoSourceMap() {
        String page = Page.of("t", "d", "f('</SCRIPT><!-- <script');\n//# sourceMappingURL=x.js.map\n");
        assertTrue(page.contains("<script>f('\\x3C/SCRIPT>\\x3C!-- \\x3Cscript');\n\n</script>"), page);
        assertFalse(page.contains("sourceMappingURL"));
    }

    @Test
    void thePageReachesForNothing() {
        String page = Page.of("t", "d", "run()");
        assertTrue(page.contains("content=\"default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval';"));
        assertEquals(0, count(page, "src=\"") + count(page, "href="));
    }

    private static int count(String text, String part) {
        return text.split(java.util.regex.Pattern.quote(part), -1).length - 1;
    }
}
