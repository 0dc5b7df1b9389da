package dev.lanewise.kernel.vector;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** The loops that compare. */
final class VectorComparisons {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    private VectorComparisons() {}

    static void eq(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        if (n < L) {
            for (int i = 0; i < n; i++) {
                y[yo + i] = a[ao + i * aStep] == b[bo + i * bStep] ? 1 : 0;
            }
        } else if (aStep == 0 && bStep == 0) {
            Arrays.fill(y, yo, yo + n, a[ao] == b[bo] ? 1 : 0);
        } else if (bStep == 0) {
            eqScalar(n, a, ao, b[bo], y, yo);
        } else if (aStep == 0) {
            eqScalar(n, b, bo, a[ao], y, yo);
        } else {
            eqRuns(n, a, ao, b, bo, y, yo);
        }
    }

    private static void eqRuns(int n, float[] a, int ao, float[] b, int bo, float[] y, int yo) {
        int last = n - L;
        FloatVector endA = FloatVector.fromArray(S, a, ao + last);
        FloatVector endB = FloatVector.fromArray(S, b, bo + last);
        for (int i = 0; i < last; i += L) {
            FloatVector va = FloatVector.fromArray(S, a, ao + i);
            FloatVector vb = FloatVector.fromArray(S, b, bo + i);
            FloatVector.zero(S).blend(1, va.compare(VectorOperators.EQ, vb)).intoArray(y, yo + i);
        }
        FloatVector.zero(S).blend(1, endA.compare(VectorOperators.EQ, endB)).intoArray(y, yo + last);
    }

    private static void eqScalar(int n, float[] a, int ao, float b, float[] y, int yo) {
        int last = n - L;
        FloatVector end = FloatVector.fromArray(S, a, ao + last);
        for (int i = 0; i < last; i += L) {
            FloatVector va = FloatVector.fromArray(S, a, ao + i);
            FloatVector.zero(S).blend(1, va.compare(VectorOperators.EQ, b)).intoArray(y, yo + i);
        }
        FloatVector.zero(S).blend(1, end.compare(VectorOperators.EQ, b)).intoArray(y, yo + last);
    }

    static void ne(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        if (n < L) {
            for (int i = 0; i < n; i++) {
                y[yo + i] = a[ao + i * aStep] != b[bo + i * bStep] ? 1 : 0;
            }
        } else if (aStep == 0 && bStep == 0) {
            Arrays.fill(y, yo, yo + n, a[ao] != b[bo] ? 1 : 0);
        } else if (bStep == 0) {
            neScalar(n, a, ao, b[bo], y, yo);
        } else if (aStep == 0) {
            neScalar(n, b, bo, a[ao], y, yo);
        } else {
            neRuns(n, a, ao, b, bo, y, yo);
        }
    }

    private static void neRuns(int n, float[] a, int ao, float[] b, int bo, float[] y, int yo) {
        int last = n - L;
        FloatVector endA = FloatVector.fromArray(S, a, ao + last);
        FloatVector endB = FloatVector.fromArray(S, b, bo + last);
        for (int i = 0; i < last; i += L) {
            FloatVector va = FloatVector.fromArray(S, a, ao + i);
            FloatVector vb = FloatVector.fromArray(S, b, bo + i);
            FloatVector.zero(S).blend(1, va.compare(VectorOperators.NE, vb)).intoArray(y, yo + i);
        }
        FloatVector.zero(S).blend(1, endA.compare(VectorOperators.NE, endB)).intoArray(y, yo + last);
    }

    private static void neScalar(int n, float[] a, int ao, float b, float[] y, int yo) {
        int last = n - L;
        FloatVector end = FloatVector.fromArray(S, a, ao + last);
        for (int i = 0; i < last; i += L) {
            FloatVector va = FloatVector.fromArray(S, a, ao + i);
            FloatVector.zero(S).blend(1, va.compare(VectorOperators.NE, b)).intoArray(y, yo + i);
        }
        FloatVector.zero(S).blend(1, end.compare(VectorOperators.NE, b)).intoArray(y, yo + last);
    }

    static void lt(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        if (n < L) {
            for (int i = 0; i < n; i++) {
                y[yo + i] = a[ao + i * aStep] < b[bo + i * bStep] ? 1 : 0;
            }
        } else if (aStep == 0 && bStep == 0) {
            Arrays.fill(y, yo, yo + n, a[ao] < b[bo] ? 1 : 0);
        } else if (bStep == 0) {
            ltScalar(n, a, ao, b[bo], y, yo);
        } else if (aStep == 0) {
            scalarLt(n, a[ao], b, bo, y, yo);
        } else {
            ltRuns(n, a, ao, b, bo, y, yo);
        }
    }

