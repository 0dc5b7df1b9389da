package dev.lanewise.io;

import dev.lanewise.array.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the header of a safetensors file says: read whole and checked whole before any tensor is.
 *
 * @param tensors by name, in the order of their data
 * @param metadata of the file
 */
record SafeTensorsHeader(Map<String, Tensor> tensors, Map<String, String> metadata) {

    /** The name in the header that no tensor may have. */
    static final String METADATA = "__metadata__";

    /** A little-endian long, how long the JSON is. */
    static final int LENGTH_BYTES = Long.BYTES;

    private static final ElementType[] TYPES = ElementType.values();

    /**
     * One tensor.
     *
     * @param at the byte of the file at which its name stands
     * @param begin the byte of the file at which its data begin
     * @param end the byte behind them
     */
    record Tensor(String name, Layout layout, long at, long begin, long end) {

        FormatException wrong(Input input, String problem) {
            return input.wrong(at, "tensor " + Text.quote(name) + ": " + problem);
        }
    }

    /** Reads and checks it. The rest of the input, to its end, is the data. */
    static SafeTensorsHeader read(MappedInput input, Limits limits) throws FormatException {
        long length = 0;
        byte[] prefix = input.read(LENGTH_BYTES);
        for (int i = 0; i < LENGTH_BYTES; i++) {
            length |= (prefix[i] & 0xFFL) << i * Byte.SIZE;
        }
        if (length < 0 || length > input.remaining()) {
            throw input.wrong(
                    0,
                    "a header of " + Long.toUnsignedString(length) + " bytes is claimed, but " + input.remaining()
                            + " follow");
        }
        if (length > limits.headerBytes()) {
            throw input.wrong(
                    0, "a header of " + length + " bytes is longer than the " + limits.headerBytes() + " allowed");
        }
        return new Reader(input, (int) Math.min(length, Layout.MAX_ELEMENTS)).read();
    }

    /** The state of reading. */
    private static final class Reader {

        private final MappedInput input;
        private final JsonReader json;
        private final long dataStart;
        private final long dataLength;
        private final Map<String, Tensor> tensors = new LinkedHashMap<>();
        private @Nullable Map<String, String> metadata;

        Reader(MappedInput input, int length) throws FormatException {
            this.input = input;
            this.json = new JsonReader(input, length);
            this.dataStart = input.position();
            this.dataLength = input.remaining();
        }

        SafeTensorsHeader read() throws FormatException {
            if (json.position() != LENGTH_BYTES) {
                throw input.wrong(LENGTH_BYTES, "the JSON header does not begin with '{'");
            }
            json.object((name, at) -> {
                if (name.equals(METADATA)) {
                    metadata(at);
                } else if (tensors.put(name, tensor(name, at)) != null) {
                    throw input.wrong(at, "tensor " + Text.quote(name) + ": the name stands twice");
                }
            });
            json.end();
            List<Tensor> inOrder = new ArrayList<>(tensors.values());
            // Tensors without elements take no bytes: they stand before the one that begins at the same byte.
            inOrder.sort(Comparator.comparingLong(Tensor::begin).thenComparingLong(Tensor::end));
            checkCover(inOrder);
            Map<String, Tensor> result = LinkedHashMap.newLinkedHashMap(inOrder.size());
            inOrder.forEach(tensor -> result.put(tensor.name, tensor));
            return new SafeTensorsHeader(
                    Collections.unmodifiableMap(result),
                    metadata == null ? Map.of() : Collections.unmodifiableMap(metadata));
        }

        private void metadata(long at) throws FormatException {
            if (metadata != null) {
                throw input.wrong(at, METADATA + " stands twice");
            }
            Map<String, String> read = new LinkedHashMap<>();
            json.object((key, keyAt) -> {
                if (read.put(key, json.string()) != null) {
                    throw input.wrong(keyAt, METADATA + ": the key " + Text.quote(key) + " stands twice");
                }
            });
            metadata = read;
        }

