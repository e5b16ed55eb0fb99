// mcp-remote: a stdio server that bridges to us; node remote.mjs URL MODE PICKS
import { spawn } from 'node:child_process';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { consent } from './consent.mjs';
import { journey } from './journey.mjs';

const [url, , picks] = process.argv.slice(2);
const transport = new StdioClientTransport({
  command: process.execPath,
  args: ['node_modules/.bin/mcp-remote', url, '39121', '--allow-http', '--transport', 'http-only'],
  env: { ...process.env, BROWSER: 'none' },
  stderr: 'pipe',
});
let said = '';
let visited = false;
transport.stderr.on('data', async (data) => {
  said += data;
  const asked = /(http:\/\/\S+\/oauth\/authorize\?\S+)\s/.exec(said);
  if (asked && !visited) {
    visited = true;
    await new Promise((resolve) => setTimeout(resolve, 500));
    await fetch(await consent(asked[1], JSON.parse(picks)));
  }
});
const client = new Client({ name: 'wayleave-test-remote', version: '1' });
await client.connect(transport);
await journey(client, { server: client.getServerVersion()?.name });
await client.close();
