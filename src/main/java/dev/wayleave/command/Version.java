package dev.wayleave.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** Which version this is. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"wayleave " + text()};
    }

    /** Such as {@code 0.1.0}. */
    static String text() {
        try (InputStream in = Version.class.getResourceAsStream("/wayleave.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
