package dev.lanewise.io;

import dev.lanewise.array.FloatArray;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Files of named arrays in NumPy's .npz format: zip archives of .npy files, stored or deflated.
 *
 * <p>An open file gives its arrays one by one:
 *
 * <pre>{@code
 * try (Npz file = Npz.open(path)) {
 *     FloatArray images = file.read("images");
 * }
 * }</pre>
 *
 * <p>Opening maps the file and checks the archive's directory; an array is read, and its checksum verified, when it is
 * asked for, and stays when the file is closed. Any threads may read from one open file. Elements become float32 as
 * {@link Npy} says.
 *
 * <p>Refused with a {@link FormatException} is, beside what {@link Npy} refuses, an archive that is encrypted, split, not
 * covered by its directory, or packed by other methods, that has overlapping entries, entries of one name, or entries that
 * are no .npy files. What a deflated entry unpacks to is limited three times: by the size that the archive states, which
 * must be the one that the .npy header asks for; by the {@link Limits}, before anything is allocated; and by what really
 * comes out, as memory is taken only step by step.
 */
public final class Npz implements AutoCloseable {

    private static final String SUFFIX = ".npy";

    /** With its other fields, what the directory says of an entry has to stay below 64 KB. */
    private static final int MAX_NAME = 0xF000;

    /** Earliest date a zip archive can state; NumPy writes it too. */
    private static final LocalDate DATE = LocalDate.of(1980, 1, 1);

    private final MappedFile file;
    private final Limits limits;
    private final Map<String, ZipDirectory.Entry> entries = new LinkedHashMap<>();

    private Npz(MappedFile file, Limits limits) throws IOException {
        this.file = file;
        this.limits = limits;
        try {
            for (ZipDirectory.Entry entry : ZipDirectory.read(file, limits).values()) {
                if (!entry.name().endsWith(SUFFIX)) {
                    throw new FormatException(
                            file.name(), entry.at(), "entry " + Text.quote(entry.name()) + " is no .npy file");
                }
                entries.put(entry.name().substring(0, entry.name().length() - SUFFIX.length()), entry);
            }
        } catch (Throwable t) {
            file.close();
            throw t;
        }
    }

    /**
     * Opens a file within the default limits.
     *
     * @throws FormatException if the archive is wrong
     * @throws IOException if it cannot be read
     */
    public static Npz open(Path path) throws IOException {
        return open(path, Limits.defaults());
    }

    /**
     * Opens a file.
     *
     * @param limits {@code arrayBytes} is for each {@link #read}
     * @throws FormatException if the archive is wrong
     * @throws IOException if it cannot be read
     */
    public static Npz open(Path path, Limits limits) throws IOException {
        return new Npz(MappedFile.open(path, limits), limits);
    }

    /**
     * Opens a file that is in memory already.
     *
     * @param bytes of the file, which nobody may change until it is closed
     * @param name what to call it in messages
     * @param limits {@code arrayBytes} is for each {@link #read}
     * @throws FormatException if the archive is wrong
     */
    public static Npz open(byte[] bytes, String name, Limits limits) throws IOException {
        return new Npz(MappedFile.of(bytes, name), limits);
    }

    /** The names of all arrays, without {@code .npy}, in the archive's order. */
    public List<String> names() {
        return List.copyOf(entries.keySet());
    }

    /**
     * Reads an array. It does not depend on the file any more.
     *
     * @throws IllegalArgumentException if there is no such array
     * @throws IllegalStateException if the file is closed
     * @throws FormatException if anything is wrong with it
     */
    public FloatArray read(String name) throws IOException {
        ZipDirectory.Entry entry = entries.get(name);
        if (entry == null) {
            throw new IllegalArgumentException(
                    "read: no array " + Text.quote(name) + " among the " + entries.size() + " of " + file.name());
        }
        return read(entry, new Budget(limits));
    }

    private FloatArray read(ZipDirectory.Entry entry, Budget budget) throws FormatException {
        try (Input input = open(entry)) {
            return Npy.read(input, budget);
        }
    }

    private Input open(ZipDirectory.Entry entry) throws FormatException {
        String name = file.name() + "!" + entry.name();
        if (entry.method() == ZipDirectory.STORED) {
            MappedInput stored = file.input(name, entry.begin(), entry.end(), 0);
            checkSum(stored, entry, stored.checksum());
            return stored;
        }
        MappedInput packed = file.input(entry.begin(), entry.end());
        return new InflatedInput(name, packed, entry.size(), (unpacked, rest) -> {
            if (rest.remaining() > 0) {
                throw rest.wrong(
                        rest.position(),
                        "entry " + Text.quote(entry.name()) + ": " + rest.remaining()
                                + " bytes stand behind the compressed data");
            }
            checkSum(unpacked, entry, unpacked.checksum());
        });
    }

