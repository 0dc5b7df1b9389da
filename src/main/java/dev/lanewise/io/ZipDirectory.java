package dev.lanewise.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The central directory of a zip archive (PKWARE APPNOTE 6.3.10, ZIP64 included), read whole and checked whole.
 *
 * <p>An own reader and not {@link java.util.zip.ZipFile}, because that neither says where something is wrong, nor checks
 * what it unpacks, nor lets stored entries be read where they lie.
 */
final class ZipDirectory {

    private static final int END = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int LOCATOR_64 = 0x07064b50;
    private static final int LOCATOR_64_BYTES = 20;
    private static final int END_64 = 0x06064b50;
    private static final int END_64_BYTES = 56;
    private static final int CENTRAL = 0x02014b50;
    private static final int CENTRAL_BYTES = 46;
    private static final int LOCAL = 0x04034b50;
    private static final int LOCAL_BYTES = 30;
    private static final int MAX_COMMENT = 0xFFFF;

    /** Stands for a number that has its place in a ZIP64 record. */
    private static final long IN_64 = 0xFFFF_FFFFL;

    private static final int IN_64_SHORT = 0xFFFF;

    private static final int FLAG_ENCRYPTED = 1;
    private static final int FLAG_PATCH = 1 << 5;
    private static final int FLAG_STRONGLY_ENCRYPTED = 1 << 6;
    private static final int FLAG_MASKED = 1 << 13;

    static final int STORED = 0;
    static final int DEFLATED = 8;

    /**
     * One entry.
     *
     * @param at the byte of the file at which the directory speaks of it
     * @param size unpacked, as claimed
     * @param local the byte at which its own header stands
     * @param begin the byte at which its data stand
     * @param end the byte behind them
     */
    record Entry(String name, long at, int method, int crc, long size, long local, long begin, long end) {}

    private final MappedFile file;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private ZipDirectory(MappedFile file) {
        this.file = file;
    }

    /** The entries by name, in the directory's order. */
    static Map<String, Entry> read(MappedFile file, Limits limits) throws FormatException {
        ZipDirectory directory = new ZipDirectory(file);
        directory.readEntries(directory.findRange(), limits);
        return directory.entries;
    }

    /** Where the directory stands and what it holds. */
    private record Range(long begin, long end, long count, long statedAt) {}

    private Range findRange() throws FormatException {
        long endAt = findEnd();
        ByteBuffer end = bytes(endAt, END_BYTES);
        int disks = end.getShort(4) | end.getShort(6);
        long count = unsigned(end.getShort(10));
        long size = unsigned(end.getInt(12));
        long begin = unsigned(end.getInt(16));
        long countHere = unsigned(end.getShort(8));
        long locatorAt = endAt - LOCATOR_64_BYTES;
        if (locatorAt >= 0 && bytes(locatorAt, Integer.BYTES).getInt(0) == LOCATOR_64) {
            return findRange64(locatorAt, count, size, begin);
        }
        if (disks != 0 || count != countHere) {
            throw wrong(endAt, "this is one part of an archive in several");
        }
        return range(begin, size, count, endAt, endAt);
    }

    private Range findRange64(long locatorAt, long count, long size, long begin) throws FormatException {
        long end64At = bytes(locatorAt, LOCATOR_64_BYTES).getLong(8);
        if (end64At < 0 || end64At > locatorAt - END_64_BYTES) {
            throw wrong(locatorAt, "the ZIP64 end record is not before this");
        }
        ByteBuffer end = bytes(end64At, END_64_BYTES);
        if (end.getInt(0) != END_64) {
            throw wrong(end64At, "there is no ZIP64 end record here");
        }
        long count64 = end.getLong(32);
        long size64 = end.getLong(40);
        long begin64 = end.getLong(48);
        boolean same = (count == count64 || count == IN_64_SHORT)
                && (size == size64 || size == IN_64)
                && (begin == begin64 || begin == IN_64);
        if (!same || end.getInt(16) != 0 || end.getInt(20) != 0 || end.getLong(24) != count64) {
            throw wrong(end64At, "the ZIP64 end record and the older one disagree");
        }
        return range(begin64, size64, count64, end64At, end64At);
    }

