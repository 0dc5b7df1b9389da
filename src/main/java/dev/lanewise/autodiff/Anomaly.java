package dev.lanewise.autodiff;

import dev.lanewise.array.FloatArray;
import dev.lanewise.array.Shape;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A scope that stops at the first NaN or infinity and says where it came from.
 *
 * <pre>{@code
 * Anomaly.detect(() -> {
 *     AdjointArray loss = model.loss(batch);
 *     loss.backward();
 * });
 * // sqrt: its derivative by operand 0 makes a gradient of shape 64x1 with Infinity at [3, 0], from a finite gradient
 * // of the result; the operation was called at Model.java:88 (Model.norm)
 * }</pre>
 *
 * <p>Every value, tangent and gradient of adjoint and dual arrays is looked at, which costs a multiple of the time; what
 * is recorded in the scope remembers its place in the caller's code. The numbers within an operation's own derivative are
 * its own affair (some are infinite before they are masked), only what comes out is looked at. A backward pass within the
 * scope over what was recorded outside is checked too, but cannot tell the places.
 */
public final class Anomaly {

    private enum Mode {
        NONE,
        NAN,
        NOT_FINITE
    }

    /** A pull that remembers where its operation was called. */
    record Traced(
            UnaryOperator<AdjointArray> pull, @Nullable StackTraceElement place)
            implements UnaryOperator<AdjointArray> {
        @Override
        public AdjointArray apply(AdjointArray gradient) {
            return pull.apply(gradient);
        }
    }

