package dev.wayleave.mcp;

import io.micronaut.context.ExecutionHandleLocator;
import io.micronaut.core.convert.ConversionService;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.MediaType;
import io.micronaut.web.router.DefaultRouteBuilder;
import io.micronaut.web.router.UriRoute;
import jakarta.inject.Singleton;
import java.util.List;

/** Tells Micronaut's router where the platforms are mounted, which is known only when the configuration was read. */
@Singleton
@SuppressWarnings("overrides") // of the router's own methods
class Routes extends DefaultRouteBuilder {
    private static final List<HttpMethod> VERBS = List.of(
            HttpMethod.POST, HttpMethod.GET, HttpMethod.DELETE, HttpMethod.PUT, HttpMethod.PATCH, HttpMethod.OPTIONS);

    Routes(
            ExecutionHandleLocator locator,
            UriNamingStrategy naming,
            ConversionService conversion,
            Endpoints endpoints) {
        super(locator, naming, conversion);
        for (String path : endpoints.paths()) {
            for (HttpMethod verb : VERBS) {
                anything(buildRoute(verb, path, HttpEdge.class, "mcp", HttpRequest.class));
            }
        }
        for (String path : endpoints.metadataPaths()) {
            discovery(path, "metadata");
        }
        for (String path : endpoints.mirrorPaths()) {
            discovery(path, "mirror");
        }
        if (endpoints.reload().on()) {
            for (HttpMethod verb : VERBS) {
                anything(buildRoute(verb, "/{+path}", HttpEdge.class, "later", HttpRequest.class));
            }
        }
        endpoints.managementPort().ifPresent(port -> {
            anything(buildRoute(HttpMethod.GET, "/prometheus", HttpEdge.class, "metrics", HttpRequest.class)
                    .exposedPort(port));
            anything(buildRoute(HttpMethod.GET, "/health", HttpEdge.class, "health", HttpRequest.class)
                    .exposedPort(port));
        });
    }

    /** For clients in browsers, too, whose own headers make these ask first. */
    private void discovery(String path, String method) {
        anything(buildRoute(HttpMethod.GET, path, HttpEdge.class, method, HttpRequest.class));
        anything(buildRoute(HttpMethod.OPTIONS, path, HttpEdge.class, "preflight", HttpRequest.class));
    }

    private static void anything(UriRoute route) {
        route.consumesAll().produces(MediaType.ALL_TYPE);
    }
}
