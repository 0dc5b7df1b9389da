package dev.lanewise.bench.engine;

/** What the engines that have more than products are measured on, beside those. */
public final class Calls {

    private Calls() {}

    /**
     * One operation on {@code n} numbers.
     *
     * @param operation {@code add}, {@code mul}, {@code relu}, {@code exp}, {@code tanh}, {@code sigmoid}, {@code sum} or
     *     {@code softmax}
     */
    public static Call operation(Engine engine, String operation, float[] x, float[] y) {
        return switch (engine) {
            case LANEWISE -> LanewiseArrays.operation(operation, x, y);
            case LIBTORCH -> LibtorchArrays.operation(operation, x, y);
            default -> throw unknown(engine);
        };
    }

    /** One operation of matrices that are views. */
    public static Call ofViews(Engine engine, Viewed viewed) {
        return switch (engine) {
            case LANEWISE -> LanewiseArrays.ofViews(viewed);
            case LIBTORCH -> LibtorchArrays.ofViews(viewed);
            default -> throw unknown(engine);
        };
    }

    /** Through a chain of recorded operations, and back. */
    public static Call chain(Engine engine, Chain chain) {
        return switch (engine) {
            case LANEWISE -> LanewiseArrays.chain(chain);
            case LIBTORCH -> LibtorchArrays.chain(chain);
            default -> throw unknown(engine);
        };
    }

    /** One step of training the network of two layers. */
    public static Call twoLayerNet(Engine engine, boolean byHand) {
        TwoLayerNet net = TwoLayerNet.start();
        return switch (engine) {
            case LANEWISE -> byHand ? LanewiseTwoLayerNet.byHand(net) : LanewiseTwoLayerNet.autograd(net);
            case LIBTORCH -> byHand ? LibtorchTwoLayerNet.byHand(net) : LibtorchTwoLayerNet.autograd(net);
            default -> throw unknown(engine);
        };
    }

    /** One step of training the classifier. */
    public static Call mlpStep(Engine engine, int batch, int frozen) {
        Mlp mlp = Mlp.start(batch);
        return switch (engine) {
            case LANEWISE -> LanewiseMlp.step(mlp, frozen);
            case LIBTORCH -> LibtorchMlp.step(mlp, frozen);
            default -> throw unknown(engine);
        };
    }

    /** The classifier's outputs. */
    public static Call mlpInference(Engine engine, int batch) {
        Mlp mlp = Mlp.start(batch);
        return switch (engine) {
            case LANEWISE -> LanewiseMlp.infer(mlp);
            case LIBTORCH -> LibtorchMlp.infer(mlp);
            default -> throw unknown(engine);
        };
    }

    /** What the sentence encoder makes of each token of the sentences. */
    public static Call encoderInference(Engine engine, Sentences sentences) {
        return switch (engine) {
            case LANEWISE -> LanewiseEncoder.infer(sentences);
            case LIBTORCH -> LibtorchEncoder.infer(sentences);
            case ONNXRUNTIME -> OnnxRuntime.infer(sentences);
            default -> throw unknown(engine);
        };
    }

    /** The same, as soon as it can be had after the start of a JVM. */
    public static Call encoderOnce(Engine engine, Sentences sentences) {
        return engine == Engine.LANEWISE ? LanewiseEncoder.inferOnce(sentences) : encoderInference(engine, sentences);
    }

    /** One step of training the sentence encoder and a new head; the result is the losses of the first steps. */
    public static Call encoderStep(Engine engine, EncoderTask task) {
        return switch (engine) {
            case LANEWISE -> LanewiseEncoder.step(task);
            case LIBTORCH -> LibtorchEncoder.step(task);
            default -> throw unknown(engine);
        };
    }

    /** One step of an optimizer. */
    public static Call update(Engine engine, Update update) {
        return switch (engine) {
            case LANEWISE -> LanewiseUpdate.of(update);
            case LIBTORCH -> LibtorchUpdate.of(update);
            default -> throw unknown(engine);
        };
    }

    private static IllegalArgumentException unknown(Engine engine) {
        return new IllegalArgumentException(engine.id() + " is not measured on this");
    }
}
