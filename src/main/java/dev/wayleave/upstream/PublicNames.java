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
import java.util.function.Predicate;

/**
 * Finds the addresses of hosts for connections that may only go to the internet. What it gives is what is connected to, so
 * that a name that leads elsewhere the next time is looked at again.
 */
final class PublicNames extends AddressResolverGroup<InetSocketAddress> {
    private final Reach.Lookup lookup;
    private final Predicate<InetAddress[]> admitted;

    PublicNames(Reach.Lookup lookup, Predicate<InetAddress[]> admitted) {
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

    /** Belongs to one event loop; blocks it as Netty's own does, for as long as the system takes. */
    private static final class Resolver extends InetNameResolver {
        private final PublicNames names;

        Resolver(EventExecutor executor, PublicNames names) {
            super(executor);
            this.names = names;
        }

        @Override
        protected void doResolve(String host, Promise<InetAddress> promise) {
            try {
                promise.setSuccess(names.find(host)[0]);
            } catch (UnknownHostException e) {
                promise.setFailure(e);
            }
        }

        @Override
        protected void doResolveAll(String host, Promise<List<InetAddress>> promise) {
            try {
                promise.setSuccess(List.of(names.find(host)));
            } catch (UnknownHostException e) {
                promise.setFailure(e);
            }
        }
    }
}
