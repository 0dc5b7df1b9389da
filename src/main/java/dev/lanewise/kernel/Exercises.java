package dev.lanewise.kernel;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Exercises of everything that the contracts of the kernels list. Loops of one signature are exercised alike, so a new one
 * is exercised without being named here.
 */
final class Exercises {

    private static final int MOST = 5000; // more than a block of a run
    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

    private static final MethodType UNARY =
            MethodType.methodType(void.class, int.class, float[].class, int.class, float[].class, int.class);
    private static final MethodType SHAPED = UNARY.insertParameterTypes(3, float.class); // with a slope, say
    private static final MethodType BINARY = MethodType.methodType(
            void.class,
            int.class,
            float[].class,
            int.class,
            int.class,
            float[].class,
            int.class,
            int.class,
            float[].class,
            int.class);
    private static final MethodType FOLD = MethodType.methodType(float.class, int.class, float[].class, int.class);
    private static final MethodType INDEX = FOLD.changeReturnType(int.class);
    private static final MethodType ROWS = MethodType.methodType(
            void.class, int.class, int.class, float[].class, int.class, int.class, float[].class, int.class);

    private static final float[] AWKWARD = {
        Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, -0f, 0, Float.MIN_VALUE, -3e15f, 1e9f, -100, 89
    };

    private final List<Exercise> list = new ArrayList<>();
    private final ElementwiseKernels elementwise;
    private final ReductionKernels reductions;
    private final GemmKernels gemm;
    private final UpdateKernels updates;
    private final float[] any = run(1, -3, 3);
    private final float[] positive = run(2, 0.01, 3);
    private final float[] awkward = run(3, -10, 10);
    private final float[] out = new float[MOST];
    private final float[] mean = new float[MOST];
    private final float[] square = new float[MOST];

    /** Keeps results alive. */
    private float folded;

    private Exercises(KernelProvider provider) {
        elementwise = provider.elementwise();
        reductions = provider.reductions();
        gemm = provider.gemm();
        updates = provider.updates();
        for (int i = 0; i < awkward.length; i += 3) {
            awkward[i] = AWKWARD[i / 3 % AWKWARD.length];
        }
    }

    /** Exercises of an implementation through its contracts. */
    static List<Exercise> of(KernelProvider provider) {
        Exercises exercises = new Exercises(provider);
        exercises.addProducts();
        exercises.addLoops(ElementwiseKernels.class, exercises.elementwise);
        exercises.addLoops(ReductionKernels.class, exercises.reductions);
        exercises.addUpdates();
        return exercises.list;
    }

    private static float[] run(long seed, double from, double to) {
        SplittableRandom random = new SplittableRandom(seed);
        float[] run = new float[MOST + 8];
        for (int i = 0; i < run.length; i++) {
            run[i] = (float) random.nextDouble(from, to);
        }
        return run;
    }

    private <K> void addLoops(Class<K> contract, K kernels) {
        Method[] methods = contract.getMethods();
        Arrays.sort(methods, Comparator.comparing(Method::getName).thenComparing(Method::toString));
        for (Method method : methods) {
            if (!Modifier.isStatic(method.getModifiers())) {
                try {
                    addLoop(method.getName(), LOOKUP.unreflect(method).bindTo(kernels));
                } catch (IllegalAccessException e) {
                    throw new LinkageError("cannot exercise " + method, e);
                }
            }
        }
    }

    /** By name where a loop is the only one of its kind, else by what it takes. */
    private void addLoop(String name, MethodHandle loop) {
        MethodType type = loop.type();
        if (type.equals(UNARY)) {
            addUnary(name, loop);
        } else if (type.equals(SHAPED)) {
            addUnary(name, MethodHandles.insertArguments(loop, 3, 0.3f));
        } else if (type.equals(BINARY)) {
            for (int steps = 0; steps < 4; steps++) {
                addBinary(name, loop, steps & 1, steps >> 1);
            }
        } else if (type.equals(FOLD) || type.equals(INDEX)) {
            addFold(name, loop.asType(FOLD), any);
            addFold(name + " of awkward numbers", loop.asType(FOLD), awkward);
        } else if (type.equals(ROWS)) {
            addRows(name, loop, 91);
            addRows(name + " of few columns", loop, 4);
        } else {
            switch (name) {
                case "clamp" -> add(name, turn -> elementwise.clamp(length(turn), any, 1, -1, 1, out, 0));
                case "where" -> addWhere();
                case "copy" -> addCopies();
                case "dot" -> add(name, turn -> folded = reductions.dot(runLength(turn), any, 1, positive, 2));
                case "crossEntropy" ->
                    add(name, turn -> {
                        int n = Math.max(1, runLength(turn));
                        folded = reductions.crossEntropy(n, any, 1, turn % n);
                    });
                case "sumSquares" -> add(name, turn -> folded = reductions.sumSquares(runLength(turn), any, 1, 0.3f));
                default -> throw new AssertionError("nobody knows how to exercise " + name + type);
            }
        }
    }

