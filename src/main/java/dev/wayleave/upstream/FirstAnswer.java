package dev.wayleave.upstream;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/** Waits, on the calling thread, for the one thing that a publisher has to say; gives it up when the time is over. */
final class FirstAnswer<T> implements Subscriber<T> {
    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private @Nullable Subscription subscription;

    /**
     * The first item.
     *
     * @param cancellation gives it up, too
     * @throws CancellationException where nobody waits any more; the publisher is then cancelled
     * @throws TimeoutException after this long; the publisher is then cancelled
     * @throws ExecutionException where the publisher fails or ends without an item
     */
    static <T> T of(Publisher<T> publisher, Duration atMost, Cancellation cancellation)
            throws TimeoutException, ExecutionException, InterruptedException {
        FirstAnswer<T> subscriber = new FirstAnswer<>();
        publisher.subscribe(subscriber);
        Runnable hook = () -> subscriber.answer.cancel(false);
        cancellation.whenCancelled(hook);
        try {
            return subscriber.answer.get(atMost.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | InterruptedException | CancellationException e) {
            subscriber.cancel();
            throw e;
        } finally {
            cancellation.forget(hook);
        }
    }

    @Override
    public void onSubscribe(Subscription given) {
        subscription = given;
        given.request(1);
    }

    @Override
    public void onNext(T item) {
        answer.complete(item);
    }

    @Override
    public void onError(Throwable failure) {
        answer.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        answer.completeExceptionally(new IllegalStateException("no answer"));
    }

    private void cancel() {
        if (subscription != null) {
            subscription.cancel();
        }
    }
}
