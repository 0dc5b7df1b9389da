package dev.lanewise;

/** What the library knows about itself. */
public final class Lanewise {

    private Lanewise() {}

    /**
     * Says in one line what runs here.
     *
     * @return the name of the library
     */
    public static String describe() {
        return "Lanewise";
    }
}