    private static void checkSum(Input input, ZipDirectory.Entry entry, int sum) throws FormatException {
        if (sum != entry.crc()) {
            throw input.wrong(
                    0, String.format("the checksum is %08x, not %08x: the data are damaged", sum, entry.crc()));
        }
    }

    /** Gives the mapping back. What was read stays. */
    @Override
    public void close() {
        file.close();
    }

    /**
     * Reads all arrays of a file within the default limits.
     *
     * @return by name, in the archive's order; unmodifiable
     * @throws FormatException if anything is wrong
     * @throws IOException if the file cannot be read
     */
    public static Map<String, FloatArray> readAll(Path path) throws IOException {
        return readAll(path, Limits.defaults());
    }

    /**
     * Reads all arrays of a file.
     *
     * @return by name, in the archive's order; unmodifiable
     * @throws FormatException if anything is wrong
     * @throws IOException if the file cannot be read
     */
    public static Map<String, FloatArray> readAll(Path path, Limits limits) throws IOException {
        try (Npz file = open(path, limits)) {
            Budget budget = new Budget(limits);
            Map<String, FloatArray> result = LinkedHashMap.newLinkedHashMap(file.entries.size());
            for (Map.Entry<String, ZipDirectory.Entry> entry : file.entries.entrySet()) {
                result.put(entry.getKey(), file.read(entry.getValue(), budget));
            }
            return Collections.unmodifiableMap(result);
        }
    }

    /**
     * Writes arrays as little-endian float32, bit by bit, NaNs included, and stored, as {@code numpy.savez} does. A file
     * that was there before is replaced in one step, once the new one is complete and on disk.
     *
     * <p>The arrays stand in the order of their names, with one date for all, so equal maps make equal files.
     *
     * @throws IllegalArgumentException for a name that holds half a surrogate pair or is too long for a zip archive, and
     *     for an array of more than 64 dimensions
     * @throws IOException if the file cannot be written; one that was there before is still what it was
     */
    public static void write(Path path, Map<String, FloatArray> arrays) throws IOException {
        write(path, arrays, false);
    }

    /**
     * As {@link #write}, but deflated, as {@code numpy.savez_compressed} does. Trained weights hardly get smaller by it.
     * The bytes may differ between JVMs with different zlibs.
     *
     * @throws IllegalArgumentException for a name that holds half a surrogate pair or is too long for a zip archive, and
     *     for an array of more than 64 dimensions
     * @throws IOException if the file cannot be written; one that was there before is still what it was
     */
    public static void writeCompressed(Path path, Map<String, FloatArray> arrays) throws IOException {
        write(path, arrays, true);
    }

    private static void write(Path path, Map<String, FloatArray> arrays, boolean deflated) throws IOException {
        Map<String, FloatArray> inOrder = new TreeMap<>(arrays);
        for (Map.Entry<String, FloatArray> array : inOrder.entrySet()) {
            checkName(array.getKey());
            Layout.checkRank(array.getValue().shape());
        }
        AtomicFile.write(path, out -> {
            // Not closed but finished: the file behind it is still to be forced to disk.
            ZipOutputStream zip = new ZipOutputStream(out);
            for (Map.Entry<String, FloatArray> array : inOrder.entrySet()) {
                add(zip, array.getKey(), array.getValue(), deflated);
            }
            zip.finish();
        });
    }

    private static void checkName(String name) {
        boolean unicode = StandardCharsets.UTF_8.newEncoder().canEncode(name);
        if (!unicode || (name + SUFFIX).getBytes(StandardCharsets.UTF_8).length > MAX_NAME) {
            throw new IllegalArgumentException("write: no entry of an archive can be named " + Text.quote(name));
        }
    }

    private static void add(ZipOutputStream zip, String name, FloatArray array, boolean deflated) throws IOException {
        byte[] header = Npy.header(array.shape());
        ZipEntry entry = new ZipEntry(name + SUFFIX);
        entry.setTimeLocal(DATE.atStartOfDay());
        if (!deflated) {
            // What is stored has its size and checksum in front of it.
            CRC32 crc = new CRC32();
            crc.update(header);
            FloatBytes.write(array, new CheckedOutputStream(OutputStream.nullOutputStream(), crc));
            entry.setMethod(ZipEntry.STORED);
            entry.setSize(header.length + (long) array.size() * Float.BYTES);
            entry.setCrc(crc.getValue());
        }
        zip.putNextEntry(entry);
        zip.write(header);
        FloatBytes.write(array, zip);
        zip.closeEntry();
    }
}