    private interface Body {
        void run(int turn) throws Throwable;
    }

    private void add(String name, Body body) {
        list.add(new Exercise(name, turn -> {
            try {
                body.run(turn);
            } catch (RuntimeException | Error e) {
                throw e;
            } catch (Throwable e) {
                throw new AssertionError("a kernel threw a checked exception", e);
            }
        }));
    }

    private static int length(int turn) {
        return Exercise.length(turn);
    }

    private static int runLength(int turn) {
        return Exercise.isRare(turn) ? MOST : length(turn);
    }

    private void addUnary(String name, MethodHandle loop) {
        add(name, turn -> {
            float[] x = Exercise.isRare(turn) ? awkward : (turn & 1) == 0 ? any : positive;
            loop.invokeExact(length(turn), x, 1, out, 0);
        });
    }

    private void addBinary(String name, MethodHandle loop, int aStep, int bStep) {
        add(name + " of steps " + aStep + " and " + bStep, turn -> {
            float[] a = Exercise.isRare(turn) ? awkward : (turn & 1) == 0 ? positive : any;
            loop.invokeExact(length(turn), a, 1, aStep, any, 2, bStep, out, 0);
        });
    }

    private void addFold(String name, MethodHandle loop, float[] x) {
        add(name, turn -> folded = (float) loop.invokeExact(Math.max(1, runLength(turn)), x, 1));
    }

    private void addRows(String name, MethodHandle loop, int mostColumns) {
        add(name, turn -> {
            int columns = turn % (turn < Exercise.SHORT ? Math.min(40, mostColumns) : mostColumns);
            int rows = Exercise.isRare(turn) ? 300 : turn < Exercise.SHORT ? 1 + turn % 9 : 50;
            loop.invokeExact(rows, columns, any, 1, columns % 16, out, 0);
        });
    }

    private void addWhere() {
        for (int steps = 0; steps < 8; steps++) {
            int c = steps & 1;
            int a = steps >> 1 & 1;
            int b = steps >> 2;
            add(
                    "where of steps " + c + ", " + a + " and " + b,
                    turn -> elementwise.where(length(turn), any, 1, c, positive, 2, a, awkward, 3, b, out, 0));
        }
    }

    private void addCopies() {
        add("copy, transposed", turn -> {
            int side = turn < Exercise.SHORT ? turn % 20 : 15 + turn % 50;
            int rows = side + 3;
            elementwise.copy(rows, side, any, any.length - rows * side, 1, rows, out, 0);
        });
        add("copy, every second", turn -> {
            int side = turn < Exercise.SHORT ? turn % 8 : 8 + turn % 30;
            elementwise.copy(side + 3, side, any, 1, 2 * side, 2, out, 0);
        });
        add("copy, rows", turn -> elementwise.copy(5, turn % 90, any, 1, 100, 1, out, 0));
        add("copy, one column", turn -> elementwise.copy(turn % 90, 7, any, 1, 1, 0, out, 0));
    }

    /** Steps of optimizers: what they remember changes from turn to turn. */
    private void addUpdates() {
        add("descend", turn -> updates.descend(length(turn), any, 1, positive, 2, 1, 0.01f, 0.1f, out, 0));
        add(
                "descendWithMomentum",
                turn -> updates.descendWithMomentum(
                        length(turn), any, 1, gradient(turn), 2, mean, 1, 0.01f, 0.9f, 0.1f, out, 0));
        add(
                "adam",
                turn -> updates.adam(
                        length(turn),
                        any,
                        1,
                        gradient(turn),
                        2,
                        mean,
                        square,
                        1,
                        0,
                        0.999f,
                        0.9f,
                        0.1f,
                        0.99f,
                        0.01f,
                        0.1f,
                        1e-8f,
                        out,
                        0));
        add(
                "rmsProp",
                turn -> updates.rmsProp(
                        length(turn), any, 1, gradient(turn), 2, square, 1, 0, 0.99f, 0.01f, 0.1f, 1e-8f, out, 0));
        add(
                "rmsPropWithMomentum",
                turn -> updates.rmsPropWithMomentum(
                        length(turn),
                        any,
                        1,
                        gradient(turn),
                        2,
                        square,
                        mean,
                        1,
                        0,
                        0.99f,
                        0.01f,
                        0.9f,
                        0.1f,
                        1e-8f,
                        out,
                        0));
    }

