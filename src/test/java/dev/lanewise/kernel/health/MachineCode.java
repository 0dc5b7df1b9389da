package dev.lanewise.kernel.health;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What C2 made of one method, read from what {@code -XX:CompileCommand=print} writes where no disassembler is installed:
 * addresses and bytes.
 *
 * @param method {@code package.Class::name}
 * @param instructions without the stubs at the end
 */
record MachineCode(String method, List<Instruction> instructions) {

    private static final Pattern HEADER = Pattern.compile("Compiled method \\(c2\\)\\s.*?\\s(\\S+::\\S+) .*");
    private static final Pattern BYTES = Pattern.compile("\\s+0x([0-9a-f]+):((?:[\\s|]+[0-9a-f]+)+)[\\s|]*");
    private static final byte NOP = (byte) 0x90;

    /** Every piece of C2's code in a log. */
    static List<MachineCode> read(Stream<String> lines) {
        Reader reader = new Reader();
        lines.forEach(reader::line);
        return reader.read;
    }

    private static final class Reader {

        private final List<MachineCode> read = new ArrayList<>();
        private String method = "";
        private boolean inside;
        private byte[] bytes = {};
        private int length;
        private long start;

        void line(String line) {
            Matcher header = HEADER.matcher(line);
            if (line.startsWith("Compiled method")) {
                method = header.matches() ? header.group(1) : "";
                bytes = new byte[4096];
                length = 0;
            } else if (method.isEmpty()) {
                return;
            } else if (line.startsWith("[MachCode]")) {
                inside = true;
            } else if (inside && (line.startsWith("[Stub Code]") || line.startsWith("[/MachCode]"))) {
                read.add(new MachineCode(method, Instruction.decode(Arrays.copyOf(bytes, length))));
                inside = false;
                method = "";
            } else if (inside) {
                append(line);
            }
        }

        private void append(String line) {
            Matcher found = BYTES.matcher(line);
            if (!found.matches()) {
                return; // a comment
            }
            long address = Long.parseLong(found.group(1), 16);
            if (length == 0) {
                start = address;
            }
            byte[] next = HexFormat.of().parseHex(found.group(2).replaceAll("[\\s|]", ""));
            int at = (int) (address - start);
            if (at + next.length > bytes.length) {
                bytes = Arrays.copyOf(bytes, 2 * (at + next.length));
            }
            if (at > length) {
                Arrays.fill(bytes, length, at, NOP);
            }
            System.arraycopy(next, 0, bytes, at, next.length);
            length = at + next.length;
        }
    }
}
