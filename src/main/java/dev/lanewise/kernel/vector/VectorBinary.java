package dev.lanewise.kernel.vector;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The loops that make one number from two, by one arithmetic operation. Those below a dispatch take at least a vector. */
final class VectorBinary {

    private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;
    private static final int L = S.length();

    private VectorBinary() {}

    static void add(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        if (n < L) {
            for (int i = 0; i < n; i++) {
                y[yo + i] = a[ao + i * aStep] + b[bo + i * bStep];
            }
        } else if (aStep == 0 && bStep == 0) {
            Arrays.fill(y, yo, yo + n, a[ao] + b[bo]);
        } else if (bStep == 0) {
            addScalar(n, a, ao, b[bo], y, yo);
        } else if (aStep == 0) {
            addScalar(n, b, bo, a[ao], y, yo);
        } else {
            addRuns(n, a, ao, b, bo, y, yo);
        }
    }

    private static void addRuns(int n, float[] a, int ao, float[] b, int bo, float[] y, int yo) {
        int last = n - L;
        FloatVector endA = FloatVector.fromArray(S, a, ao + last);
        FloatVector endB = FloatVector.fromArray(S, b, bo + last);
        for (int i = 0; i < last; i += L) {
            FloatVector va = FloatVector.fromArray(S, a, ao + i);
            FloatVector vb = FloatVector.fromArray(S, b, bo + i);
            va.add(vb).intoArray(y, yo + i);
        }
        endA.add(endB).intoArray(y, yo + last);
    }

    private static void addScalar(int n, float[] a, int ao, float b, float[] y, int yo) {
        int last = n - L;
        FloatVector end = FloatVector.fromArray(S, a, ao + last);
        for (int i = 0; i < last; i += L) {
            FloatVector va = FloatVector.fromArray(S, a, ao + i);
            va.add(b).intoArray(y, yo + i);
        }
        end.add(b).intoArray(y, yo + last);
    }

    static void sub(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        if (n < L) {
            for (int i = 0; i < n; i++) {
                y[yo + i] = a[ao + i * aStep] - b[bo + i * bStep];
            }
        } else if (aStep == 0 && bStep == 0) {
            Arrays.fill(y, yo, yo + n, a[ao] - b[bo]);
        } else if (bStep == 0) {
            subScalar(n, a, ao, b[bo], y, yo);
        } else if (aStep == 0) {
            scalarSub(n, a[ao], b, bo, y, yo);
        } else {
            subRuns(n, a, ao, b, bo, y, yo);
        }
    }

    private static void subRuns(int n, float[] a, int ao, float[] b, int bo, float[] y, int yo) {
        int last = n - L;
        FloatVector endA = FloatVector.fromArray(S, a, ao + last);
        FloatVector endB = FloatVector.fromArray(S, b, bo + last);
        for (int i = 0; i < last; i += L) {
            FloatVector va = FloatVector.fromArray(S, a, ao + i);
            FloatVector vb = FloatVector.fromArray(S, b, bo + i);
            va.sub(vb).intoArray(y, yo + i);
        }
        endA.sub(endB).intoArray(y, yo + last);
    }

    private static void subScalar(int n, float[] a, int ao, float b, float[] y, int yo) {
        int last = n - L;
        FloatVector end = FloatVector.fromArray(S, a, ao + last);
        for (int i = 0; i < last; i += L) {
            FloatVector va = FloatVector.fromArray(S, a, ao + i);
            va.sub(b).intoArray(y, yo + i);
        }
        end.sub(b).intoArray(y, yo + last);
    }

    private static void scalarSub(int n, float a, float[] b, int bo, float[] y, int yo) {
        int last = n - L;
        FloatVector end = FloatVector.fromArray(S, b, bo + last);
        for (int i = 0; i < last; i += L) {
            FloatVector vb = FloatVector.fromArray(S, b, bo + i);
            FloatVector.broadcast(S, a).sub(vb).intoArray(y, yo + i);
        }
        FloatVector.broadcast(S, a).sub(end).intoArray(y, yo + last);
    }

    static void mul(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        if (n < L) {
            for (int i = 0; i < n; i++) {
                y[yo + i] = a[ao + i * aStep] * b[bo + i * bStep];
            }
        } else if (aStep == 0 && bStep == 0) {
            Arrays.fill(y, yo, yo + n, a[ao] * b[bo]);
        } else if (bStep == 0) {
            mulScalar(n, a, ao, b[bo], y, yo);
        } else if (aStep == 0) {
            mulScalar(n, b, bo, a[ao], y, yo);
        } else {
            mulRuns(n, a, ao, b, bo, y, yo);
        }
    }

    private static void mulRuns(int n, float[] a, int ao, float[] b, int bo, float[] y, int yo) {
        int last = n - L;
        FloatVector endA = FloatVector.fromArray(S, a, ao + last);
        FloatVector endB = FloatVector.fromArray(S, b, bo + last);
        for (int i = 0; i < last; i += L) {
            FloatVector va = FloatVector.fromArray(S, a, ao + i);
            FloatVector vb = FloatVector.fromArray(S, b, bo + i);
            va.mul(vb).intoArray(y, yo + i);
        }
        endA.mul(endB).intoArray(y, yo + last);
    }

    private static void mulScalar(int n, float[] a, int ao, float b, float[] y, int yo) {
        int last = n - L;
        FloatVector end = FloatVector.fromArray(S, a, ao + last);
        for (int i = 0; i < last; i += L) {
            FloatVector va = FloatVector.fromArray(S, a, ao + i);
            va.mul(b).intoArray(y, yo + i);
        }
        end.mul(b).intoArray(y, yo + last);
    }

