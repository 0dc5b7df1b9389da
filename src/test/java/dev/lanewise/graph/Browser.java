package dev.lanewise.graph;

import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A headless Chromium with one page, asked through its DevTools protocol. Waiting happens by asking again: Chromium's
 * own {@code --dump-dom} does not wait for WebAssembly.
 */
public final class Browser implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path profile;
    private final Process process;
    private final HttpClient http = HttpClient.newHttpClient();
    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final WebSocket socket;
    private int sent;

    public Browser(String chromium, Path page) throws Exception {
        profile = Files.createTempDirectory("lanewise-browser");
        // No sandbox, since a continuous build runs as root, and nothing that would look for a network.
        process = new ProcessBuilder(
                        chromium,
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-quic",
                        "--no-first-run",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--disable-crash-reporter",
                        "--hide-scrollbars",
                        "--window-size=1400,1000",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        page.toUri().toString())
                .redirectErrorStream(true)
                .redirectOutput(profile.resolve("output.txt").toFile())
                .start();
        try {
            socket = connect();
        } catch (Exception | Error e) {
            end();
            throw e;
        }
    }

    private WebSocket connect() throws Exception {
        Path portFile = profile.resolve("DevToolsActivePort");
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        Pattern address = Pattern.compile("\"url\": \"file:[^}]*\"webSocketDebuggerUrl\": \"([^\"]+)\"");
        while (System.nanoTime() < deadline && process.isAlive()) {
            if (Files.exists(portFile) && Files.size(portFile) > 0) {
                String port = Files.readAllLines(portFile).getFirst();
                String pages = http.send(
                                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/list"))
                                        .build(),
                                HttpResponse.BodyHandlers.ofString())
                        .body();
                Matcher found = address.matcher(pages);
                if (found.find()) {
                    return http.newWebSocketBuilder()
                            .buildAsync(URI.create(found.group(1)), new Listener())
                            .get();
                }
            }
            Thread.sleep(50);
        }
        throw new IOException("Chromium did not open the page: " + Files.readString(profile.resolve("output.txt")));
    }

    private final class Listener implements WebSocket.Listener {
        private final StringBuilder text = new StringBuilder();

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
            text.append(part);
            if (last) {
                messages.add(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return null;
        }
    }

    private String call(String method, String parameters) throws Exception {
        int id = ++sent;
        socket.sendText("{\"id\":" + id + ",\"method\":\"" + method + "\",\"params\":" + parameters + "}", true)
                .get();
        while (true) {
            String answer = messages.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (answer == null) {
                throw new IOException("Chromium did not answer " + method);
            }
            if (answer.startsWith("{\"id\":" + id + ",")) {
                return answer;
            }
        }
    }

    /** The value of a JavaScript expression in the page, as a string. The expression may hold no double quotes. */
    public String evaluate(String expression) throws Exception {
        String answer = call(
                "Runtime.evaluate",
                "{\"returnByValue\":true,\"expression\":\"encodeURIComponent(" + expression + ")\"}");
        Matcher value = Pattern.compile("\"value\":\"([^\"]*)\"").matcher(answer);
        if (!value.find()) {
            throw new IOException(expression + " gave " + answer);
        }
        return URLDecoder.decode(value.group(1), StandardCharsets.UTF_8);
    }

    /** The lines that an expression for an array of strings gives. */
    public List<String> lines(String expression) throws Exception {
        String all = evaluate(expression + ".join('\\\\n')");
        return all.isEmpty() ? List.of() : List.of(all.split("\n", -1));
    }

    /** Asks until the expression is true; that it fails while the page is being loaded counts as false. */
    public void await(String expression) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            IOException failed = null;
            try {
                if (evaluate("String(" + expression + ")").equals("true")) {
                    return;
                }
            } catch (IOException e) {
                failed = e;
            }
            if (System.nanoTime() > deadline) {
                throw new IOException("never true: " + expression, failed);
            }
            Thread.sleep(50);
        }
    }

    /** Writes what the window shows to a PNG file. */
    public void screenshot(Path file) throws Exception {
        Matcher data = Pattern.compile("\"data\":\"([^\"]+)\"").matcher(call("Page.captureScreenshot", "{}"));
        if (!data.find()) {
            throw new IOException("Chromium gave no screenshot");
        }
        Files.createDirectories(file.getParent());
        Files.write(file, Base64.getDecoder().decode(data.group(1)));
    }

    @Override
    public void close() throws IOException {
        socket.abort();
        end();
    }

    /** Ends what was started here, and removes its files. */
    private void end() throws IOException {
        http.shutdownNow();
        List<ProcessHandle> started = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        started.forEach(ProcessHandle::destroy);
        started.forEach(one -> one.onExit().join());
        try (Stream<Path> files = Files.walk(profile)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
