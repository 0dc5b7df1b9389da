package dev.lanewise.kernel.health;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Lines as JDK 25 wrote them, shortened where nothing is read. */
class CompilationLogTest {

    private static final String RELU = "dev.lanewise.kernel.vector.VectorUnary relu (I[FI[FI)V";
    private static final String RELU_RUN = "dev.lanewise.kernel.vector.VectorUnary reluRun (I[FI[FI)V";

    private static CompilationLog read(String lines) {
        return CompilationLog.read(lines.lines(), "dev.lanewise.kernel.vector");
    }

    private static String nmethod(String compiler, int level, String method) {
        return "<nmethod compile_id='2905' compiler='" + compiler + "' level='" + level
                + "' entry='0x00007f42c0b1ec20' size='840' method='" + method
                + "' bytes='61' count='256' stamp='3.433'/>\n";
    }

    @Test
    void theHighestLevelCounts() {
        CompilationLog log = read(nmethod("c2", 4, RELU) + nmethod("c1", 3, RELU) + nmethod("c1", 2, RELU_RUN));
        assertEquals(4, log.level(RELU));
        assertEquals(2, log.level(RELU_RUN));
        assertEquals(0, log.level("dev.lanewise.kernel.vector.VectorUnary neg (I[FI[FI)V"));
    }

    /** What C2 logs of a method: here of the caller {@code VectorUnary.relu}, into which it inlines {@code reluRun}. */
    private static String task(String level, String success) {
        return """
            <task compile_id='2989' method='%s' bytes='61' count='2048' %s stamp='3.681'>
            <type id='1212' name='void'/>
            <type id='1210' name='int'/>
            <klass id='1372' name='[F' flags='1041'/>
            <klass id='1386' name='dev.lanewise.kernel.vector.VectorUnary' flags='16'/>
            <method id='1387' holder='1386' name='relu' return='1212' arguments='1210 1372 1210 1372 1210' flags='8'/>
            <parse method='1387' uses='6366.000000' stamp='14.554'>
            <bc code='184' bci='15'/>
            <method id='1392' holder='1386' name='reluRun' return='1212' arguments='1210 1372 1210 1372 1210' flags='10'/>
            <call method='1392' count='2974' prof_factor='1.000000' inline='1'/>
            <inline_success reason='inline (hot)'/>
            <parse method='1392' uses='6366.000000' stamp='14.554'>
            <parse_done nodes='64' live='63' memory='10552' stamp='14.554'/>
            </parse>
            </parse>
            <task_done success='%s' nmsize='472' count='2038' stamp='0.276'/>
            </task>
            """.formatted(RELU, level, success);
    }

    @Test
    void inlinedIntoWhatC2CompiledIsCompiled() {
        assertEquals(4, read(task("", "1")).level(RELU_RUN));
    }

    @Test
    void inlinedByC1OrIntoNothingIsNot() {
        assertEquals(0, read(task("level='3'", "1")).level(RELU_RUN));
        assertEquals(0, read(task("", "0")).level(RELU_RUN));
    }

    @Test
    void identifiersBelongToOneTask() {
        // in the second task 1392 is a method that is only mentioned
        String other = task("", "1").replace("<parse method='1392'", "<parse method='1387'");
        assertEquals(0, read(other).level(RELU_RUN));
    }

    @Test
    void whatIsGivenUpForGoodIsTold() {
        CompilationLog log = read("""
            <task compile_id='8' method='%s' bytes='86' count='103' backedge_count='20480' level='3' stamp='0.034'>
            <method_not_compilable_at_tier level='3'/>
            <failure reason='out of virtual registers in linear scan'/>
            <task_done success='0' nmsize='0' count='103' backedge_count='20480' stamp='0.034'/>
            </task>
            <task compile_id='9' method='dev.lanewise.kernel.vector.Tile4x1 run ()V' bytes='86' stamp='0.035'>
            <failure reason='hit memory limit &lt;10K&gt; while compiling' phase='compile'/>
            <failure reason='method parse failed: hit memory limit while compiling' phase='compile'/>
            <method_not_compilable_at_tier level='4'/>
            <task_done success='0' nmsize='0' count='308' backedge_count='61440' stamp='0.035'/>
            </task>
            """.formatted(RELU));
        assertEquals(
                List.of(
                        RELU + ": out of virtual registers in linear scan",
                        "dev.lanewise.kernel.vector.Tile4x1 run ()V: hit memory limit <10K> while compiling"),
                log.failures());
    }

    @Test
    void whatIsTriedAgainOrBelongsToOthersIsNot() {
        CompilationLog log = read("""
            <task compile_id='10' method='%s' bytes='4' count='660' iicount='660' level='3' stamp='0.276'>
            <failure reason='stale task'/>
            <task_done success='0' nmsize='0' count='660' stamp='0.276'/>
            </task>
            <task compile_id='11' method='java.util.Set of ()Ljava/util/Set;' bytes='4' level='3' stamp='0.276'>
            <method_not_compilable_at_tier level='3'/>
            <failure reason='hit memory limit while compiling'/>
            <task_done success='0' nmsize='0' count='660' stamp='0.276'/>
            </task>
            """.formatted(RELU));
        assertEquals(List.of(), log.failures());
    }
}
