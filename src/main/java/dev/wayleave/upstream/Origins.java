package dev.wayleave.upstream;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.wayleave.caller.Reach;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** The further origins that steps may be sent to. None of them ever gets the caller's token. */
public final class Origins implements AutoCloseable {
    /** Nowhere else. */
    public static final Origins NONE = new Origins(
            List.of(),
            (origin, reach) -> {
                throw new IllegalStateException("there are no further origins");
            },
            () -> {});

    private static final int MOST = 256;
    private final List<Allowed> allowed;
    private final BiFunction<String, Reach, Upstream> ways;
    private final Runnable closing;
    private final Cache<Way, Upstream> known =
            Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build();

    /**
     * For one platform.
     *
     * @param ways opens the way to one origin, which may lead so far
     * @param closing lets go of what they have in common
     */
    public Origins(List<Allowed> allowed, BiFunction<String, Reach, Upstream> ways, Runnable closing) {
        this.allowed = List.copyOf(allowed);
        this.ways = ways;
        this.closing = closing;
    }

    /**
     * Some of them.
     *
     * @param credential whether a step may bring a credential there that another one minted
     * @param reach which addresses their hosts may lead to
     */
    public record Allowed(OriginPattern pattern, boolean credential, Reach reach) {
        /** Some whose host says by its spelling whether they may be private. */
        public Allowed(OriginPattern pattern, boolean credential) {
            this(pattern, credential, Reach.spelled(pattern.host()));
        }
    }

    private record Way(String origin, Reach reach) {}

    /** One of them, and the way there. */
    public record Reached(String origin, Upstream upstream) {}

    /**
     * Where an address leads; empty where it may lead nowhere.
     *
     * @param address an origin, or a host and perhaps a port
     * @param credential whether something is to be sent there that is not for everyone
     */
    public Optional<Reached> find(String address, boolean credential) {
        for (Allowed one : allowed) {
            Optional<String> origin = one.pattern().origin(address);
            if (origin.isPresent() && (one.credential() || !credential)) {
                return origin.map(found -> new Reached(
                        found, known.get(new Way(found, one.reach()), way -> ways.apply(way.origin(), way.reach()))));
            }
        }
        return Optional.empty();
    }

    /** Whether one of those that were sent to of late has failed so often that it is left alone. */
    public boolean isFailing() {
        return known.asMap().values().stream().anyMatch(Upstream::isFailing);
    }

    @Override
    public void close() {
        closing.run();
    }
}
