package dev.lanewise.demo.emails;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.modality.nlp.DefaultVocabulary;
import ai.djl.modality.nlp.Vocabulary;
import ai.djl.modality.nlp.bert.BertFullTokenizer;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.lang.Character.UnicodeBlock;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WordPieceTest {

    private static final int CLS = 101;
    private static final int SEP = 102;
    private static final int UNK = 100;
    private static final int ALL = 100_000;

    /** What BERT calls Chinese characters, by the names of Unicode's blocks. */
    private static final Set<UnicodeBlock> CHINESE = Set.of(
            UnicodeBlock.CJK_UNIFIED_IDEOGRAPHS,
            UnicodeBlock.CJK_UNIFIED_IDEOGRAPHS_EXTENSION_A,
            UnicodeBlock.CJK_UNIFIED_IDEOGRAPHS_EXTENSION_B,
            UnicodeBlock.CJK_UNIFIED_IDEOGRAPHS_EXTENSION_C,
            UnicodeBlock.CJK_UNIFIED_IDEOGRAPHS_EXTENSION_D,
            UnicodeBlock.CJK_UNIFIED_IDEOGRAPHS_EXTENSION_E,
            UnicodeBlock.CJK_COMPATIBILITY_IDEOGRAPHS,
            UnicodeBlock.CJK_COMPATIBILITY_IDEOGRAPHS_SUPPLEMENT);

    private static final WordPiece MINI_LM = WordPiece.miniLm();

    private static final WordPiece SMALL = new WordPiece(
            Map.of(
                    "[UNK]",
                    0,
                    "[CLS]",
                    1,
                    "[SEP]",
                    2,
                    "un",
                    3,
                    "##aff",
                    4,
                    "##able",
                    5,
                    "a",
                    6,
                    "##a",
                    7,
                    ".",
                    8,
                    "##affable",
                    9),
            5);

    @Test
    void agreesWithAnotherTokenizerOnEveryMail() throws IOException {
        List<String> pieces = pieces();
        Vocabulary vocabulary =
                DefaultVocabulary.builder().add(pieces).optUnknownToken("[UNK]").build();
        BertFullTokenizer other = new BertFullTokenizer(vocabulary, true);
        List<Email> emails = Email.sample();
        int compared = 0;
        for (Email email : emails) {
            List<String> expected = other.tokenize(apart(email.text()));
            List<String> found = new ArrayList<>();
            int[] tokens = MINI_LM.encode(email.text(), ALL);
            for (int i = 1; i < tokens.length - 1; i++) {
                found.add(pieces.get(tokens[i]));
            }
            assertEquals(expected, found, email.source());
            compared += found.size();
        }
        assertTrue(compared > 400_000, () -> "this is all of the sample");
    }

    /** The text with Chinese characters apart: the only thing that the other tokenizer leaves to its caller. */
    private static String apart(String text) {
        StringBuilder apart = new StringBuilder();
        text.codePoints().forEach(c -> {
            String space = CHINESE.contains(UnicodeBlock.of(c)) ? " " : "";
            apart.append(space).appendCodePoint(c).append(space);
        });
        return apart.toString();
    }

    private static List<String> pieces() throws IOException {
        try (InputStream file = WordPieceTest.class.getResourceAsStream("/all-minilm-l6-v2-tokenizer.json")) {
            JsonObject vocabulary = JsonParser.parseReader(new InputStreamReader(file, StandardCharsets.UTF_8))
                    .getAsJsonObject()
                    .getAsJsonObject("model")
                    .getAsJsonObject("vocab");
            String[] pieces = new String[vocabulary.size()];
            vocabulary.entrySet().forEach(entry -> pieces[entry.getValue().getAsInt()] = entry.getKey());
            return Arrays.asList(pieces);
        }
    }

    @Test
    void sentencesOfThePaper() {
        // As the tokenizers library of Hugging Face encodes them.
        assertEquals(30522, MINI_LM.size());
        assertArrayEquals(new int[] {CLS, 7592, 1010, 2088, 999, SEP}, MINI_LM.encode("Hello, World!", ALL));
        assertArrayEquals(new int[] {CLS, 2478, 1037, 19204, 17629, SEP}, MINI_LM.encode("using a tokenizer", ALL));
    }

    @Test
    void caseAccentsAndOddSpacesDoNotCount() {
        assertEquals(List.of("cafe", "naive"), WordPiece.words("CAFÉ\u00a0 naïve\t\n"));
        assertEquals(List.of("cafe"), WordPiece.words("cafe\u0301"));
        assertEquals(List.of("istanbul"), WordPiece.words("İstanbul"));
        assertEquals(List.of("viagra"), WordPiece.words("vi\u200bag\u0000r\ufffda\u00ad"));
        assertEquals(List.of(), WordPiece.words(" \u3000\r\n"));
    }

    @Test
    void punctuationAndChineseCharactersStandAlone() {
        assertEquals(List.of("$", "9", ".", "99", "!", "!", "a", "^", "`", "b"), WordPiece.words("$9.99!!a^`b"));
        assertEquals(List.of("“", "x", "”", "—", "。"), WordPiece.words("“x”—。"));
        assertEquals(List.of("ab", "新", "行", "業", "cd", "𠀀"), WordPiece.words("ab新行業cd𠀀"));
        assertEquals(List.of("ひらかな"), WordPiece.words("ひらがな"), "kana stay together, without their marks");
        assertEquals(List.of("€5"), WordPiece.words("€5"), "a symbol beyond ASCII is no punctuation");
    }

    @Test
    void theLongestPieceIsTakenFromTheLeft() {
        assertArrayEquals(new int[] {1, 3, 4, 2}, SMALL.encode("unaff", ALL));
        assertArrayEquals(new int[] {1, 6, 7, 7, 2}, SMALL.encode("aaa", ALL));
        assertArrayEquals(new int[] {1, 0, 2}, SMALL.encode("unafx", ALL), "no pieces of a word that has no end");
        assertArrayEquals(new int[] {1, 0, 8, 2}, SMALL.encode("unaffable.", ALL), "longer than five characters");
        assertArrayEquals(
                new int[] {1, 0, 6, 2}, SMALL.encode("𠀁 a", ALL), "one unknown for one character of two chars");
    }

    @Test
    void hundredCharactersAreAWordAndMoreAreUnknown() {
        assertEquals(UNK, MINI_LM.encode("a".repeat(101), ALL)[1]);
        assertTrue(MINI_LM.encode("a".repeat(100), ALL)[1] != UNK);
    }

    @Test
    void marksInATextAreText() {
        int[] tokens = MINI_LM.encode("[SEP]", ALL);
        assertEquals(5, tokens.length);
        assertEquals(1, Arrays.stream(tokens).filter(token -> token == SEP).count());
    }

    @Test
    void whatIsTooLongIsCutOffBeforeTheLastMark() {
        assertArrayEquals(new int[] {CLS, 7592, SEP}, MINI_LM.encode("hello world", 3));
        assertArrayEquals(new int[] {1, 6, 7, 2}, SMALL.encode("aaaa a", 4), "within a word");
        assertArrayEquals(new int[] {CLS, SEP}, MINI_LM.encode("hello", 2));
        assertArrayEquals(new int[] {CLS, SEP}, MINI_LM.encode("", 128));
        assertEquals(
                "WordPiece: 1 tokens cannot hold [CLS] and [SEP]",
                assertThrows(IllegalArgumentException.class, () -> MINI_LM.encode("hello", 1))
                        .getMessage());
    }

    @Test
    void otherFilesAreRefused() {
        assertTrue(refusal("[]").startsWith("WordPiece: this is no tokenizer.json: "));
        assertTrue(refusal("{").startsWith("WordPiece: this is no tokenizer.json: "));
        assertTrue(refusal("{\"model\": {}}").startsWith("WordPiece: this is no tokenizer.json: "));
        assertEquals(
                "WordPiece: type is 'BPE', and only 'WordPiece' is known here",
                refusal("{\"model\": {\"type\": \"BPE\"}, \"normalizer\": {}}"));
        assertEquals(
                "WordPiece: the vocabulary has no [CLS]",
                assertThrows(IllegalArgumentException.class, () -> new WordPiece(Map.of("[UNK]", 0), 100))
                        .getMessage());
    }

    private static String refusal(String json) {
        return assertThrows(IllegalArgumentException.class, () -> WordPiece.read(new StringReader(json)))
                .getMessage();
    }
}
