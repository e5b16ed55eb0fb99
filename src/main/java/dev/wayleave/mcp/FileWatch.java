package dev.wayleave.mcp;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Looks at files now and then, and reacts where one of them holds something else. By their contents, since a file may be
 * written twice within a tick of its clock, or be a link that leads elsewhere now.
 */
final class FileWatch implements Runnable {
    private static final Duration SETTLED = Duration.ofMillis(50);
    private static final int LONGEST_UNREST = 20;
    private final Supplier<Set<Path>> files;
    private final Duration every;
    private final Runnable reaction;
    private Map<Path, String> known;

    /** As they are now. */
    FileWatch(Supplier<Set<Path>> files, Duration every, Runnable reaction) {
        this.files = files;
        this.every = every;
        this.reaction = reaction;
        this.known = contents(files.get());
    }

    @Override
    public void run() {
        try {
            while (true) {
                Thread.sleep(every);
                Map<Path, String> now = contents(files.get());
                if (!now.equals(known)) {
                    known = settled(now);
                    reaction.run();
                    // what the change brought with it is watched from now on
                    Map<Path, String> more = contents(files.get());
                    more.putAll(known);
                    known = more;
                    known.keySet().retainAll(files.get());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A file may be written bit by bit. */
    private Map<Path, String> settled(Map<Path, String> seen) throws InterruptedException {
        Map<Path, String> before = seen;
        for (int i = 0; i < LONGEST_UNREST; i++) {
            Thread.sleep(SETTLED);
            Map<Path, String> now = contents(files.get());
            if (now.equals(before)) {
                break;
            }
            before = now;
        }
        return before;
    }

    private static Map<Path, String> contents(Set<Path> files) {
        Map<Path, String> contents = new HashMap<>();
        files.forEach(file -> contents.put(file, digest(file)));
        return contents;
    }

    private static String digest(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return DigestUtils.sha256Hex(in);
        } catch (IOException e) {
            return "cannot be read";
        }
    }
}
