package dev.lanewise.io;

import static dev.lanewise.io.Refusals.LIMITS;
import static dev.lanewise.io.Refusals.NAME;

import dev.lanewise.array.FloatArray;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

class SafeTensorsFuzzTest extends Fuzz {

    private static final List<byte[]> GOOD = List.of(
            Samples.file("reference.safetensors"),
            framed(
                    "{\"w\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]},"
                            + "\"b\":{\"dtype\":\"I8\",\"shape\":[8],\"data_offsets\":[24,32]}}",
                    new byte[32]),
            framed(
                    "{\"__metadata__\":{\"a\":\"b\"},\"x\":{\"dtype\":\"F16\",\"shape\":[],\"data_offsets\":[0,2]}}",
                    new byte[2]),
            framed("{}", new byte[0]));

    private static byte[] framed(String header, byte[] data) {
        return framed(Bytes.little().text(header).toArray(), data);
    }

    private static byte[] framed(byte[] header, byte[] data) {
        return Bytes.little().longs(header.length).raw(header).raw(data).toArray();
    }

    private static void check(byte[] file) throws IOException {
        check(
                () -> {
                    try (SafeTensors opened = SafeTensors.open(file, NAME, LIMITS)) {
                        List<FloatArray> read = new ArrayList<>();
                        for (String name : opened.names()) {
                            read.add(opened.read(name));
                        }
                        return read;
                    }
                },
                () -> PlainReaders.safeTensors(file));
    }

    @Fuzzed
    void damagedFiles(
            @ForAll("damages") List<Damage> damages,
            @ForAll @IntRange(max = 3) int one,
            @ForAll @IntRange(max = 3) int other)
            throws IOException {
        check(Damage.apply(damages, GOOD.get(one), GOOD.get(other)));
        checkMix();
    }

    /** Damage to the header alone, whose length then still is right. */
    @Fuzzed
    void damagedHeaders(
            @ForAll("damages") List<Damage> damages,
            @ForAll @IntRange(max = 3) int one,
            @ForAll @IntRange(max = 3) int other)
            throws IOException {
        byte[] file = GOOD.get(one);
        int data =
                8 + (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
        byte[] header = Damage.apply(damages, Arrays.copyOfRange(file, 8, data), GOOD.get(other));
        check(framed(header, Arrays.copyOfRange(file, data, file.length)));
        checkMix();
    }

    /** What one tensor says of itself. */
    record Claim(String name, ElementType type, List<Integer> shape, int gap, int excess) {}

    @Provide
    Arbitrary<List<Claim>> claims() {
        return Combinators.combine(
                        Arbitraries.of("a", "b", "c", "d", "e", "f"),
                        Arbitraries.of(ElementType.values()),
                        Arbitraries.integers().between(0, 3).list().ofMaxSize(3),
                        Arbitraries.frequency(Tuple.of(8, 0), Tuple.of(1, -1), Tuple.of(1, 1), Tuple.of(1, -4)),
                        Arbitraries.frequency(Tuple.of(15, 0), Tuple.of(1, -1), Tuple.of(1, 1)))
                .as(Claim::new)
                .list()
                .ofMaxSize(4);
    }

    /** Headers that are good JSON, with tensors that nearly fit together. */
    @Fuzzed
    void claimedTensors(
            @ForAll("claims") List<Claim> claims, @ForAll @IntRange(min = -1, max = 1) int excess, @ForAll long seed)
            throws IOException {
        List<String> tensors = new ArrayList<>();
        int end = 0;
        for (Claim claim : claims) {
            int begin = end + claim.gap;
            int size = claim.shape.stream().reduce(claim.type.size(), (a, b) -> a * b);
            end = begin + size + claim.excess;
            tensors.add("\"" + claim.name + "\":{\"dtype\":\"" + claim.type + "\",\"shape\":" + claim.shape
                    + ",\"data_offsets\":[" + begin + "," + end + "]}");
        }
        Random random = new Random(seed);
        Collections.shuffle(tensors, random);
        byte[] data = new byte[Math.max(0, end + excess)];
        random.nextBytes(data);
        check(framed("{" + String.join(",", tensors) + "}", data));
        checkMix();
    }
}
