// Two witnesses watch a running demo: they cosign, their pages can be read by everybody, and what is altered is named.

import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { assertAccessible, binaryPath, ownEnvironment, useSite } from './harness.mjs';
import { LANGUAGES } from './site.mjs';

/** Milliseconds for what must come about by itself. */
const PATIENCE = 30_000;

const freePort = () => new Promise((found) => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => found(port));
  });
});

async function until(what, look) {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const found = await look().catch((error) => { if (Date.now() > end) throw error; });
    if (found) return found;
    assert.ok(Date.now() < end, `in time: ${what}`);
    await new Promise((go) => { setTimeout(go, 200); });
  }
}

/** Makes a witness with `madang witness init`: { name, vkey, folder, port, url }. */
async function newWitness(name) {
  const folder = join(mkdtempSync(join(tmpdir(), 'madang-witness-')), 'w');
  const made = spawnSync(binaryPath(), ['witness', 'init', folder, '--name', name], { encoding: 'utf8', env: ownEnvironment() });
  assert.equal(made.status, 0, made.stderr);
  const vkey = made.stdout.split('\n')[0];
  assert.match(vkey, new RegExp(`^${name.replaceAll('.', '\\.')}\\+[0-9a-f]{8}\\+`));
  assert.equal(statSync(join(folder, 'witness.key')).mode & 0o777, 0o600);
  const again = spawnSync(binaryPath(), ['witness', 'init', folder, '--name', name], { encoding: 'utf8', env: ownEnvironment() });
  assert.notEqual(again.status, 0, 'a key is never replaced');
  const port = await freePort();
  return { name, vkey, folder, port, url: `http://127.0.0.1:${port}` };
}

function configure(witness, log) {
  writeFileSync(join(witness.folder, 'witness.toml'), `
title_ko = "시민 증인"
title_en = "A citizens' witness"
operator_ko = "시험하는 사람들"
operator_en = "People who test"
key = "witness.key"
listen = "127.0.0.1:${witness.port}"
[[log]]
name = "madang"
origin = "${log.origin}"
keys = ["${log.vkey}"]
url = "${log.url}"
audit = true
period = "500ms"
`);
}

async function start(witness) {
  const child = spawn(binaryPath(), ['witness', '--data', witness.folder], { stdio: ['ignore', 'pipe', 'pipe'], env: ownEnvironment() });
  witness.output = '';
  child.stdout.setEncoding('utf8').on('data', (text) => { witness.output += text; });
  child.stderr.setEncoding('utf8').on('data', (text) => { witness.output += text; });
  witness.child = child;
  await until(`the witness listens\n${witness.output}`, async () => (await fetch(`${witness.url}/healthz`)).ok);
}

async function stop(witness, signal = 'SIGTERM') {
  const ended = new Promise((done) => { witness.child.once('close', done); });
  witness.child.kill(signal);
  await ended;
}

const status = async (witness) => (await (await fetch(`${witness.url}/status.json`)).json()).logs[0];

// The site is told of its witnesses by a configuration file, which is written before it starts.
const witnesses = await Promise.all(['one.witness.example', 'two.witness.example'].map(newWitness));
const settings = join(mkdtempSync(join(tmpdir(), 'madang-site-')), 'madang.toml');
writeFileSync(settings, witnesses.map(({ url, vkey }) =>
  `[[witness]]\nurl = "${url}"\nkey = "${vkey}"\n`).join('\n'));
const site = useSite({ args: ['--config', settings] });
let log;

before(async () => {
  const checkpoint = await until('the first checkpoint', async () => {
    const answer = await fetch(`${site.url}/log/checkpoint`);
    return answer.ok && answer.text();
  });
  const vkey = (await (await fetch(`${site.url}/log/key`)).text()).trim().split('\n').at(-1);
  log = { origin: checkpoint.split('\n')[0], vkey, url: `${site.url}/log` };
  for (const witness of witnesses) {
    configure(witness, log);
    await start(witness);
  }
}, { timeout: 60_000 });

after(async () => {
  for (const witness of witnesses) {
    if (witness.child?.exitCode === null) await stop(witness);
    rmSync(join(witness.folder, '..'), { recursive: true, force: true });
  }
  rmSync(join(settings, '..'), { recursive: true, force: true });
});

test('both witnesses cosign the log, and the site shows their signatures', async () => {
  const note = await until('both names under the checkpoint', async () => {
    const text = await (await fetch(`${site.url}/log/checkpoint`)).text();
    return witnesses.every(({ name }) => text.includes(`— ${name} `)) && text;
  });
  const size = Number(note.split('\n')[1]);
  assert.ok(size > 0);
  for (const witness of witnesses) {
    const seen = await until('everything is read', async () => {
      const now = await status(witness);
      return now.audit?.size === now.size && now;
    });
    assert.equal(seen.origin, log.origin);
    assert.ok(seen.size >= size && seen.confirmed);
    assert.deepEqual(seen.alarms, []);
    assert.ok(seen.audit.ok, JSON.stringify(seen.audit));
    const own = await (await fetch(`${witness.url}/logs/madang/checkpoint`)).text();
    assert.ok(own.includes(`— ${witness.name} `) && own.startsWith(`${log.origin}\n`));
  }
});

