package dev.lanewise.kernel.health;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bytes that C2 wrote, and how GNU's disassembler reads them. */
class InstructionTest {

    private static List<Instruction> decode(String hex) {
        return Instruction.decode(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    /** Each is followed by a nop, which must be found as an instruction of its own. */
    @ParameterizedTest
    @CsvSource(textBlock = """
        898424 00c0feff,            'mov DWORD PTR [rsp-0x14000],eax'
        55,                         'push rbp'
        4881ec 50020000,            'sub rsp,0x250'
        41817f20 00000000,          'cmp DWORD PTR [r15+0x20],0x0'
        c5f96efe,                   'vmovd xmm7,esi'
        448b942478020000,           'mov r10d,DWORD PTR [rsp+0x278]'
        4183fa01,                   'cmp r10d,0x1'
        4863f3,                     'movsxd rsi,ebx'
        488d4dff,                   'lea rcx,[rbp-0x1]'
        41bbe8030000,               'mov r11d,0x3e8'
        0f1f8000000000,             'nop DWORD PTR [rax+0x0]'
        660f1f440000,               'nop WORD PTR [rax+rax*1+0x0]'
        49bb0011223344556677,       'movabs r11,0x7766554433221100'
        66b83412,                   'mov ax,0x1234'
        f6c301,                     'test bl,0x1'
        f7d8,                       'neg eax'
        f7c678563412,               'test esi,0x12345678'
        0f4cc8,                     'cmovl ecx,eax'
        0fb6c0,                     'movzx eax,al'
        69c008010000,               'imul eax,eax,0x108'
        6bc008,                     'imul eax,eax,0x8'
        c5f877,                     'vzeroupper'
        c4413057c9,                'vxorps xmm9,xmm9,xmm9'
        6251fe486ff9,               'vmovdqu64 zmm15,zmm9'
        62f27d4818b48a90190000,     'vbroadcastss zmm6,DWORD PTR [rdx+rcx*4+0x1990]'
        62f27d48187c8a04,           'vbroadcastss zmm7,DWORD PTR [rdx+rcx*4+0x10]'
        62f37d4825c0ff,             'vpternlogd zmm0,zmm0,zmm0,0xff'
        c4e37918c001,               'vinsertf128 ymm0,ymm0,xmm0,0x1'
        c5f9c4c003,                 'vpinsrw xmm0,xmm0,eax,0x3'
        f30f1efa,                   'endbr64'
        f4,                         'hlt'
        c3,                         'ret'
        """)
    void isAsLongAsItIs(String hex, String text) {
        int length = hex.replace(" ", "").length() / 2;
        assertEquals(
                List.of(length, 1),
                decode(hex + "90").stream().map(Instruction::length).toList(),
                text);
    }

    @Test
    void everythingFollowsOnEverything() {
        List<Instruction> code = decode("55 4881ec50020000 c5f96efe 4183fa01 0f8c010b0000 c3");
        assertEquals(
                List.of(0, 1, 8, 12, 16, 22), code.stream().map(Instruction::at).toList());
    }

    @Test
    void jumpsGoSomewhere() {
        assertEquals(0xb07, decode("0f8c010b0000").getFirst().target());
        assertEquals(0x34, decode("eb32").getFirst().target());
        assertEquals(-4, decode("7cfa").getFirst().target());
        assertEquals(0xca, decode("e9c5000000").getFirst().target());
        assertEquals(-1, decode("c3").getFirst().target());
        assertEquals(-1, decode("e800000000").getFirst().target());
    }

    @Test
    void callsAreCalls() {
        assertTrue(decode("e8 34fda6ff").getFirst().isCall());
        assertTrue(decode("41ffd2").getFirst().isCall()); // call r10
        assertFalse(decode("ffe0").getFirst().isCall()); // jmp rax
        assertFalse(decode("e9c5000000").getFirst().isCall());
    }

    @Test
    void fusedMultiplyAddsOfVectors() {
        assertTrue(decode("6272 6d48 b8d1").getFirst().isFma()); // vfmadd231ps zmm10,zmm2,zmm1
        assertTrue(decode("c4e26db8c1").getFirst().isFma()); // vfmadd231ps ymm0,ymm2,ymm1
        assertFalse(decode("c4e269b9c1").getFirst().isFma()); // vfmadd231ss xmm0,xmm2,xmm1
        assertFalse(decode("c5ec58c1").getFirst().isFma()); // vaddps ymm0,ymm2,ymm1
    }

    @Test
    void theStack() {
        assertTrue(decode("c5fe7f4c2428").getFirst().isOnStack()); // vmovdqu YMMWORD PTR [rsp+0x28],ymm1
        assertTrue(decode("c5fe6f442428").getFirst().isOnStack()); // vmovdqu ymm0,YMMWORD PTR [rsp+0x28]
        assertTrue(decode("62f1fe487f44240b").getFirst().isOnStack()); // vmovdqu64 ZMMWORD PTR [rsp+0x2c0],zmm0
        assertTrue(decode("8b74242c").getFirst().isOnStack()); // mov esi,DWORD PTR [rsp+0x2c]
        assertFalse(decode("c4c17e6f4424 10").getFirst().isOnStack()); // vmovdqu ymm0,YMMWORD PTR [r12+0x10]
        assertFalse(decode("62d1fe486f442401").getFirst().isOnStack()); // vmovdqu64 zmm0,ZMMWORD PTR [r12+0x40]
        assertFalse(decode("6251fe486ff9").getFirst().isOnStack()); // vmovdqu64 zmm15,zmm9
    }

    @Test
    void vectors() {
        assertTrue(decode("c5fe7f4c2428").getFirst().isVector());
        assertTrue(decode("62f1fe487f44240b").getFirst().isVector());
        assertFalse(decode("8b74242c").getFirst().isVector());
    }

    @Test
    void theInnermostLoopWithMostProducts() {
        String product = "c4e26db8c1";
        String spill = "c5fe7f4c2428";
        String reload = "8b74242c";
        // a longer loop as before the main one; outer: { product; main: { product; product; spill; reload }; product };
        // a loop with one product
        String before = loop("9090" + product + product + spill);
        String main = loop(product + product + spill + reload);
        String code = before + loop(product + main + product) + loop(product);
        assertEquals(
                new InnerLoop(5, 2, 1, 1, 0),
                InnerLoop.hottest(new MachineCode("a::b", decode(code))).orElseThrow());
        assertTrue(InnerLoop.hottest(new MachineCode("a::b", decode("55c3"))).isEmpty());
    }

    /** With a jump back at its end. */
    private static String loop(String body) {
        return body + "7c" + HexFormat.of().toHexDigits((byte) -(body.length() / 2 + 2));
    }

    @Test
    void bytesAreReadFromTheLog() {
        String log = """
            Compiled method (c1) 3098  923       2       dev.lanewise.kernel.vector.Tile12x2::run (1503 bytes)
            [MachCode]
              0x00007f6087f38680: c3
            [Stub Code]
            [/MachCode]
            Compiled method (c2) 22415 1379       4       dev.lanewise.kernel.vector.DirectTile8x1::run (607 bytes)
             main code      [0x00007f6087f38680,0x00007f6087f397e0] = 4448
            [Constant Pool (empty)]
            [MachCode]
            [Verified Entry Point]
              # {method} {0x00007f6058462850} 'run' '(I[F[FIIZ[FIII)V' in 'dev/lanewise/kernel/vector/DirectTile8x1'
              # parm6:    [sp+0x260]   = '[F'  (sp of caller)
              0x00007f6087f38680: 8984 2400 | c0fe ff55 | 4881 ec50 | 0200 0090\s
              0x00007f6087f38690: c5fe 7f\s

              0x00007f6087f38693: ;   {other}
              0x00007f6087f38693: 4c24 28c3
            [Stub Code]
              0x00007f6087f38697: 0000 0000
            [/MachCode]
            Compiled method (c2) 22415 1379 %     4       dev.lanewise.kernel.vector.Tile8x1::run @ 12 (607 bytes)
            [MachCode]
              0x00007f6087f38680: c3
            [/MachCode]
            """;
        List<MachineCode> codes = MachineCode.read(log.lines());
        assertEquals(
                List.of("dev.lanewise.kernel.vector.DirectTile8x1::run", "dev.lanewise.kernel.vector.Tile8x1::run"),
                codes.stream().map(MachineCode::method).toList());
        assertEquals(
                Arrays.asList(7, 1, 7, 1, 6, 1),
                codes.getFirst().instructions().stream()
                        .map(Instruction::length)
                        .toList());
    }
}
