package dev.lanewise.bench.report;

import java.util.List;

/**
 * A part of the page.
 *
 * @param text paragraphs
 * @param charts HTML; the tables have all of their numbers
 */
record Section(String title, List<String> text, List<String> charts, List<Table> tables) {

    /** Its place in the page. */
    String anchor() {
        return title.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z]+", "-");
    }
}