    static void div(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        if (n < L) {
            for (int i = 0; i < n; i++) {
                y[yo + i] = a[ao + i * aStep] / b[bo + i * bStep];
            }
        } else if (aStep == 0 && bStep == 0) {
            Arrays.fill(y, yo, yo + n, a[ao] / b[bo]);
        } else if (bStep == 0) {
            divScalar(n, a, ao, b[bo], y, yo);
        } else if (aStep == 0) {
            scalarDiv(n, a[ao], b, bo, y, yo);
        } else {
            divRuns(n, a, ao, b, bo, y, yo);
        }
    }

    private static void divRuns(int n, float[] a, int ao, float[] b, int bo, float[] y, int yo) {
        int last = n - L;
        FloatVector endA = FloatVector.fromArray(S, a, ao + last);
        FloatVector endB = FloatVector.fromArray(S, b, bo + last);
        for (int i = 0; i < last; i += L) {
            FloatVector va = FloatVector.fromArray(S, a, ao + i);
            FloatVector vb = FloatVector.fromArray(S, b, bo + i);
            va.div(vb).intoArray(y, yo + i);
        }
        endA.div(endB).intoArray(y, yo + last);
    }

    private static void divScalar(int n, float[] a, int ao, float b, float[] y, int yo) {
        int last = n - L;
        FloatVector end = FloatVector.fromArray(S, a, ao + last);
        for (int i = 0; i < last; i += L) {
            FloatVector va = FloatVector.fromArray(S, a, ao + i);
            va.div(b).intoArray(y, yo + i);
        }
        end.div(b).intoArray(y, yo + last);
    }

    private static void scalarDiv(int n, float a, float[] b, int bo, float[] y, int yo) {
        int last = n - L;
        FloatVector end = FloatVector.fromArray(S, b, bo + last);
        for (int i = 0; i < last; i += L) {
            FloatVector vb = FloatVector.fromArray(S, b, bo + i);
            FloatVector.broadcast(S, a).div(vb).intoArray(y, yo + i);
        }
        FloatVector.broadcast(S, a).div(end).intoArray(y, yo + last);
    }

    static void max(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        if (n < L) {
            for (int i = 0; i < n; i++) {
                y[yo + i] = Math.max(a[ao + i * aStep], b[bo + i * bStep]);
            }
        } else if (aStep == 0 && bStep == 0) {
            Arrays.fill(y, yo, yo + n, Math.max(a[ao], b[bo]));
        } else if (bStep == 0) {
            maxScalar(n, a, ao, b[bo], y, yo);
        } else if (aStep == 0) {
            maxScalar(n, b, bo, a[ao], y, yo);
        } else {
            maxRuns(n, a, ao, b, bo, y, yo);
        }
    }

    private static void maxRuns(int n, float[] a, int ao, float[] b, int bo, float[] y, int yo) {
        int last = n - L;
        FloatVector endA = FloatVector.fromArray(S, a, ao + last);
        FloatVector endB = FloatVector.fromArray(S, b, bo + last);
        for (int i = 0; i < last; i += L) {
            FloatVector va = FloatVector.fromArray(S, a, ao + i);
            FloatVector vb = FloatVector.fromArray(S, b, bo + i);
            va.max(vb).intoArray(y, yo + i);
        }
        endA.max(endB).intoArray(y, yo + last);
    }

    private static void maxScalar(int n, float[] a, int ao, float b, float[] y, int yo) {
        int last = n - L;
        FloatVector end = FloatVector.fromArray(S, a, ao + last);
        for (int i = 0; i < last; i += L) {
            FloatVector va = FloatVector.fromArray(S, a, ao + i);
            va.max(b).intoArray(y, yo + i);
        }
        end.max(b).intoArray(y, yo + last);
    }

    static void min(int n, float[] a, int ao, int aStep, float[] b, int bo, int bStep, float[] y, int yo) {
        if (n < L) {
            for (int i = 0; i < n; i++) {
                y[yo + i] = Math.min(a[ao + i * aStep], b[bo + i * bStep]);
            }
        } else if (aStep == 0 && bStep == 0) {
            Arrays.fill(y, yo, yo + n, Math.min(a[ao], b[bo]));
        } else if (bStep == 0) {
            minScalar(n, a, ao, b[bo], y, yo);
        } else if (aStep == 0) {
            minScalar(n, b, bo, a[ao], y, yo);
        } else {
            minRuns(n, a, ao, b, bo, y, yo);
        }
    }

    private static void minRuns(int n, float[] a, int ao, float[] b, int bo, float[] y, int yo) {
        int last = n - L;
        FloatVector endA = FloatVector.fromArray(S, a, ao + last);
        FloatVector endB = FloatVector.fromArray(S, b, bo + last);
        for (int i = 0; i < last; i += L) {
            FloatVector va = FloatVector.fromArray(S, a, ao + i);
            FloatVector vb = FloatVector.fromArray(S, b, bo + i);
            va.min(vb).intoArray(y, yo + i);
        }
        endA.min(endB).intoArray(y, yo + last);
    }

    private static void minScalar(int n, float[] a, int ao, float b, float[] y, int yo) {
        int last = n - L;
        FloatVector end = FloatVector.fromArray(S, a, ao + last);
        for (int i = 0; i < last; i += L) {
            FloatVector va = FloatVector.fromArray(S, a, ao + i);
            va.min(b).intoArray(y, yo + i);
        }
        end.min(b).intoArray(y, yo + last);
    }
}
