// The Inspector's command line: node inspector.mjs URL ERA PICKS; prints the answer of one call as JSON.
import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [url, era, picks] = process.argv.slice(2);
const browser = new URL('browser.sh', import.meta.url).pathname;
const run = spawnSync(
  process.execPath,
  [
    'node_modules/.bin/mcp-inspector', '--cli', url, '--transport', 'http', '--protocol-era', era,
    '--method', 'tools/call', '--tool-name', 'list_databases', '--tool-args-json', '{}', '--format', 'json',
  ],
  {
    encoding: 'utf8',
    env: {
      ...process.env,
      HOME: mkdtempSync(join(tmpdir(), 'inspector-')),
      MCP_AUTO_OPEN_ENABLED: 'true',
      BROWSER: browser,
      CONSENT_PICKS: picks,
      NODE: process.execPath,
    },
  },
);
const answer = run.stdout.slice(run.stdout.indexOf('{'));
try {
  JSON.parse(answer);
} catch {
  throw new Error(`the inspector ended with ${run.status}: ${run.stdout} ${run.stderr}`);
}
console.log(JSON.stringify(JSON.parse(answer)));
