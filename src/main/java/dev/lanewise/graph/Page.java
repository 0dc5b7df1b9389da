package dev.lanewise.graph;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** An HTML page with DOT text and the script that draws it. */
final class Page {

    private static final String ARTIFACT = "org.mvnpm.at.hpcc-js/wasm";
    private static final String TESTED_VERSION = "2.15.3";

    /** What would end a script element, or change how it is read, before its time. */
    private static final Pattern ENDS_SCRIPT = Pattern.compile("<(?=/script|script|!--)", Pattern.CASE_INSENSITIVE);

    private static final Pattern SOURCE_MAP = Pattern.compile("(?m)^//# sourceMappingURL=.*$");

    /** The policy keeps the page from reaching for anything, whatever the script would like to do. */
    private static final String TEMPLATE = """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline' 'wasm-unsafe-eval'; style-src 'unsafe-inline'">
        <title>@TITLE@</title>
        <style>
        body { font-family: Helvetica, Arial, sans-serif; margin: 1em; color: #222; }
        #picture { overflow: auto; }
        #picture.fit svg { max-width: 100%; height: auto; }
        #problem { color: #a00; white-space: pre-wrap; }
        details, footer { margin-top: 1em; font-size: 85%; color: #666; }
        </style>
        </head>
        <body>
        <label><input type="checkbox" id="fit" checked> fit to the width</label>
        <div id="picture" class="fit"></div>
        <p id="problem"><noscript>This page draws with JavaScript. The text below is what it would draw.</noscript></p>
        <details id="source"><summary>DOT</summary><pre id="dot">@DOT@</pre></details>
        <footer>Drawn by Graphviz (Eclipse Public License; source at graphviz.org) in @hpcc-js/wasm (Apache License 2.0).</footer>
        <script>@SCRIPT@</script>
        <script>
        const picture = document.getElementById("picture");
        const fit = document.getElementById("fit");
        fit.addEventListener("change", () => picture.classList.toggle("fit", fit.checked));
        (async () => {
          try {
            const graphviz = await globalThis["@hpcc-js/wasm"].Graphviz.load();
            const svg = graphviz.dot(document.getElementById("dot").textContent, "svg");
            const parsed = new DOMParser().parseFromString(svg, "image/svg+xml").documentElement;
            if (parsed.nodeName !== "svg") throw new Error(parsed.textContent);
            picture.append(document.importNode(parsed, true));
          } catch (error) {
            document.getElementById("problem").textContent = "The picture could not be drawn: " + error;
            document.getElementById("source").open = true;
          }
        })();
        </script>
        </body>
        </html>
        """;

    private Page() {}

    static String of(String title, String dot, String script) {
        String safeScript = ENDS_SCRIPT
                .matcher(SOURCE_MAP.matcher(script).replaceAll(""))
                .replaceAll("\\\\x3C"); // where these stand in a script, they stand in a string
        StringBuilder page = new StringBuilder(TEMPLATE.length() + dot.length() + safeScript.length());
        int from = 0;
        for (String[] part :
                new String[][] {{"@TITLE@", escaped(title)}, {"@DOT@", escaped(dot)}, {"@SCRIPT@", safeScript}}) {
            int at = TEMPLATE.indexOf(part[0]);
            page.append(TEMPLATE, from, at).append(part[1]);
            from = at + part[0].length();
        }
        return page.append(TEMPLATE, from, TEMPLATE.length()).toString();
    }

    /** Plain text as the text of an element. */
    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /**
     * The script that the Maven artifact of the npm package carries, from the first of the loaders that has it.
     *
     * @throws IllegalStateException if none has
     */
    static String scriptOnClassPath(@Nullable ClassLoader... loaders) {
        for (ClassLoader loader : loaders) {
            if (loader == null) {
                continue;
            }
            try (InputStream about = loader.getResourceAsStream("META-INF/maven/" + ARTIFACT + "/pom.properties")) {
                if (about == null) {
                    continue;
                }
                Properties properties = new Properties();
                properties.load(about);
                String version = properties.getProperty("version");
                String script = "META-INF/resources/_static/wasm/" + version + "/dist/graphviz.umd.js";
                try (InputStream in = loader.getResourceAsStream(script)) {
                    if (in != null) {
                        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException("html: Graphviz for browsers could not be read from the class path", e);
            }
        }
        throw new IllegalStateException("html: Graphviz for browsers is not on the class path; add "
                + ARTIFACT.replace('/', ':') + ":" + TESTED_VERSION
                + ", or give the script to html(String), or take the text of dot()");
    }
}