    private static final ScopedValue<Mode> MODE = ScopedValue.newInstance();
    private static final StackWalker WALKER = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);
    private static final @Nullable CodeSource OWN =
            Anomaly.class.getProtectionDomain().getCodeSource();

    /** Spares everyone who never uses this the look-up of a scoped value. */
    private static volatile boolean used;

    private Anomaly() {}

    /**
     * Runs the action, and stops it at the first number that is not finite.
     *
     * @throws AnomalyException naming the operation, its place in the caller's code, and the operand
     */
    public static void detect(Runnable action) {
        detect(Mode.NOT_FINITE, () -> {
            action.run();
            return true;
        });
    }

    /** As {@link #detect(Runnable)}, and returns what the action returns. */
    public static <T> T detect(Supplier<T> action) {
        return detect(Mode.NOT_FINITE, action);
    }

    /** As {@link #detect(Runnable)}, but infinities may pass, as those of masks before a softmax. */
    public static void detectNan(Runnable action) {
        detect(Mode.NAN, () -> {
            action.run();
            return true;
        });
    }

    /** As {@link #detectNan(Runnable)}, and returns what the action returns. */
    public static <T> T detectNan(Supplier<T> action) {
        return detect(Mode.NAN, action);
    }

    private static <T> T detect(Mode mode, Supplier<T> action) {
        used = true;
        return ScopedValue.where(MODE, mode).call(action::get);
    }

    static boolean isOn() {
        return used && MODE.isBound() && MODE.get() != Mode.NONE;
    }

    // ---- what is looked at

    static void checkValue(Rule rule, AdjointArray[] operands, FloatArray value) {
        int at = firstAnomaly(value);
        if (at < 0) {
            return;
        }
        int[] position = position(value.shape(), at);
        List<String> parts = new ArrayList<>();
        int culprit = -1;
        for (int i = 0; i < operands.length; i++) {
            FloatArray operand = operands[i].value();
            int inside = firstAnomaly(operand);
            String name = operands[i].name();
            String who = "operand " + i + (name == null ? "" : " ('" + name + "')") + " of shape " + operand.shape();
            if (inside >= 0) {
                culprit = culprit < 0 ? i : culprit;
                parts.add(who + " has " + at(operand, inside) + " already");
            } else if (operand.shape().expandsTo(value.shape())) {
                parts.add(who + " is " + operand.expand(value.shape()).get(position) + " there");
            } else {
                parts.add(who + " is finite");
            }
        }
        StackTraceElement place = place();
        throw new AnomalyException(
                rule.name() + ": its value of shape " + value.shape() + " has " + at(value, at) + "; "
                        + String.join(", ", parts) + told(place),
                rule.name(),
                culprit,
                place);
    }

    /** Pushes a tangent, without a look at what happens within, and looks at what comes out. */
    static AdjointArray push(
            Rule rule, int operand, AdjointArray[] operands, AdjointArray result, AdjointArray tangent) {
        AdjointArray pushed =
                ScopedValue.where(MODE, Mode.NONE).call(() -> rule.push(operand, operands, result, tangent));
        checkDerivative(rule.name(), operand, "tangent", "operand", tangent, pushed, place());
        return pushed;
    }

    static UnaryOperator<AdjointArray> traced(UnaryOperator<AdjointArray> pull) {
        return new Traced(pull, place());
    }

    /** Pulls a gradient, without a look at what happens within, and looks at what comes out. */
    static AdjointArray pull(Node node, int operand, UnaryOperator<AdjointArray> pull, AdjointArray gradient) {
        AdjointArray pulled = ScopedValue.where(MODE, Mode.NONE).call(() -> pull.apply(gradient));
        StackTraceElement place = pull instanceof Traced traced ? traced.place : null;
        checkDerivative(node.name, operand, "gradient", "result", gradient, pulled, place);
        return pulled;
    }

    private static void checkDerivative(
            String operation,
            int operand,
            String what,
            String ofWhat,
            AdjointArray from,
            @Nullable AdjointArray to,
            @Nullable StackTraceElement place) {
        int at = to == null ? -1 : firstAnomaly(to.value());
        if (at >= 0) {
            FloatArray value = Objects.requireNonNull(to).value();
            String source = firstAnomaly(from.value()) < 0 ? "a finite " : "a ";
            throw new AnomalyException(
                    operation + ": its derivative by operand " + operand + " makes a " + what + " of shape "
                            + value.shape() + " with " + at(value, at) + ", from " + source + what + " of the " + ofWhat
                            + told(place),
                    operation,
                    operand,
                    place);
        }
    }

    static void checkSeed(AdjointArray gradient) {
        check("backward", "the gradient that was given", gradient);
    }

    static void checkSum(Node node, AdjointArray gradient) {
        check(node.name, "the sum of the gradients that reach it", gradient);
    }

    static void checkHooked(Node node, AdjointArray gradient) {
        check(node.name, "the gradient that a hook on it returned", gradient);
    }

    private static void check(String operation, String what, AdjointArray gradient) {
        int at = firstAnomaly(gradient.value());
        if (at >= 0) {
            throw new AnomalyException(
                    operation + ": " + what + ", of shape " + gradient.shape() + ", has " + at(gradient.value(), at),
                    operation,
                    -1,
                    null);
        }
    }

    // ---- numbers

    /** The row-major number of the first element that is not as it should be; negative for none. */
    private static int firstAnomaly(FloatArray array) {
        boolean nanOnly = MODE.get() == Mode.NAN;
        float[] numbers = array.toArray();
        for (int i = 0; i < numbers.length; i++) {
            if (nanOnly ? Float.isNaN(numbers[i]) : !Float.isFinite(numbers[i])) {
                return i;
            }
        }
        return -1;
    }

    private static String at(FloatArray array, int number) {
        int[] position = position(array.shape(), number);
        return array.get(position) + (position.length == 0 ? "" : " at " + Arrays.toString(position));
    }

    private static int[] position(Shape shape, int number) {
        int[] position = new int[shape.rank()];
        int rest = number;
        for (int axis = position.length - 1; axis >= 0; axis--) {
            position[axis] = rest % shape.dim(axis);
            rest /= shape.dim(axis);
        }
        return position;
    }

    // ---- places

    private static String told(@Nullable StackTraceElement place) {
        return place == null
                ? ""
                : "; the operation was called at " + place.getFileName() + ":" + place.getLineNumber() + " ("
                        + place.getClassName().substring(place.getClassName().lastIndexOf('.') + 1) + "."
                        + place.getMethodName() + ")";
    }

    /** The innermost frame that is neither the library's nor the JDK's. */
    private static @Nullable StackTraceElement place() {
        return WALKER.walk(frames -> frames.filter(frame -> !isInternal(frame.getDeclaringClass()))
                .findFirst()
                .map(StackWalker.StackFrame::toStackTraceElement)
                .orElse(null));
    }

    private static boolean isInternal(Class<?> type) {
        String name = type.getName();
        if (name.startsWith("java.") || name.startsWith("jdk.")) {
            return true;
        }
        // By package and by origin: somebody else's classes may stand in packages of ours, as the tests do, and all
        // classes of an application may come from one jar.
        return name.startsWith("dev.lanewise.")
                && Objects.equals(OWN, type.getProtectionDomain().getCodeSource());
    }
}
