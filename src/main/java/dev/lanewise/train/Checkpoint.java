package dev.lanewise.train;

import dev.lanewise.array.FloatArray;
import dev.lanewise.io.SafeTensors;
import dev.lanewise.nn.Layer;
import dev.lanewise.optim.Optimizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

/**
 * A model and its optimizer in one safetensors file, from which training goes on with the same bits: values under
 * {@code model/PATH}, what the optimizer remembers under {@code optimizer/…}, notes in the file's metadata.
 *
 * <p>Which parameters are frozen is not in it, nor are settings of the optimizer other than its learning rate: they belong to
 * the program.
 */
public final class Checkpoint {

    static final String MODEL = "model/";
    static final String OPTIMIZER = "optimizer/";
    static final String BEST = "best/";

    private Checkpoint() {}

    /**
     * Writes a file. One that was there before is replaced in one step, once the new one is complete and on disk.
     *
     * @param notes what else is to be known, such as the number of the step
     * @throws IOException if it cannot be written
     * @throws IllegalStateException if two parameters of the optimizer have one name
     */
    public static void save(Path file, Layer model, Optimizer optimizer, Map<String, String> notes) throws IOException {
        save(file, model, optimizer, Map.of(), notes);
    }

    static void save(
            Path file, Layer model, Optimizer optimizer, Map<String, FloatArray> best, Map<String, String> notes)
            throws IOException {
        Map<String, FloatArray> all = new LinkedHashMap<>();
        model.snapshot().forEach((path, value) -> all.put(MODEL + path, value));
        optimizer.state().forEach((name, value) -> all.put(OPTIMIZER + name, value));
        best.forEach((path, value) -> all.put(BEST + path, value));
        SafeTensors.write(file, all, notes);
    }

    /**
     * Puts what a file holds into a model and an optimizer of the same structure and settings.
     *
     * @return the notes
     * @throws IOException if it cannot be read, or is no such file
     * @throws IllegalArgumentException if it does not fit the model or the optimizer; nothing is changed then
     * @throws IllegalStateException if two parameters of the optimizer have one name; nothing is changed then
     */
    public static Map<String, String> load(Path file, Layer model, Optimizer optimizer) throws IOException {
        return read(file).into(model, optimizer);
    }

    static Content read(Path file) throws IOException {
        SequencedMap<String, FloatArray> all = new LinkedHashMap<>();
        Map<String, String> notes;
        try (SafeTensors tensors = SafeTensors.open(file)) {
            for (String name : tensors.names()) {
                all.put(name, tensors.read(name));
            }
            notes = new TreeMap<>(tensors.metadata());
        }
        return new Content(part(all, MODEL), part(all, OPTIMIZER), part(all, BEST), notes);
    }

    private static Map<String, FloatArray> part(Map<String, FloatArray> all, String prefix) {
        Map<String, FloatArray> part = new LinkedHashMap<>();
        all.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                part.put(name.substring(prefix.length()), value);
            }
        });
        return part;
    }

    /** What stands in a file. */
    record Content(
            Map<String, FloatArray> model,
            Map<String, FloatArray> optimizer,
            Map<String, FloatArray> best,
            Map<String, String> notes) {

        Map<String, String> into(Layer into, Optimizer withOptimizer) {
            Map<String, FloatArray> before = into.snapshot();
            into.restore(model);
            try {
                withOptimizer.restore(optimizer);
            } catch (RuntimeException e) {
                into.restore(before);
                throw e;
            }
            return notes;
        }
    }
}
