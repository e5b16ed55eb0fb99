import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.server.authorization.authentication.OAuth2TokenExchangeAuthenticationToken;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.config.annotation.web.configurers.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.OAuth2TokenFormat;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.HttpSessionSecurityContextRepository;

/**
 * Spring Authorization Server, as the other side of our token exchange: it knows a user, an agent that the user signs in
 * to, and Wayleave, by a secret or by keys that it fetches. Runs from its source, in a process of its own.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class AuthorizationServer {
    /** @param args the MCP endpoint that the agent's tokens are for, and where Wayleave's keys are */
    public static void main(String[] args) {
        SpringApplication application = new SpringApplication(AuthorizationServer.class);
        application.setDefaultProperties(Map.of(
                "server.address", "127.0.0.1",
                "server.port", "0",
                "spring.main.banner-mode", "off",
                "logging.level.root", "WARN",
                "resource", args[0],
                "keys", args[1]));
        ConfigurableApplicationContext context = application.run();
        System.out.println("listening on "
                + ((ServletWebServerApplicationContext) context).getWebServer().getPort());
    }

    @Bean
    SecurityFilterChain security(HttpSecurity http) throws Exception {
        return http.with(OAuth2AuthorizationServerConfigurer.authorizationServer(), Customizer.withDefaults())
                .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                .csrf(csrf -> csrf.disable())
                .httpBasic(basic -> basic.securityContextRepository(new HttpSessionSecurityContextRepository()))
                .build();
    }

    @Bean
    UserDetailsService users() {
        return new InMemoryUserDetailsManager(
                User.withUsername("user-1").password("{noop}password-1").roles("USER").build());
    }

    @Bean
    RegisteredClientRepository clients(Environment environment) {
        return new InMemoryRegisteredClientRepository(
                RegisteredClient.withId("agent")
                        .clientId("agent")
                        .clientSecret("{noop}agent-secret")
                        .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                        .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                        .redirectUri("http://127.0.0.1/callback")
                        .scopes(scopes -> scopes.addAll(List.of("pets:read", "pets:write")))
                        .build(),
                wayleave("wayleave")
                        .clientSecret("{noop}wayleave-secret")
                        .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                        .build(),
                wayleave("wayleave-reference")
                        .clientSecret("{noop}reference-secret")
                        .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                        .tokenSettings(TokenSettings.builder()
                                .accessTokenFormat(OAuth2TokenFormat.REFERENCE)
                                .build())
                        .build(),
                keyed("RS256", environment),
                keyed("PS256", environment),
                keyed("ES256", environment));
    }

    private static RegisteredClient keyed(String algorithm, Environment environment) {
        return wayleave("wayleave-" + algorithm)
                .clientAuthenticationMethod(ClientAuthenticationMethod.PRIVATE_KEY_JWT)
                .clientSettings(ClientSettings.builder()
                        .jwkSetUrl(environment.getRequiredProperty("keys"))
                        .tokenEndpointAuthenticationSigningAlgorithm(SignatureAlgorithm.from(algorithm))
                        .build())
                .build();
    }

    private static RegisteredClient.Builder wayleave(String id) {
        return RegisteredClient.withId(id)
                .clientId(id)
                .authorizationGrantType(AuthorizationGrantType.TOKEN_EXCHANGE)
                .tokenSettings(TokenSettings.builder()
                        .accessTokenTimeToLive(Duration.ofMinutes(5))
                        .build())
                .scopes(scopes -> scopes.addAll(List.of("pets:read", "pets:write")));
    }

    /** The agent's tokens are for the MCP endpoint, and those that are exchanged for whom they were asked for. */
    @Bean
    OAuth2TokenCustomizer<JwtEncodingContext> audience(Environment environment) {
        return context -> {
            if (context.getAuthorizationGrant() instanceof OAuth2TokenExchangeAuthenticationToken exchange) {
                context.getClaims().audience(List.copyOf(exchange.getAudiences()));
            } else {
                context.getClaims().audience(List.of(environment.getRequiredProperty("resource")));
            }
            context.getJwsHeader().type("at+jwt");
        };
    }

    @Bean
    JWKSource<SecurityContext> keys() throws Exception {
        RSAKey key = new RSAKeyGenerator(2048).keyID("k1").generate();
        return new ImmutableJWKSet<>(new JWKSet(key));
    }

    @Bean
    AuthorizationServerSettings settings() {
        return AuthorizationServerSettings.builder().build();
    }
}
