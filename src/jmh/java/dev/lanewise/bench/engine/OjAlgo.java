package dev.lanewise.bench.engine;

import org.ojalgo.OjAlgoUtils;
import org.ojalgo.matrix.store.R032Store;

/** ojAlgo's dense float store, limited to one thread. */
final class OjAlgo implements Multiplier {

    OjAlgo() {
        OjAlgoUtils.limitThreadsTo(1);
    }

    @Override
    public String version() {
        return "ojAlgo " + OjAlgoUtils.getVersion();
    }

    @Override
    public Call prepare(Product p) {
        p.requirePlain();
        R032Store a = store(p.m(), p.k(), p.a());
        R032Store b = store(p.k(), p.n(), p.b());
        return new Multiply(p, a, b, R032Store.FACTORY.make(p.m(), p.n()));
    }

    private static R032Store store(int rows, int columns, float[] numbers) {
        R032Store store = R032Store.FACTORY.make(rows, columns);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                store.set(i, j, numbers[i * columns + j]);
            }
        }
        return store;
    }

    private record Multiply(Product p, R032Store a, R032Store b, R032Store c) implements Call {

        @Override
        public Object run() {
            c.fillByMultiplying(a, b);
            return c;
        }

        @Override
        public float[] result() {
            float[] numbers = new float[p.outputs()];
            for (int i = 0; i < p.m(); i++) {
                for (int j = 0; j < p.n(); j++) {
                    numbers[i * p.n() + j] = c.floatValue(i, j);
                }
            }
            return numbers;
        }
    }
}
