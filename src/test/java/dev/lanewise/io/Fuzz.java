package dev.lanewise.io;

import static dev.lanewise.io.Refusals.NAME;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.array.FloatArray;
import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.statistics.Statistics;
import net.jqwik.api.statistics.StatisticsReport;

/**
 * Good files are damaged and read: each is either refused, with a file and a byte, or gives exactly what it says.
 *
 * <p>Their properties leave the number of tries to jqwik, 1,000; {@code -Djqwik.tries.default=100000} in the JVM of the
 * tests makes it more.
 */
abstract class Fuzz {

    /** Marks a property. Random damage finds more than combinations of jqwik's edge cases, which are few. */
    @Property(edgeCases = EdgeCasesMode.NONE)
    @StatisticsReport(StatisticsReport.StatisticsReportMode.OFF)
    @Target(ElementType.METHOD)
    @Retention(RetentionPolicy.RUNTIME)
    @interface Fuzzed {}

    @Provide
    Arbitrary<List<Damage>> damages() {
        return Damage.several();
    }

    /** Reads something and throws nothing but what is documented. */
    interface Reading {
        List<FloatArray> read() throws IOException;
    }

    /** What should have been read. */
    interface Truth {
        List<FloatArray> get();
    }

    /** Refused properly, or read right. */
    static void check(Reading reading, Truth truth) throws IOException {
        List<FloatArray> read;
        try {
            read = reading.read();
        } catch (FormatException e) {
            assertTrue(e.getMessage().startsWith(NAME), e.getMessage());
            assertTrue(e.offset() >= 0, e.getMessage());
            Statistics.collect("refused");
            return;
        }
        assertEquals(truth.get(), read);
        Statistics.collect("read");
    }

    /** Fails if all files were refused, or none: then little was tested. */
    static void checkMix() {
        Statistics.coverage(coverage -> {
            coverage.check("refused").count(count -> count > 0);
            coverage.check("read").count(count -> count > 0);
        });
    }
}
