package dev.lanewise.demo.emails.prepare;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a mail says: its subject, and its body as plain text, out of the message as it was sent (RFC 2045 to 2047). Mail of
 * unknown or broken form is read as far as it goes: nothing here fails.
 *
 * @param subject the decoded field, or an empty text
 * @param body the first part that is text, decoded; markup is taken off
 */
record MailText(String subject, String body) {

    private static final Charset USUAL = Charset.forName("windows-1252");
    private static final Pattern FIELD = Pattern.compile("^([!-9;-~]+):[ \t]*(.*)$");
    private static final Pattern PARAMETER =
            Pattern.compile("(?i)\\b(charset|boundary)\\s*=\\s*(\"[^\"]*\"|[^\\s;\"]+)");
    private static final Pattern ENCODED_WORD = Pattern.compile("=\\?([^?\\s]+)\\?([bBqQ])\\?([^?]*)\\?=");
    private static final Pattern MARKUP = Pattern.compile("(?i)<(html|body|table|font)\\b[^<]*>");
    private static final Pattern ENTITY = Pattern.compile("&(#\\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});?");
    private static final Map<String, String> ENTITIES = Map.ofEntries(
            Map.entry("amp", "&"),
            Map.entry("lt", "<"),
            Map.entry("gt", ">"),
            Map.entry("quot", "\""),
            Map.entry("apos", "'"),
            Map.entry("nbsp", " "),
            Map.entry("copy", "©"),
            Map.entry("reg", "®"),
            Map.entry("trade", "™"),
            Map.entry("pound", "£"),
            Map.entry("euro", "€"),
            Map.entry("bull", "•"),
            Map.entry("middot", "·"),
            Map.entry("hellip", "…"),
            Map.entry("mdash", "—"),
            Map.entry("ndash", "–"),
            Map.entry("lsquo", "‘"),
            Map.entry("rsquo", "’"),
            Map.entry("ldquo", "“"),
            Map.entry("rdquo", "”"));

    /** A message, or a part of one: header fields by lower-case name, and what follows them, one char for each byte. */
    private record Part(Map<String, String> fields, String content) {

        static Part of(String raw) {
            Map<String, String> fields = new HashMap<>();
            String last = null;
            int at = 0;
            while (at < raw.length()) {
                int end = raw.indexOf('\n', at);
                end = end < 0 ? raw.length() : end;
                String line = raw.substring(at, end);
                at = Math.min(end + 1, raw.length());
                if (line.isBlank()) {
                    break;
                }
                Matcher field = FIELD.matcher(line);
                if ((line.startsWith(" ") || line.startsWith("\t")) && last != null) {
                    fields.merge(last, " " + line.strip(), String::concat);
                } else if (field.matches()) {
                    last = field.group(1).toLowerCase(Locale.ROOT);
                    fields.putIfAbsent(last, field.group(2));
                }
            }
            return new Part(fields, raw.substring(at));
        }

        String type() {
            String type = fields.getOrDefault("content-type", "text/plain").toLowerCase(Locale.ROOT);
            return type.split(";", 2)[0].strip();
        }

        String parameter(String name, String otherwise) {
            Matcher matcher = PARAMETER.matcher(fields.getOrDefault("content-type", ""));
            while (matcher.find()) {
                if (matcher.group(1).equalsIgnoreCase(name)) {
                    return matcher.group(2).replace("\"", "");
                }
            }
            return otherwise;
        }

        String decoded() {
            String encoding =
                    fields.getOrDefault("content-transfer-encoding", "").strip().toLowerCase(Locale.ROOT);
            byte[] bytes = switch (encoding) {
                case "base64" -> base64(content);
                case "quoted-printable" -> quotedPrintable(content.replaceAll("=[ \t]*\r?\n", ""));
                default -> content.getBytes(StandardCharsets.ISO_8859_1);
            };
            return new String(bytes, charset(parameter("charset", "")));
        }
    }

    static MailText of(byte[] message) {
        Part whole = Part.of(new String(message, StandardCharsets.ISO_8859_1).replace("\r", ""));
        return new MailText(words(whole.fields.getOrDefault("subject", "")), text(whole, 0));
    }

