package dev.lanewise.bench.report;

import java.util.List;

/** The report as one HTML file, which needs no script and no network. */
final class HtmlPage {

    private static final String STYLE = """
        :root { color-scheme: light dark; --ink: #1b1f24; --quiet: #5b6570; --paper: #fff; --line: #d8dde3; --band: #f4f6f8;
          --good: #0a7a4b; --bad: #b3261e; --mkl: #0068b5; --openblas: #b86e00; --libtorch: #c8431d; --ejml: #00795a;
          --ojalgo: #a2457f; --netlib: #2f7fb0; --scalar: #6b7280;
          --onnxruntime: #6846b8; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e6e9ee; --quiet: #9aa5b1; --paper: #14171b; --line: #343b44;
          --band: #1d2228; --good: #4cc38a; --bad: #ff8a80; --mkl: #5cb0f2; --openblas: #e9a63a; --libtorch: #ff8a65;
          --ejml: #3ecf9f; --ojalgo: #e08cc0; --netlib: #7cc4ee; --scalar: #a3acb8;
          --onnxruntime: #b7a1f0; } }
        * { box-sizing: border-box; }
        body { margin: 0 auto; padding: 1.5rem 1rem 4rem; max-width: 62rem; background: var(--paper); color: var(--ink);
          font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif; }
        h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .5rem; }
        h2 { font-size: 1.25rem; margin: 2.6rem 0 .3rem; }
        p { max-width: 46rem; margin: .4rem 0 .8rem; }
        .lead { color: var(--quiet); }
        nav { font-size: .875rem; margin: 1rem 0; }
        nav a { display: inline-block; margin: 0 .9rem .2rem 0; }
        a { color: var(--mkl); text-underline-offset: .15em; }
        .wide { overflow-x: auto; margin: .8rem 0; }
        table { border-collapse: collapse; font-size: .85rem; font-variant-numeric: tabular-nums; min-width: 100%; }
        td, thead th { white-space: nowrap; }
        th, td { padding: .3rem .6rem; border-bottom: 1px solid var(--line); text-align: right; vertical-align: baseline; }
        th:first-child { text-align: left; font-weight: 500; padding-left: 0; }
        .text td, .text thead th { text-align: left; white-space: normal; }
        th[scope=row] { min-width: 10rem; }
        thead th { color: var(--quiet); font-weight: 500; border-bottom-color: var(--quiet); }
        .met { color: var(--good); white-space: nowrap; }
        .missed { color: var(--bad); white-space: nowrap; }
        figure { margin: 1.2rem 0; font-size: .8rem; }
        figcaption { margin-bottom: .4rem; }
        figcaption b { margin-right: 1.5rem; font-size: .875rem; }
        .key { display: inline-block; margin-right: 1rem; }
        .key svg { vertical-align: -1px; }
        .row { display: grid; grid-template-columns: 11rem 1fr; column-gap: .75rem; align-items: center; }
        .row + .row { border-top: 1px solid var(--line); }
        .ends { color: var(--quiet); grid-template-columns: 11rem 1fr 1fr; }
        .ends .more { text-align: right; padding-right: 3.2rem; }
        .lane { display: grid; grid-template-columns: 1fr 3rem; align-items: center; line-height: 0; }
        .value { text-align: right; font-variant-numeric: tabular-nums; line-height: 1; }
        svg { display: block; overflow: visible; }
        .key svg { display: inline; }
        svg text { fill: var(--quiet); font-size: 12px; }
        .grid { stroke: var(--line); stroke-width: 1; }
        .one { stroke: var(--ink); stroke-width: 1.5; }
        .bar { fill: var(--c); opacity: .35; }
        .whisker { stroke: var(--c); stroke-width: 1.5; }
        .line { fill: none; stroke: var(--c); stroke-width: 2; vector-effect: non-scaling-stroke; }
        .mark { fill: var(--c); }
        .s-lanewise { --c: var(--ink); } .s-mkl, .s-NT { --c: var(--mkl); } .s-openblas, .s-TN { --c: var(--openblas); }
        .s-libtorch, .s-TT { --c: var(--libtorch); } .s-ejml { --c: var(--ejml); } .s-ojalgo { --c: var(--ojalgo); }
        .s-netlib { --c: var(--netlib); } .s-scalar { --c: var(--scalar); }
        .s-onnxruntime { --c: var(--onnxruntime); }
        details > summary { cursor: pointer; color: var(--quiet); font-size: .875rem; }
        @media (max-width: 40rem) {
          .row { grid-template-columns: 1fr; } .label { padding-top: .3rem; font-weight: 500; }
          .ends { grid-template-columns: 1fr 1fr; } .ends span:first-child { display: none; }
          .scale span:first-child { display: none; }
        }
        @media print {
          :root { color-scheme: light; }
          body { max-width: none; font-size: 11px; padding: 0; } nav { display: none; }
          figure, tr { break-inside: avoid; } h2 { break-after: avoid; } .wide { overflow: visible; }
          * { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
        }
        """;

    private HtmlPage() {}

    static String of(Report report, List<Section> sections) {
        StringBuilder page = new StringBuilder("""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            """);
        page.append("<title>")
                .append(Html.escaped(report.title()))
                .append("</title>\n<style>\n")
                .append(STYLE);
        page.append("</style>\n</head>\n<body>\n<h1>")
                .append(Html.escaped(report.title()))
                .append("</h1>\n<p class=\"lead\">");
        page.append(Html.escaped(report.lead())).append("</p>\n<nav>");
        for (Section each : sections) {
            page.append("<a href=\"#")
                    .append(each.anchor())
                    .append("\">")
                    .append(Html.escaped(each.title()))
                    .append("</a> ");
        }
        page.append("</nav>\n");
        sections.forEach(each -> page.append(section(each)));
        return page.append("</body>\n</html>\n").toString();
    }

    private static String section(Section section) {
        StringBuilder text =
                new StringBuilder("<section id=\"").append(section.anchor()).append("\">\n<h2>");
        text.append(Html.escaped(section.title())).append("</h2>\n");
        section.text()
                .forEach(each -> text.append("<p>").append(Html.escaped(each)).append("</p>\n"));
        section.charts().forEach(text::append);
        for (Table each : section.tables()) {
            if (section.charts().isEmpty()) {
                text.append(each.toHtml());
            } else {
                text.append("<details><summary>The numbers</summary>\n")
                        .append(each.toHtml())
                        .append("</details>\n");
            }
        }
        return text.append("</section>\n").toString();
    }
}
