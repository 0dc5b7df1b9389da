package dev.lanewise.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * An operation in the table: how to draw a trial of it, how large its errors may be, and where it is known to differ. Not
 * said, a bound is 0 and second derivatives are not compared.
 */
final class Case {

    private final String name;
    private final Function<Draw, Trial> drawing;
    private Bound value = Bound.EXACT;
    private Bound gradient = Bound.EXACT;
    private Bound second;
    private boolean signedZeros = true;
    private final List<Difference> differences = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    Case(String name, Function<Draw, Trial> drawing) {
        this.name = name;
        this.drawing = drawing;
    }

    // ---- said in the table

    Case value(Bound bound) {
        value = bound;
        return this;
    }

    Case gradient(Bound bound) {
        gradient = bound;
        return this;
    }

    /** Compares second derivatives too. */
    Case second(Bound bound) {
        second = bound;
        return this;
    }

    /** Does not tell 0 from -0 in the value: with sums that depends on what they start from. */
    Case anyZero() {
        signedZeros = false;
        return this;
    }

    /** Names a difference. How often it showed is on the page: on another processor libtorch has other loops. */
    Case differs(Difference difference) {
        differences.add(difference);
        return this;
    }

    /** A sentence for the page, about a difference of definition that the comparison is written around. */
    Case note(String sentence) {
        notes.add(sentence);
        return this;
    }

    // ---- asked by the run

    Trial draw(Draw draw) {
        return drawing.apply(draw);
    }

    String name() {
        return name;
    }

    Bound value() {
        return value;
    }

    Bound gradient() {
        return gradient;
    }

    /** Of forward mode where second derivatives are not compared: that of the gradient, or of a sum, which it may be. */
    Bound forward() {
        return gradient.units() < Bound.ADDED.units() ? Bound.ADDED : gradient;
    }

    /** Null where they are not compared. */
    Bound second() {
        return second;
    }

    boolean signedZeros() {
        return signedZeros;
    }

    List<Difference> differences() {
        return differences;
    }

    List<String> notes() {
        return notes;
    }
}
