package dev.lanewise.kernel.health;

import java.util.ArrayList;
import java.util.List;

/**
 * One x86-64 instruction, decoded as far as it takes to know its length and what matters in a micro-kernel's loop
 * (Intel 64 and IA-32 Architectures Software Developer's Manual, volume 2, chapter 2 and appendix A).
 *
 * @param at where it starts
 * @param length in bytes
 * @param target where a jump with a constant distance goes, else -1
 * @param isFma whether it is a packed fused multiply-add
 * @param isCall whether it calls
 * @param isVector whether it works on vector registers
 * @param isOnStack whether it reads or writes the stack
 */
record Instruction(int at, int length, int target, boolean isFma, boolean isCall, boolean isVector, boolean isOnStack) {

    /** All instructions of a piece of code, one after the other. */
    static List<Instruction> decode(byte[] code) {
        List<Instruction> instructions = new ArrayList<>();
        for (int at = 0; at < code.length; ) {
            Instruction next = new Decoder(code, at).instruction();
            instructions.add(next);
            at += next.length;
        }
        return instructions;
    }

    /** Opcodes come in maps: 0 for one byte, 1 for 0F, 2 for 0F 38, 3 for 0F 3A. */
    private static final class Decoder {

        private final byte[] code;
        private final int start;
        private int at;
        private int map;
        private int opcode;
        private boolean isVector; // has a VEX or EVEX prefix
        private boolean isWide; // has REX.W
        private boolean isShort; // has the prefix for operands of 16 bits
        private boolean isBaseExtended; // the base register is one of those after the first eight
        private boolean isOnStack;

        Decoder(byte[] code, int start) {
            this.code = code;
            this.start = start;
            this.at = start;
        }

        private int next() {
            return at < code.length ? code[at++] & 0xFF : skipTo(at + 1);
        }

        /** Beyond the end of the code: what is cut off there is read as zeros. */
        private int skipTo(int end) {
            at = end;
            return 0;
        }

        Instruction instruction() {
            prefixes();
            int register = hasModRm() ? modRm() : 0;
            int bytes = immediateBytes(register);
            int target = -1;
            if (isRelativeJump()) {
                int distance = bytes == 1 ? (byte) next() : next() | next() << 8 | next() << 16 | next() << 24;
                target = at + distance;
            } else {
                at += bytes;
            }
            boolean fma = isVector && map == 2 && opcode >= 0x96 && opcode <= 0xBF && isPackedFma(opcode & 0xF);
            boolean call = map == 0 && (opcode == 0xE8 || opcode == 0xFF && register == 2);
            return new Instruction(start, at - start, target, fma, call, isVector, isOnStack);
        }

        /** Of the opcodes 96 to 9F, A6 to AF and B6 to BF the others are scalar. */
        private static boolean isPackedFma(int low) {
            return low == 6 || low == 7 || low == 8 || low == 0xA || low == 0xC || low == 0xE;
        }

        private void prefixes() {
            int next = next();
            while (isLegacyPrefix(next)) {
                isShort |= next == 0x66;
                next = next();
            }
            if ((next & 0xF0) == 0x40) {
                isWide = (next & 8) != 0;
                isBaseExtended = (next & 1) != 0;
                next = next();
            }
            switch (next) {
                case 0xC5 -> {
                    next();
                    vector(1);
                }
                case 0xC4 -> {
                    int first = next();
                    next();
                    isBaseExtended = (first & 0x20) == 0;
                    vector(first & 0x1F);
                }
                case 0x62 -> {
                    int first = next();
                    next();
                    next();
                    isBaseExtended = (first & 0x20) == 0;
                    vector(first & 7);
                }
                case 0x0F -> {
                    opcode = next();
                    map = 1;
                    if (opcode == 0x38 || opcode == 0x3A) {
                        map = opcode == 0x38 ? 2 : 3;
                        opcode = next();
                    }
                }
                default -> opcode = next;
            }
        }