    private float[] gradient(int turn) {
        return (turn & 1) == 0 ? positive : any;
    }

    /** Small products in every layout; a product of a batch is one of these. */
    private void addProducts() {
        for (int layouts = 0; layouts < 4; layouts++) {
            boolean aTransposed = (layouts & 1) != 0;
            boolean bTransposed = layouts >> 1 != 0;
            String name = "product " + (aTransposed ? "T" : "N") + (bTransposed ? "T" : "N");
            add(name, turn -> product(1 + turn % 31, turn, aTransposed, bTransposed));
            add(name + " of few rows", turn -> product(1 + turn % 4, turn, aTransposed, bTransposed));
            add(name + ", a batch", turn -> batch(turn, aTransposed, bTransposed));
        }
        add("product of strided operands", turn -> {
            int m = 1 + turn % 13;
            int n = 1 + turn % 11;
            int k = 1 + turn % 7;
            gemm.gemm(m, n, k, 1, any, 1, 2 * k, 2, any, 0, 2 * n, 2, turn & 1, out, 0, n);
        });
        add(
                "product of a column by a row",
                turn -> gemm.gemm(
                        1 + turn % 9, turn % 67, 1, alpha(turn), any, 1, 1, 1, any, 5, 0, 1, turn & 1, out, 0, 67));
        add("product by a column", this::byColumn);
        int columns = 67;
        GemmKernels.Packed shallow = gemm.pack(columns, 3, positive, 1, columns, 1);
        GemmKernels.Packed deep = gemm.pack(columns, 40, positive, 1, columns, 1);
        add("product by a packed matrix", turn -> {
            GemmKernels.Packed b = turn < Exercise.SHORT ? shallow : deep;
            int m = 1 + turn % 31;
            float alpha = gemm.gainsFromPacking(m, b.n(), b.k()) ? 0.5f : alpha(turn);
            gemm.gemm(m, alpha, any, 1, b.k(), 1, b, beta(turn), out, 0, columns, GemmKernels.Epilogue.NONE);
        });
        add("product over nothing", turn -> gemm.gemm(5, 9, 0, 1, any, 0, 0, 1, any, 0, 9, 1, turn & 1, out, 0, 9));
    }

    /** Of operands at the end of their arrays, as they mostly are: nothing can be read beyond them. */
    private void product(int m, int turn, boolean aTransposed, boolean bTransposed) {
        int n = 1 + turn % 67;
        int k = depth(turn);
        gemm.gemm(
                m,
                n,
                k,
                alpha(turn),
                any,
                any.length - m * k,
                aTransposed ? 1 : k,
                aTransposed ? m : 1,
                positive,
                positive.length - k * n,
                bTransposed ? 1 : n,
                bTransposed ? k : 1,
                beta(turn),
                out,
                0,
                n);
    }

    private void batch(int turn, boolean aTransposed, boolean bTransposed) {
        int m = 1 + turn % 17;
        int n = 1 + turn % 37;
        int k = depth(turn);
        boolean shared = turn % 3 == 0;
        gemm.gemmBatch(
                3,
                m,
                n,
                k,
                alpha(turn),
                any,
                1,
                m * k,
                aTransposed ? 1 : k,
                aTransposed ? m : 1,
                positive,
                2,
                shared ? 0 : 8,
                bTransposed ? 1 : n,
                bTransposed ? k : 1,
                beta(turn),
                out,
                0,
                m * n,
                n);
    }

    /** Rows lie one number after the other, so that many long ones fit; the last ends where the array does. */
    private void byColumn(int turn) {
        boolean rare = Exercise.isRare(turn);
        int m = 1 + turn % 11;
        int k = rare ? MOST - m : ReductionKernels.PARTIALS + turn % (turn < Exercise.SHORT ? 20 : 700);
        int bRow = rare ? 1 : 1 + (turn & 1);
        int ao = any.length - k - m + 1;
        gemm.gemm(m, 1, k, alpha(turn), any, ao, 1, 1, positive, 1, bRow, 1, beta(turn), out, 0, 1);
    }

    private static int depth(int turn) {
        return turn < Exercise.SHORT ? 1 + turn % 3 : 1 + turn % 61;
    }

    private static float alpha(int turn) {
        return turn % 5 == 0 ? 0.5f : 1;
    }

    /** 0 mostly, as in use; 1 and others too. */
    private static float beta(int turn) {
        return turn % 7 < 4 ? 0 : turn % 7 < 6 ? 1 : 0.5f;
    }
}
