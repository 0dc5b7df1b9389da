package dev.lanewise.io;

import java.util.Arrays;

/** What readers of headers made of words have in common: a place in the text, spaces, single characters and numbers. */
abstract class HeaderScanner {

    /** Any number of so many digits is a long. */
    private static final int DIGITS = 18;

    private final Input input;
    private final long origin;

    /** The header. */
    final byte[] text;

    /** The index of the byte that comes next. */
    int at;

    /** Takes the next {@code length} bytes of the input, a number that was checked. */
    HeaderScanner(Input input, int length) throws FormatException {
        this.input = input;
        this.origin = input.position();
        this.text = input.read(length);
    }

    /** The byte of the input that comes next, spaces passed over. */
    final long position() {
        skipSpace();
        return origin + at;
    }

    /** Whether the next byte is this one, as it stands there. */
    final boolean isAt(char c) {
        return at < text.length && text[at] == c;
    }

    /** Whether the next byte but spaces is this one, which is passed over then. */
    final boolean accept(char c) {
        skipSpace();
        if (isAt(c)) {
            at++;
            return true;
        }
        return false;
    }

    /** Passes over a word, if it comes next. */
    final boolean accept(byte[] word) {
        skipSpace();
        int end = at + word.length;
        if (end > text.length || !Arrays.equals(text, at, end, word, 0, word.length)) {
            return false;
        }
        at = end;
        return true;
    }

    final void expect(char c) throws FormatException {
        expect(c, "'" + c + "'");
    }

    final void expect(char c, String what) throws FormatException {
        if (!accept(c)) {
            throw unexpected(what);
        }
    }

    /** Reads a whole number from 0 on. */
    final long whole() throws FormatException {
        skipSpace();
        int start = at;
        long value = 0;
        while (at < text.length && text[at] >= '0' && text[at] <= '9') {
            value = value * 10 + text[at] - '0';
            if (++at - start > DIGITS) {
                throw wrong(start, "a number of more than " + DIGITS + " digits");
            }
        }
        if (at == start) {
            throw unexpected("a whole number from 0 on");
        }
        if (text[start] == '0' && at > start + 1) {
            throw wrong(start, "a number with a leading zero");
        }
        return value;
    }

    /** Refuses all but spaces up to the end. */
    final void end() throws FormatException {
        skipSpace();
        if (at < text.length) {
            throw unexpected("nothing");
        }
    }

    final void skipSpace() {
        while (isAt(' ') || isAt('\n') || isAt('\r') || isAt('\t')) {
            at++;
        }
    }

    /** The error to throw where something else should stand. */
    final FormatException unexpected(String what) {
        String found = at < text.length ? Text.quote(text[at]) : "the end of the header";
        return wrong(at, what + " should stand here, not " + found);
    }

    /** The error to throw for what stands at an index. */
    final FormatException wrong(int index, String problem) {
        return input.wrong(origin + index, "in the header: " + problem);
    }
}
