package dev.lanewise.bench;

import dev.lanewise.bench.engine.Call;
import dev.lanewise.bench.engine.Engine;
import dev.lanewise.bench.engine.Product;

/** A program that multiplies once and says so: the child of {@link ColdStartBenchmark}. */
final class ColdStart {

    private ColdStart() {}

    /** Takes an engine and a shape. */
    public static void main(String[] args) {
        Product product = Product.random(args[1], "NN");
        Call call = Engine.named(args[0]).load().prepare(product);
        call.run();
        product.check(call.result());
        System.out.println("right");
    }
}
