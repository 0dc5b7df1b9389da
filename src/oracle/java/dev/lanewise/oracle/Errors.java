package dev.lanewise.oracle;

/** The error of a float in units in the last place (ULP) of a given size. */
final class Errors {

    /** The power of two after the last float: what an infinity that was rounded to stands for. */
    private static final double END = 0x1p128;

    private Errors() {}

    /** The distance in units; infinite if one is NaN, or infinite, and the other is not. */
    static double inUnits(double found, double exact, double size) {
        if (Double.isNaN(exact) || Double.isNaN(found)) {
            return Double.isNaN(exact) && Double.isNaN(found) ? 0 : Double.POSITIVE_INFINITY;
        }
        boolean lost = Double.isInfinite(found) && Math.abs(exact) < 0x1.ffffp127;
        if (Double.isInfinite(exact) || lost) {
            return found == exact ? 0 : Double.POSITIVE_INFINITY;
        }
        double clipped = Math.clamp(exact, -END, END);
        double distance = Math.abs(Math.clamp(found, -END, END) - clipped);
        return distance == 0 ? 0 : distance / unit(size, clipped);
    }

    /** The distance of neighbouring floats of this size, or that of the exact result if it is larger. */
    static double unit(double size, double exact) {
        double magnitude = Double.isNaN(size) ? Math.abs(exact) : Math.max(size, Math.abs(exact));
        return Math.scalb(1.0, Math.max(Math.getExponent(magnitude), Float.MIN_EXPONENT) - 23);
    }
}
