package dev.wayleave.upstream;

import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MutableHttpRequest;
import io.micronaut.http.client.HttpClient;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** The pooled connections to an origin, or to several. One on which nobody waits for the answer any more is broken off. */
final class Connections implements AutoCloseable {
    static final Argument<byte[]> BYTES = Argument.of(byte[].class);
    private final HttpClient client;
    private final Duration firstByte;
    private final Lines lines;

    /** @param firstByte the longest from the end of a request to the first byte of its answer */
    Connections(HttpClient client, Duration firstByte, Lines lines) {
        this.client = client;
        this.firstByte = firstByte;
        this.lines = lines;
    }

    /**
     * The whole answer.
     *
     * @param safe whether an answer for which there is no room may be given up
     * @throws CancellationException where nobody waits any more
     * @throws TimeoutException after this long
     * @throws ExecutionException where there is no answer
     */
    HttpResponse<byte[]> answer(
            MutableHttpRequest<byte[]> request, boolean safe, Duration atMost, Cancellation cancellation)
            throws TimeoutException, ExecutionException, InterruptedException {
        Line line = new Line(firstByte.compareTo(atMost) < 0 ? firstByte : null, !safe);
        String name = lines.begin(line);
        request.getHeaders().set(Lines.HEADER, name);
        boolean answered = false;
        try {
            HttpResponse<byte[]> answer = FirstAnswer.of(client.exchange(request, BYTES, BYTES), atMost, cancellation);
            answered = true;
            return answer;
        } finally {
            lines.end(name);
            if (!answered) {
                line.giveUp();
            }
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
