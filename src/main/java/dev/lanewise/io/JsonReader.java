package dev.lanewise.io;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * The part of JSON (RFC 8259) that headers need: objects, arrays, strings and whole numbers, read strictly and in order.
 *
 * <p>The caller says what it expects next, so nesting goes exactly as deep as the caller does, and nothing is built that
 * the caller did not ask for. Everything else is refused at the byte where it stands.
 */
final class JsonReader extends HeaderScanner {

    /** What to do with one member of an object. */
    interface Member {
        /** Called behind the colon; reads the value. */
        void read(String name, long offset) throws FormatException;
    }

    /** What to do with one element of an array. */
    interface Element {
        /** Called before the element; reads it. */
        void read() throws FormatException;
    }

    private static final int HEX = 16;

    /** Reads the next {@code length} bytes of the input. */
    JsonReader(Input input, int length) throws FormatException {
        super(input, length);
    }

    /** Reads an object. */
    void object(Member member) throws FormatException {
        expect('{', "an object, which starts with '{',");
        if (accept('}')) {
            return;
        }
        do {
            long offset = position();
            String name = string();
            expect(':');
            member.read(name, offset);
        } while (accept(','));
        expect('}', "',' or '}'");
    }

    /** Reads an array. */
    void array(Element element) throws FormatException {
        expect('[', "an array, which starts with '[',");
        if (accept(']')) {
            return;
        }
        do {
            element.read();
        } while (accept(','));
        expect(']', "',' or ']'");
    }

    /** Reads a string. */
    String string() throws FormatException {
        expect('"', "a string, which starts with '\"',");
        int start = at;
        boolean ascii = true;
        while (at < text.length && text[at] != '"') {
            if (text[at] == '\\') {
                return unescape(start);
            }
            checkPlain();
            ascii &= text[at] > 0;
            at++;
        }
        int end = closeString(start);
        return ascii
                ? new String(text, start, end - start, StandardCharsets.US_ASCII)
                : decode(ByteBuffer.wrap(text, start, end - start), start);
    }

    /** Reads from the first escape on. */
    private String unescape(int start) throws FormatException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(text, start, at - start);
        while (at < text.length && text[at] != '"') {
            if (text[at] == '\\') {
                bytes.writeBytes(escape().getBytes(StandardCharsets.UTF_8));
            } else {
                checkPlain();
                bytes.write(text[at++]);
            }
        }
        closeString(start);
        return decode(ByteBuffer.wrap(bytes.toByteArray()), start);
    }

    private String escape() throws FormatException {
        int start = at++;
        if (at >= text.length) {
            throw unexpected("an escape");
        }
        byte kind = text[at++];
        return switch (kind) {
            case '"', '\\', '/' -> String.valueOf((char) kind);
            case 'b' -> "\b";
            case 'f' -> "\f";
            case 'n' -> "\n";
            case 'r' -> "\r";
            case 't' -> "\t";
            case 'u' -> codePoint(start);
            default -> throw wrong(start, "an escape that JSON does not have, with " + Text.quote(kind));
        };
    }

    private String codePoint(int start) throws FormatException {
        char first = hex();
        if (!Character.isSurrogate(first)) {
            return String.valueOf(first);
        }
        if (Character.isHighSurrogate(first) && at + 1 < text.length && text[at] == '\\' && text[at + 1] == 'u') {
            at += 2;
            char second = hex();
            if (Character.isLowSurrogate(second)) {
                return String.valueOf(new char[] {first, second});
            }
        }
        throw wrong(start, "half of a surrogate pair");
    }

    private char hex() throws FormatException {
        int value = 0;
        for (int i = 0; i < Character.BYTES * 2; i++) {
            int digit = at < text.length ? Character.digit((char) (text[at] & 0xFF), HEX) : -1;
            if (digit < 0) {
                throw unexpected("four hexadecimal digits");
            }
            value = value * HEX + digit;
            at++;
        }
        return (char) value;
    }

    private void checkPlain() throws FormatException {
        if (text[at] >= 0 && text[at] < ' ') {
            throw wrong(at, "a control character in a string, " + Text.quote(text[at]));
        }
    }

    private int closeString(int start) throws FormatException {
        if (at >= text.length) {
            throw wrong(start - 1, "a string that does not end");
        }
        return at++;
    }

    private String decode(ByteBuffer bytes, int start) throws FormatException {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            FormatException wrong = wrong(start, "a string that is not UTF-8");
            wrong.initCause(e);
            throw wrong;
        }
    }
}
