/**
 * File formats: {@link dev.lanewise.io.SafeTensors}, {@link dev.lanewise.io.Npy}, {@link dev.lanewise.io.Npz} and
 * {@link dev.lanewise.io.Idx}, read and, but for the last, written, without any dependency.
 *
 * <p>Files may come from strangers. A reader gives exactly what the file says or throws one
 * {@link dev.lanewise.io.FormatException} with the file, the byte and what is wrong there; it never guesses, returns a part,
 * or allocates by a size that was not held against the file's length and the {@link dev.lanewise.io.Limits}. Writers
 * replace a file in one step and write equal bytes for equal arrays.
 *
 * <h2>Adding a format</h2>
 *
 * <p>A reader only has to find out where an array lies and what its elements are; turning bytes into arrays has one home.
 *
 * <ol>
 *   <li>{@code MappedFile.open} (or {@code of}, for bytes in memory) gives the file, its {@code input()} the bytes in order.
 *       An {@code Input} throws at the end of the file by itself, and {@code input.wrong(offset, problem)} makes every other
 *       error. What is deflated is read through an {@code InflatedInput}.
 *   <li>Read the header. Hold every length against {@code input.remaining()} or a constant before allocating by it.
 *       {@code HeaderScanner} and {@code JsonReader} help with headers in words. Make shapes by {@code Layout.shape} only: it
 *       knows which lengths are too many.
 *   <li>Describe what you found as a {@code Layout} (an {@code ElementType}, its byte order, the shape, the order of the
 *       dimensions), and return {@code layout.readLast(input, budget)}, which checks the size, counts the heap, converts, and
 *       refuses what follows. A new element type is a constant of {@code ElementType} and one loop.
 *   <li>Write through {@code AtomicFile} and {@code FloatBytes}.
 *   <li>Test it as the others are: bytes written out by hand, files of another tool, one test for each refusal, and a
 *       subclass of the fuzz test that damages good files.
 * </ol>
 *
 * <p>Formats that need a library of their own, such as ONNX, do not belong here: this package has no dependencies.
 */
@NullMarked
package dev.lanewise.io;

import org.jspecify.annotations.NullMarked;
