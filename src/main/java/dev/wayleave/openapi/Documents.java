package dev.wayleave.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The files of one description. They lie in the folder of its first file or below, whatever a reference, a {@code ..} or
 * a symbolic link says; nothing here can open a connection.
 */
final class Documents {
    private Document first;
    private final @Nullable Path folder;
    private final Map<Path, Document> read = new HashMap<>();
    private long bytesRead;
    private boolean overlaid;

    private Documents(Document first, @Nullable Path folder, long bytesRead) {
        this.first = first;
        this.folder = folder;
        this.bytesRead = bytesRead;
    }

    static Documents of(String name, byte[] bytes) throws DocumentException {
        return new Documents(new Document(name, null, parse(name, bytes)), null, bytes.length);
    }

    static Documents of(Path file) throws DocumentException {
        String name = file.toString();
        try {
            Path named = file.toAbsolutePath().normalize();
            Path folder = Optional.ofNullable(named.getParent()).orElse(named).toRealPath();
            byte[] bytes = bytesOf(named);
            Path place = folder.resolve(named.getFileName());
            Document first = new Document(name, place, parse(name, bytes));
            Documents documents = new Documents(first, folder, bytes.length);
            documents.read.put(place, first);
            documents.read.put(place.toRealPath(), first);
            return documents;
        } catch (IOException | SecurityException absent) {
            throw new DocumentException(new Source(name, "", 0), "cannot be read: " + reason(absent));
        }
    }

    Document first() {
        return first;
    }

    /** Those that were opened so far. */
    Set<Path> files() {
        return Set.copyOf(read.keySet());
    }

    /** Puts overlays on the description; its files are then those that may be changed. */
    void overlay(List<Overlay> overlays, Findings findings) throws DocumentException {
        if (overlays.isEmpty() || !first.root().isObject()) {
            return;
        }
        overlaid = true;
        first = changeable(first);
        read.replaceAll((path, same) -> first);
        FileLinks links = FileLinks.of(first, new References(this, Version.of(first)));
        Overlay.apply(overlays, first, links, findings);
    }

    /** YAML aliases may have put one node in several places; each is then one of its own. */
    private static Document changeable(Document document) {
        return new Document(document.name(), document.file(), TreeCopy.unshared(document.root()));
    }

    /**
     * The document that a relative reference names.
     *
     * @param path percent-decoded, not empty, relative to {@code from}'s own document
     */
    Document at(Place from, String path) throws Unreadable {
        Path base = from.document().file();
        if (folder == null || base == null) {
            throw new Unreadable(
                    from, "refers to another file, \"" + Texts.excerpt(path) + "\", and has none beside it");
        }
        try {
            Path wanted = base.resolveSibling(path).normalize();
            if (!wanted.startsWith(folder)) {
                throw new Unreadable(from, "\"" + Texts.excerpt(path) + "\" lies outside the document's folder");
            }
            Document known = read.get(wanted);
            return known != null ? known : load(from, path, wanted.toRealPath());
        } catch (InvalidPathException | IOException | SecurityException absent) {
            throw new Unreadable(from, "\"" + Texts.excerpt(path) + "\" cannot be read: " + reason(absent));
        }
    }

    private Document load(Place from, String path, Path real) throws IOException, Unreadable {
        Document known = read.get(real);
        if (known != null) {
            return known;
        }
        if (folder == null || !real.startsWith(folder)) {
            throw new Unreadable(from, "\"" + Texts.excerpt(path) + "\" leads outside the document's folder");
        }
        byte[] bytes = bytesOf(real);
        bytesRead += bytes.length;
        if (read.size() >= Limits.FILES || bytesRead > Limits.TOTAL_BYTES) {
            throw new Unreadable(from, "the description spreads over too many files, or too large ones");
        }
        String name = nameOf(real);
        try {
            Document parsed = new Document(name, real, parse(name, bytes));
            Document document = overlaid ? changeable(parsed) : parsed;
            read.put(real, document);
            return document;
        } catch (DocumentException unreadable) {
            throw new Unreadable(from, String.valueOf(unreadable.getMessage()));
        }
    }

    /** Named as one would from where the first file was named. */
    private String nameOf(Path real) {
        Path inFolder = folder == null ? real : folder.relativize(real);
        Path beside = Path.of(first.name()).getParent();
        return (beside == null ? inFolder : beside.resolve(inFolder)).toString();
    }

    private static byte[] bytesOf(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("not a file");
        }
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(Limits.FILE_BYTES + 1);
        }
    }

    private static JsonNode parse(String name, byte[] bytes) throws DocumentException {
        if (bytes.length > Limits.FILE_BYTES) {
            throw new DocumentException(
                    new Source(name, "", 0), "is larger than " + (Limits.FILE_BYTES >> 20) + " MiB");
        }
        if (name.toLowerCase(Locale.ROOT).endsWith(".json")) {
            return JsonTree.read(name, bytes);
        }
        if (looksLikeJson(bytes)) {
            try {
                return JsonTree.read(name, bytes);
            } catch (DocumentException notJson) {
                return YamlTree.read(name, bytes);
            }
        }
        return YamlTree.read(name, bytes);
    }

    private static boolean looksLikeJson(byte[] bytes) {
        for (byte b : bytes) {
            if (b == '{' || b == '[') {
                return true;
            }
            boolean blank = b == ' '
                    || b == '\t'
                    || b == '\n'
                    || b == '\r'
                    || b == (byte) 0xEF
                    || b == (byte) 0xBB
                    || b == (byte) 0xBF;
            if (!blank) {
                return false;
            }
        }
        return false;
    }

    private static String reason(Exception failure) {
        return failure instanceof NoSuchFileException
                ? "there is no such file"
                : Texts.excerpt(Texts.oneLine(failure.getMessage()));
    }
}
