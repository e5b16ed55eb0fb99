package dev.wayleave.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every edit of a log that was closed is found, and where it was made: 1,000 of them, or 10,000 under the guarantees. With
 * {@code -Dsabotage=true} the check is shown what was not edited, and this fails.
 */
class RandomEditsTest {
    private static final boolean SABOTAGE = Boolean.getBoolean("sabotage");
    private static final int EDITS = Boolean.getBoolean("guarantees") ? 10_000 : 1_000;

    @TempDir
    Path folder;

    @Test
    void everyEditIsFound() throws Exception {
        long seed = Long.getLong("seed", System.nanoTime());
        Random random = new Random(seed);
        Path file = folder.resolve("audit.jsonl");
        byte[] older = new byte[0];
        for (int run = 0; run < 3; run++) {
            older = run == 2 ? Files.readAllBytes(file) : older;
            try (DurableLog log = Calls.log(file, 1 << 30)) {
                for (int i = 0; i < 5; i++) {
                    log.started(Calls.began(run + "-" + i));
                    log.ended(Calls.ended(run + "-" + i), true);
                }
            }
        }
        byte[] whole = Files.readAllBytes(file);
        AuditKeys keys = AuditKeys.parsePublic(Files.readString(Path.of(file + ".pub")));
        Path edited = folder.resolve("edited.jsonl");
        int found = 0;
        for (int i = 0; i < EDITS; i++) {
            byte[] bytes = edit(whole, older, random);
            Files.write(edited, SABOTAGE ? whole : bytes);
            ChainCheck.Finding finding = new ChainCheck(keys).check(List.of(edited), Path.of(file + ".head"));
            boolean place = finding instanceof ChainCheck.Finding.Broken broken && broken.line() == line(whole, bytes);
            found += place ? 1 : 0;
            assertThat(place)
                    .as("edit %d of seed %d: %s at %d", i, seed, finding, line(whole, bytes))
                    .isTrue();
        }
        System.out.println("audit edits found where they were made: " + found + " of " + EDITS + ", seed " + seed);
        assertThat(found).isEqualTo(EDITS);
    }

    /** The first line that is not what it was. */
    private static long line(byte[] whole, byte[] edited) {
        int same = Arrays.mismatch(whole, edited);
        long line = 1;
        for (int i = 0; i < same; i++) {
            line += whole[i] == '\n' ? 1 : 0;
        }
        return line;
    }

    private static byte[] edit(byte[] whole, byte[] older, Random random) throws IOException {
        byte[] edited = whole;
        while (Arrays.equals(edited, whole)) {
            List<String> lines = new ArrayList<>(
                    new String(whole, StandardCharsets.US_ASCII).lines().toList());
            int one = random.nextInt(lines.size());
            int other = random.nextInt(lines.size());
            switch (random.nextInt(8)) {
                case 0 -> {
                    byte[] flipped = whole.clone();
                    flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
                    return flipped;
                }
                case 1 -> lines.remove(one);
                case 2 -> lines.set(one, lines.set(other, lines.get(one)));
                case 3 -> lines.add(one, lines.get(other));
                case 4 -> lines.add(one, "");
                case 5 -> lines.set(one, lines.get(one).replaceFirst("ok|user|opened|checkpoint", "x"));
                case 6 -> {
                    return Arrays.copyOf(whole, random.nextInt(whole.length));
                }
                default -> {
                    return random.nextInt(20) == 0 ? older.clone() : Arrays.copyOf(whole, whole.length + 1);
                }
            }
            edited = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.US_ASCII);
        }
        return edited;
    }
}