        private void vector(int opcodeMap) {
            isVector = true;
            map = opcodeMap;
            opcode = next();
        }

        private static boolean isLegacyPrefix(int b) {
            return switch (b) {
                case 0x26, 0x2E, 0x36, 0x3E, 0x64, 0x65, 0x66, 0x67, 0xF0, 0xF2, 0xF3 -> true;
                default -> false;
            };
        }

        private boolean hasModRm() {
            if (map > 1) {
                return true;
            }
            if (map == 1) {
                return switch (opcode & 0xF0) {
                    case 0x00 -> opcode < 0x05 || opcode == 0x0D;
                    case 0x30, 0x80 -> false;
                    case 0x70 -> opcode != 0x77;
                    case 0xA0 -> (opcode & 7) > 2;
                    case 0xC0 -> opcode < 0xC8;
                    default -> opcode != 0xFF;
                };
            }
            return switch (opcode >> 4) {
                case 0, 1, 2, 3 -> (opcode & 7) < 4;
                case 6 -> opcode == 0x63 || opcode == 0x69 || opcode == 0x6B;
                case 8 -> true;
                case 0xC -> opcode < 0xC2 || opcode == 0xC6 || opcode == 0xC7;
                case 0xD -> opcode < 0xD4 || opcode > 0xD7;
                case 0xF -> (opcode & 7) > 5;
                default -> false;
            };
        }

        /** Reads the operands' byte and all that belongs to an address; answers the middle three bits. */
        private int modRm() {
            int modRm = next();
            int mod = modRm >> 6;
            int rm = modRm & 7;
            if (mod != 3) {
                int base = rm;
                if (rm == 4) {
                    base = next() & 7;
                    isOnStack = base == 4 && !isBaseExtended;
                }
                at += mod == 1 ? 1 : mod == 2 || base == 5 ? 4 : 0;
            }
            return modRm >> 3 & 7;
        }

        private boolean isRelativeJump() {
            return !isVector
                    && (map == 0 && (opcode >> 4 == 7 || opcode >> 2 == 0x38 || opcode == 0xE9 || opcode == 0xEB)
                            || map == 1 && opcode >> 4 == 8);
        }

        private int immediateBytes(int register) {
            int word = isShort && !isWide ? 2 : 4;
            if (map == 3) {
                return 1;
            }
            if (map == 1) {
                return switch (opcode) {
                    case 0x70, 0x71, 0x72, 0x73, 0xA4, 0xAC, 0xBA, 0xC2, 0xC4, 0xC5, 0xC6 -> 1;
                    default -> !isVector && opcode >> 4 == 8 ? 4 : 0;
                };
            }
            if (map != 0) {
                return 0;
            }
            return switch (opcode) {
                case 0x6A, 0x6B, 0x80, 0x83, 0xA8, 0xC0, 0xC1, 0xC6, 0xCD, 0xE4, 0xE5, 0xE6, 0xE7, 0xEB -> 1;
                case 0x68, 0x69, 0x81, 0xA9, 0xC7 -> word;
                case 0xC2 -> 2;
                case 0xC8 -> 3;
                case 0xE8, 0xE9 -> 4;
                case 0xA0, 0xA1, 0xA2, 0xA3 -> 8;
                case 0xF6 -> register < 2 ? 1 : 0;
                case 0xF7 -> register < 2 ? word : 0;
                default ->
                    switch (opcode >> 3) {
                        case 0x16 -> 1; // B0 to B7
                        case 0x17 -> isWide ? 8 : word; // B8 to BF
                        case 0x0E, 0x0F -> 1; // 70 to 7F
                        case 0x1C -> opcode < 0xE4 ? 1 : 0;
                        default -> opcode < 0x40 ? (opcode & 7) == 4 ? 1 : (opcode & 7) == 5 ? word : 0 : 0;
                    };
            };
        }
    }
}
