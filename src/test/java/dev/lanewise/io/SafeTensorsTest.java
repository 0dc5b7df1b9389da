package dev.lanewise.io;

import static dev.lanewise.io.Refusals.LIMITS;
import static dev.lanewise.io.Refusals.NAME;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Shape;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterProperty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SafeTensorsTest {

    @TempDir
    Path directory;

    /** A file of a header and data, with nothing between. */
    private static byte[] file(String header, int... data) {
        return Bytes.little()
                .longs(Bytes.little().text(header).size())
                .text(header)
                .bytes(data)
                .toArray();
    }

    private static SafeTensors open(byte[] file) throws IOException {
        return SafeTensors.open(file, NAME, LIMITS);
    }

    @Test
    void readsBytesWrittenOutByHand() throws IOException {
        String header = "{\"b\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[2,10]}, \"__metadata__\" : {"
                + " \"k\" : \"v\" } ,\t\"a\":{\"shape\":[ ],\"data_offsets\":[0 ,2],\"dtype\":\"BF16\"}}\n"
                + " ";
        byte[] file = file(header, 0xC0, 0x3F, 0, 0, 0x80, 0x3E, 0, 0, 0, 0x80);
        try (SafeTensors opened = open(file)) {
            assertEquals(List.of("a", "b"), opened.names());
            assertEquals(Map.of("k", "v"), opened.metadata());
            assertEquals(FloatArray.scalar(1.5f), opened.read("a"));
            assertEquals(FloatArray.of(new float[] {0.25f, -0f}, 2, 1), opened.read("b"));
            assertEquals(Shape.of(2, 1), opened.shape("b"));
            assertEquals("BF16", opened.dtype("a"));
        }
    }

    @Test
    void writesTheBytesOfTheFormat() throws IOException {
        Path path = directory.resolve("a.safetensors");
        SafeTensors.write(
                path,
                Map.of("b", FloatArray.of(1, -2), "a\"\\\n\u00e9", FloatArray.zeros(0, 3)),
                Map.of("y", "1", "x", "\u0001"));
        String json = "{\"__metadata__\":{\"x\":\"\\u0001\",\"y\":\"1\"},"
                + "\"a\\\"\\\\\\u000a\u00e9\":{\"dtype\":\"F32\",\"shape\":[0,3],\"data_offsets\":[0,0]},"
                + "\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}";
        int length = Bytes.little().text(json).size();
        int padded = (8 + length + 63) / 64 * 64 - 8;
        byte[] expected = Bytes.little()
                .longs(padded)
                .text(json)
                .text(" ".repeat(padded - length))
                .floats(1, -2)
                .toArray();
        assertArrayEquals(expected, Files.readAllBytes(path));
        assertEquals(0, (expected.length - 8) % 64);
    }

    @Test
    void readsWhatTheReferenceImplementationHasWritten() throws IOException {
        try (SafeTensors file = open(Samples.file("reference.safetensors"))) {
            assertEquals(Map.of("format", "pt", "quoted \"\\\n", "\u00e9\ud83d\ude00"), file.metadata());
            assertEquals(16, file.names().size());
            for (ElementType type : ElementType.values()) {
                String name = "layer." + type;
                char kind = switch (type) {
                    case BOOL -> 'b';
                    case I8, I16, I32, I64 -> 'i';
                    case U8, U16, U32, U64 -> 'u';
                    case F16, BF16, F32, F64 -> 'f';
                };
                assertEquals(type.name(), file.dtype(name));
                assertEquals(Samples.array(kind), file.read(name), name);
            }
            assertEquals(FloatArray.zeros(0, 3), file.read("none"));
            assertEquals(FloatArray.scalar(1.5f), file.read("one"));
            assertEquals(FloatArray.of(-0f), file.read("quoted \"\\ \u00e9\ud83d\ude00"));
        }
    }

    @Provide
    Arbitrary<Map<String, FloatArray>> tensors() {
        Arbitrary<String> names = Arbitraries.strings()
                .ofMaxLength(6)
                .filter(name -> name.codePoints().allMatch(c -> c < 0xD800 || c > 0xDFFF));
        return Arbitraries.maps(names, Samples.arrays()).ofMaxSize(5);
    }

    private final List<Path> written = new ArrayList<>();

    @AfterProperty
    void deleteWritten() throws IOException {
        for (Path path : written) {
            Files.deleteIfExists(path);
        }
    }

    @Property(tries = 100, edgeCases = EdgeCasesMode.NONE)
    void whatIsWrittenIsReadBackBitByBit(@ForAll("tensors") Map<String, FloatArray> tensors) throws IOException {
        Path path = Files.createTempFile("lanewise", ".safetensors");
        written.add(path);
        Map<String, String> metadata = new HashMap<>();
        tensors.keySet().forEach(name -> metadata.put(name, name + name));
        SafeTensors.write(path, tensors, metadata);
        Map<String, FloatArray> read = SafeTensors.readAll(path);
        assertEquals(tensors, read);
        tensors.forEach((name, array) -> assertEquals(Samples.bits(array), Samples.bits(read.get(name))));
        try (SafeTensors file = SafeTensors.open(path)) {
            assertEquals(metadata, file.metadata());
            for (String name : file.names()) {
                assertEquals(tensors.get(name), file.read(name));
            }
        }
    }

    @Test
    void equalMapsMakeEqualFiles() throws IOException {
        Map<String, FloatArray> one = new LinkedHashMap<>();
        Map<String, FloatArray> other = new LinkedHashMap<>();
        for (int i = 0; i < 50; i++) {
            one.put("t" + i, FloatArray.full(i, 3));
            other.put("t" + (49 - i), FloatArray.full(49 - i, 3));
        }
        SafeTensors.write(directory.resolve("one"), one);
        SafeTensors.write(directory.resolve("other"), other);
        assertArrayEquals(Files.readAllBytes(directory.resolve("one")), Files.readAllBytes(directory.resolve("other")));
    }

    @Test
    void aDirectoryIsNoFile() {
        assertEquals(
                directory + " is a directory",
                assertThrows(IOException.class, () -> SafeTensors.readAll(directory))
                        .getMessage());
    }

    @Test
    void longTensorsGoThroughInChunks() throws IOException {
        Path path = directory.resolve("long");
        FloatArray array = FloatArray.arange(100_000).reshape(10, 10_000);
        Map<String, FloatArray> tensors = Map.of("a", array, "b", array.transpose());
        SafeTensors.write(path, tensors);
        assertEquals(tensors, SafeTensors.readAll(path));
    }

    @Test
    void aFileInsideOfAnArchiveIsReadToo() throws IOException {
        Path jar = directory.resolve("weights.jar");
        try (FileSystem inside = FileSystems.newFileSystem(jar, Map.of("create", "true"))) {
            Files.write(inside.getPath("w.safetensors"), Samples.file("reference.safetensors"));
        }
        try (FileSystem inside = FileSystems.newFileSystem(jar)) {
            assertEquals(
                    FloatArray.scalar(1.5f),
                    SafeTensors.readAll(inside.getPath("w.safetensors")).get("one"));
            Refusals.assertRefused(
                    "w.safetensors",
                    100,
                    "a file that cannot be mapped is read as a whole, and 100 bytes are allowed",
                    () -> SafeTensors.readAll(inside.getPath("w.safetensors"), LIMITS.withArrayBytes(201)));
        }
    }

    @Test
    void anyThreadsReadOneOpenFile() throws Exception {
        Path path = directory.resolve("shared");
        Map<String, FloatArray> tensors = new HashMap<>();
        for (int i = 0; i < 20; i++) {
            tensors.put("t" + i, FloatArray.full(i, 1000));
        }
        SafeTensors.write(path, tensors);
        try (SafeTensors file = SafeTensors.open(path);
                ExecutorService executor = Executors.newFixedThreadPool(4)) {
            List<Future<FloatArray>> read = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                String name = "t" + i % 20;
                read.add(executor.submit(() -> file.read(name)));
            }
            for (int i = 0; i < 100; i++) {
                assertEquals(FloatArray.full(i % 20, 1000), read.get(i).get());
            }
        }
    }

    @Test
    void whatWasReadStaysWhenTheFileIsClosedOrOverwritten() throws IOException {
        Path path = directory.resolve("gone");
        SafeTensors.write(path, Map.of("a", FloatArray.of(1, 2)));
        SafeTensors file = SafeTensors.open(path);
        FloatArray before = file.read("a");
        SafeTensors.write(path, Map.of("a", FloatArray.of(3, 4)));
        // The open file is the one that it was.
        assertEquals(before, file.read("a"));
        file.close();
        file.close();
        assertEquals(FloatArray.of(1, 2), before);
        assertEquals(List.of("a"), file.names());
        IllegalStateException e = assertThrows(IllegalStateException.class, () -> file.read("a"));
        assertEquals("read: " + path + " is closed", e.getMessage());
    }

    @Test
    void namesThatAreNotThereAreTheCallersMistake() throws IOException {
        try (SafeTensors file = open(file("{}"))) {
            assertEquals(List.of(), file.names());
            assertEquals(Map.of(), file.metadata());
            for (String operation : List.of("read", "shape", "dtype")) {
                IllegalArgumentException e = assertThrows(IllegalArgumentException.class, () -> {
                    switch (operation) {
                        case "read" -> file.read("x\n");
                        case "shape" -> file.shape("x\n");
                        default -> file.dtype("x\n");
                    }
                });
                assertEquals(operation + ": no tensor \"x\\u000a\" among the 0 of " + NAME, e.getMessage());
            }
        }
        assertThrows(NoSuchFileException.class, () -> SafeTensors.open(directory.resolve("none")));
    }

    @Test
    void whatCannotBeWrittenIsRefusedBeforeAnythingIsTouched() throws IOException {
        Path path = directory.resolve("kept");
        SafeTensors.write(path, Map.of("a", FloatArray.of(1)));
        byte[] before = Files.readAllBytes(path);
        int[] deep = new int[65];
        Arrays.fill(deep, 1);
        List<Map<String, FloatArray>> bad = List.of(
                Map.of("__metadata__", FloatArray.of(1)),
                Map.of("half \ud83d", FloatArray.of(1)),
                Map.of("deep", FloatArray.ones(deep)),
                Map.of("long ".repeat(21_000_000), FloatArray.of(1)));
        List<String> messages = List.of(
                "write: no tensor can be named __metadata__",
                "write: half a surrogate pair in a name or in metadata",
                "write: " + "1x".repeat(64) + "1 has 65 dimensions, more than 64",
                "write: names, shapes and metadata take more bytes than the format allows, 100000000");
        for (int i = 0; i < bad.size(); i++) {
            Map<String, FloatArray> tensors = bad.get(i);
            IllegalArgumentException e =
                    assertThrows(IllegalArgumentException.class, () -> SafeTensors.write(path, tensors));
            assertEquals(messages.get(i), e.getMessage());
        }
        assertArrayEquals(before, Files.readAllBytes(path));
    }

    // ---- data

    @ParameterizedTest
    @EnumSource(
            value = ElementType.class,
            names = {"I32", "U32", "I64", "U64"})
    void integersThatNoFloatIsAreRefusedWhereTheyStand(ElementType type) throws IOException {
        int size = type.size();
        String header = "{\"a\":{\"dtype\":\"" + type + "\",\"shape\":[3],\"data_offsets\":[0," + 3 * size + "]}}";
        int[] data = new int[3 * size];
        data[2 * size] = 1;
        data[2 * size + 3] = 1;
        try (SafeTensors file = open(file(header, data))) {
            Refusals.assertRefused(
                    8 + header.length() + 2 * size, "no float32 is the integer 16777217", () -> file.read("a"));
        }
    }

    @Test
    void booleansOtherThanZeroAndOneAreRefused() throws IOException {
        String header = "{\"a\":{\"dtype\":\"BOOL\",\"shape\":[3],\"data_offsets\":[0,3]}}";
        try (SafeTensors file = open(file(header, 1, 2, 0))) {
            Refusals.assertRefused(8 + header.length() + 1, "a boolean is 0 or 1, not 2", () -> file.read("a"));
        }
    }

    @Test
    void tensorsBeyondTheLimitAreRefused() throws IOException {
        Path path = directory.resolve("two");
        SafeTensors.write(path, Map.of("a", FloatArray.zeros(10), "b", FloatArray.zeros(10)));
        Limits limits = LIMITS.withArrayBytes(79);
        try (SafeTensors file = SafeTensors.open(path, limits)) {
            assertEquals(FloatArray.zeros(10), file.read("a"));
            assertEquals(FloatArray.zeros(10), file.read("b"));
        }
        long data = Files.size(path) - 80;
        Refusals.assertRefused(
                path.toString(),
                data + 40,
                "this needs 40 bytes of heap, with 40 for what came before, and 79 are allowed",
                () -> SafeTensors.readAll(path, limits));
        assertEquals(2, SafeTensors.readAll(path, LIMITS.withArrayBytes(80)).size());
        Refusals.assertRefused(
                path.toString(),
                data,
                "this needs 40 bytes of heap, and 39 are allowed",
                () -> SafeTensors.readAll(path, LIMITS.withArrayBytes(39)));
    }

    @Test
    void filesOfManyGigabytesAreReadWhereTheyAreAsked() throws IOException {
        Path path = directory.resolve("huge");
        long each = 2_000_000_000;
        StringBuilder json = new StringBuilder("{");
        for (int i = 0; i < 3; i++) {
            json.append("\"p" + i + "\":{\"dtype\":\"U8\",\"shape\":[" + each + "],\"data_offsets\":[" + i * each + ","
                    + (i + 1) * each + "]},");
        }
        json.append(
                "\"z\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[" + 3 * each + "," + (3 * each + 8) + "]}}");
        try (FileChannel channel = FileChannel.open(
                path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE)) {
            channel.write(ByteBuffer.wrap(file(json.toString())));
            channel.write(ByteBuffer.wrap(Bytes.little().floats(1.5f, -2).toArray()), channel.position() + 3 * each);
        }
        try (SafeTensors file = SafeTensors.open(path, LIMITS.withArrayBytes(1000))) {
            assertEquals(FloatArray.of(1.5f, -2), file.read("z"));
            Refusals.assertRefused(
                    path.toString(),
                    8 + json.length() + 2 * each,
                    "this needs 8000000000 bytes of heap, and 1000 are allowed",
                    () -> file.read("p2"));
        }
    }

    @Test
    void aFileThatIsCutOffWhileItIsOpenIsRefused() throws IOException {
        Path path = directory.resolve("cut");
        SafeTensors.write(path, Map.of("a", FloatArray.ones(1 << 20)));
        try (SafeTensors file = SafeTensors.open(path)) {
            assertEquals(FloatArray.ones(1 << 20), file.read("a"));
            try (RandomAccessFile other = new RandomAccessFile(path.toFile(), "rw")) {
                other.setLength(100);
            } catch (IOException e) {
                return; // Windows does not let a mapped file be cut.
            }
            FormatException e = assertThrows(FormatException.class, () -> file.read("a"));
            assertEquals(path + ": byte 128: the file was cut off while it was being read", e.getMessage());
        }
    }
}
