package dev.wayleave.openapi;

import dev.wayleave.openapi.Finding.Severity;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads OpenAPI 2.0, 3.0, 3.1 and 3.2, in JSON or YAML, in one file or several of one folder.
 *
 * <p>An operation that cannot be read is left out with a {@link Finding}; only a document of which nothing can be read is
 * an exception. Nothing outside the folder is opened and nothing is fetched. The trees in the result share their nodes:
 * copy before changing one.
 */
public final class OpenApiReader {
    private OpenApiReader() {}

    /** Reads a document and everything it refers to. */
    public static ApiDescription read(Path file) throws DocumentException {
        return read(file, ReadOptions.LENIENT);
    }

    public static ApiDescription read(Path file, ReadOptions options) throws DocumentException {
        return read(Documents.of(file), options);
    }

    /** Reads a document that has no file, such as a resource, and so can refer to none. */
    public static ApiDescription read(String name, byte[] bytes) throws DocumentException {
        return read(name, bytes, ReadOptions.LENIENT);
    }

    public static ApiDescription read(String name, byte[] bytes, ReadOptions options) throws DocumentException {
        return read(Documents.of(name, bytes), options);
    }

    private static ApiDescription read(Documents documents, ReadOptions options) throws DocumentException {
        Findings overlaid = new Findings();
        documents.overlay(options.overlays(), overlaid);
        Reading reading = Reading.of(documents);
        Place root = Place.rootOf(documents.first());
        Place paths = root.member("paths");
        if (paths.exists() && !paths.node().isObject()) {
            throw new DocumentException(paths.source(), "`paths` is an object whose members are paths");
        }
        if (!paths.exists()) {
            reading.findings().warning(root, "describes no `paths`");
        }
        Place info = root.member("info");
        String title = reading.text(info, "title");
        String version = reading.text(info, "version");
        String description = reading.text(info, "description");
        SecurityReader security = new SecurityReader(reading, root);
        OperationReader operation = new OperationReader(reading, OperationParts.of(reading, root), security);
        List<Operation> operations = new PathsReader(reading, operation).read(paths);
        new StrayExtensions(overlaid).tell(root);
        List<Finding> findings = overlaid.list();
        findings.addAll(reading.findings().list());
        if (options.strict()) {
            refuseErrors(findings);
        }
        return new ApiDescription(
                title == null ? "" : title,
                version == null ? "" : version,
                description,
                operations,
                security.declared(),
                Reading.extensions(root),
                root.source(),
                findings,
                documents.files());
    }

    private static void refuseErrors(List<Finding> findings) throws DocumentException {
        for (Finding finding : findings) {
            if (finding.severity() == Severity.ERROR) {
                throw new DocumentException(finding.source(), finding.message());
            }
        }
    }
}
