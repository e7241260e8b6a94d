// The examples of docs/api.md, run as they stand there, in one shell and in order.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import { useApi } from './api.mjs';

const site = useApi();
const page = readFileSync(resolve(import.meta.dirname, '..', 'docs/api.md'), 'utf8');

test('every example of the page works', async () => {
  const examples = [...page.matchAll(/^```sh\n([^]*?)^```$/gm)].map(([, text]) => text);
  assert.ok(examples.length >= 7, `${examples.length} examples`);
  const [citizen, officer] = [await site.as('citizen'), await site.as('officer-mois')];
  // A site for real people calls nobody who is not there; the address of the example is only kept.
  const folder = mkdtempSync(join(tmpdir(), 'madang-api-docs-'));
  const env = { PATH: process.env.PATH, HOME: folder, LC_ALL: 'C.UTF-8', SITE: site.url, KEY: citizen.key, OFFICER: officer.key };
  const script = examples.map((text, n) => `echo "== ${n}"\n${text}\necho`).join('\n');
  try {
    const { stdout } = await promisify(execFile)('bash', ['--norc', '-euo', 'pipefail', '-c', script], { cwd: folder, env, maxBuffer: 1 << 26 });
    for (const part of ['"state":"answered"', '"days":[', '"again":false', '"signature_count":', 'api.parameter-unknown']) {
      assert.ok(stdout.includes(part), `${part} in\n${stdout.slice(-3000)}`);
    }
    const receipt = JSON.parse(readFileSync(join(folder, 'receipt.json'), 'utf8'));
    assert.equal(receipt.again, false);
    assert.match(JSON.parse(readFileSync(join(folder, 'webhook.json'), 'utf8')).secret, /^whsec_/);
  } catch (error) {
    assert.fail(`${error.message}\n${error.stdout?.slice(-1500) ?? ''}\n${error.stderr ?? ''}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
