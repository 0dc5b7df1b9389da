package dev.lanewise.io;

import static dev.lanewise.io.Refusals.LIMITS;
import static dev.lanewise.io.Refusals.NAME;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.constraints.IntRange;

class IdxFuzzTest extends Fuzz {

    private static final List<byte[]> GOOD = List.of(
            Samples.file("ubytes.idx"),
            Bytes.big().bytes(0, 0, 0x0C, 2).ints(2, 2, 1, 2, 3, 4).toArray(),
            Bytes.big().bytes(0, 0, 0x0D, 1).ints(2).floats(1, 2).toArray(),
            Bytes.big().bytes(0, 0, 0x0E, 3).ints(1, 2, 1).doubles(1, 2).toArray());

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    @Fuzzed
    void damagedFiles(
            @ForAll("damages") List<Damage> damages,
            @ForAll @IntRange(max = 3) int one,
            @ForAll @IntRange(max = 3) int other,
            @ForAll boolean packed)
            throws IOException {
        byte[] idx = Damage.apply(damages, GOOD.get(one), GOOD.get(other));
        byte[] file = packed ? gzip(idx) : idx;
        check(() -> List.of(Idx.read(file, NAME, LIMITS)), () -> List.of(PlainReaders.idx(idx)));
        checkMix();
    }

    /** Damage to what is packed: what is read all the same must be what was in it, as there is a checksum. */
    @Fuzzed
    void damagedPackedFiles(@ForAll("damages") List<Damage> damages, @ForAll @IntRange(max = 3) int one)
            throws IOException {
        byte[] idx = GOOD.get(one);
        byte[] good = gzip(idx);
        byte[] file = Damage.apply(damages, good, good);
        // Without the first byte of the packed format it may have become another plain file, short but good.
        boolean packed = file.length > 0 && file[0] == good[0];
        check(() -> List.of(Idx.read(file, NAME, LIMITS)), () -> List.of(PlainReaders.idx(packed ? idx : file)));
        checkMix();
    }
}
