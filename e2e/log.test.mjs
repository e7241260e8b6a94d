// The public log in the browser: a record is found, its proof followed; and the same proof worked out here with nothing
// but node:crypto, from the files that the site serves to programs.

import assert from 'node:assert/strict';
import { createHash, createPublicKey, verify } from 'node:crypto';
import { test } from 'node:test';
import { assertAccessible, useSite } from './harness.mjs';
import { LANGUAGES, open } from './site.mjs';

const site = useSite();
const path = (page) => new URL(page.url()).pathname;
const WIDTHS = [390, 1280];

/** Until the demo's first acts are signed: a second or two after the start. */
async function signedCheckpoint() {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const answer = await fetch(`${site.url}/log/checkpoint`);
    if (answer.status === 200) return answer.text();
    await new Promise((done) => setTimeout(done, 100));
  }
  assert.fail('no checkpoint after ten seconds');
}

// --- The log's arithmetic, written from RFC 6962 and C2SP tlog-tiles.

const sha256 = (...parts) => createHash('sha256').update(Buffer.concat(parts)).digest();
const leafHash = (entry) => sha256(Buffer.from([0]), entry);
const nodeHash = (left, right) => sha256(Buffer.from([1]), left, right);

/** The text of a note, its lines and its signatures. */
function readNote(note) {
  const [text, signatures] = note.split('\n\n');
  const [origin, size, root] = text.split('\n');
  const lines = signatures.trim().split('\n').map((line) => {
    const [dash, name, base64] = line.split(' ');
    assert.equal(dash, '—');
    const bytes = Buffer.from(base64, 'base64');
    return { name, id: bytes.subarray(0, 4), signature: bytes.subarray(4) };
  });
  return { text: `${text}\n`, origin, size: Number(size), root: Buffer.from(root, 'base64'), lines };
}

function verifySignature(note, vkey) {
  const [name, id, ...rest] = vkey.split('+');
  const key = Buffer.from(rest.join('+'), 'base64');
  assert.equal(key[0], 1, 'an Ed25519 key');
  const raw = key.subarray(1);
  const expected = sha256(Buffer.from(`${name}\n`), key).subarray(0, 4);
  assert.equal(expected.toString('hex'), id);
  const line = note.lines.find((one) => one.name === name && one.id.equals(expected));
  assert.ok(line, 'the note bears the signature of the key');
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), raw]);
  const publicKey = createPublicKey({ key: spki, format: 'der', type: 'spki' });
  assert.ok(verify(null, Buffer.from(note.text), publicKey, line.signature), 'the signature is genuine');
}

async function bytesOf(address) {
  const answer = await fetch(`${site.url}${address}`);
  assert.equal(answer.status, 200, address);
  assert.equal(answer.headers.get('access-control-allow-origin'), '*');
  assert.equal(answer.headers.get('cache-control'), 'public, max-age=31536000, immutable');
  return Buffer.from(await answer.arrayBuffer());
}

const tileName = (n) => {
  let name = String(n % 1000).padStart(3, '0');
  for (let rest = Math.floor(n / 1000); rest > 0; rest = Math.floor(rest / 1000)) name = `x${String(rest % 1000).padStart(3, '0')}/${name}`;
  return name;
};
const tilePath = (kind, n, size) => {
  const width = Math.min(256, size - n * 256);
  return `/log/tile/${kind}/${tileName(n)}${width < 256 ? `.p/${width}` : ''}`;
};

/** All entries, from the bundles. */
async function entriesOf(size) {
  const entries = [];
  for (let n = 0; n * 256 < size; n += 1) {
    const bundle = await bytesOf(tilePath('entries', n, size));
    for (let at = 0; at < bundle.length;) {
      const length = bundle.readUInt16BE(at);
      entries.push(bundle.subarray(at + 2, at + 2 + length));
      at += 2 + length;
    }
  }
  assert.equal(entries.length, size);
  return entries;
}

/** All hashes of leaves, from the tiles of the lowest level. */
async function leavesOf(size) {
  const hashes = [];
  for (let n = 0; n * 256 < size; n += 1) {
    const tile = await bytesOf(tilePath('0', n, size));
    for (let at = 0; at < tile.length; at += 32) hashes.push(tile.subarray(at, at + 32));
  }
  assert.equal(hashes.length, size);
  return hashes;
}

const middle = (count) => 2 ** (Math.ceil(Math.log2(count)) - 1);
const rootOf = (hashes) => {
  if (hashes.length === 1) return hashes[0];
  const k = middle(hashes.length);
  return nodeHash(rootOf(hashes.slice(0, k)), rootOf(hashes.slice(k)));
};
const pathOf = (index, hashes) => {
  if (hashes.length === 1) return [];
  const k = middle(hashes.length);
  return index < k
    ? [...pathOf(index, hashes.slice(0, k)), rootOf(hashes.slice(k))]
    : [...pathOf(index - k, hashes.slice(k)), rootOf(hashes.slice(0, k))];
};

