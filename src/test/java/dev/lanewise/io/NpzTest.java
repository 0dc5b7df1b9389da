package dev.lanewise.io;

import static dev.lanewise.io.Refusals.LIMITS;
import static dev.lanewise.io.Refusals.NAME;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.array.FloatArray;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NpzTest {

    @TempDir
    Path directory;

    private static Npz open(byte[] file) throws IOException {
        return Npz.open(file, NAME, LIMITS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"types.npz", "types-deflated.npz"})
    void readsEveryTypeAndOrderThatNumPyHasWritten(String file) throws IOException {
        try (Npz opened = open(Samples.file(file))) {
            assertEquals(48, opened.names().size());
            for (String name : opened.names()) {
                assertEquals(Samples.array(name.charAt(0)), opened.read(name), name);
                assertTrue(opened.read(name).isContiguous());
            }
        }
    }

    @Test
    void readsEveryVersionThatNumPyHasWritten() throws IOException {
        try (Npz opened = open(Samples.file("versions.npz"))) {
            assertEquals(List.of("version1", "version2", "version3"), opened.names());
            for (String name : opened.names()) {
                assertEquals(Samples.array('f'), opened.read(name));
            }
        }
    }

    @Test
    void npyIsWrittenAsNumPyWritesIt() throws IOException {
        Path numPy = Files.write(directory.resolve("shapes.npz"), Samples.file("shapes.npz"));
        Path own = directory.resolve("own.npy");
        Map<String, FloatArray> arrays = Npz.readAll(numPy);
        assertEquals(11, arrays.size());
        try (ZipFile archive = new ZipFile(numPy.toFile())) {
            for (Map.Entry<String, FloatArray> array : arrays.entrySet()) {
                int size = array.getValue().size();
                assertEquals(
                        FloatArray.arange(-1, size - 1).reshape(size),
                        array.getValue().reshape(size));
                Npy.write(own, array.getValue());
                try (InputStream entry = archive.getInputStream(archive.getEntry(array.getKey() + ".npy"))) {
                    assertArrayEquals(entry.readAllBytes(), Files.readAllBytes(own), array.getKey());
                }
            }
        }
    }

    @Provide
    Arbitrary<Map<String, FloatArray>> arrays() {
        Arbitrary<String> names = Arbitraries.strings()
                .ofMaxLength(6)
                .filter(name -> name.codePoints().allMatch(c -> c < 0xD800 || c > 0xDFFF));
        return Arbitraries.maps(names, Samples.arrays()).ofMaxSize(5);
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void whatIsWrittenIsReadBackBitByBit(@ForAll("arrays") Map<String, FloatArray> arrays, @ForAll boolean compressed)
            throws IOException {
        Path path = Files.createTempFile("lanewise", ".npz");
        try {
            write(path, arrays, compressed);
            Map<String, FloatArray> read = Npz.readAll(path);
            assertEquals(arrays, read);
            arrays.forEach((name, array) -> assertEquals(Samples.bits(array), Samples.bits(read.get(name))));
        } finally {
            Files.delete(path);
        }
    }

    private static void write(Path path, Map<String, FloatArray> arrays, boolean compressed) throws IOException {
        if (compressed) {
            Npz.writeCompressed(path, arrays);
        } else {
            Npz.write(path, arrays);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whatIsWrittenIsAZipArchiveToOthersToo(boolean compressed) throws IOException {
        Path path = directory.resolve("a.npz");
        FloatArray array = FloatArray.zeros(100_000);
        write(path, Map.of("b", array, "a/\u00e9", array), compressed);
        try (ZipFile archive = new ZipFile(path.toFile())) {
            List<String> names = archive.stream().map(ZipEntry::getName).toList();
            assertEquals(List.of("a/\u00e9.npy", "b.npy"), names);
            for (String name : names) {
                ZipEntry entry = archive.getEntry(name);
                assertEquals(compressed ? ZipEntry.DEFLATED : ZipEntry.STORED, entry.getMethod());
                assertEquals(1980, entry.getTimeLocal().getYear());
                try (InputStream in = archive.getInputStream(entry)) {
                    assertEquals(array, Npy.read(in.readAllBytes(), name, LIMITS));
                }
            }
        }
        assertTrue(compressed ? Files.size(path) < 4_000 : Files.size(path) > 800_000);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void equalMapsMakeEqualFiles(boolean compressed) throws IOException {
        Map<String, FloatArray> one = new LinkedHashMap<>();
        Map<String, FloatArray> other = new LinkedHashMap<>();
        IntStream.range(0, 50).forEach(i -> one.put("t" + i, FloatArray.full(i, 3)));
        IntStream.range(0, 50).forEach(i -> other.put("t" + (49 - i), FloatArray.full(49 - i, 3)));
        Path path = directory.resolve("one");
        Path otherPath = directory.resolve("other");
        write(path, one, compressed);
        write(otherPath, other, compressed);
        assertArrayEquals(Files.readAllBytes(path), Files.readAllBytes(otherPath));
        write(otherPath, Map.of("t0", FloatArray.of(1)), compressed);
        assertNotEquals(Files.size(path), Files.size(otherPath));
    }

    @Test
    void longArraysGoThroughInChunks() throws IOException {
        // Longer than what is allocated for an array that only a header promises.
        FloatArray array = FloatArray.arange(1 << 19 | 1);
        Path path = directory.resolve("long");
        Npz.writeCompressed(path, Map.of("a", array));
        assertEquals(Map.of("a", array), Npz.readAll(path));
        Npz.write(path, Map.of("a", array));
        assertEquals(Map.of("a", array), Npz.readAll(path));
    }

    @Test
    void manyEntriesAreRead() throws IOException {
        Path path = directory.resolve("many");
        Map<String, FloatArray> arrays = new LinkedHashMap<>();
        // More than the older end record counts.
        for (int i = 0; i < 66_000; i++) {
            arrays.put("t" + i, FloatArray.scalar(i));
        }
        Npz.write(path, arrays);
        assertEquals(arrays, Npz.readAll(path));
    }

    @Test
    void namesThatAreNotThereAreTheCallersMistake() throws IOException {
        try (Npz file = open(Samples.file("types.npz"))) {
            IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> file.read("x"));
            assertEquals("read: no array \"x\" among the 48 of " + NAME, e.getMessage());
        }
    }

    @Test
    void aClosedFileSaysSo() throws IOException {
        Npz file = open(Samples.file("types.npz"));
        file.close();
        IllegalStateException e = assertThrows(IllegalStateException.class, () -> file.read("f4-little"));
        assertEquals("read: " + NAME + " is closed", e.getMessage());
    }

    @Test
    void whatCannotBeWrittenIsRefusedBeforeAnythingIsTouched() throws IOException {
        Path path = directory.resolve("kept");
        Npz.write(path, Map.of());
        byte[] before = Files.readAllBytes(path);
        int[] deep = new int[65];
        Arrays.fill(deep, 1);
        List<Map<String, FloatArray>> bad = List.of(
                Map.of("half \ud83d", FloatArray.of(1)),
                Map.of("x".repeat(0xF000 - 3), FloatArray.of(1)),
                Map.of("deep", FloatArray.ones(deep)));
        List<String> messages = List.of(
                "write: no entry of an archive can be named \"half \\ud83d\"",
                "write: no entry of an archive can be named \"" + "x".repeat(60) + "...\"",
                "write: " + "1x".repeat(64) + "1 has 65 dimensions, more than 64");
        for (int i = 0; i < bad.size(); i++) {
            Map<String, FloatArray> arrays = bad.get(i);
            IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> Npz.write(path, arrays));
            assertEquals(messages.get(i), e.getMessage());
        }
        assertArrayEquals(before, Files.readAllBytes(path));
        assertEquals(Map.of(), Npz.readAll(path));
        Npz.write(path, Map.of("x".repeat(0xF000 - 4), FloatArray.of(1)));
        assertEquals(1, Npz.readAll(path).size());
    }
}
