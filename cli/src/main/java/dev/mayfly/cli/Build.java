package dev.mayfly.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** What this build is, written into it by Maven. */
final class Build {
    private static final Properties WRITTEN = read();

    private Build() {}

    static String version() {
        return WRITTEN.getProperty("version");
    }

    /** {@return the runtime's name and version} */
    static String runtime() {
        return WRITTEN.getProperty("runtime");
    }

    private static Properties read() {
        Properties written = new Properties();
        try (InputStream in = Build.class.getResourceAsStream("version.properties")) {
            written.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return written;
    }
}
