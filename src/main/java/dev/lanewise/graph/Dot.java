package dev.lanewise.graph;

import dev.lanewise.graph.Sketch.Box;
import dev.lanewise.graph.Sketch.Line;
import dev.lanewise.graph.Sketch.Tie;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes a sketch in the DOT language of Graphviz. */
final class Dot {

    private static final int MAX_LABEL_LINE = 80;
    private static final String KEPT_COLOR = "darkorange";
    private static final String PRUNED_COLOR = "grey40";

    private static final String HEAD = """
        digraph lanewise {
          graph [fontname="Helvetica", fontsize=13, nodesep=0.3, ranksep=0.35];
          node [shape=box, style=filled, fillcolor=lightgrey, fontname="Helvetica", fontsize=10, height=0.3, margin="0.1,0.05"];
          edge [arrowsize=0.6, fontname="Helvetica", fontsize=8];
        """;

    private final StringBuilder out = new StringBuilder(HEAD);
    private final Map<Scopes.Scope, List<Box>> boxes = new HashMap<>();
    private int clusters;

    private Dot() {}

    static String of(Sketch sketch, String title, boolean legend) {
        return new Dot().write(sketch, title, legend);
    }

    private String write(Sketch sketch, String title, boolean legend) {
        if (!title.isEmpty()) {
            out.append("  label=").append(quoted(List.of(title))).append("; labelloc=t;\n");
        }
        for (Box box : sketch.boxes()) {
            boxes.computeIfAbsent(box.scope(), s -> new ArrayList<>()).add(box);
        }
        writeScope(sketch.top(), "  ");
        for (Line line : sketch.lines()) {
            writeLine(line);
        }
        if (legend) {
            writeLegend(sketch);
        }
        return out.append("}\n").toString();
    }

    /** Recursive: as deep as clusters nest, which {@link Scopes} bounds. */
    private void writeScope(Scopes.Scope scope, String indent) {
        for (Box box : boxes.getOrDefault(scope, List.of())) {
            writeBox(box, indent);
        }
        for (Scopes.Scope inner : scope.inner()) {
            out.append(indent).append("subgraph cluster_").append(clusters++).append(" {\n");
            String deeper = indent + "  ";
            out.append(deeper).append("label=").append(quoted(List.of(inner.path())));
            out.append("; style=rounded; color=grey; fontcolor=dimgrey; fontsize=10;\n");
            writeScope(inner, deeper);
            out.append(indent).append("}\n");
        }
    }

    private void writeBox(Box box, String indent) {
        out.append(indent).append(box.id()).append(" [label=").append(quoted(box.lines()));
        if (box.kind() != Kind.OPERATION) {
            out.append(", fillcolor=").append(box.kind().fill);
        }
        if (box.kind().dashed) {
            out.append(", style=\"filled,dashed\"");
        }
        if (box.root()) {
            out.append(", penwidth=2");
        }
        out.append("];\n");
    }

    private void writeLine(Line line) {
        out.append("  ").append(line.from()).append(" -> ").append(line.to());
        String style = switch (line.tie()) {
            case OPERAND -> line.note() == null ? "" : "label=" + quoted(List.of(line.note()));
            case PRUNED -> "style=dotted, color=" + PRUNED_COLOR;
            case KEPT -> "style=dashed, color=" + KEPT_COLOR + ", arrowhead=none";
        };
        if (!style.isEmpty()) {
            out.append(" [").append(style).append(']');
        }
        out.append(";\n");
    }

    /** A table of what the totals are and of the kinds that occur. It holds nothing that a user named. */
    private void writeLegend(Sketch sketch) {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        sketch.boxes().forEach(box -> kinds.add(box.kind()));
        out.append("  legend [shape=plaintext, style=solid, label=<\n");
        out.append("    <table border=\"0\" cellborder=\"0\" cellspacing=\"2\">\n");
        for (String total : sketch.totals()) {
            out.append("      <tr><td colspan=\"2\" align=\"left\">")
                    .append(total)
                    .append("</td></tr>\n");
        }
        for (Kind kind : kinds) {
            out.append("      <tr><td border=\"1\" width=\"28\" bgcolor=\"").append(kind.fill);
            out.append(kind.dashed ? "\" style=\"dashed\"></td>" : "\"></td>");
            out.append("<td align=\"left\">").append(kind.legend).append("</td></tr>\n");
        }
        Set<Tie> ties = EnumSet.noneOf(Tie.class);
        sketch.lines().forEach(line -> ties.add(line.tie()));
        for (Tie tie : ties) {
            String sample = switch (tie) {
                case OPERAND -> "--&gt;";
                case PRUNED -> "<font color=\"" + PRUNED_COLOR + "\">...&gt;</font>";
                case KEPT -> "<font color=\"" + KEPT_COLOR + "\">- - -</font>";
            };
            out.append("      <tr><td>").append(sample).append("</td><td align=\"left\">");
            out.append(tie.legend).append("</td></tr>\n");
        }
        out.append("    </table>>];\n");
    }

    /**
     * The lines of a label as a quoted string that shows exactly them. Graphviz reads three syntaxes in it: quotes,
     * backslashes that begin escapes, and ampersands that begin HTML entities. Characters that XML forbids would break
     * the SVG, so they become pictures of themselves or the replacement character.
     */
    static String quoted(List<String> lines) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < lines.size(); i++) {
            if (i > 0) {
                quoted.append("\\n");
            }
            shortened(lines.get(i)).codePoints().forEach(c -> appendQuoted(quoted, c));
        }
        return quoted.append('"').toString();
    }

    private static void appendQuoted(StringBuilder quoted, int c) {
        switch (c) {
            case '"' -> quoted.append("\\\"");
            case '\\' -> quoted.append("\\\\");
            case '&' -> quoted.append("&amp;");
            case 0x7F -> quoted.append('\u2421');
            default -> {
                if (c < 0x20) {
                    quoted.append((char) (0x2400 + c)); // the pictures of control characters
                } else if (c >= 0x80 && c < 0xA0 || c >= 0xD800 && c < 0xE000 || (c & 0xFFFE) == 0xFFFE) {
                    quoted.append('\uFFFD');
                } else {
                    quoted.appendCodePoint(c);
                }
            }
        }
    }

    private static String shortened(String line) {
        if (line.codePointCount(0, line.length()) <= MAX_LABEL_LINE) {
            return line;
        }
        return line.substring(0, line.offsetByCodePoints(0, MAX_LABEL_LINE - 1)) + "…";
    }
}
