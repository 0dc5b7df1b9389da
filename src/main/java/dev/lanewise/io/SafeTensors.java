package dev.lanewise.io;

import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Files of named arrays in the <a href="https://github.com/huggingface/safetensors">safetensors</a> format.
 *
 * <p>An open file gives its arrays one by one:
 *
 * <pre>{@code
 * try (SafeTensors file = SafeTensors.open(path)) {
 *     FloatArray weight = file.read("encoder.0.weight");
 * }
 * }</pre>
 *
 * <p>Opening maps the file and checks all of its header; an array is read when it is asked for, straight from the mapping
 * into its own storage, and stays when the file is closed. Any threads may read from one open file.
 *
 * <p>Everything becomes float32. F16 and BF16 are widened exactly; <b>F64 is rounded</b> to the nearest float, to an
 * infinity if it is larger than all. I8, U8, I16, U16 and BOOL are held exactly; an element of I32, U32, I64 or U64 that a
 * float cannot hold exactly (from 2<sup>24</sup> on some cannot) is refused, as is a BOOL other than 0 and 1. Other types
 * are refused by name when the file is opened.
 *
 * <p>Refused with a {@link FormatException} are also headers that are longer than the file or the limit, whatever is not
 * strict JSON, fields the format does not have, names that stand twice, shapes that do not take as many bytes as their
 * offsets hold, and offsets that reach beyond the file, overlap, or leave bytes to no tensor.
 */
public final class SafeTensors implements AutoCloseable {

    private final MappedFile file;
    private final SafeTensorsHeader header;
    private final Limits limits;

    private SafeTensors(MappedFile file, Limits limits) throws IOException {
        this.file = file;
        this.limits = limits;
        try {
            this.header = SafeTensorsHeader.read(file.input(), limits);
        } catch (Throwable t) {
            file.close();
            throw t;
        }
    }

    /**
     * Opens a file within the default limits.
     *
     * @throws FormatException if its header is wrong
     * @throws IOException if it cannot be read
     */
    public static SafeTensors open(Path path) throws IOException {
        return open(path, Limits.defaults());
    }

    /**
     * Opens a file.
     *
     * @param limits {@code arrayBytes} is for each {@link #read}
     * @throws FormatException if its header is wrong
     * @throws IOException if it cannot be read
     */
    public static SafeTensors open(Path path, Limits limits) throws IOException {
        return new SafeTensors(MappedFile.open(path, limits), limits);
    }

    /**
     * Opens a file that is in memory already.
     *
     * @param bytes of the file, which nobody may change until it is closed
     * @param name what to call it in messages
     * @param limits {@code arrayBytes} is for each {@link #read}
     * @throws FormatException if its header is wrong
     */
    public static SafeTensors open(byte[] bytes, String name, Limits limits) throws IOException {
        return new SafeTensors(MappedFile.of(bytes, name), limits);
    }

    /** The names of all tensors, in the order of their data. */
    public List<String> names() {
        return List.copyOf(header.tensors().keySet());
    }

    /** What the file says of itself: its {@code __metadata__}, in the file's order; unmodifiable. */
    public Map<String, String> metadata() {
        return header.metadata();
    }

    /**
     * The shape of a tensor, which is not read for it.
     *
     * @throws IllegalArgumentException if there is no such tensor
     */
    public Shape shape(String name) {
        return tensor("shape", name).layout().shape();
    }

    /**
     * The element type that a tensor has in the file, such as {@code BF16}.
     *
     * @throws IllegalArgumentException if there is no such tensor
     */
    public String dtype(String name) {
        return tensor("dtype", name).layout().type().name();
    }

    /**
     * Reads a tensor. It does not depend on the file any more.
     *
     * @throws IllegalArgumentException if there is no such tensor
     * @throws IllegalStateException if the file is closed
     * @throws FormatException if an element cannot be a float, or if the tensor is larger than the limit
     */
    public FloatArray read(String name) throws IOException {
        return read(tensor("read", name), new Budget(limits));
    }

    private FloatArray read(SafeTensorsHeader.Tensor tensor, Budget budget) throws FormatException {
        return tensor.layout().readLast(file.input(tensor.begin(), tensor.end()), budget);
    }

    private SafeTensorsHeader.Tensor tensor(String operation, String name) {
        SafeTensorsHeader.Tensor tensor = header.tensors().get(name);
        if (tensor == null) {
            throw new IllegalArgumentException(operation + ": no tensor " + Text.quote(name) + " among the "
                    + header.tensors().size() + " of " + file.name());
        }
        return tensor;
    }

    private Map<String, FloatArray> readAll() throws IOException {
        Budget budget = new Budget(limits);
        Map<String, FloatArray> result =
                LinkedHashMap.newLinkedHashMap(header.tensors().size());
        for (SafeTensorsHeader.Tensor tensor : header.tensors().values()) {
            result.put(tensor.name(), read(tensor, budget));
        }
        return Collections.unmodifiableMap(result);
    }

    /** Gives the mapping back. What was read stays. */
    @Override
    public void close() {
        file.close();
    }

    /**
     * Reads all tensors of a file within the default limits.
     *
     * @return by name, in the order of their data; unmodifiable
     * @throws FormatException if anything is wrong
     * @throws IOException if the file cannot be read
     */
    public static Map<String, FloatArray> readAll(Path path) throws IOException {
        return readAll(path, Limits.defaults());
    }

    /**
     * Reads all tensors of a file.
     *
     * @return by name, in the order of their data; unmodifiable
     * @throws FormatException if anything is wrong
     * @throws IOException if the file cannot be read
     */
    public static Map<String, FloatArray> readAll(Path path, Limits limits) throws IOException {
        try (SafeTensors file = open(path, limits)) {
            return file.readAll();
        }
    }

    /**
     * Writes a file without metadata, as {@link #write(Path, Map, Map)} does.
     *
     * @throws IllegalArgumentException for a name or an array that cannot be written
     * @throws IOException if the file cannot be written; one that was there before is still what it was
     */
    public static void write(Path path, Map<String, FloatArray> tensors) throws IOException {
        write(path, tensors, Map.of());
    }

    /**
     * Writes arrays as F32, bit by bit, NaNs included. A file that was there before is replaced in one step, once the new
     * one is complete and on disk.
     *
     * <p>Tensors and metadata stand in the order of their names, so equal maps make equal files. The data begin at a
     * multiple of 64 bytes.
     *
     * @throws IllegalArgumentException for a tensor named {@code __metadata__}, half a surrogate pair in a string, more
     *     than 64 dimensions, or a header of more than 100 MB
     * @throws IOException if the file cannot be written; one that was there before is still what it was
     */
    public static void write(Path path, Map<String, FloatArray> tensors, Map<String, String> metadata)
            throws IOException {
        SafeTensorsWriter.write(path, tensors, metadata);
    }
}