    /** The text of a part: of several, the first that has any, plain text before markup. */
    private static String text(Part part, int depth) {
        String type = part.type();
        if (type.startsWith("multipart/") && depth < 5) {
            String boundary = "--" + part.parameter("boundary", "");
            String marked = "";
            String[] inner = part.content.split("(?m)^" + Pattern.quote(boundary));
            for (int i = 1; i < inner.length; i++) {
                int line = inner[i].indexOf('\n');
                Part child = Part.of(line < 0 ? "" : inner[i].substring(line + 1));
                String text = text(child, depth + 1);
                if (!text.isBlank() && !child.type().equals("text/html")) {
                    return text;
                }
                marked = marked.isBlank() ? text : marked;
            }
            return marked;
        }
        if (!type.startsWith("text/") && !type.isEmpty()) {
            return "";
        }
        String text = part.decoded();
        return type.equals("text/html") || MARKUP.matcher(text).find() ? withoutMarkup(text) : text;
    }

    /** The text of HTML, about as a browser shows it. */
    private static String withoutMarkup(String html) {
        String text = html.replaceAll("(?s)<!--.*?-->", "")
                .replaceAll("(?is)<(script|style|title)\\b.*?</\\1\\s*>", " ")
                .replaceAll("\\s+", " ")
                .replaceAll("(?i)<(br|/p|/tr|/div|/h\\d|/table|/li)\\b[^>]*>", "\n")
                .replaceAll("(?i)</?(a|b|i|u|em|strong|font|span|small|big)\\b[^>]*>", "")
                .replaceAll("<[a-zA-Z/!?][^>]*>", " ");
        return ENTITY.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(entity(match.group(1), match.group())));
    }

    private static String entity(String name, String whole) {
        if (!name.startsWith("#")) {
            return ENTITIES.getOrDefault(name.toLowerCase(Locale.ROOT), whole);
        }
        boolean hexadecimal = Character.toLowerCase(name.charAt(1)) == 'x';
        int code = Integer.parseInt(name.substring(hexadecimal ? 2 : 1), hexadecimal ? 16 : 10);
        if (code >= 128 && code < 160) {
            return new String(new byte[] {(byte) code}, USUAL); // no characters of Unicode, but browsers show these
        }
        return Character.isValidCodePoint(code) ? Character.toString(code) : " ";
    }

    /** A header field with its encoded words decoded. */
    private static String words(String field) {
        String joined = field.replaceAll("\\?=\\s+=\\?", "?==?");
        Matcher matcher = ENCODED_WORD.matcher(joined);
        if (!matcher.find()) {
            return new String(field.getBytes(StandardCharsets.ISO_8859_1), USUAL);
        }
        return matcher.replaceAll(match -> {
            byte[] bytes = match.group(2).equalsIgnoreCase("b")
                    ? base64(match.group(3))
                    : quotedPrintable(match.group(3).replace('_', ' '));
            return Matcher.quoteReplacement(new String(bytes, charset(match.group(1))));
        });
    }

    private static byte[] base64(String text) {
        String digits = text.replaceAll("[^A-Za-z0-9+/]", "");
        // What is left of a torn group of four is dropped.
        return Base64.getDecoder().decode(digits.substring(0, digits.length() / 4 * 4) + rest(digits));
    }

    private static String rest(String digits) {
        String rest = digits.substring(digits.length() / 4 * 4);
        return switch (rest.length()) {
            case 2 -> rest + "==";
            case 3 -> rest + "=";
            default -> "";
        };
    }

    private static byte[] quotedPrintable(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            boolean escaped = text.charAt(i) == '='
                    && i + 2 < text.length()
                    && Character.digit(text.charAt(i + 1), 16) >= 0
                    && Character.digit(text.charAt(i + 2), 16) >= 0;
            bytes.write(escaped ? Integer.parseInt(text.substring(i + 1, i + 3), 16) : text.charAt(i));
            i += escaped ? 2 : 0;
        }
        return bytes.toByteArray();
    }

    private static Charset charset(String name) {
        try {
            Charset charset = Charset.forName(name);
            return charset.equals(StandardCharsets.US_ASCII) || charset.equals(StandardCharsets.ISO_8859_1)
                    ? USUAL
                    : charset;
        } catch (IllegalArgumentException e) {
            return USUAL; // no such name, or none given
        }
    }
}
