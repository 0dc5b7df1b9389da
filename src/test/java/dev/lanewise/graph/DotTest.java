package dev.lanewise.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.array.FloatArray;
import dev.lanewise.autodiff.AdjointArray;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DotTest {

    private static String quoted(String text) {
        return Dot.quoted(List.of(text));
    }

    @Test
    void linesAreJoinedByTheEscapeForAnEndOfLine() {
        assertEquals("\"w\\n2x3\"", Dot.quoted(List.of("w", "2x3")));
        assertEquals("\"\"", Dot.quoted(List.of("")));
    }

    @Test
    void nothingInANameIsSyntax() {
        assertEquals("\"a\\\"b\"", quoted("a\"b"));
        assertEquals("\"\\\\N\\\\l\\\\\"", quoted("\\N\\l\\"));
        assertEquals("\"&amp;lt; &amp;\"", quoted("&lt; &"));
        assertEquals("\"<b>]]>{};#//\"", quoted("<b>]]>{};#//"));
    }

    @Test
    void charactersThatXmlForbidsAreReplaced() {
        assertEquals("\"␀␉␊␍␛␡\"", quoted("\0\t\n\r\033\177"));
        assertEquals("\"\uFFFD\uFFFD\uFFFD\uFFFD\"", quoted("\uDC00\uFFFE\uFFFF\u0085"));
        assertEquals("\"Größe ∂ 😀\"", quoted("Größe ∂ 😀"));
    }

    @Test
    void longNamesAreCutBetweenCharacters() {
        assertEquals("\"" + "a".repeat(80) + "\"", quoted("a".repeat(80)));
        assertEquals("\"" + "a".repeat(79) + "…\"", quoted("a".repeat(81)));
        assertEquals("\"" + "😀".repeat(79) + "…\"", quoted("😀".repeat(100)));
    }

    @ParameterizedTest
    @CsvSource({"features.0.weight,features.0", "a.b,a", "a.b.c.d.e.f.g.h,a.b.c.d.e.f"})
    void aDottedNameGivesNestedClusters(String name, String innermost) {
        String dot = GraphPicture.of(AdjointArray.variable(FloatArray.ones(1)).named(name))
                .legend(false)
                .dot();
        assertTrue(dot.contains("label=\"" + innermost + "\";"), dot);
        long opened = dot.lines().filter(line -> line.contains("subgraph")).count();
        assertEquals(innermost.chars().filter(c -> c == '.').count() + 1, opened);
    }

    @ParameterizedTest
    @ValueSource(strings = {"weight", ".weight", "a..b", "...", ""})
    void otherNamesGiveNone(String name) {
        String dot = GraphPicture.of(AdjointArray.variable(FloatArray.ones(1)).named(name))
                .dot();
        assertFalse(dot.contains("subgraph"), dot);
    }
}
