// The Inspector's command line: node inspector.mjs URL ERA PICKS; prints the answers of one call and of a strict list as JSON.
import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [url, era, picks] = process.argv.slice(2);
const browser = new URL('browser.sh', import.meta.url).pathname;
const env = {
  ...process.env,
  HOME: mkdtempSync(join(tmpdir(), 'inspector-')),
  MCP_AUTO_OPEN_ENABLED: 'true',
  BROWSER: browser,
  CONSENT_PICKS: picks,
  NODE: process.execPath,
};

/** Ends with an error where the Inspector does: with --strict, where a schema would not do for every client. */
function inspect(...what) {
  const run = spawnSync(
    process.execPath,
    [
      'node_modules/.bin/mcp-inspector', '--cli', url, '--transport', 'http', '--protocol-era', era,
      ...what, '--format', 'json',
    ],
    { encoding: 'utf8', env },
  );
  const answer = run.stdout.slice(run.stdout.indexOf('{'));
  try {
    if (run.status === 0) {
      return JSON.parse(answer);
    }
  } catch {
    // told below
  }
  throw new Error(`the inspector ended with ${run.status}: ${run.stdout} ${run.stderr}`);
}

const call = inspect('--method', 'tools/call', '--tool-name', 'list_databases', '--tool-args-json', '{}');
const list = inspect('--method', 'tools/list', '--strict');
console.log(JSON.stringify({ call, list }));
