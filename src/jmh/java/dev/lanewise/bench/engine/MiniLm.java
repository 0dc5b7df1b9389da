package dev.lanewise.bench.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The sentence encoder all-MiniLM-L6-v2, as its ONNX file in the artifact of the mail demo has it. */
final class MiniLm {

    static final int VOCABULARY = 30_522;
    static final int LAYERS = 6;
    static final int HEADS = 12;
    static final int WIDTH = 384;
    static final double EPS = 1e-12;

    private static final String FILE = "/all-minilm-l6-v2.onnx";

    private MiniLm() {}

    /** The file. */
    static InputStream open() {
        InputStream file = MiniLm.class.getResourceAsStream(FILE);
        if (file == null) {
            throw new IllegalStateException(FILE + " is not on the class path");
        }
        return file;
    }

    /** All of it. */
    static byte[] bytes() {
        try (InputStream file = open()) {
            return file.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