        private Tensor tensor(String name, long at) throws FormatException {
            return new Fields(name, at).read();
        }

        /** The fields of one tensor, which stand in any order. */
        private final class Fields {

            private final String name;
            private final long at;
            private @Nullable ElementType type;
            private @Nullable Shape shape;
            private long @Nullable [] offsets;

            Fields(String name, long at) {
                this.name = name;
                this.at = at;
            }

            Tensor read() throws FormatException {
                json.object((field, fieldAt) -> {
                    boolean twice = switch (field) {
                        case "dtype" -> type != null;
                        case "shape" -> shape != null;
                        case "data_offsets" -> offsets != null;
                        default -> throw wrong(fieldAt, "there is no field " + Text.quote(field));
                    };
                    if (twice) {
                        throw wrong(fieldAt, "the field " + field + " stands twice");
                    }
                    switch (field) {
                        case "dtype" -> type = type();
                        case "shape" -> shape = Layout.shape(input, json.position(), numbers(Layout.MAX_RANK));
                        default -> offsets = numbers(2);
                    }
                });
                if (type == null || shape == null || offsets == null) {
                    String missing = type == null ? "dtype" : shape == null ? "shape" : "data_offsets";
                    throw wrong(at, "the field " + missing + " is missing");
                }
                return checked(new Layout(type, false, shape, false), offsets);
            }

            private ElementType type() throws FormatException {
                long offset = json.position();
                String dtype = json.string();
                for (ElementType known : TYPES) {
                    if (known.name().equals(dtype)) {
                        return known;
                    }
                }
                throw wrong(offset, "dtype " + Text.quote(dtype) + " is none of those read, " + Arrays.toString(TYPES));
            }

            private long[] numbers(int most) throws FormatException {
                long offset = json.position();
                long[] numbers = new long[most];
                int[] count = {0};
                json.array(() -> {
                    if (count[0] == most) {
                        throw wrong(offset, "more than " + most + " numbers");
                    }
                    numbers[count[0]++] = json.whole();
                });
                return Arrays.copyOf(numbers, count[0]);
            }

            private Tensor checked(Layout layout, long[] offsets) throws FormatException {
                if (offsets.length != 2) {
                    throw wrong(at, offsets.length + " data_offsets, not 2");
                }
                String range = "data_offsets " + Arrays.toString(offsets);
                if (offsets[0] > offsets[1]) {
                    throw wrong(at, range + " end before they begin");
                }
                if (offsets[1] > dataLength) {
                    throw wrong(at, range + " reach beyond the data, which are " + dataLength + " bytes");
                }
                if (offsets[1] - offsets[0] != layout.bytes()) {
                    throw wrong(
                            at,
                            range + " hold " + (offsets[1] - offsets[0]) + " bytes, but shape " + layout.shape()
                                    + " of " + layout.type() + " takes " + layout.bytes());
                }
                return new Tensor(name, layout, at, dataStart + offsets[0], dataStart + offsets[1]);
            }

            private FormatException wrong(long offset, String problem) {
                return input.wrong(offset, "tensor " + Text.quote(name) + ": " + problem);
            }
        }

        /** Every byte of the data belongs to one tensor: nothing can hide between them, nothing is read as two. */
        private void checkCover(List<Tensor> inOrder) throws FormatException {
            long covered = dataStart;
            String before = "";
            for (Tensor tensor : inOrder) {
                if (tensor.begin < covered) {
                    throw tensor.wrong(
                            input,
                            "its data overlap those of " + before + " by " + (covered - tensor.begin) + " bytes");
                }
                if (tensor.begin > covered) {
                    throw tensor.wrong(
                            input, "before its data " + (tensor.begin - covered) + " bytes belong to no tensor");
                }
                covered = tensor.end;
                before = Text.quote(tensor.name);
            }
            if (covered < dataStart + dataLength) {
                throw input.wrong(covered, (dataStart + dataLength - covered) + " bytes belong to no tensor");
            }
        }
    }
}
