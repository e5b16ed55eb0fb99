package dev.wayleave.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class RefusalSampleTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final RefusalSample sample = new RefusalSample(3, now::get);

    private static RefusalSample.Source user(String subject) {
        return new RefusalSample.Source("p", "https://i", subject);
    }

    private int admitted(RefusalSample.Source source, int times) {
        int admitted = 0;
        for (int i = 0; i < times; i++) {
            admitted += sample.admits(source, "forbidden") ? 1 : 0;
        }
        return admitted;
    }

    @Test
    void whoIsRefusedOftenTakesNothingFromOthers() {
        assertThat(admitted(new RefusalSample.Source("p", null, null), 1000)).isEqualTo(3);
        assertThat(admitted(user("a"), 1000)).isEqualTo(3);
        assertThat(admitted(user("b"), 2)).isEqualTo(2);
        now.set(Instant.EPOCH.plusSeconds(1));
        assertThat(admitted(user("a"), 1000)).isEqualTo(3);
    }

    @Test
    void manyTogetherTakeNoMoreThanTenAndTheOthersAreCounted() throws Exception {
        int admitted = 0;
        for (int i = 0; i < 1000; i++) {
            admitted += admitted(user("u" + i), 1);
        }
        assertThat(admitted).isEqualTo(30);
        assertThat(Chain.JSON
                        .readTree(sample.due(true).getFirst())
                        .path("outcomes")
                        .path("forbidden")
                        .asInt())
                .isEqualTo(970);
    }
}
