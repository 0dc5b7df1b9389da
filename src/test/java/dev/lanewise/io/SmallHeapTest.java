package dev.lanewise.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Shape;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files that ask for more memory than there is, and say so truly: read in a JVM of its own whose heap is small, with the
 * default limits.
 */
class SmallHeapTest {

    private static final int HEAP_MB = 64;

    /** Elements that do not fit into the heap. */
    private static final int BOMB = 20 << 20;

    /** Elements of an array that fits ten times; a little less than a power of two, as objects have headers. */
    private static final int PART = (1 << 20) - 1024;

    @TempDir
    Path directory;

    @Test
    void nothingRunsOutOfMemory() throws IOException, InterruptedException {
        List<String> expected = new ArrayList<>();
        expected.add(sparse() + " refused: this needs 83886080 bytes of heap");
        expected.add(npzBomb() + " refused: this needs 167772160 bytes of heap");
        expected.add(npzOfMany() + " refused: this needs 8380416 bytes of heap, with 46092288 for what came before");
        expected.add(idxBomb() + " refused: this needs 167772160 bytes of heap");
        expected.add(jarBomb()
                + " refused: a file that cannot be mapped is read as a whole, and 25165824 bytes are allowed");
        expected.add(longHeader("metadata", 1 << 22)
                + " refused: a header of 4194304 bytes is longer than the 2097152 allowed");
        // What is allowed has to fit.
        expected.add(longHeader("metadata", 1 << 21) + " read");
        expected.add(longHeader("tensors", 1 << 21) + " read");
        expected.add(longHeader("escapes", 1 << 21) + " read");
        expected.add(halfOfTheHeap() + " read");

        Path log = directory.resolve("log");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HEAP_MB + "m",
                "--add-modules",
                "jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                Reader.class.getName()));
        expected.forEach(line -> command.add(line.substring(0, line.indexOf(' '))));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        int exit = process.waitFor();
        List<String> lines = Files.readAllLines(log).stream()
                .filter(line -> line.contains(" refused: ") || line.endsWith(" read"))
                .toList();
        assertEquals(0, exit, () -> "lines: " + lines);
        for (int i = 0; i < expected.size(); i++) {
            String line = expected.get(i);
            assertEquals(
                    line,
                    lines.get(i)
                            .substring(0, Math.min(line.length(), lines.get(i).length())),
                    lines.get(i));
        }
    }

    /** Reads the files named, in the JVM with the small heap. */
    static final class Reader {

        private Reader() {}

        /** Prints a line for each file; does not catch what should not happen. */
        public static void main(String[] files) throws IOException {
            for (String file : files) {
                Path path = Path.of(file);
                try {
                    switch (file.substring(file.lastIndexOf('.'))) {
                        case ".safetensors" -> SafeTensors.readAll(path);
                        case ".npz" -> Npz.readAll(path);
                        case ".jar" -> {
                            try (FileSystem inside = FileSystems.newFileSystem(path)) {
                                Npy.read(inside.getPath("a.npy"));
                            }
                        }
                        default -> Idx.read(path);
                    }
                    System.out.println(file + " read");
                } catch (FormatException e) {
                    System.out.println(file + " refused: " + e.getMessage().replaceFirst(".*: byte \\d+: ", ""));
                }
            }
        }
    }

    private Path sparse() throws IOException {
        Path path = directory.resolve("sparse.safetensors");
        String header = "{\"a\":{\"dtype\":\"U8\",\"shape\":[" + BOMB + "],\"data_offsets\":[0," + BOMB + "]}}";
        Files.write(path, Bytes.little().longs(header.length()).text(header).toArray());
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(8L + header.length() + BOMB);
        }
        return path;
    }

    private static void writeNpy(OutputStream out, Shape shape) throws IOException {
        out.write(Npy.header(shape));
        byte[] zeros = new byte[1 << 16];
        for (long left = 4L * shape.size(); left > 0; left -= zeros.length) {
            out.write(zeros, 0, (int) Math.min(left, zeros.length));
        }
    }

    private Path npzBomb() throws IOException {
        return bomb("bomb.npz");
    }

    private Path jarBomb() throws IOException {
        return bomb("bomb.jar");
    }

    private Path bomb(String name) throws IOException {
        Path path = directory.resolve(name);
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(path))) {
            zip.setLevel(Deflater.BEST_SPEED);
            zip.putNextEntry(new ZipEntry("a.npy"));
            writeNpy(zip, Shape.of(BOMB));
        }
        return path;
    }

    private Path npzOfMany() throws IOException {
        Path path = directory.resolve("many.npz");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(path))) {
            zip.setLevel(Deflater.BEST_SPEED);
            for (int i = 0; i < 14; i++) {
                zip.putNextEntry(new ZipEntry(i + ".npy"));
                writeNpy(zip, Shape.of(PART));
            }
        }
        return path;
    }

    private Path idxBomb() throws IOException {
        Path path = directory.resolve("bomb.idx");
        try (OutputStream gzip = new GZIPOutputStream(Files.newOutputStream(path))) {
            gzip.write(Bytes.big().bytes(0, 0, 0x0D, 1).ints(BOMB).toArray());
            byte[] zeros = new byte[1 << 20];
            for (int i = 0; i < BOMB >> 18; i++) {
                gzip.write(zeros);
            }
        }
        return path;
    }

    /** As many of the shortest parts as go into a header of that length: they take most objects for a byte. */
    private Path longHeader(String of, int length) throws IOException {
        Path path = directory.resolve(of + length + ".safetensors");
        StringBuilder json = new StringBuilder("{\"__metadata__\":{\"\":\"");
        if (of.equals("escapes")) {
            json.append("\\u20ac".repeat((length - 100) / 6));
        }
        json.append(of.equals("tensors") ? "\"}" : "\"");
        for (int i = 0; json.length() < length - 100 && !of.equals("escapes"); i++) {
            json.append(",\"").append(Integer.toString(i, Character.MAX_RADIX)).append("\":");
            json.append(of.equals("metadata") ? "\"\"" : "{\"dtype\":\"I8\",\"shape\":[0],\"data_offsets\":[0,0]}");
        }
        json.append(of.equals("tensors") ? "}" : "}}");
        json.append(" ".repeat(length - json.length()));
        Files.write(
                path,
                Bytes.little()
                        .longs(length)
                        .raw(json.toString().getBytes(StandardCharsets.US_ASCII))
                        .toArray());
        return path;
    }

    private Path halfOfTheHeap() throws IOException {
        Path path = directory.resolve("half.safetensors");
        SafeTensors.write(path, Map.of("a", FloatArray.zeros(HEAP_MB << 17)));
        return path;
    }
}