    private Range range(long begin, long size, long count, long end, long statedAt) throws FormatException {
        if (begin < 0 || size < 0 || begin > end || size != end - begin) {
            throw wrong(
                    statedAt,
                    "a directory of " + Long.toUnsignedString(size) + " bytes from byte " + Long.toUnsignedString(begin)
                            + " on does not end at byte " + end);
        }
        return new Range(begin, end, count, statedAt);
    }

    /** The end record is the last thing but a comment, whose length it states. */
    private long findEnd() throws FormatException {
        int tailLength = (int) Math.min(file.size(), END_BYTES + MAX_COMMENT);
        long tailAt = file.size() - tailLength;
        ByteBuffer tail = bytes(tailAt, tailLength);
        for (int i = tailLength - END_BYTES; i >= 0; i--) {
            if (tail.getInt(i) == END && i + END_BYTES + unsigned(tail.getShort(i + 20)) == tailLength) {
                return tailAt + i;
            }
        }
        throw wrong(file.size(), "this is no zip archive, or it is cut off: it does not end with an end record");
    }

    private void readEntries(Range range, Limits limits) throws FormatException {
        if (range.end - range.begin > Math.min(limits.headerBytes(), Layout.MAX_ELEMENTS)) {
            throw wrong(
                    range.statedAt,
                    "a directory of " + (range.end - range.begin) + " bytes is longer than the " + limits.headerBytes()
                            + " allowed");
        }
        ByteBuffer directory = bytes(range.begin, (int) (range.end - range.begin));
        List<Entry> byPlace = new ArrayList<>();
        while (directory.hasRemaining()) {
            Entry entry = entry(directory, range.begin);
            if (entries.put(entry.name, entry) != null) {
                throw wrong(entry.at, "entry " + Text.quote(entry.name) + ": the name stands twice");
            }
            byPlace.add(entry);
        }
        if (byPlace.size() != range.count) {
            throw wrong(
                    range.statedAt,
                    Long.toUnsignedString(range.count) + " entries are claimed, but there are " + byPlace.size());
        }
        checkOverlaps(byPlace, range.begin);
    }

