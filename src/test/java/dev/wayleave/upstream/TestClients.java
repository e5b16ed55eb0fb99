package dev.wayleave.upstream;

import io.micronaut.context.ApplicationContext;
import java.util.Map;

/** The real clients, out of a context that has nothing else in use. */
final class TestClients {
    static final PlatformClients CLIENTS = ApplicationContext.builder()
            .deduceEnvironment(false)
            .properties(Map.of())
            .start()
            .getBean(PlatformClients.class);

    private TestClients() {}
}
