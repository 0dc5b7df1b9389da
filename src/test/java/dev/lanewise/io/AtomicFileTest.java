package dev.lanewise.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {

    @TempDir
    Path directory;

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aFileIsReplacedOnlyOnceTheNewOneIsComplete() throws IOException {
        Path path = directory.resolve("a");
        AtomicFile.write(path, out -> out.write("old".getBytes(StandardCharsets.US_ASCII)));
        assertEquals("old", Files.readString(path));
        AtomicFile.write(path, out -> {
            out.write("new".getBytes(StandardCharsets.US_ASCII));
            out.flush();
            assertEquals("old", Files.readString(path));
            assertEquals(2, files().size());
        });
        assertEquals("new", Files.readString(path));
        assertEquals(List.of("a"), files());
    }

    @Test
    void whatFailsLeavesEverythingAsItWas() throws IOException {
        Path path = directory.resolve("a");
        for (Throwable failure : List.of(new IOException("full"), new IllegalStateException("bad"))) {
            AtomicFile.Content failing = out -> {
                out.write(new byte[100_000]);
                if (failure instanceof IOException io) {
                    throw io;
                }
                throw (RuntimeException) failure;
            };
            assertEquals(failure, assertThrows(failure.getClass(), () -> AtomicFile.write(path, failing)));
            assertEquals(Files.exists(path) ? List.of("a") : List.of(), files());
            AtomicFile.write(path, out -> out.write(1));
        }
        assertEquals(1, Files.size(path));
    }

    @Test
    void aDirectoryThatIsNotThereIsNotMade() throws IOException {
        Path path = directory.resolve("none").resolve("a");
        assertEquals(
                path + ": there is no directory to write it to",
                assertThrows(NoSuchFileException.class, () -> AtomicFile.write(path, out -> out.write(1)))
                        .getMessage());
        assertEquals(List.of(), files());
    }

    @Test
    void aDirectoryIsNotReplaced() throws IOException {
        Path path = Files.createDirectory(directory.resolve("d"));
        assertThrows(IOException.class, () -> AtomicFile.write(path, out -> out.write(1)));
        assertEquals(List.of("d"), files());
    }

    @Test
    void aNewFileIsAsReadableAsAnyOther() throws IOException {
        Path plain = Files.write(directory.resolve("plain"), new byte[1]);
        Path atomic = directory.resolve("atomic");
        AtomicFile.write(atomic, out -> out.write(1));
        if (Files.getFileStore(plain).supportsFileAttributeView("posix")) {
            assertEquals(Files.getPosixFilePermissions(plain), Files.getPosixFilePermissions(atomic));
        }
    }
}
