package dev.lanewise.bench.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** A table, for HTML and for Markdown. Its first column is text; the others are numbers, or all text. */
final class Table {

    private final List<String> header;
    private final boolean text;
    private final List<List<String>> rows = new ArrayList<>();

    private Table(List<String> header, boolean text) {
        this.header = List.copyOf(header);
        this.text = text;
    }

    static Table ofNumbers(List<String> header) {
        return new Table(header, false);
    }

    static Table ofText(List<String> header) {
        return new Table(header, true);
    }

    Table row(List<String> cells) {
        if (cells.size() != header.size()) {
            throw new IllegalArgumentException(cells + " does not fit under " + header);
        }
        rows.add(List.copyOf(cells));
        return this;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    /** Without the columns that are empty in every row. */
    Table compact() {
        List<Integer> kept = new ArrayList<>();
        for (int column = 0; column < header.size(); column++) {
            int each = column;
            if (rows.stream().anyMatch(row -> !row.get(each).isEmpty())) {
                kept.add(column);
            }
        }
        Table compact = new Table(kept.stream().map(header::get).toList(), text);
        rows.forEach(row -> compact.row(kept.stream().map(row::get).toList()));
        return compact;
    }

    String toMarkdown() {
        StringBuilder page = new StringBuilder();
        page.append(markdownRow(header)).append("|---");
        page.append((text ? "|---" : "|---:").repeat(header.size() - 1)).append("|\n");
        rows.forEach(row -> page.append(markdownRow(row)));
        return page.toString();
    }

    private static String markdownRow(List<String> cells) {
        return cells.stream().map(cell -> cell.replace("|", "\\|")).collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    String toHtml() {
        StringBuilder html = new StringBuilder("<div class=\"wide\"><table" + (text ? " class=\"text\"" : "") + ">\n");
        html.append("<thead><tr>");
        header.forEach(cell ->
                html.append("<th scope=\"col\">").append(Html.escaped(cell)).append("</th>"));
        html.append("</tr></thead>\n<tbody>\n");
        for (List<String> row : rows) {
            html.append("<tr><th scope=\"row\">")
                    .append(Html.escaped(row.getFirst()))
                    .append("</th>");
            row.subList(1, row.size())
                    .forEach(cell -> html.append("<td>").append(cell(cell)).append("</td>"));
            html.append("</tr>\n");
        }
        return html.append("</tbody></table></div>\n").toString();
    }

    private static String cell(String cell) {
        return switch (cell) {
            case "met" -> "<b class=\"met\">✓ met</b>";
            case "missed" -> "<b class=\"missed\">✗ missed</b>";
            default -> Html.escaped(cell);
        };
    }
}