test('a witness refuses what is no request', async () => {
  const [{ url }] = witnesses;
  const post = (body) => fetch(`${url}/add-checkpoint`, { method: 'POST', body });
  assert.equal((await post('')).status, 400);
  assert.equal((await post('x'.repeat(200_000))).status, 413);
  const checkpoint = await (await fetch(`${site.url}/log/checkpoint`)).text();
  const known = await post(`old 1\n\n${checkpoint}`);
  assert.equal(known.status, 409);
  assert.equal(known.headers.get('content-type'), 'text/x.tlog.size');
  assert.match(await known.text(), /^\d+\n$/);
  assert.equal((await post(`old 0\n\n${checkpoint.replace(log.origin, 'other.example/log')}`)).status, 404);
  assert.equal((await fetch(`${url}/add-checkpoint`)).status, 405);
});

for (const lang of LANGUAGES) {
  for (const width of [390, 1280]) {
    test(`its pages are for everybody: ${lang}, ${width} px`, async () => {
      const [{ url, vkey }] = witnesses;
      const page = await site.page({ width });
      for (const path of ['/', '/logs/madang', '/nothing/here']) {
        const answer = await page.goto(`${url}/${lang}${path}`);
        assert.equal(answer.status(), path.startsWith('/nothing') ? 404 : 200);
        assert.equal(await page.locator('html').getAttribute('lang'), lang);
        await assertAccessible(page);
        const wide = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
        assert.ok(wide <= 0, `${path} scrolls sideways by ${wide} px`);
        if (process.env.SHOTS) await page.screenshot({ path: join(process.env.SHOTS, `witness-${lang}-${width}${path.replaceAll('/', '-')}.png`), fullPage: true });
      }
      await page.goto(`${url}/${lang}/`);
      assert.ok((await page.locator('main').innerText()).includes(vkey));
      await page.context().close();
    });
  }
}

test('a witness that was killed goes on where it was, and one whose memory was put back says so', async () => {
  const [witness] = witnesses;
  const { size } = await status(witness);
  await stop(witness, 'SIGKILL');
  await start(witness);
  await until('it is confirmed again', async () => { const now = await status(witness); return now.confirmed && now.size >= size; });
  assert.deepEqual((await status(witness)).alarms, []);
  await until('its line stands under the newest checkpoint', async () =>
    (await (await fetch(`${site.url}/log/checkpoint`)).text()).includes(`— ${witness.name} `));
  await stop(witness);
  const [folder] = readdirSync(join(witness.folder, 'logs'));
  rmSync(join(witness.folder, 'logs', folder, 'state.json'));
  await start(witness);
  const told = await until('its own state is an alarm', async () => (await status(witness)).alarms.find(({ kind }) => kind === 'own-state'));
  assert.equal(told.detail.known, '0');
  await until('and it goes on', async () => { const now = await status(witness); return now.size >= size && now.confirmed; });
});

test('an altered tile of the site is named on the page', async () => {
  const [, witness] = witnesses;
  const folder = join(site.data, 'blobs', 'log', 'tile', 'entries');
  const name = readdirSync(folder).sort()[0];
  const path = name.endsWith('.p') ? join(folder, name, readdirSync(join(folder, name)).sort((a, b) => b - a)[0]) : join(folder, name);
  const good = readFileSync(path);
  const bad = Buffer.from(good);
  bad[10] ^= 1;
  writeFileSync(path, bad);
  const audit = spawnSync(binaryPath(), ['witness', 'audit', 'madang', '--data', witness.folder, '--json'], { encoding: 'utf8', env: ownEnvironment() });
  assert.equal(audit.status, 5, audit.stderr + audit.stdout);
  const { findings } = JSON.parse(audit.stdout.split('\n')[0]);
  assert.deepEqual(findings.map(({ wrong, index }) => [wrong, index]), [['entry-altered', 0]]);
  assert.match(findings[0].path, /^tile\/entries\/000/);
  const told = await until('the witness that runs says so too', async () => (await status(witness)).alarms.find(({ kind }) => kind === 'audit'));
  assert.equal(told.ended_at, null);
  for (const width of [390, 1280]) {
    const page = await site.page({ width });
    for (const where of ['/ko/', '/ko/logs/madang']) {
      await page.goto(`${witness.url}${where}`);
      assert.match(await page.locator('main').innerText(), /달라진 곳/);
      await assertAccessible(page);
      if (process.env.SHOTS) await page.screenshot({ path: join(process.env.SHOTS, `witness-alarm-${width}${where.replaceAll('/', '-')}.png`), fullPage: true });
    }
    const file = await fetch(new URL(await page.locator('.witness-files a').first().getAttribute('href'), witness.url));
    assert.match(file.headers.get('content-disposition'), /^attachment/);
    await page.context().close();
  }
  writeFileSync(path, good);
});
