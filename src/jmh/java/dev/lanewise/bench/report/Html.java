package dev.lanewise.bench.report;

/** What all of HTML needs. */
final class Html {

    private Html() {}

    /** Plain text as text, or as the value of an attribute. */
    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
