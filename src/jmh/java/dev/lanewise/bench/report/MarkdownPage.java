package dev.lanewise.bench.report;

import java.util.List;

/** The report as Markdown: its tables. */
final class MarkdownPage {

    private MarkdownPage() {}

    static String of(Report report, List<Section> sections) {
        StringBuilder page = new StringBuilder("# " + report.title() + "\n\n" + report.lead() + "\n");
        for (Section section : sections) {
            page.append("\n## ").append(section.title()).append('\n');
            section.text().forEach(each -> page.append('\n').append(each).append('\n'));
            section.tables().forEach(each -> page.append('\n').append(each.toMarkdown()));
        }
        return page.toString();
    }
}