test('checkpoint, tiles and a proof hold by arithmetic that is not ours', async () => {
  const note = readNote(await signedCheckpoint());
  const keys = (await (await fetch(`${site.url}/log/key`)).text()).trim().split('\n');
  verifySignature(note, keys[0]);
  const entries = await entriesOf(note.size);
  const hashes = await leavesOf(note.size);
  entries.forEach((entry, index) => assert.ok(leafHash(entry).equals(hashes[index]), `leaf ${index}`));
  assert.ok(rootOf(hashes).equals(note.root), 'the tiles make the signed root');

  const index = Math.floor(note.size / 3);
  const file = await (await fetch(`${site.url}/log/leaves/${index}.tlog-proof`)).text();
  const lines = file.slice(0, file.indexOf('\n\n')).split('\n');
  assert.equal(lines[0], 'c2sp.org/tlog-proof@v1');
  assert.equal(lines[1], `index ${index}`);
  const proven = readNote(file.slice(file.indexOf('\n\n') + 2));
  const expected = pathOf(index, hashes.slice(0, proven.size)).map((hash) => hash.toString('base64'));
  assert.deepEqual(lines.slice(2), expected, 'the path of the proof');
  assert.ok(rootOf(hashes.slice(0, proven.size)).equals(proven.root));

  for (const name of ['0/000.p/0', '0/0', '0/999', 'entries', '..%2fcheckpoint']) {
    const answer = await fetch(`${site.url}/log/tile/${name}`);
    assert.ok([400, 404].includes(answer.status), `${name}: ${answer.status}`);
    assert.equal(answer.headers.get('access-control-allow-origin'), '*', name);
  }
  const head = await fetch(`${site.url}/log/checkpoint`, { method: 'HEAD' });
  assert.equal(head.status, 200);
});

/** Number, address and title of a public petition of the demo. */
async function petition(page, lang) {
  await open(page, `${site.url}/${lang}/services/petition/cases`);
  const link = page.locator('.case-rows .row-title a').first();
  const href = await link.getAttribute('href');
  return { number: href.split('/').pop(), title: (await link.innerText()).trim() };
}

for (const lang of LANGUAGES) {
  for (const width of WIDTHS) {
    test(`a record is found by the number of its case and its proof followed, ${lang}, ${width}`, async () => {
      await signedCheckpoint();
      const page = await site.page({ width });
      const { number, title } = await petition(page, lang);
      await page.locator(`.footer a[href="/${lang}/log"]`).click();
      assert.equal(path(page), `/${lang}/log`);
      await assertAccessible(page);
      await page.locator('#log-q').fill(number);
      await page.keyboard.press('Enter');
      await page.waitForURL(`**/${lang}/log/objects/case:*`);
      assert.ok((await page.locator('h1').innerText()).includes(title), 'the page names the case');
      await assertAccessible(page);
      await page.locator('.rows .row-title a').last().click();
      await page.waitForURL(`**/${lang}/log/leaves/*`);
      await assertAccessible(page);
      assert.ok((await page.locator('.log-fields > div').count()) > 3, 'its fields are told');

      // The steps on the page, worked out again.
      const raw = await page.locator('#raw').evaluate((node) => node.textContent);
      let own = leafHash(Buffer.from(raw));
      if (width < 1024) await page.locator('.steps-sheet > summary').click();
      const steps = page.locator('#steps > li');
      const count = await steps.count();
      assert.equal((await steps.nth(0).locator('code').innerText()).trim(), own.toString('hex'));
      const root = (await steps.nth(count - 1).locator('code').innerText()).trim();
      for (let at = 1; at < count - 1; at += 1) {
        const codes = await steps.nth(at).locator('code').allInnerTexts();
        const other = Buffer.from(codes[0].trim(), 'hex');
        const made = codes[1].trim();
        own = [nodeHash(other, own), nodeHash(own, other)].find((hash) => hash.toString('hex') === made);
        assert.ok(own, `step ${at} joins the two hashes`);
      }
      assert.equal(own.toString('hex'), root);
      const drawn = page.locator('.proof-tree');
      assert.equal(await drawn.locator('.tree-beside').count(), count - 2, 'the drawing has every neighbour');
      const box = await drawn.boundingBox();
      assert.ok(box.width <= width && box.x >= 0 && box.x + box.width <= width, 'the drawing fits the screen');
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), 'nothing sticks out');
    });
  }

  test(`every page of the log is accessible on a phone and wide, ${lang}`, async () => {
    const { size } = readNote(await signedCheckpoint());
    for (const width of WIDTHS) {
      const page = await site.page({ width });
      for (const [where, status] of [['', 200], ['/witnesses', 200], ['/about', 200], [`/leaves/${size - 1}`, 200], [`/leaves/${size}9`, 404], ['/objects/plan:none', 404], ['?q=zzzz', 200], ['?kind=case.filed', 200]]) {
        await open(page, `${site.url}/${lang}/log${where}`, status);
        await assertAccessible(page);
        assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), `${page.url()} at ${width}`);
      }
    }
  });
}

test('with the keyboard alone, and without scripts', async () => {
  await signedCheckpoint();
  const page = await site.page({ javaScript: false });
  await open(page, `${site.url}/ko/log`);
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab');
    if (await page.locator('#log-q').evaluate((node) => node === document.activeElement).catch(() => false)) break;
  }
  await page.keyboard.type('0');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/ko/log/leaves/0');
  const proof = page.locator('#steps li');
  assert.ok((await proof.count()) > 1, 'the steps are there as text');
});
