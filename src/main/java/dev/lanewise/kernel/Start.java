package dev.lanewise.kernel;

/**
 * How far a program is that has just started. The first vectors of all load and link hundreds of classes, and until a loop is compiled each of
 * its vectors is an object; so the first loops over runs are plain ones. As both give the same bits, nobody sees which it was.
 *
 * <p>What is counted is work, not time: the same program hands over at the same call, and one that goes on has lost some ten
 * milliseconds at most. Threads may meet here, and lose counts.
 */
public final class Start {

    /** A call costs as much as so many numbers. */
    private static final int CALL = 64;

    private final long most;
    private long done;
    private boolean over;

    /** The plain loops have about so many numbers. */
    public Start(long numbers) {
        most = numbers;
    }

    /** Whether the vectors have a run of n numbers; else it is counted. */
    public boolean isOver(int n) {
        if (over) {
            return true;
        }
        done += n + CALL;
        if (done > most) {
            over = true; // never taken back, also where another thread has ended it meanwhile
        }
        return false;
    }

    /** From now on the vectors compute: all of their loops are compiled. */
    public void end() {
        over = true;
    }
}
