package dev.lanewise.io;

import dev.lanewise.array.FloatArray;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Writes safetensors files. */
final class SafeTensorsWriter {

    /** A cache line, and more than any reader asks for. */
    private static final int ALIGNMENT = 64;

    private SafeTensorsWriter() {}

    static void write(Path path, Map<String, FloatArray> tensors, Map<String, String> metadata) throws IOException {
        Map<String, FloatArray> inOrder = new TreeMap<>(tensors);
        byte[] header = header(inOrder, new TreeMap<>(metadata));
        AtomicFile.write(path, out -> {
            out.write(header);
            for (FloatArray tensor : inOrder.values()) {
                FloatBytes.write(tensor, out);
            }
        });
    }

    private static byte[] header(Map<String, FloatArray> tensors, Map<String, String> metadata) {
        if (tensors.containsKey(SafeTensorsHeader.METADATA)) {
            throw new IllegalArgumentException("write: no tensor can be named " + SafeTensorsHeader.METADATA);
        }
        StringBuilder json = new StringBuilder("{");
        if (!metadata.isEmpty()) {
            string(json, SafeTensorsHeader.METADATA).append(":{");
            metadata.forEach((key, value) -> {
                string(json, key).append(':');
                string(json, value).append(',');
            });
            json.setCharAt(json.length() - 1, '}');
            json.append(',');
        }
        long begin = 0;
        for (Map.Entry<String, FloatArray> entry : tensors.entrySet()) {
            FloatArray tensor = entry.getValue();
            Layout.checkRank(tensor.shape());
            long end = begin + (long) tensor.size() * Float.BYTES;
            String shape = Arrays.toString(tensor.shape().dims()).replace(" ", "");
            string(json, entry.getKey())
                    .append(":{\"dtype\":\"F32\",\"shape\":" + shape + ",\"data_offsets\":[" + begin + "," + end
                            + "]},");
            begin = end;
        }
        if (json.length() > 1) {
            json.setLength(json.length() - 1);
        }
        return framed(utf8(json.append('}')));
    }

    /** With the length before and spaces behind, up to where the data shall begin. */
    private static byte[] framed(byte[] json) {
        int prefix = SafeTensorsHeader.LENGTH_BYTES;
        checkLength(json.length);
        int length = Math.ceilDiv(prefix + json.length, ALIGNMENT) * ALIGNMENT;
        byte[] header = new byte[length];
        Arrays.fill(header, (byte) ' ');
        ByteBuffer.wrap(header)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(length - prefix)
                .put(json);
        return header;
    }

    private static void checkLength(long bytes) {
        if (bytes > Limits.HEADER_BYTES - ALIGNMENT) {
            throw new IllegalArgumentException(
                    "write: names, shapes and metadata take more bytes than the format allows, " + Limits.HEADER_BYTES);
        }
    }

    private static byte[] utf8(CharSequence text) {
        try {
            ByteBuffer bytes = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] result = new byte[bytes.remaining()];
            bytes.get(result);
            return result;
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("write: half a surrogate pair in a name or in metadata", e);
        }
    }

    private static StringBuilder string(StringBuilder json, String words) {
        checkLength(json.length() + (long) words.length());
        json.append('"');
        for (int i = 0; i < words.length(); i++) {
            char c = words.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"');
    }
}