    private static void ltRuns(int n, float[] a, int ao, float[] b, int bo, float[] y, int yo) {
        int last = n - L;
        FloatVector endA = FloatVector.fromArray(S, a, ao + last);
        FloatVector endB = FloatVector.fromArray(S, b, bo + last);
        for (int i = 0; i < last; i += L) {
            FloatVector va = FloatVector.fromArray(S, a, ao + i);
            FloatVector vb = FloatVector.fromArray(S, b, bo + i);
            FloatVector.zero(S).blend(1, va.compare(VectorOperators.LT, vb)).intoArray(y, yo + i);
        }
        FloatVector.zero(S).blend(1, endA.compare(VectorOperators.LT, endB)).intoArray(y, yo + last);
    }

    private static void ltScalar(int n, float[] a, int ao, float b, float[] y, int yo) {
        int last = n - L;
        FloatVector end = FloatVector.fromArray(S, a, ao + last);
        for (int i = 0; i < last; i += L) {
            FloatVector va = FloatVector.fromArray(S, a, ao + i);
            FloatVector.zero(S).blend(1, va.compare(VectorOperators.LT, b)).intoArray(y, yo + i);
        }
        FloatVector.zero(S).blend(1, end.compare(VectorOperators.LT, b)).intoArray(y, yo + last);
    }

    private static void scalarLt(int n, float a, float[] b, int bo, float[] y, int yo) {
        int last = n - L;
        FloatVector end = FloatVector.fromArray(S, b, bo + last);
        for (int i = 0; i < last; i += L) {
            FloatVector vb = FloatVector.fromArray(S, b, bo + i);
            FloatVector.zero(S).blend(1, vb.compare(VectorOperators.GT, a)).intoArray(y, yo + i);
        }
        FloatVector.zero(S).blend(1, end.compare(VectorOperators.GT, a)).intoArray(y, yo + last);
    }

    static void le(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        if (n < L) {
            for (int i = 0; i < n; i++) {
                y[yo + i] = a[ao + i * aStep] <= b[bo + i * bStep] ? 1 : 0;
            }
        } else if (aStep == 0 && bStep == 0) {
            Arrays.fill(y, yo, yo + n, a[ao] <= b[bo] ? 1 : 0);
        } else if (bStep == 0) {
            leScalar(n, a, ao, b[bo], y, yo);
        } else if (aStep == 0) {
            scalarLe(n, a[ao], b, bo, y, yo);
        } else {
            leRuns(n, a, ao, b, bo, y, yo);
        }
    }

    private static void leRuns(int n, float[] a, int ao, float[] b, int bo, float[] y, int yo) {
        int last = n - L;
        FloatVector endA = FloatVector.fromArray(S, a, ao + last);
        FloatVector endB = FloatVector.fromArray(S, b, bo + last);
        for (int i = 0; i < last; i += L) {
            FloatVector va = FloatVector.fromArray(S, a, ao + i);
            FloatVector vb = FloatVector.fromArray(S, b, bo + i);
            FloatVector.zero(S).blend(1, va.compare(VectorOperators.LE, vb)).intoArray(y, yo + i);
        }
        FloatVector.zero(S).blend(1, endA.compare(VectorOperators.LE, endB)).intoArray(y, yo + last);
    }

    private static void leScalar(int n, float[] a, int ao, float b, float[] y, int yo) {
        int last = n - L;
        FloatVector end = FloatVector.fromArray(S, a, ao + last);
        for (int i = 0; i < last; i += L) {
            FloatVector va = FloatVector.fromArray(S, a, ao + i);
            FloatVector.zero(S).blend(1, va.compare(VectorOperators.LE, b)).intoArray(y, yo + i);
        }
        FloatVector.zero(S).blend(1, end.compare(VectorOperators.LE, b)).intoArray(y, yo + last);
    }

    private static void scalarLe(int n, float a, float[] b, int bo, float[] y, int yo) {
        int last = n - L;
        FloatVector end = FloatVector.fromArray(S, b, bo + last);
        for (int i = 0; i < last; i += L) {
            FloatVector vb = FloatVector.fromArray(S, b, bo + i);
            FloatVector.zero(S).blend(1, vb.compare(VectorOperators.GE, a)).intoArray(y, yo + i);
        }
        FloatVector.zero(S).blend(1, end.compare(VectorOperators.GE, a)).intoArray(y, yo + last);
    }
}
