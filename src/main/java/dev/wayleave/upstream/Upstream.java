package dev.wayleave.upstream;

/** Sends one request to the platform. Decorators of it stack up in one place. */
public interface Upstream extends AutoCloseable {
    /**
     * Sends the request and waits for the whole answer, whatever its status.
     *
     * @throws UpstreamException where there is no answer
     */
    UpstreamResponse send(UpstreamRequest request) throws UpstreamException;

    /** Whether the platform has failed so often that it is left alone. */
    default boolean isFailing() {
        return false;
    }

    /** Lets go of the connections. */
    @Override
    default void close() {}
}
