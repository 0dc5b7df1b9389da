package dev.lanewise.io;

import java.io.IOException;
import java.io.InputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A whole file as memory, or bytes that already are.
 *
 * <p>May be read by any threads.
 */
final class MappedFile implements AutoCloseable {

    private final String name;
    private final MemorySegment bytes;
    private final @Nullable Arena arena;
    private volatile boolean closed;

    private MappedFile(String name, MemorySegment bytes, @Nullable Arena arena) {
        this.name = name;
        this.bytes = bytes;
        this.arena = arena;
    }

    /** Maps a file; where it lies in something else than a disk's file system, such as a jar, reads it. */
    @SuppressWarnings("MustBeClosedChecker") // the arena goes on in the result, which closes it
    static MappedFile open(Path path, Limits limits) throws IOException {
        String name = path.toString();
        if (!path.getFileSystem().equals(FileSystems.getDefault())) {
            return read(path, limits);
        }
        if (Files.isDirectory(path)) {
            throw new IOException(name + " is a directory");
        }
        // Shared: a model that was opened once may be read by any thread.
        Arena arena = Arena.ofShared();
        try (FileChannel channel = FileChannel.open(path)) {
            return new MappedFile(name, channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena), arena);
        } catch (Throwable t) {
            arena.close();
            throw t;
        }
    }

    /** Reads a file of an archive, which may unpack to any size, whatever the archive claims. */
    private static MappedFile read(Path path, Limits limits) throws IOException {
        // Half, as the parts that were read are put together in the end.
        int most = (int) Math.min(limits.arrayBytes() / 2, Layout.MAX_ELEMENTS);
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(most);
            if (in.read() >= 0) {
                throw new FormatException(
                        path.toString(),
                        most,
                        "a file that cannot be mapped is read as a whole, and " + most + " bytes are allowed");
            }
            return of(bytes, path.toString());
        }
    }

    /** Bytes that nobody may change until this is closed. */
    static MappedFile of(byte[] bytes, String name) {
        return new MappedFile(name, MemorySegment.ofArray(bytes).asReadOnly(), null);
    }

    /** What to call it in messages. */
    String name() {
        return name;
    }

    /** How many bytes there are. */
    long size() {
        return bytes.byteSize();
    }

    /** All bytes. */
    MappedInput input() {
        return input(name, 0, size(), 0);
    }

    /** Some bytes, numbered as in the file. */
    MappedInput input(long from, long to) {
        return input(name, from, to, from);
    }

    /**
     * Some bytes.
     *
     * @param name what to call them in messages
     * @param origin the number of the first
     */
    MappedInput input(String name, long from, long to, long origin) {
        if (closed) {
            throw new IllegalStateException("read: " + this.name + " is closed");
        }
        return new MappedInput(name, bytes.asSlice(from, to - from), origin);
    }

    /** Gives the memory back. Again does nothing. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            if (arena != null) {
                arena.close();
            }
        }
    }
}
