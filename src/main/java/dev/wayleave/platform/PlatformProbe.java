package dev.wayleave.platform;

import dev.wayleave.caller.BearerToken;
import dev.wayleave.caller.TokenProbe;
import dev.wayleave.upstream.Upstream;
import dev.wayleave.upstream.UpstreamException;
import dev.wayleave.upstream.UpstreamRequest;
import dev.wayleave.upstream.UpstreamResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Shows tokens to the platform on the way that calls take: the same origin, the same header, the same limits. */
record PlatformProbe(Upstream platform, String method, String path, InstantSource clock) implements TokenProbe {
    @Override
    public Optional<Answer> send(BearerToken token, Duration within) {
        boolean reads = !method.equals("POST");
        try {
            UpstreamResponse answer = platform.send(new UpstreamRequest(
                    method, path, List.of(), null, token, reads, clock.instant().plus(within)));
            return Optional.of(new Answer(answer.status(), answer.body()));
        } catch (UpstreamException e) {
            return Optional.empty();
        }
    }
}
