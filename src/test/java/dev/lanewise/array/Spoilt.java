package dev.lanewise.array;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.function.Supplier;

/** Lets tests of other packages compute on storage that is full of NaN: what is not written shows. */
public final class Spoilt {

    private Spoilt() {}

    /** As {@link Workspace#call}, of what an earlier run has done already, so that no storage is new, and all of it is NaN. */
    public static <T> T call(Workspace workspace, Supplier<T> action) {
        long bytes = workspace.bytes();
        workspace.spoil();
        T result = workspace.call(action);
        assertEquals(bytes, workspace.bytes(), "bytes of storage: the same run takes the same");
        return result;
    }
}
