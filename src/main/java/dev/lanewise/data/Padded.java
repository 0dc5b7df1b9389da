package dev.lanewise.data;

import dev.lanewise.array.FloatArray;
import java.util.Arrays;
import java.util.List;

/**
 * Lists of ids made one length, that of the longest among them, and where they have ids of their own.
 *
 * @param ids one list for each, all of one length
 * @param mask {@code lists x length}: 1 where an id was given, 0 where one was filled in, as attention takes it
 */
@SuppressWarnings("ArrayRecordComponent") // it is handed on and never compared
public record Padded(int[][] ids, FloatArray mask) {

    /**
     * Fills shorter lists up at their ends.
     *
     * @param filler the id to fill up with
     */
    public static Padded toLongest(List<int[]> lists, int filler) {
        int length = 0;
        for (int[] list : lists) {
            length = Math.max(length, list.length);
        }
        int[][] ids = new int[lists.size()][];
        float[] mask = new float[Math.multiplyExact(ids.length, length)];
        for (int i = 0; i < ids.length; i++) {
            int own = lists.get(i).length;
            ids[i] = Arrays.copyOf(lists.get(i), length);
            Arrays.fill(ids[i], own, length, filler);
            Arrays.fill(mask, i * length, i * length + own, 1);
        }
        return new Padded(ids, FloatArray.wrap(mask, ids.length, length));
    }

    /** How long each list is now. */
    public int length() {
        return mask.shape().dim(1);
    }
}
