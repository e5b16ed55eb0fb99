// A standard authorization server: node issuer.mjs PORT AUDIENCE. It gives a client tokens for itself, as JWTs for AUDIENCE
// and as opaque ones for AUDIENCE?opaque, and answers questions about the latter. Says "ready" on a line of its own.
import Provider, { errors } from 'oidc-provider';

const [port, audience] = process.argv.slice(2);
const machine = (client_id, client_secret) => ({
  client_id,
  client_secret,
  grant_types: ['client_credentials'],
  redirect_uris: [],
  response_types: [],
});

const provider = new Provider(`http://127.0.0.1:${port}`, {
  clients: [
    machine('agent', 'agent-secret'),
    machine('wayleave', 'p%s w+rd:/'),
  ],
  features: {
    clientCredentials: { enabled: true },
    devInteractions: { enabled: false },
    introspection: { enabled: true, allowedPolicy: (ctx, client) => client.clientId === 'wayleave' },
    revocation: { enabled: true, allowedPolicy: (ctx, client, token) => client.clientId === token.clientId },
    resourceIndicators: {
      enabled: true,
      getResourceServerInfo(ctx, resource) {
        const opaque = resource.endsWith('?opaque');
        if (resource !== audience && resource !== `${audience}?opaque` && resource !== 'https://other.example/mcp') {
          throw new errors.InvalidTarget();
        }
        return {
          audience: opaque ? audience : resource,
          scope: 'pets:read pets:write',
          accessTokenFormat: opaque ? 'opaque' : 'jwt',
          accessTokenTTL: 300,
          jwt: { sign: { alg: 'RS256' } },
        };
      },
    },
  },
});
provider.listen(Number(port), '127.0.0.1', () => console.log('ready'));
