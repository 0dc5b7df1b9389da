package dev.lanewise.oracle;

/**
 * How far a result may be from the exact one, in units of its {@link Scale}, and why so far.
 *
 * <p>The rule for products: a factor that was rounded costs up to 1 unit (half a unit of a small mantissa is a whole one of
 * a large one), the last rounding half a unit, and a function that is within e units costs 2e. The errors of sums mostly
 * average out; what a bound for them allows is said there.
 */
record Bound(double units, String reason) {

    static final Bound EXACT = new Bound(0, "numbers are chosen or moved, not computed");
    static final Bound ROUNDED = new Bound(0.5, "one correctly rounded operation");
    /** For what broadcasting or a reduction adds up, in pairs. */
    static final Bound ADDED =
            new Bound(4, "terms that are rounded once, and added in an order that is not libtorch's");

    static Bound of(double units, String reason) {
        return new Bound(units, reason);
    }
}
