// What tests of the machine interfaces share: a demonstration without a browser, keys of its accounts, JSON requests.
//
//   const site = useApi();                          // at the top of a test file; its fields are filled inside tests
//   const citizen = await site.as('citizen');       // inside tests: a client with a key of that account
//   const { status, body } = await citizen('POST', '/api/v1/services/complaint/cases', { answers });

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before } from 'node:test';
import { binaryPath, ownEnvironment, startServer } from './harness.mjs';

/** A definition with a field of every kind, open to everybody. */
export const EVERYTHING = resolve(import.meta.dirname, '..', 'crates/form/src/sample_tests.toml');

/** Starts a demonstration for the tests of one file, on a folder of its own. */
export function useApi() {
  const site = { url: undefined, data: undefined };
  let server;
  let folder;
  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'madang-api-'));
    server = await startServer({ data: folder });
    Object.assign(site, { url: server.url, data: folder });
  });
  after(async () => {
    await server?.stop();
    const faults = (server?.output() ?? '').split('\n').filter((line) => / ERROR /.test(line));
    if (folder) rmSync(folder, { recursive: true, force: true });
    assert.deepEqual(faults, [], 'the server wrote errors into its log');
  });

  /** A JSON request. Gives status, headers, and the body read as JSON where it is. */
  site.ask = async (method, path, body, headers = {}) => {
    const options = { method, headers: { 'accept-language': 'en', ...headers } };
    if (body !== undefined) {
      options.headers['content-type'] ??= 'application/json';
      options.body = typeof body === 'string' ? body : JSON.stringify(body);
    }
    const answer = await fetch(new URL(path, site.url), options);
    const text = await answer.text();
    const json = text !== '' && /json/.test(answer.headers.get('content-type') ?? '');
    return { status: answer.status, headers: answer.headers, body: json ? JSON.parse(text) : text };
  };

  /** The same with a key of an account of the demonstration that may do all that the account may. */
  site.as = async (account) => {
    const key = await keyOf(site.url, account);
    const ask = (method, path, body, headers = {}) => site.ask(method, path, body, { authorization: `Bearer ${key}`, ...headers });
    return Object.assign(ask, { key });
  };

  /** The command line on the same data. */
  site.madang = (...args) => execFileSync(binaryPath(), [...args, '--data', site.data], { env: ownEnvironment(), encoding: 'utf8' });
  return site;
}

/** Signs in as the pages do and makes a key. */
export async function keyOf(url, account) {
  const cookies = new Map();
  const visit = async (path, fields) => {
    const headers = { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') };
    const options = fields ? { method: 'POST', body: new URLSearchParams(fields), headers } : { headers };
    const answer = await fetch(new URL(path, url), { redirect: 'manual', ...options });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
      cookies.set(name, value);
    }
    return { to: answer.headers.get('location') ?? '', text: await answer.text(), status: answer.status };
  };
  const token = async (path) => {
    const { text } = await visit(path);
    return { text, csrf: /name="csrf" value="([^"]+)"/.exec(text)?.[1] };
  };
  const signIn = await token('/ko/sign-in');
  const { to } = await visit('/ko/sign-in/demo', { key: account, csrf: signIn.csrf });
  if (to.includes('second-factor')) {
    const { text, csrf } = await token(to);
    const code = /notice-info[^]*?<span>[^]*?(\d{6})/.exec(text);
    assert.ok(code, 'the demo shows the current code');
    await visit('/ko/sign-in/second-factor', { code: code[1], csrf });
  }
  const security = await token('/ko/me/security');
  const made = await visit('/ko/me/security/keys', { csrf: security.csrf, name: 'test', scopes: '*:*', days: '30' });
  const key = /class="secret">([^<]+)</.exec(made.text);
  assert.ok(key, `a key for ${account}: ${made.status}\n${made.text.slice(0, 3000)}`);
  return key[1];
}

/** Asks again until it is so. */
export async function eventually(what, ask, limit = 40_000) {
  const until = Date.now() + limit;
  for (;;) {
    const found = await ask();
    if (found) return found;
    if (Date.now() > until) assert.fail(`${what} did not happen within ${limit} ms`);
    await new Promise((done) => setTimeout(done, 200));
  }
}

/** The status that was wanted, or the whole answer. */
export function wants(answer, status) {
  assert.equal(answer.status, status, JSON.stringify(answer.body));
  return answer.body;
}
