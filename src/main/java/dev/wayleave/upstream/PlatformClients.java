package dev.wayleave.upstream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.wayleave.caller.Reach;
import io.micronaut.context.BeanContext;
import io.micronaut.http.client.DefaultHttpClientConfiguration;
import io.micronaut.http.client.HttpClient;
import io.micronaut.http.client.HttpClientConfiguration;
import io.micronaut.http.client.HttpClientRegistry;
import io.micronaut.http.client.HttpVersionSelection;
import io.micronaut.http.client.LoadBalancer;
import io.micronaut.http.client.netty.NettyClientCustomizer;
import io.micronaut.http.netty.channel.ChannelPipelineCustomizer;
import io.micronaut.http.ssl.ClientSslConfiguration;
import io.micronaut.inject.qualifiers.Qualifiers;
import io.netty.channel.Channel;
import io.netty.resolver.AddressResolverGroup;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/**
 * Opens the HTTP clients that reach platforms: no redirects, no inflating, no logging of what passes, guarded answers, and
 * only names that lead where they may.
 */
@Singleton
public final class PlatformClients {
    /** At TRACE the client would log whole bodies, in which a platform may echo a token. */
    private static final String SILENT = "wayleave.wire";

    private static final String PUBLIC_NAMES = "public-names";
    private static final String ALL_NAMES = "all-names";

    private final HttpClientRegistry<?> registry;
    private final Lines lines = new Lines();
    private final BeanContext context;
    private final Supplier<ClientSslConfiguration> trust;

    @Inject
    PlatformClients(HttpClientRegistry<?> registry, BeanContext context) {
        this(
                registry,
                context,
                new HostNames(InetAddress::getAllByName, Reach.PUBLIC::admits),
                ClientSslConfiguration::new);
    }

    PlatformClients(
            HttpClientRegistry<?> registry,
            BeanContext context,
            HostNames names,
            Supplier<ClientSslConfiguration> trust) {
        this.trust = trust;
        this.registry = registry;
        this.context = context;
        if (!(registry instanceof NettyClientCustomizer.Registry customizers)) {
            throw new IllegalStateException("the HTTP client is not Netty's");
        }
        customizers.register(new Guarding(lines));
        HostNames all = new HostNames(InetAddress::getAllByName, found -> true);
        context.registerSingleton(AddressResolverGroup.class, names, Qualifiers.byName(PUBLIC_NAMES));
        context.registerSingleton(AddressResolverGroup.class, all, Qualifiers.byName(ALL_NAMES));
        if (LoggerFactory.getLogger(SILENT) instanceof Logger logger) {
            logger.setLevel(Level.OFF);
        }
    }

    Connections open(URI origin, Reach reach, HttpUpstream.Terms terms) {
        HttpClientConfiguration configuration = new DefaultHttpClientConfiguration();
        configuration.setExceptionOnErrorStatus(false);
        configuration.setFollowRedirects(false);
        configuration.setDecompressionEnabled(false);
        configuration.setMaxContentLength(terms.maxResponse());
        configuration.setConnectTimeout(terms.connect());
        ClientSslConfiguration tls = trust.get();
        tls.setHandshakeTimeout(terms.connect());
        configuration.setSslConfiguration(tls);
        // the guard and the call's own deadline end it, not an idle connection
        configuration.setReadTimeout(Duration.ofMinutes(10));
        configuration.setAlpnModes(List.of(HttpVersionSelection.ALPN_HTTP_1));
        configuration.setLoggerName(SILENT);
        configuration.setAddressResolverGroupName(reach == Reach.PUBLIC ? PUBLIC_NAMES : ALL_NAMES);
        HttpClient client = registry.resolveClient(null, LoadBalancer.fixed(origin), configuration, context);
        return new Connections(client, terms.firstByte(), lines);
    }

    /** Puts a guard around the codec of each connection. */
    private record Guarding(Lines lines) implements NettyClientCustomizer {
        @Override
        public NettyClientCustomizer specializeForChannel(Channel channel, ChannelRole role) {
            return new NettyClientCustomizer() {
                @Override
                public void onStreamPipelineBuilt() {
                    AnswerGuard.guard(channel.pipeline(), ChannelPipelineCustomizer.HANDLER_HTTP_CLIENT_CODEC, lines);
                }
            };
        }
    }
}
