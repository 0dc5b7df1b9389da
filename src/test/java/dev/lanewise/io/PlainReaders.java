package dev.lanewise.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.array.FloatArray;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a file holds that a reader has accepted, worked out without a line of the readers; they fail on files that should
 * have been refused.
 *
 * <p>They look for the words of a header by patterns, whatever stands between, and go element by element.
 */
final class PlainReaders {

    private static final Pattern TENSOR = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"\\s*:\\s*\\{([^{}]*)}");
    private static final Pattern DTYPE = Pattern.compile("\"dtype\"\\s*:\\s*\"(\\w+)\"");
    private static final Pattern SHAPE = Pattern.compile("\"shape\"\\s*:\\s*\\[([\\d,\\s]*)]");
    private static final Pattern OFFSETS =
            Pattern.compile("\"data_offsets\"\\s*:\\s*\\[\\s*(\\d+)\\s*,\\s*(\\d+)\\s*]");

    private static final Pattern DESCR = Pattern.compile("['\"]descr['\"]\\s*:\\s*['\"]([<>|])(\\w)(\\d)['\"]");
    private static final Pattern FORTRAN = Pattern.compile("['\"]fortran_order['\"]\\s*:\\s*(True|False)");
    private static final Pattern TUPLE = Pattern.compile("['\"]shape['\"]\\s*:\\s*\\(([\\d,\\sL]*)\\)");

    private PlainReaders() {}

    private record Tensor(String dtype, String shape, int begin, int end) {}

    /** The tensors, in the order of their data. */
    static List<FloatArray> safeTensors(byte[] file) {
        int length = (int) ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).getLong();
        String header = new String(file, 8, length, StandardCharsets.UTF_8);
        List<Tensor> tensors = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Matcher tensor = TENSOR.matcher(header); tensor.find(); ) {
            String fields = tensor.group(2);
            Matcher offsets = OFFSETS.matcher(fields);
            if (!tensor.group(1).equals("__metadata__") && offsets.find()) {
                assertTrue(names.add(tensor.group(1)), tensor.group(1));
                tensors.add(new Tensor(
                        find(DTYPE, fields).group(1),
                        find(SHAPE, fields).group(1),
                        Integer.parseInt(offsets.group(1)),
                        Integer.parseInt(offsets.group(2))));
            }
        }
        tensors.sort(Comparator.comparingInt(Tensor::begin).thenComparingInt(Tensor::end));
        List<FloatArray> result = new ArrayList<>();
        int covered = 0;
        for (Tensor tensor : tensors) {
            assertEquals(covered, tensor.begin);
            covered = tensor.end;
            ByteBuffer data = ByteBuffer.wrap(file, 8 + length + tensor.begin, tensor.end - tensor.begin)
                    .order(ByteOrder.LITTLE_ENDIAN);
            int[] shape = numbers(tensor.shape);
            float[] elements = new float[size(shape)];
            for (int i = 0; i < elements.length; i++) {
                elements[i] = element(tensor.dtype, data);
            }
            assertEquals(0, data.remaining());
            result.add(FloatArray.of(elements, shape));
        }
        assertEquals(file.length, 8 + length + covered);
        return result;
    }

    static FloatArray npy(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int length = file[6] == 1 ? bytes.getShort(8) & 0xFFFF : bytes.getInt(8);
        int start = file[6] == 1 ? 10 : 12;
        String header = new String(file, start, length, StandardCharsets.ISO_8859_1);
        Matcher descr = find(DESCR, header);
        int size = Integer.parseInt(descr.group(3));
        String dtype = switch (descr.group(2)) {
            case "b" -> "BOOL";
            case "i" -> "I" + 8 * size;
            case "u" -> "U" + 8 * size;
            default -> "F" + 8 * size;
        };
        int[] shape = numbers(find(TUPLE, header).group(1).replace("L", ""));
        boolean fortran = find(FORTRAN, header).group(1).equals("True");
        bytes.order(descr.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        float[] elements = new float[size(shape)];
        int[] position = new int[shape.length];
        for (int i = 0; i < elements.length; i++) {
            int place = i;
            if (fortran) {
                place = 0;
                for (int d = shape.length - 1; d >= 0; d--) {
                    place = place * shape[d] + position[d];
                }
            }
            bytes.position(start + length + place * size);
            elements[i] = element(dtype, bytes);
            for (int d = shape.length - 1; d >= 0 && ++position[d] == shape[d]; d--) {
                position[d] = 0;
            }
        }
        assertEquals(file.length, start + length + size * elements.length);
        return FloatArray.of(elements, shape);
    }

    static FloatArray idx(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file);
        String dtype = switch (file[2]) {
            case 8 -> "U8";
            case 9 -> "I8";
            case 11 -> "I16";
            case 12 -> "I32";
            case 13 -> "F32";
            default -> "F64";
        };
        bytes.position(4);
        int[] shape = new int[file[3]];
        for (int d = 0; d < shape.length; d++) {
            shape[d] = bytes.getInt();
        }
        float[] elements = new float[size(shape)];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = element(dtype, bytes);
        }
        assertEquals(0, bytes.remaining());
        return FloatArray.of(elements, shape);
    }

    private static float element(String dtype, ByteBuffer data) {
        return switch (dtype) {
            case "BOOL" -> truth(data.get());
            case "I8" -> data.get();
            case "U8" -> data.get() & 0xFF;
            case "I16" -> data.getShort();
            case "U16" -> data.getChar();
            case "I32" -> exact(Integer.toString(data.getInt()));
            case "U32" -> exact(Integer.toUnsignedString(data.getInt()));
            case "I64" -> exact(Long.toString(data.getLong()));
            case "U64" -> exact(Long.toUnsignedString(data.getLong()));
            case "F16" -> Float.float16ToFloat(data.getShort());
            case "BF16" -> Float.intBitsToFloat(data.getShort() << 16);
            case "F32" -> data.getFloat();
            case "F64" -> (float) data.getDouble();
            default -> throw new IllegalArgumentException(dtype);
        };
    }

    private static float truth(byte b) {
        assertTrue(b == 0 || b == 1);
        return b;
    }

    private static float exact(String integer) {
        float nearest = Float.parseFloat(integer);
        assertEquals(0, new BigDecimal(nearest).compareTo(new BigDecimal(integer)), integer);
        return nearest;
    }

    private static Matcher find(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalArgumentException("no " + pattern + " in " + text);
        }
        return matcher;
    }

    private static int[] numbers(String list) {
        return Arrays.stream(list.split(","))
                .map(String::strip)
                .filter(number -> !number.isEmpty())
                .mapToInt(Integer::parseInt)
                .toArray();
    }

    private static int size(int[] shape) {
        int size = 1;
        for (int length : shape) {
            size *= length;
        }
        return size;
    }
}
