package dev.lanewise.io;

import java.io.IOException;
import java.io.Serial;

/**
 * A file is not what its format asks for, or asks for more than the {@link Limits} allow: nothing was taken from it.
 *
 * <p>The message names the file, the byte and what is wrong there.
 */
public final class FormatException extends IOException {

    @Serial
    private static final long serialVersionUID = 1;

    private final String file;
    private final long offset;

    /**
     * Says what is wrong.
     *
     * @param file the path, or whatever the reader was told to call its input; an entry of an archive stands after a !
     * @param offset the byte of the file, or of the unpacked entry or file, at which it is wrong
     * @param problem what is wrong there, in words that fit after the offset
     */
    public FormatException(String file, long offset, String problem) {
        super(file + ": byte " + offset + ": " + problem);
        this.file = file;
        this.offset = offset;
    }

    /** The path, or whatever the reader was told to call its input; an entry of an archive stands after a !. */
    public String file() {
        return file;
    }

    /** The byte at which it is wrong: of the file, or of the unpacked bytes of an entry or of a compressed file. */
    public long offset() {
        return offset;
    }
}
