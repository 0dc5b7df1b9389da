package dev.lanewise.bench.engine;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Map;

/**
 * The sentence encoder by ONNX Runtime, on one thread. Its classes come in one jar with its native code, which no build fetches, so
 * they are used by reflection: what that costs, nanoseconds, is nothing beside a model.
 */
final class OnnxRuntime {

    private static final Class<?> ENVIRONMENT = type("OrtEnvironment");
    private static final Class<?> OPTIONS = type("OrtSession$SessionOptions");
    private static final Class<?> SESSION = type("OrtSession");
    private static final Class<?> RESULT = type("OrtSession$Result");
    private static final Class<?> TENSOR = type("OnnxTensor");

    private OnnxRuntime() {}

    /** Encodes a short sentence; the version. */
    static String tryOut() {
        infer(Sentences.of("1x2")).run();
        return "ONNX Runtime " + invoke(method(ENVIRONMENT, "getVersion"), environment());
    }

    /** The tokens' vectors, which stay in a tensor until the next call. */
    static Call infer(Sentences sentences) {
        return new Inference(sentences);
    }

    private static final class Inference implements Call {

        private final Method run = method(SESSION, "run", Map.class);
        private final Method close = method(RESULT, "close");
        private final Object session = session();
        private final Map<String, Object> inputs;
        private Object result;

        Inference(Sentences sentences) {
            int[] ids = sentences.flat();
            long[] seen = new long[ids.length];
            Arrays.fill(seen, 1);
            inputs = Map.of(
                    "input_ids",
                            tensor(sentences, Arrays.stream(ids).asLongStream().toArray()),
                    "attention_mask", tensor(sentences, seen),
                    "token_type_ids", tensor(sentences, new long[ids.length]));
        }

        @Override
        public Object run() {
            if (result != null) {
                invoke(close, result);
            }
            result = invoke(run, session, inputs);
            return result;
        }

        @Override
        public float[] result() {
            Object tensor = invoke(method(RESULT, "get", int.class), result, 0);
            FloatBuffer buffer = (FloatBuffer) invoke(method(TENSOR, "getFloatBuffer"), tensor);
            float[] numbers = new float[buffer.remaining()];
            buffer.get(numbers);
            return numbers;
        }
    }

    private static Object environment() {
        return invoke(method(ENVIRONMENT, "getEnvironment"), null);
    }

    private static Object session() {
        Object options;
        try {
            options = OPTIONS.getConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("ONNX Runtime gives no options", e);
        }
        invoke(method(OPTIONS, "setIntraOpNumThreads", int.class), options, 1);
        invoke(method(OPTIONS, "setInterOpNumThreads", int.class), options, 1);
        return invoke(
                method(ENVIRONMENT, "createSession", byte[].class, OPTIONS), environment(), MiniLm.bytes(), options);
    }

    private static Object tensor(Sentences sentences, long[] numbers) {
        return invoke(
                method(TENSOR, "createTensor", ENVIRONMENT, LongBuffer.class, long[].class),
                null,
                environment(),
                LongBuffer.wrap(numbers),
                new long[] {sentences.batch(), sentences.length()});
    }

    // ---- reflection

    private static Class<?> type(String name) {
        try {
            return Class.forName("ai.onnxruntime." + name);
        } catch (ClassNotFoundException e) {
            throw new NoClassDefFoundError("ONNX Runtime is not on the class path: " + e.getMessage());
        }
    }

    private static Method method(Class<?> type, String name, Class<?>... arguments) {
        try {
            return type.getMethod(name, arguments);
        } catch (NoSuchMethodException e) {
            throw new NoSuchMethodError("this is another ONNX Runtime: " + e.getMessage());
        }
    }

    private static Object invoke(Method method, Object on, Object... arguments) {
        try {
            return method.invoke(on, arguments);
        } catch (IllegalAccessException e) {
            throw new IllegalAccessError(e.getMessage());
        } catch (InvocationTargetException e) {
            throw new IllegalStateException("ONNX Runtime failed: " + e.getCause(), e.getCause());
        }
    }
}
