package dev.lanewise.oracle;

import dev.lanewise.array.FloatArray;
import dev.lanewise.oracle.Difference.Kind;

/** Compares the results of the trials of one case, and keeps the worst errors. */
final class Tally {

    /** The largest finite errors so far, in units. */
    static final class Worst {
        private double ours;
        private double libtorch;

        double ours() {
            return ours;
        }

        double libtorch() {
            return libtorch;
        }
    }

    /** What is thrown for an element of which neither the bounds nor a named difference approve. */
    static final class Disagreement extends AssertionError {

        private static final long serialVersionUID = 1;

        private final int element;

        Disagreement(int element, String message) {
            super(message);
            this.element = element;
        }

        int element() {
            return element;
        }
    }

    private final Case operation;
    private final Worst value = new Worst();
    private final Worst gradient = new Worst();
    private final Worst second = new Worst();
    /** Of forward mode, where the page has no column for it. */
    private final Worst forward = new Worst();

    private final long[] explained;
    /** Which of the named differences may explain anything in the present trial. */
    private final boolean[] applies;

    private long lostByBoth;
    private int trials;
    private int secondTrials;
    private boolean differentiable;
    private String unit = "";

    Tally(Case operation) {
        this.operation = operation;
        explained = new long[operation.differences().size()];
        applies = new boolean[explained.length];
    }

    // ---- what was found

    Case operation() {
        return operation;
    }

    Worst value() {
        return value;
    }

    Worst gradient() {
        return gradient;
    }

    Worst second() {
        return second;
    }

    int trials() {
        return trials;
    }

    /** Whether there was a gradient to compare. */
    boolean differentiable() {
        return differentiable;
    }

    /** How many of the trials compared second derivatives. */
    int secondTrials() {
        return secondTrials;
    }

    String unit() {
        return unit;
    }

    /** How many elements the named difference of that number explained. */
    long explained(int difference) {
        return explained[difference];
    }

    /** How many elements were NaN, infinite or 0 in both, and something else in double: lost on the way. */
    long lostByBoth() {
        return lostByBoth;
    }

    // ---- comparing

    /** Compares all that was computed; throws for the first element that is not as it should be. */
    void compare(Trial trial, FloatArray upstream, Ours lanewise, Results libtorch, Results exact, Results size) {
        Results ours = lanewise.reverse();
        if (!ours.shape().equals(libtorch.shape())) {
            throw new AssertionError("shape: " + ours.shape() + " here, " + libtorch.shape() + " in libtorch");
        }
        trials++;
        differentiable |= lanewise.differentiable();
        unit = trial.scale().unit();
        for (int i = 0; i < applies.length; i++) {
            applies[i] = operation.differences().get(i).when().test(trial);
        }
        Stage values =
                new Stage("value", Kind.VALUE, 0, trial, upstream, value, operation.value(), operation.signedZeros());
        values.compare(ours.value(), libtorch.value(), exact.value(), size.value());
        values.of("value of plain arrays", Kind.PLAIN_VALUE, 0)
                .compare(lanewise.plain(), libtorch.value(), exact.value(), size.value());
        Stage gradients =
                new Stage("gradient", Kind.GRADIENT, 0, trial, upstream, gradient, operation.gradient(), false);
        int operands = ours.gradients().size();
        for (int i = 0; i < operands; i++) {
            gradients
                    .of("gradient by operand " + i, Kind.GRADIENT, i)
                    .compare(
                            ours.gradients().get(i),
                            libtorch.gradients().get(i),
                            exact.gradients().get(i),
                            size.gradients().get(i));
        }
        if (!ours.seconds().isEmpty()) {
            compareSeconds(trial, upstream, lanewise, libtorch, exact, size);
        }
    }

