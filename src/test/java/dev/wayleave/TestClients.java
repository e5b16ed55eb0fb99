package dev.wayleave;

import dev.wayleave.upstream.PlatformClients;
import io.micronaut.context.ApplicationContext;
import java.util.Map;

/** The real clients, out of a context that has nothing else in use. */
public final class TestClients {
    public static final PlatformClients CLIENTS = ApplicationContext.builder()
            .deduceEnvironment(false)
            .properties(Map.of())
            .start()
            .getBean(PlatformClients.class);

    private TestClients() {}
}
