package dev.lanewise.demo.emails.prepare;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MailTextTest {

    private static MailText read(String... lines) {
        return MailText.of(String.join("\n", lines).getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void headersEndAtTheFirstEmptyLine() {
        MailText mail = read(
                "From someone Thu Aug 22",
                "Received: from a",
                "\tby b",
                "SUBJECT: Hello",
                " world",
                "",
                "Subject: body",
                "x");
        assertEquals("Hello world", mail.subject());
        assertEquals("Subject: body\nx", mail.body());
    }

    @Test
    void aMailWithoutAnything() {
        assertEquals(new MailText("", ""), read(""));
        assertEquals(new MailText("", ""), read("To: me"));
    }

    @Test
    void encodedWordsOfASubject() {
        assertEquals(
                "Grüße an",
                read("Subject: =?iso-8859-1?Q?Gr=FC=DFe?= =?utf-8?B?IGFu?=", "", "")
                        .subject());
        assertEquals("a_b =?x", read("Subject: a_b =?x", "", "").subject());
        assertEquals(
                "caf\u00e9 “x”",
                read("Subject: caf\u00e9 \u0093x\u0094", "", "").subject());
    }

    @Test
    void transferEncodings() {
        assertEquals(
                "a long line, é",
                read(
                                "Content-Type: text/plain; charset=\"utf-8\"",
                                "Content-Transfer-Encoding: Quoted-Printable",
                                "",
                                "a long=",
                                " line, =C3=A9")
                        .body());
        assertEquals(
                "hello",
                read("Content-Transfer-Encoding: base64", "", "aGVs", "bG8=").body());
        assertEquals(
                "hel", read("Content-Transfer-Encoding: base64", "", "aGVsb").body(), "a torn group is dropped");
        assertEquals(
                "50 % = half =",
                read("Content-Transfer-Encoding: quoted-printable", "", "50 % = half =")
                        .body());
    }

    @Test
    void charsets() {
        byte[] korean = "Content-Type: text/plain; charset=ks_c_5601-1987\n\n안녕".getBytes(Charset.forName("EUC-KR"));
        assertEquals("안녕", MailText.of(korean).body());
        assertEquals(
                "“x”",
                read("Content-Type: text/plain; charset=us-ascii", "", "\u0093x\u0094")
                        .body());
        assertEquals(
                "x",
                read("Content-Type: text/plain; charset=nonsense-9", "", "x").body());
    }

    @Test
    void plainTextIsPreferredAmongParts() {
        MailText mail = read(
                "Content-Type: multipart/alternative; boundary=\"=_b\"",
                "",
                "for old readers",
                "--=_b",
                "Content-Type: text/html",
                "",
                "<p>markup</p>",
                "--=_b",
                "Content-Type: text/plain",
                "",
                "plain",
                "--=_b--",
                "end");
        assertEquals("plain\n", mail.body());
        MailText nested = read(
                "Content-Type: multipart/mixed; boundary=o",
                "",
                "--o",
                "Content-Type: multipart/related; boundary=i",
                "",
                "--i",
                "Content-Type: text/html",
                "",
                "<b>in</b>side",
                "--i--",
                "--o",
                "Content-Type: image/gif",
                "",
                "GIF89a",
                "--o--");
        assertEquals("inside", nested.body().strip());
        assertEquals("", read("Content-Type: application/pdf", "", "%PDF").body());
    }

    @Test
    void markupIsTakenOff() {
        MailText mail = read(
                "Content-Type: text/html",
                "",
                "<html><head><title>t</title><style>p {}</style></head>",
                "<body>vi<!-- x -->ag<b>r</b>a<br>AT&amp;T &lt;3 &#8364;5&nbsp;&#x21;&#146;<td>cell</td><script>if"
                        + " (a<b) {}</script></body>");
        assertEquals(
                "viagra\nAT&T <3 €5 !’ cell", mail.body().replaceAll(" +", " ").strip());
        assertEquals(
                "x < y and &unknown; stays",
                read("", "x < y and &unknown; stays").body());
    }
}
