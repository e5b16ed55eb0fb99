package dev.wayleave.upstream;

import dev.wayleave.caller.Reach;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Finds the addresses of hosts for connections, and only those that may be connected to. What it gives is what is connected
 * to, so that a name that leads elsewhere the next time is looked at again. Asking may take long; no event loop waits for it.
 */
final class HostNames extends AddressResolverGroup<InetSocketAddress> {
    private final Reach.Lookup lookup;
    private final Predicate<InetAddress[]> admitted;

    HostNames(Reach.Lookup lookup, Predicate<InetAddress[]> admitted) {
        this.lookup = lookup;
        this.admitted = admitted;
    }

    /** A host leads where nothing may be sent. */
    static final class PrivateAddressException extends UnknownHostException {
        private static final long serialVersionUID = 1L;
    }

    @Override
    @SuppressWarnings("resource") // closed by the group
    protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
        return new Resolver(executor, this).asAddressResolver();
    }

    private InetAddress[] find(String host) throws UnknownHostException {
        InetAddress[] found = lookup.all(host);
        if (!admitted.test(found)) {
            throw new PrivateAddressException();
        }
        return found;
    }

    /** Belongs to one event loop, and asks on threads of its own. */
    private static final class Resolver extends InetNameResolver {
        private final HostNames names;

        Resolver(EventExecutor executor, HostNames names) {
            super(executor);
            this.names = names;
        }

        @Override
        protected void doResolve(String host, Promise<InetAddress> promise) {
            find(host, promise, found -> found[0]);
        }

        @Override
        protected void doResolveAll(String host, Promise<List<InetAddress>> promise) {
            find(host, promise, List::of);
        }

        private <T> void find(String host, Promise<T> promise, Function<InetAddress[], T> made) {
            Thread.ofVirtual().name("names").start(() -> {
                try {
                    promise.trySuccess(made.apply(names.find(host)));
                } catch (UnknownHostException | RuntimeException e) {
                    promise.tryFailure(e);
                }
            });
        }
    }
}
