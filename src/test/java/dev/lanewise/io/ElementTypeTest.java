package dev.lanewise.io;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ElementTypeTest {

    private static final float UNTOUCHED = 77;

    /** The float that one element decodes to; null if it was refused. */
    private static Float decode(ElementType type, boolean big, long bits) {
        byte[] bytes = new byte[Long.BYTES];
        for (int i = 0; i < type.size(); i++) {
            int place = big ? type.size() - 1 - i : i;
            bytes[place] = (byte) (bits >> i * Byte.SIZE);
        }
        float[] target = {UNTOUCHED, UNTOUCHED, UNTOUCHED};
        int decoded = type.decode(bytes, big, target, 1, 1);
        assertEquals(UNTOUCHED, target[0]);
        assertEquals(UNTOUCHED, target[2]);
        return decoded == 1 ? target[1] : null;
    }

    private static void assertBits(float expected, Float actual, String what) {
        assertEquals(Float.floatToRawIntBits(expected), Float.floatToRawIntBits(actual), what);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyHalfIsWidenedAsItsDefinitionSays(boolean big) {
        for (int bits = 0; bits < 1 << 16; bits++) {
            int exponent = bits >> 10 & 0x1F;
            int mantissa = bits & 0x3FF;
            double size = switch (exponent) {
                case 0 -> mantissa * 0x1p-24;
                case 31 -> mantissa == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
                default -> (1024 + mantissa) * Math.scalb(1.0, exponent - 25);
            };
            float expected = (float) (bits >> 15 == 0 ? size : -size);
            Float actual = decode(ElementType.F16, big, bits);
            assertEquals(Float.valueOf(expected), actual, Integer.toHexString(bits));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void everyBfloatIsTheUpperHalfOfAFloat(boolean big) {
        for (int bits = 0; bits < 1 << 16; bits++) {
            ByteBuffer buffer = ByteBuffer.allocate(4).putShort(0, (short) bits);
            assertBits(buffer.getFloat(0), decode(ElementType.BF16, big, bits), Integer.toHexString(bits));
        }
    }

    @Test
    void everyIntegerOfEightAndSixteenBitsIsHeld() {
        for (int bits = 0; bits < 1 << 8; bits++) {
            assertEquals((float) (bits < 128 ? bits : bits - 256), decode(ElementType.I8, false, bits));
            assertEquals((float) bits, decode(ElementType.U8, true, bits));
        }
        for (int bits = 0; bits < 1 << 16; bits++) {
            assertEquals((float) (bits < 32768 ? bits : bits - 65536), decode(ElementType.I16, false, bits));
            assertEquals((float) (bits < 32768 ? bits : bits - 65536), decode(ElementType.I16, true, bits));
            assertEquals((float) bits, decode(ElementType.U16, false, bits));
            assertEquals((float) bits, decode(ElementType.U16, true, bits));
        }
    }

    @Test
    void booleansAreZeroAndOneOnly() {
        for (int bits = 0; bits < 1 << 8; bits++) {
            assertEquals(
                    bits == 0 ? Float.valueOf(0) : bits == 1 ? Float.valueOf(1) : null,
                    decode(ElementType.BOOL, false, bits));
        }
        assertEquals("a boolean is 0 or 1, not 255", ElementType.BOOL.refusal(new byte[] {0, -1}, false, 1));
    }

    /** Random longs, and those near to powers of two, where floats begin to have gaps. */
    @Provide
    Arbitrary<Long> wholes() {
        Arbitrary<Long> near = Arbitraries.integers()
                .between(0, 63)
                .flatMap(shift -> Arbitraries.longs()
                        .between(-4, 4)
                        .flatMap(off -> Arbitraries.of(1L, 3L, 0xFFFFFFL, 0x1FFFFFFL, -1L)
                                .map(factor -> (factor << shift) + off)));
        return Arbitraries.frequencyOf(Tuple.of(3, near), Tuple.of(1, Arbitraries.longs()));
    }

    @Property
    void longerIntegersAreHeldExactlyOrRefused(@ForAll("wholes") long bits, @ForAll boolean big) {
        BigInteger unsigned = new BigInteger(Long.toUnsignedString(bits));
        assertExact(BigInteger.valueOf(bits << 32 >> 32), ElementType.I32, big, bits);
        assertExact(BigInteger.valueOf(bits & 0xFFFF_FFFFL), ElementType.U32, big, bits);
        assertExact(BigInteger.valueOf(bits), ElementType.I64, big, bits);
        assertExact(unsigned, ElementType.U64, big, bits);
    }

    private static void assertExact(BigInteger value, ElementType type, boolean big, long bits) {
        float nearest = new BigDecimal(value).floatValue();
        boolean exact = new BigDecimal(nearest).toBigIntegerExact().equals(value);
        assertEquals(exact ? nearest : null, decode(type, big, bits), () -> type + " " + value);
        if (!exact) {
            byte[] bytes = new byte[2 * Long.BYTES];
            ByteBuffer.wrap(bytes, type.size(), Long.BYTES).putLong(bits << Long.SIZE - type.size() * Byte.SIZE);
            assertEquals("no float32 is the integer " + value, type.refusal(bytes, true, 1));
        }
    }

    @Test
    void theEndsOfIntegersAreHeldOrRefused() {
        assertEquals(-0x1p63f, decode(ElementType.I64, false, Long.MIN_VALUE));
        assertEquals(null, decode(ElementType.I64, false, Long.MAX_VALUE));
        assertEquals(0x1p63f, decode(ElementType.U64, false, Long.MIN_VALUE));
        assertEquals(0x1.fffffep63f, decode(ElementType.U64, false, 0xFFFF_FF00_0000_0000L));
        assertEquals(null, decode(ElementType.U64, false, -1));
        assertEquals(-0x1p31f, decode(ElementType.I32, false, Integer.MIN_VALUE));
        assertEquals(null, decode(ElementType.I32, false, Integer.MAX_VALUE));
        assertEquals(0x1p24f, decode(ElementType.I32, false, 1 << 24));
        assertEquals(null, decode(ElementType.I32, false, (1 << 24) + 1));
    }

    @Property
    void floatsKeepTheirBits(@ForAll int bits, @ForAll boolean big) {
        assertBits(Float.intBitsToFloat(bits), decode(ElementType.F32, big, bits), "");
    }

    @Property
    void doublesAreRoundedToTheNearest(@ForAll double value, @ForAll boolean big) {
        float nearest = new BigDecimal(value).floatValue();
        assertEquals(
                value == 0 ? Float.valueOf((float) value) : Float.valueOf(nearest),
                decode(ElementType.F64, big, Double.doubleToRawLongBits(value)));
    }

    @Test
    void doublesBeyondTheFloatsBecomeInfinite() {
        for (double value : List.of(1e300, 0x1.ffffffp127, Double.POSITIVE_INFINITY)) {
            assertEquals(Float.POSITIVE_INFINITY, decode(ElementType.F64, false, Double.doubleToRawLongBits(value)));
            assertEquals(Float.NEGATIVE_INFINITY, decode(ElementType.F64, true, Double.doubleToRawLongBits(-value)));
        }
        assertEquals(Float.MAX_VALUE, decode(ElementType.F64, false, Double.doubleToRawLongBits(0x1.fffffefffffp127)));
        assertEquals(Float.NaN, decode(ElementType.F64, false, Double.doubleToRawLongBits(Double.NaN)));
        assertBits(-0f, decode(ElementType.F64, false, Double.doubleToRawLongBits(-0.0)), "");
    }

    @ParameterizedTest
    @EnumSource
    void decodingStopsAtTheCount(ElementType type) {
        float[] target = new float[9];
        assertEquals(3, type.decode(new byte[8 * type.size()], true, target, 5, 3));
    }
}
