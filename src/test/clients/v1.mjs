// @modelcontextprotocol/sdk 1.32: node v1.mjs URL legacy PICKS
import { UnauthorizedError } from '@modelcontextprotocol/sdk/client/auth.js';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { journey } from './journey.mjs';
import { Provider } from './provider.mjs';

const [url, , picks] = process.argv.slice(2);
const authProvider = new Provider('client v1', JSON.parse(picks));
const transport = () => new StreamableHTTPClientTransport(new URL(url), { authProvider });
let client = new Client({ name: 'wayleave-test-v1', version: '1' });
let connection = transport();
try {
  await client.connect(connection);
} catch (error) {
  if (!(error instanceof UnauthorizedError)) throw error;
  await connection.finishAuth(authProvider.callback.get('code'));
  client = new Client({ name: 'wayleave-test-v1', version: '1' });
  connection = transport();
  await client.connect(connection);
}
await journey(client, { version: connection.protocolVersion, session: connection.sessionId, server: client.getServerVersion()?.name });
await client.close();
