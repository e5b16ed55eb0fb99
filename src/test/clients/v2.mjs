// @modelcontextprotocol/client 2.4: node v2.mjs URL MODE PICKS
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { journey } from './journey.mjs';
import { Provider } from './provider.mjs';

const [url, mode, picks] = process.argv.slice(2);
const negotiation = mode === 'legacy' ? {} : { versionNegotiation: { mode: mode === 'auto' ? 'auto' : { pin: mode } } };
const authProvider = new Provider('client v2', JSON.parse(picks));
const connect = async () => {
  const client = new Client({ name: 'wayleave-test-v2', version: '1' }, negotiation);
  await client.connect(new StreamableHTTPClientTransport(new URL(url), { authProvider }));
  return client;
};
let client;
try {
  client = await connect();
} catch (error) {
  if (!authProvider.callback) throw error;
  const finishing = new StreamableHTTPClientTransport(new URL(url), { authProvider });
  await finishing.finishAuth(authProvider.callback);
  client = await connect();
}
await journey(client, { version: client.getNegotiatedProtocolVersion?.(), server: client.getServerVersion?.()?.name });
await client.close();
