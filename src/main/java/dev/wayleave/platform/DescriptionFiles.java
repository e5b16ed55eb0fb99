package dev.wayleave.platform;

import dev.wayleave.config.InvalidConfiguration;
import dev.wayleave.config.Settings;
import dev.wayleave.openapi.ApiDescription;
import dev.wayleave.openapi.DocumentException;
import dev.wayleave.openapi.Finding;
import dev.wayleave.openapi.OpenApiReader;
import dev.wayleave.openapi.Overlay;
import dev.wayleave.openapi.ReadOptions;
import dev.wayleave.tool.Catalog;
import dev.wayleave.workflow.WorkflowDocument;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.commons.codec.digest.DigestUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens what a platform's configuration names: a file, or with {@code classpath:} a resource of this program. */
final class DescriptionFiles {
    private static final Logger LOG = LoggerFactory.getLogger(DescriptionFiles.class);
    private static final String CLASSPATH = "classpath:";
    private static final String WORKFLOWS = "workflows";
    private static final String OVERLAYS = "overlays";
    private final Settings settings;
    private final Set<Path> opened = new LinkedHashSet<>();
    private final SortedSet<String> resources = new TreeSet<>();

    DescriptionFiles(Settings settings) {
        this.settings = settings;
    }

    /** The files that were opened so far. */
    Set<Path> opened() {
        return opened;
    }

    /** Of what they hold, whatever they are called: of each its SHA-256, and of these, one a line in their order, once more. */
    String digest() {
        try {
            SortedSet<String> digests = new TreeSet<>(resources);
            for (Path file : opened) {
                digests.add(DigestUtils.sha256Hex(Files.readAllBytes(file)));
            }
            return DigestUtils.sha256Hex((String.join("\n", digests) + "\n").getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new InvalidConfiguration(settings.path() + " (" + settings.file("openapi")
                    + "): a file of the description is gone just after it was read");
        }
    }

    /** The files that are named, whether they are there or not; not those to which these refer. */
    static Set<Path> named(Settings settings) {
        Set<Path> named = new LinkedHashSet<>();
        for (String key : List.of("openapi", OVERLAYS, WORKFLOWS)) {
            for (String location : settings.texts(key)) {
                if (!location.startsWith(CLASSPATH)) {
                    try {
                        named.add(Path.of(location));
                    } catch (InvalidPathException e) {
                        // whoever reads it will say so
                    }
                }
            }
        }
        return named;
    }

    /** The tools of a description, with its overlays and workflows. */
    Catalog catalog(String location, String credentialHeader) {
        List<Overlay> overlays = overlays();
        try {
            Catalog catalog = Catalog.of(
                            description(location, new ReadOptions(settings.flag("strict", false), overlays)),
                            workflows(),
                            ExposeSettings.read(settings),
                            credentialHeader)
                    .confirming(AskSettings.read(settings).confirming());
            catalog.findings().stream().map(Finding::toString).forEach(LOG::warn);
            return catalog;
        } catch (DocumentException e) {
            throw unusable("openapi", e);
        }
    }

    private ApiDescription description(String location, ReadOptions options) throws DocumentException {
        if (location.startsWith(CLASSPATH)) {
            return OpenApiReader.read(location, resource("openapi", location), options);
        }
        ApiDescription description = OpenApiReader.read(file(location), options);
        opened.addAll(description.files());
        return description;
    }

    private List<WorkflowDocument> workflows() {
        List<WorkflowDocument> workflows = new ArrayList<>();
        for (String location : settings.texts(WORKFLOWS)) {
            try {
                WorkflowDocument document = location.startsWith(CLASSPATH)
                        ? WorkflowDocument.read(location, resource(WORKFLOWS, location))
                        : WorkflowDocument.read(file(location));
                for (Finding finding : settings.flag("strict", false) ? document.findings() : List.<Finding>of()) {
                    if (finding.severity() == Finding.Severity.ERROR) {
                        throw new DocumentException(finding.source(), finding.message());
                    }
                }
                workflows.add(document);
            } catch (DocumentException e) {
                throw unusable(WORKFLOWS, e);
            }
        }
        return workflows;
    }

    private List<Overlay> overlays() {
        List<Overlay> overlays = new ArrayList<>();
        for (String location : settings.texts(OVERLAYS)) {
            try {
                overlays.add(
                        location.startsWith(CLASSPATH)
                                ? Overlay.read(location, resource(OVERLAYS, location))
                                : Overlay.read(file(location)));
            } catch (DocumentException e) {
                throw unusable(OVERLAYS, e);
            }
        }
        return overlays;
    }

    private Path file(String location) {
        Path file = Path.of(location);
        opened.add(file);
        return file;
    }

    private InvalidConfiguration unusable(String key, DocumentException why) {
        return new InvalidConfiguration(settings.path(key) + " (" + settings.file(key) + "): " + why.getMessage());
    }

    private byte[] resource(String key, String location) {
        try (InputStream in =
                DescriptionFiles.class.getResourceAsStream("/" + location.substring(CLASSPATH.length()))) {
            if (in == null) {
                throw new InvalidConfiguration(
                        settings.path(key) + " (" + settings.file(key) + "): there is no " + location);
            }
            byte[] bytes = in.readAllBytes();
            resources.add(DigestUtils.sha256Hex(bytes));
            return bytes;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
