package dev.lanewise.array;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/**
 * How much storage a set of arrays keeps alive.
 *
 * <p>Storage that several arrays share is counted once, and a view counts the whole storage behind it, because that is
 * what it keeps from being collected, however little of it the view shows.
 */
public final class Footprint {

    private final Set<float[]> storages = Collections.newSetFromMap(new IdentityHashMap<>());
    private long bytes;

    /** Nothing as yet. */
    public Footprint() {}

    /** Counts the storage behind the array, unless it was counted before. */
    public void add(FloatArray array) {
        if (storages.add(array.storage())) {
            bytes += (long) Float.BYTES * array.storage().length;
        }
    }

    /** The number of distinct storages behind the arrays that were added. */
    public int arrays() {
        return storages.size();
    }

    /** The bytes of all elements of those storages, without the headers of the objects. */
    public long bytes() {
        return bytes;
    }
}
