package dev.lanewise.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.function.Executable;

/** What refusals of files have in common. */
final class Refusals {

    /** What tests call the files that they make. */
    static final String NAME = "made.up";

    static final Limits LIMITS = Limits.defaults();

    private Refusals() {}

    /** The whole message, so that it is read by somebody. */
    static FormatException assertRefused(long offset, String problem, Executable read) {
        return assertRefused(NAME, offset, problem, read);
    }

    static FormatException assertRefused(String file, long offset, String problem, Executable read) {
        FormatException refusal = assertThrows(FormatException.class, read);
        assertEquals(file + ": byte " + offset + ": " + problem, refusal.getMessage());
        assertEquals(offset, refusal.offset());
        assertEquals(file, refusal.file());
        return refusal;
    }
}
