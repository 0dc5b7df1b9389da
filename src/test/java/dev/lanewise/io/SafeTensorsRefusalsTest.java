package dev.lanewise.io;

import static dev.lanewise.io.Refusals.LIMITS;
import static dev.lanewise.io.Refusals.NAME;
import static dev.lanewise.io.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every header that is refused, with the whole message. */
class SafeTensorsRefusalsTest {

    private static final String TYPES = "[BOOL, I8, U8, I16, U16, I32, U32, I64, U64, F16, BF16, F32, F64]";

    private static byte[] file(String header, int data) {
        byte[] json = Bytes.little().text(header).toArray();
        return Bytes.little().longs(json.length).raw(json).raw(new byte[data]).toArray();
    }

    private static void assertHeaderRefused(long offset, String problem, String header, int data) {
        byte[] file = file(header, data);
        assertRefused(offset, problem, () -> SafeTensors.open(file, NAME, LIMITS));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 100, Integer.MAX_VALUE, 1L << 32, Long.MAX_VALUE, Long.MIN_VALUE, -1})
    void headersLongerThanTheFile(long length) {
        byte[] file = Bytes.little().longs(length).toArray();
        assertRefused(
                0,
                "a header of " + Long.toUnsignedString(length) + " bytes is claimed, but 0 follow",
                () -> SafeTensors.open(file, NAME, LIMITS));
    }

    @Test
    void filesTooShortForALength() {
        for (int size = 0; size < 8; size++) {
            byte[] file = new byte[size];
            assertRefused(
                    0,
                    "the file ends here: 8 bytes should follow, not " + size,
                    () -> SafeTensors.open(file, NAME, LIMITS));
        }
    }

    @Test
    void headersLongerThanTheLimit() throws IOException {
        byte[] file = file("{} ", 0);
        assertRefused(
                0,
                "a header of 3 bytes is longer than the 2 allowed",
                () -> SafeTensors.open(file, NAME, LIMITS.withHeaderBytes(2)));
        SafeTensors.open(file, NAME, LIMITS.withHeaderBytes(3)).close();
    }

    /** Header, index of the header at which it is wrong, and what is. */
    static List<Arguments> notJson() {
        return List.of(
                Arguments.of("", 0, "an object, which starts with '{', should stand here, not the end of the header"),
                Arguments.of("[]", 0, "an object, which starts with '{', should stand here, not '['"),
                Arguments.of("{", 1, "a string, which starts with '\"', should stand here, not the end of the header"),
                Arguments.of("{}{}", 2, "nothing should stand here, not '{'"),
                Arguments.of("{}\0", 2, "nothing should stand here, not byte 0x00"),
                Arguments.of("{a", 1, "a string, which starts with '\"', should stand here, not 'a'"),
                Arguments.of("{'a", 1, "a string, which starts with '\"', should stand here, not '''"),
                Arguments.of("{\"a", 1, "a string that does not end"),
                Arguments.of("{\"a\\", 4, "an escape should stand here, not the end of the header"),
                Arguments.of("{\"a\\n", 1, "a string that does not end"),
                Arguments.of("{\"a\\x\"", 3, "an escape that JSON does not have, with 'x'"),
                Arguments.of("{\"a\nb\"", 3, "a control character in a string, byte 0x0a"),
                Arguments.of("{\"\\n\t\"", 4, "a control character in a string, byte 0x09"),
                Arguments.of("{\"\\u12", 6, "four hexadecimal digits should stand here, not the end of the header"),
                Arguments.of("{\"\\u12g4\"", 6, "four hexadecimal digits should stand here, not 'g'"),
                Arguments.of("{\"\\ud83d\"", 2, "half of a surrogate pair"),
                Arguments.of("{\"\\ude00\\ud83d\"", 2, "half of a surrogate pair"),
                Arguments.of("{\"\\ud83d\\u0041\"", 2, "half of a surrogate pair"),
                Arguments.of("{\"\\ud83dx\"", 2, "half of a surrogate pair"),
                Arguments.of("{\"a\" 1", 5, "':' should stand here, not '1'"),
                Arguments.of("{\"a\":1", 5, "an object, which starts with '{', should stand here, not '1'"),
                Arguments.of(
                        "{\"__metadata__\":{\"a\":\"b\",}}",
                        25,
                        "a string, which starts with '\"', should stand here, not '}'"),
                Arguments.of(
                        "{\"__metadata__\":{\"a\":1}}",
                        21,
                        "a string, which starts with '\"', should stand here, not '1'"),
                Arguments.of(
                        "{\"__metadata__\":{\"a\":{}}}",
                        21,
                        "a string, which starts with '\"', should stand here, not '{'"),
                Arguments.of(
                        "{\"__metadata__\":null}", 16, "an object, which starts with '{', should stand here, not 'n'"),
                Arguments.of("{\"__metadata__\":{} \"a\"", 19, "',' or '}' should stand here, not '\"'"),
                Arguments.of("{\"a\":{\"shape\":[1", 16, "',' or ']' should stand here, not the end of the header"),
                Arguments.of("{\"a\":{\"shape\":[1 2", 17, "',' or ']' should stand here, not '2'"),
                Arguments.of("{\"a\":{\"shape\":[,", 15, "a whole number from 0 on should stand here, not ','"),
                Arguments.of("{\"a\":{\"shape\":[1,]", 17, "a whole number from 0 on should stand here, not ']'"),
                Arguments.of("{\"a\":{\"shape\":[-1", 15, "a whole number from 0 on should stand here, not '-'"),
                Arguments.of("{\"a\":{\"shape\":[[1", 15, "a whole number from 0 on should stand here, not '['"),
                Arguments.of("{\"a\":{\"shape\":[1.0", 16, "',' or ']' should stand here, not '.'"),
                Arguments.of("{\"a\":{\"shape\":[1e2", 16, "',' or ']' should stand here, not 'e'"),
                Arguments.of("{\"a\":{\"shape\":[01", 15, "a number with a leading zero"),
                Arguments.of("{\"a\":{\"shape\":[1234567890123456789", 15, "a number of more than 18 digits"),
                Arguments.of("{\"a\":{\"shape\":3", 14, "an array, which starts with '[', should stand here, not '3'"),
                Arguments.of(
                        "{\"a\":{\"dtype\":3", 14, "a string, which starts with '\"', should stand here, not '3'"));
    }

    @ParameterizedTest
    @MethodSource
    void notJson(String header, int index, String problem) {
        assertHeaderRefused(8 + index, "in the header: " + problem, header, 0);
    }

    @Test
    void stringsThatAreNotUtf8() {
        int[][] bad = {{0xC3}, {0xFF}, {0xC0, 0x80}, {0xED, 0xA0, 0x80}, {0xF5, 0x80, 0x80, 0x80}};
        for (int[] bytes : bad) {
            for (String escape : List.of("", "\\n")) {
                byte[] json = Bytes.little()
                        .text("{\"" + escape)
                        .bytes(bytes)
                        .text("\":")
                        .toArray();
                byte[] file = Bytes.little().longs(json.length).raw(json).toArray();
                assertRefused(
                        8 + 2, "in the header: a string that is not UTF-8", () -> SafeTensors.open(file, NAME, LIMITS));
            }
        }
    }

    @Test
    void headersThatDoNotBeginWithABrace() {
        assertHeaderRefused(8, "the JSON header does not begin with '{'", " {}", 0);
    }

    private static String tensor(String name, String dtype, String shape, String offsets) {
        return "\"" + name + "\":{\"dtype\":\"" + dtype + "\",\"shape\":" + shape + ",\"data_offsets\":" + offsets
                + "}";
    }

    /** Tensors, bytes of data, index of the header at which they are wrong, and what is. */
    static List<Arguments> wrongTensors() {
        String good = tensor("a", "F32", "[2]", "[0,8]");
        return List.of(
                Arguments.of(good + "," + good, 8, 54, "tensor \"a\": the name stands twice"),
                Arguments.of(
                        good + "," + good.replace("\"a\"", "\"\\u0061\""),
                        8,
                        54,
                        "tensor \"a\": the name stands twice"),
                Arguments.of("\"__metadata__\":{},\"__metadata__\":{}", 0, 19, "__metadata__ stands twice"),
                Arguments.of(
                        "\"__metadata__\":{\"k\":\"1\",\"k\":\"1\"}",
                        0,
                        25,
                        "__metadata__: the key \"k\" stands twice"),
                Arguments.of(
                        good.replace("dtype", "d\\ntype"), 8, 6, "tensor \"a\": there is no field \"d\\u000atype\""),
                Arguments.of(
                        "\"a\":{\"dtype\":\"F32\",\"dtype\":\"F32\"}",
                        8,
                        20,
                        "tensor \"a\": the field dtype stands twice"),
                Arguments.of("\"a\":{\"shape\":[],\"shape\":[]}", 8, 17, "tensor \"a\": the field shape stands twice"),
                Arguments.of(
                        "\"a\":{\"data_offsets\":[],\"data_offsets\":[]}",
                        8,
                        24,
                        "tensor \"a\": the field data_offsets stands twice"),
                Arguments.of("\"a\":{}", 8, 1, "tensor \"a\": the field dtype is missing"),
                Arguments.of("\"a\":{\"dtype\":\"F32\"}", 8, 1, "tensor \"a\": the field shape is missing"),
                Arguments.of(
                        "\"a\":{\"dtype\":\"F32\",\"shape\":[]}",
                        8,
                        1,
                        "tensor \"a\": the field data_offsets is missing"),
                Arguments.of(
                        tensor("a", "F8_E4M3", "[8]", "[0,8]"),
                        8,
                        14,
                        "tensor \"a\": dtype \"F8_E4M3\" is none of those read, " + TYPES),
                Arguments.of(
                        tensor("a", "f32", "[2]", "[0,8]"),
                        8,
                        14,
                        "tensor \"a\": dtype \"f32\" is none of those read, " + TYPES),
                Arguments.of(tensor("a", "F32", "[2]", "[0]"), 8, 1, "tensor \"a\": 1 data_offsets, not 2"),
                Arguments.of(tensor("a", "F32", "[2]", "[0,4,8]"), 8, 47, "tensor \"a\": more than 2 numbers"),
                Arguments.of(
                        tensor("a", "F32", "[" + "1,".repeat(64) + "1]", "[0,8]"),
                        8,
                        28,
                        "tensor \"a\": more than 64 numbers"),
                Arguments.of(
                        tensor("a", "F32", "[2]", "[8,0]"),
                        8,
                        1,
                        "tensor \"a\": data_offsets [8, 0] end before they begin"),
                Arguments.of(
                        tensor("a", "F32", "[2]", "[0,8]"),
                        7,
                        1,
                        "tensor \"a\": data_offsets [0, 8] reach beyond the data, which are 7 bytes"),
                Arguments.of(
                        tensor("a", "F32", "[2]", "[999999999999999990,999999999999999998]"),
                        8,
                        1,
                        "tensor \"a\": data_offsets [999999999999999990, 999999999999999998] reach beyond the data,"
                                + " which are 8 bytes"),
                Arguments.of(
                        tensor("a", "F32", "[3]", "[0,8]"),
                        8,
                        1,
                        "tensor \"a\": data_offsets [0, 8] hold 8 bytes, but shape 3 of F32 takes 12"),
                Arguments.of(
                        tensor("a", "F32", "[]", "[0,8]"),
                        8,
                        1,
                        "tensor \"a\": data_offsets [0, 8] hold 8 bytes, but shape scalar of F32 takes 4"),
                Arguments.of(
                        tensor("a", "F32", "[2,0]", "[0,8]"),
                        8,
                        1,
                        "tensor \"a\": data_offsets [0, 8] hold 8 bytes, but shape 2x0 of F32 takes 0"),
                Arguments.of(
                        good + "," + tensor("b", "F32", "[2]", "[4,12]"),
                        12,
                        54,
                        "tensor \"b\": its data overlap those of \"a\" by 4 bytes"),
                Arguments.of(
                        good + "," + tensor("b", "F32", "[2]", "[0,8]"),
                        8,
                        54,
                        "tensor \"b\": its data overlap those of \"a\" by 8 bytes"),
                Arguments.of(
                        good + "," + tensor("b", "F32", "[0]", "[4,4]"),
                        8,
                        54,
                        "tensor \"b\": its data overlap those of \"a\" by 4 bytes"),
                Arguments.of(
                        tensor("b", "F32", "[1]", "[9,13]") + "," + good,
                        13,
                        1,
                        "tensor \"b\": before its data 1 bytes belong to no tensor"),
                Arguments.of(
                        tensor("a", "F32", "[1]", "[4,8]"),
                        8,
                        1,
                        "tensor \"a\": before its data 4 bytes belong to no tensor"),
                Arguments.of(good, 11, 62, "3 bytes belong to no tensor"),
                Arguments.of("", 1, 2, "1 bytes belong to no tensor"));
    }

    @ParameterizedTest
    @MethodSource
    void wrongTensors(String tensors, int data, int index, String problem) {
        assertHeaderRefused(8 + index, problem, "{" + tensors + "}", data);
    }

    @Test
    void shapesThatNoArrayHas() {
        String wide = "[2147483640]";
        assertHeaderRefused(
                8 + 27,
                "a dimension of length 2147483640 is not between 0 and 2147483639",
                "{" + tensor("a", "U8", wide, "[0,0]") + "}",
                0);
        assertHeaderRefused(
                8 + 27,
                "shape 65536x32768 has more than 2147483639 elements",
                "{" + tensor("a", "U8", "[65536,32768]", "[0,0]") + "}",
                0);
        // 2^32 elements and 2^64 are 0 in ints and longs.
        assertHeaderRefused(
                8 + 27,
                "shape 65536x65536 has more than 2147483639 elements",
                "{" + tensor("a", "U8", "[65536,65536]", "[0,0]") + "}",
                0);
        assertHeaderRefused(
                8 + 27,
                "shape 65536x65536x65536x65536 has more than 2147483639 elements",
                "{" + tensor("a", "U8", "[65536,65536,65536,65536]", "[0,0]") + "}",
                0);
    }

    @Test
    void emptyShapesAsWideAsAnyAreNoneOfThem() throws IOException {
        byte[] file = file("{" + tensor("a", "F64", "[2147483639,0,2147483639]", "[0,0]") + "}", 0);
        try (SafeTensors opened = SafeTensors.open(file, NAME, LIMITS)) {
            assertEquals(0, opened.read("a").size());
        }
    }

    @Test
    void longAndStrangeNamesAreShownShortAndPlain() {
        String name = "\u001b[31m\u202e" + "x".repeat(1000);
        String header = "{\"" + name.replace("\u001b", "\\u001b") + "\":{}}";
        assertHeaderRefused(
                9, "tensor \"\\u001b[31m\\u202e" + "x".repeat(54) + "...\": the field dtype is missing", header, 0);
    }
}
