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
 * {@code -Dsabotage=true} the check does not compare a line with the one before it, and this fails.
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
            Files.write(edited, bytes);
            ChainCheck check = SABOTAGE ? new ChainCheck(keys, (link, before) -> true) : new ChainCheck(keys);
            ChainCheck.Finding finding = check.check(List.of(edited), Path.of(file + ".head"));
            long line = line(whole, bytes);
            long told = finding instanceof ChainCheck.Finding.Broken broken ? broken.line() : 0;
            // a line that was made anew is whole: it shows in the next one, which names another
            boolean place = told == line || (told == line + 1 && isWhole(bytes, line));
            found += place ? 1 : 0;
            assertThat(place)
                    .as("edit %d of seed %d: %s at %d", i, seed, finding, line)
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

    private static boolean isWhole(byte[] edited, long line) {
        String text = new String(edited, StandardCharsets.US_ASCII);
        return text.lines()
                .skip(line - 1)
                .findFirst()
                .flatMap(one -> Chain.read(one.getBytes(StandardCharsets.US_ASCII)))
                .filter(Chain.Link::whole)
                .isPresent();
    }

    /** The line with something else in it, and a hash that fits: whoever may write the file can do that. */
    private static String madeAnew(String line, long seq) {
        String prev = line.substring(line.indexOf("\"prev\":\"") + 8, line.indexOf("\"prev\":\"") + 72);
        String record = "{" + line.substring(line.indexOf("\"type\""), line.indexOf(",\"hash\":")) + "}";
        byte[] other = record.replace("user", "eve").getBytes(StandardCharsets.US_ASCII);
        return new String(Chain.line(seq, prev, other), StandardCharsets.US_ASCII).strip();
    }

    private static byte[] edit(byte[] whole, byte[] older, Random random) throws IOException {
        byte[] edited = whole;
        while (Arrays.equals(edited, whole)) {
            List<String> lines = new ArrayList<>(
                    new String(whole, StandardCharsets.US_ASCII).lines().toList());
            int one = random.nextInt(lines.size());
            int other = random.nextInt(lines.size());
            switch (random.nextInt(9)) {
                case 0 -> {
                    byte[] flipped = whole.clone();
                    flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
                    return flipped;
                }
                case 1 -> lines.remove(one);
                case 2 -> lines.set(one, lines.set(other, lines.get(one)));
                case 3 -> lines.add(one, lines.get(other));
                case 4 -> lines.add(one, "");
                case 5 -> lines.set(one, madeAnew(lines.get(one), one + 1));
                case 6 -> lines.set(one, lines.get(one).replaceFirst("ok|user|opened|checkpoint", "x"));
                case 7 -> {
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
