package dev.lanewise.io;

/** Words of a file, shown in messages. */
final class Text {

    private static final int SHOWN = 60;

    private Text() {}

    /** The words in quotation marks on one line, as plain ASCII, cut where they get long: files of strangers hold anything. */
    static String quote(String words) {
        StringBuilder result = new StringBuilder("\"");
        for (int i = 0; i < words.length() && i < SHOWN; i++) {
            char c = words.charAt(i);
            if (c >= ' ' && c <= '~') {
                result.append(c);
            } else {
                result.append(String.format("\\u%04x", (int) c));
            }
        }
        return result.append(words.length() > SHOWN ? "...\"" : "\"").toString();
    }

    /** A byte as it would be seen in an editor. */
    static String quote(byte b) {
        int value = b & 0xFF;
        return value >= ' ' && value <= '~' ? "'" + (char) value + "'" : String.format("byte 0x%02x", value);
    }
}