    private void compareSeconds(
            Trial trial, FloatArray upstream, Ours lanewise, Results libtorch, Results exact, Results size) {
        int last = lanewise.reverse().seconds().size() - 1;
        if (operation.second() != null) {
            secondTrials++;
            Stage seconds =
                    new Stage("second derivative", Kind.SECOND, 0, trial, upstream, second, operation.second(), false);
            for (int i = 0; i <= last; i++) {
                seconds.of(
                                "second derivative by " + (i < last ? "operand " + i : "the upstream gradient"),
                                Kind.SECOND,
                                i)
                        .compare(
                                lanewise.reverse().seconds().get(i),
                                libtorch.seconds().get(i),
                                exact.seconds().get(i),
                                size.seconds().get(i));
            }
        }
        boolean kinked = operation.second() == null;
        new Stage(
                        "derivative in forward mode",
                        Kind.SECOND,
                        last,
                        trial,
                        upstream,
                        kinked ? forward : second,
                        kinked ? operation.forward() : operation.second(),
                        false)
                .compare(
                        lanewise.tangent(),
                        libtorch.seconds().get(last),
                        exact.seconds().get(last),
                        size.seconds().get(last));
    }

    /** One array of results after the other, under one bound. */
    private final class Stage {

        private final String name;
        private final Kind kind;
        private final int operand;
        private final Trial trial;
        private final FloatArray upstream;
        private final Worst worst;
        private final Bound bound;
        private final boolean signedZeros;

        Stage(
                String name,
                Kind kind,
                int operand,
                Trial trial,
                FloatArray upstream,
                Worst worst,
                Bound bound,
                boolean signedZeros) {
            this.name = name;
            this.kind = kind;
            this.operand = operand;
            this.trial = trial;
            this.upstream = upstream;
            this.worst = worst;
            this.bound = bound;
            this.signedZeros = signedZeros;
        }

        Stage of(String other, Kind otherKind, int otherOperand) {
            return new Stage(other, otherKind, otherOperand, trial, upstream, worst, bound, signedZeros);
        }

        void compare(double[] ours, double[] libtorch, double[] exact, double[] size) {
            if (ours.length != exact.length || libtorch.length != exact.length || size.length != exact.length) {
                throw new AssertionError(name + ": " + ours.length + " elements here, " + libtorch.length
                        + " in libtorch, " + size.length + " sizes");
            }
            for (int i = 0; i < ours.length; i++) {
                compare(i, ours[i], libtorch[i], exact[i], size[i]);
            }
        }

        private void compare(int element, double ours, double libtorch, double exact, double size) {
            double here = error(ours, exact, size);
            double there = error(libtorch, exact, size);
            boolean right = here <= bound.units() * (1 + 1e-6); // what double itself rounds off
            if (right && there < Double.POSITIVE_INFINITY) {
                worst.ours = Math.max(worst.ours, here);
                worst.libtorch = Math.max(worst.libtorch, there);
                return;
            }
            Difference.Element found =
                    new Difference.Element(kind, trial, upstream, operand, element, ours, libtorch, exact, right);
            for (int i = 0; i < explained.length; i++) {
                if (applies[i] && operation.differences().get(i).where().test(found)) {
                    explained[i]++;
                    return;
                }
            }
            if (here == Double.POSITIVE_INFINITY && Double.compare(ours, libtorch) == 0) {
                lostByBoth++;
                return;
            }
            throw new Disagreement(
                    element,
                    String.format(
                            "%s, element %d: Lanewise %s, libtorch %s, in double %s: errors of %.4g and %.4g units of"
                                    + " %.4g, %s",
                            name,
                            element,
                            text(ours),
                            text(libtorch),
                            exact,
                            here,
                            there,
                            Errors.unit(size, exact),
                            right
                                    ? "so that libtorch is wrong, which has to be named"
                                    : "where " + bound.units() + " are allowed (" + bound.reason() + ")"));
        }

        private double error(double found, double exact, double size) {
            boolean otherZero = signedZeros && found == 0 && exact == 0 && 1 / found != 1 / exact;
            return otherZero ? Double.POSITIVE_INFINITY : Errors.inUnits(found, exact, size);
        }

        private String text(double number) {
            return (float) number + (Double.isFinite(number) ? " (" + Float.toHexString((float) number) + ")" : "");
        }
    }
}