    /** Entries that share bytes are how a small archive unpacks to a huge one. */
    private void checkOverlaps(List<Entry> entries, long directoryBegin) throws FormatException {
        entries.sort(Comparator.comparingLong(Entry::local));
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            boolean last = i == entries.size() - 1;
            long limit = last ? directoryBegin : entries.get(i + 1).local;
            if (entry.end > limit) {
                String what = last ? "the directory" : "entry " + Text.quote(entries.get(i + 1).name);
                throw wrong(entry.at, "entry " + Text.quote(entry.name) + ": its data overlap " + what);
            }
        }
    }

    private Entry entry(ByteBuffer directory, long directoryAt) throws FormatException {
        int start = directory.position();
        long at = directoryAt + start;
        if (directory.remaining() < CENTRAL_BYTES || directory.getInt(start) != CENTRAL) {
            throw wrong(at, "the directory has no entry here");
        }
        int flags = directory.getShort(start + 8);
        int method = directory.getShort(start + 10);
        int nameLength = unsigned(directory.getShort(start + 28));
        int extraLength = unsigned(directory.getShort(start + 30));
        int length = CENTRAL_BYTES + nameLength + extraLength + unsigned(directory.getShort(start + 32));
        if (length > directory.remaining()) {
            throw wrong(at, "the directory ends within this entry");
        }
        ByteBuffer nameBytes = directory.slice(start + CENTRAL_BYTES, nameLength);
        ByteBuffer extra =
                directory.slice(start + CENTRAL_BYTES + nameLength, extraLength).order(ByteOrder.LITTLE_ENDIAN);
        String name = name(nameBytes.duplicate(), at);
        if ((flags & (FLAG_ENCRYPTED | FLAG_PATCH | FLAG_STRONGLY_ENCRYPTED | FLAG_MASKED)) != 0) {
            throw wrong(at, "entry " + Text.quote(name) + " is encrypted or a patch");
        }
        if (method != STORED && method != DEFLATED) {
            throw wrong(
                    at,
                    "entry " + Text.quote(name) + " is packed by method " + (method & 0xFFFF)
                            + ", not stored or deflated");
        }
        int crc = directory.getInt(start + 16);
        long[] places = {
            unsigned(directory.getInt(start + 24)),
            unsigned(directory.getInt(start + 20)),
            unsigned(directory.getInt(start + 42))
        };
        take64(extra, places, at, name);
        directory.position(start + length);
        return located(new Entry(name, at, method, crc, places[0], places[2], 0, places[1]), nameBytes);
    }

    /** Replaces those of unpacked size, packed size and place that did not fit, in this order, and checks them. */
    private void take64(ByteBuffer extra, long[] places, long at, String name) throws FormatException {
        while (extra.remaining() >= 2 * Short.BYTES) {
            int id = unsigned(extra.getShort());
            int length = unsigned(extra.getShort());
            if (length > extra.remaining()) {
                break;
            }
            if (id == 1) {
                ByteBuffer field = extra.slice(extra.position(), length).order(ByteOrder.LITTLE_ENDIAN);
                for (int i = 0; i < places.length; i++) {
                    if (places[i] == IN_64 && field.remaining() >= Long.BYTES) {
                        places[i] = field.getLong();
                    }
                }
                break;
            }
            extra.position(extra.position() + length);
        }
        boolean inside = places[1] >= 0 && places[1] <= file.size() && places[2] >= 0 && places[2] <= file.size();
        if (!inside || places[0] < 0) {
            throw wrong(
                    at,
                    "entry " + Text.quote(name) + " claims " + Long.toUnsignedString(places[1]) + " bytes from byte "
                            + Long.toUnsignedString(places[2]) + " on, unpacked to "
                            + Long.toUnsignedString(places[0]) + ", in a file of " + file.size());
        }
    }

    /** Finds the data behind the header that stands before them, which must agree with the directory. */
    private Entry located(Entry entry, ByteBuffer nameBytes) throws FormatException {
        String what = "entry " + Text.quote(entry.name) + ": ";
        if (entry.local > file.size() - LOCAL_BYTES) {
            throw wrong(entry.at, what + "its place, byte " + entry.local + ", is too near to the end");
        }
        ByteBuffer header = bytes(entry.local, LOCAL_BYTES);
        int nameLength = unsigned(header.getShort(26));
        long nameAt = entry.local + LOCAL_BYTES;
        long begin = nameAt + nameLength + unsigned(header.getShort(28));
        long packed = entry.end;
        boolean agrees = header.getInt(0) == LOCAL
                && header.getShort(8) == entry.method
                && nameAt + nameLength <= file.size()
                && bytes(nameAt, nameLength).equals(nameBytes);
        if (!agrees) {
            throw wrong(entry.local, what + "its own header here does not agree with the directory");
        }
        if (begin > file.size() - packed) {
            throw wrong(entry.local, what + "its " + packed + " bytes reach beyond the end of the file");
        }
        if (entry.method == STORED && packed != entry.size) {
            throw wrong(entry.at, what + "stored, but " + entry.size + " bytes in " + packed);
        }
        return new Entry(entry.name, entry.at, entry.method, entry.crc, entry.size, entry.local, begin, begin + packed);
    }

    private String name(ByteBuffer bytes, long at) throws FormatException {
        try {
            CharBuffer name = StandardCharsets.UTF_8.newDecoder().decode(bytes);
            return name.toString();
        } catch (CharacterCodingException e) {
            FormatException wrong = wrong(at, "an entry's name is not UTF-8");
            wrong.initCause(e);
            throw wrong;
        }
    }

    private ByteBuffer bytes(long from, int count) throws FormatException {
        byte[] bytes = file.input(from, from + count).read(count);
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private FormatException wrong(long offset, String problem) {
        return new FormatException(file.name(), offset, problem);
    }

    private static int unsigned(short value) {
        return Short.toUnsignedInt(value);
    }

    private static long unsigned(int value) {
        return Integer.toUnsignedLong(value);
    }
}
