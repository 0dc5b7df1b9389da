package dev.lanewise.io;

/**
 * How much a reader may take for one file: what asks for more is refused before it is allocated.
 *
 * <p>A file of a few kilobytes can claim to unpack to terabytes, and a sparse one can really be that long. A service that
 * reads files of strangers sets {@code arrayBytes} to what it can spare.
 *
 * @param headerBytes the longest header, or directory of an archive
 * @param arrayBytes the heap, in bytes, that all arrays of one call may need together, intermediate copies included; half
 *     of it is for a file that is read whole, because it lies in an archive and cannot be mapped
 */
public record Limits(long headerBytes, long arrayBytes) {

    /** What the safetensors format allows at most. */
    static final int HEADER_BYTES = 100_000_000;

    // A header of the shortest possible names becomes objects of some fifteen times its size.
    private static final long HEADER_SHARE = 32;

    /** Refuses negative limits. */
    public Limits {
        if (headerBytes < 0 || arrayBytes < 0) {
            throw new IllegalArgumentException(
                    "limits: " + headerBytes + " bytes of header and " + arrayBytes + " of arrays: one is negative");
        }
    }

    /**
     * Headers of at most 100 MB and a 32nd of the largest heap of this JVM, arrays of at most three quarters of that
     * heap.
     */
    public static Limits defaults() {
        long heap = Runtime.getRuntime().maxMemory();
        return new Limits(Math.min(HEADER_BYTES, heap / HEADER_SHARE), heap - heap / 4);
    }

    /** These with another limit for headers. */
    public Limits withHeaderBytes(long headerBytes) {
        return new Limits(headerBytes, arrayBytes);
    }

    /** These with another limit for arrays. */
    public Limits withArrayBytes(long arrayBytes) {
        return new Limits(headerBytes, arrayBytes);
    }
}
