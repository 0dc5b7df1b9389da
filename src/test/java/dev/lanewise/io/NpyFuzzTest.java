package dev.lanewise.io;

import static dev.lanewise.io.Refusals.LIMITS;
import static dev.lanewise.io.Refusals.NAME;

import dev.lanewise.array.FloatArray;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.constraints.IntRange;

/** Of .npy files, alone and in archives. */
class NpyFuzzTest extends Fuzz {

    private static final int MOST = 1000;

    /** All that NumPy has written. */
    private static final List<byte[]> GOOD = entries("types.npz", "versions.npz", "shapes.npz");

    private static final List<byte[]> ARCHIVES = List.of(
            zip(ZipEntry.DEFLATED, GOOD.subList(0, 3)),
            zip(ZipEntry.DEFLATED, GOOD.subList(4, 5)),
            Samples.file("versions.npz"),
            Samples.file("types-deflated.npz"));

    private static List<byte[]> entries(String... archives) {
        List<byte[]> entries = new ArrayList<>();
        for (String archive : archives) {
            try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(Samples.file(archive)))) {
                while (zip.getNextEntry() != null) {
                    entries.add(zip.readAllBytes());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return entries;
    }

    private static byte[] zip(int method, List<byte[]> entries) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (byte[] bytes : entries) {
                ZipEntry entry = new ZipEntry(out.size() + ".npy");
                entry.setMethod(method);
                if (method == ZipEntry.STORED) {
                    CRC32 crc = new CRC32();
                    crc.update(bytes);
                    entry.setSize(bytes.length);
                    entry.setCrc(crc.getValue());
                }
                zip.putNextEntry(entry);
                zip.write(bytes);
                zip.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static int indexOf(byte[] bytes, char c) {
        int index = 0;
        while (bytes[index] != c) {
            index++;
        }
        return index;
    }

    private static byte[] good(int index) {
        return GOOD.get(index % GOOD.size());
    }

    @Fuzzed
    void damagedFiles(
            @ForAll("damages") List<Damage> damages,
            @ForAll @IntRange(max = MOST) int one,
            @ForAll @IntRange(max = MOST) int other)
            throws IOException {
        byte[] file = Damage.apply(damages, good(one), good(other));
        check(() -> List.of(Npy.read(file, NAME, LIMITS)), () -> List.of(PlainReaders.npy(file)));
        checkMix();
    }

    /** Damage to the words of the header alone, whose length then still is right. */
    @Fuzzed
    void damagedHeaders(
            @ForAll("damages") List<Damage> damages,
            @ForAll @IntRange(max = MOST) int one,
            @ForAll @IntRange(max = MOST) int other)
            throws IOException {
        byte[] file = good(one);
        byte[] words = Arrays.copyOfRange(file, indexOf(file, '{'), indexOf(file, '}') + 1);
        byte[] header = Damage.apply(damages, words, good(other));
        byte[] data = Arrays.copyOfRange(file, indexOf(file, '\n') + 1, file.length);
        byte[] damaged = Bytes.little()
                .bytes(0x93)
                .text("NUMPY")
                .bytes(3, 0)
                .ints(header.length)
                .raw(header)
                .raw(data)
                .toArray();
        check(() -> List.of(Npy.read(damaged, NAME, LIMITS)), () -> List.of(PlainReaders.npy(damaged)));
        checkMix();
    }

    /** Damage within the entry of an archive that itself is good. */
    @Fuzzed
    void damagedEntries(
            @ForAll("damages") List<Damage> damages,
            @ForAll @IntRange(max = MOST) int one,
            @ForAll @IntRange(max = MOST) int other,
            @ForAll boolean deflated)
            throws IOException {
        byte[] entry = Damage.apply(damages, good(one), good(other));
        byte[] archive = zip(deflated ? ZipEntry.DEFLATED : ZipEntry.STORED, List.of(entry));
        check(() -> readAll(archive), () -> List.of(PlainReaders.npy(entry)));
        checkMix();
    }

    /** Damage to the archive: what is read all the same must be what was in it, as every entry has a checksum. */
    @Fuzzed
    void damagedArchives(@ForAll("damages") List<Damage> damages, @ForAll @IntRange(max = 3) int one)
            throws IOException {
        byte[] good = ARCHIVES.get(one);
        byte[] archive = Damage.apply(damages, good, good);
        check(() -> readAll(archive), () -> readPlainly(good));
        checkMix();
    }

    private static List<FloatArray> readAll(byte[] archive) throws IOException {
        try (Npz npz = Npz.open(archive, NAME, LIMITS)) {
            List<FloatArray> read = new ArrayList<>();
            for (String name : npz.names()) {
                read.add(npz.read(name));
            }
            return read;
        }
    }

    private static List<FloatArray> readPlainly(byte[] archive) {
        List<FloatArray> read = new ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            while (zip.getNextEntry() != null) {
                read.add(PlainReaders.npy(zip.readAllBytes()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return read;
    }
}
