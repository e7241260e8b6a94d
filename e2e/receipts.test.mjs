// Receipts on a phone in Korean: an act, its receipt, the proof verified here with nothing of ours; documents held against
// what was published.

import assert from 'node:assert/strict';
import { createHash, createPublicKey, verify } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { eventually } from './api.mjs';
import { assertAccessible, useSite } from './harness.mjs';
import { open, PLAN, signIn } from './site.mjs';

const site = useSite();
const pictures = process.env.MADANG_SCREENSHOTS;
if (pictures) mkdirSync(pictures, { recursive: true });

const PHONE = { width: 390, height: 844 };
const FILE = { name: '점검 결과.txt', mimeType: 'text/plain', buffer: Buffer.from('열두 곳을 점검했습니다.\n') };
const sha256 = (...parts) => parts.reduce((sum, part) => sum.update(part), createHash('sha256')).digest();
const path = (page) => new URL(page.url()).pathname;
const main = (page) => page.locator('main').innerText();

/** A page without faults that does not scroll sideways; kept as a picture when one asks for pictures. */
async function look(page, name) {
  const { width } = page.viewportSize();
  if (pictures) await page.screenshot({ path: join(pictures, `receipts-${name}-${width}.png`), fullPage: true });
  await assertAccessible(page);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(wide <= 0, `${page.url()} scrolls sideways by ${wide} px`);
}

/** A proof file (c2sp.org/tlog-proof@v1) read by the letter of the format. */
function readProof(text) {
  const lines = text.split('\n');
  assert.equal(lines.shift(), 'c2sp.org/tlog-proof@v1');
  let extra;
  if (lines[0].startsWith('extra ')) extra = Buffer.from(lines.shift().slice(6), 'base64');
  const index = BigInt(/^index (0|[1-9]\d*)$/.exec(lines.shift())[1]);
  const hashes = [];
  while (lines[0] !== '') hashes.push(Buffer.from(lines.shift(), 'base64'));
  lines.shift();
  const note = lines.join('\n');
  const at = note.indexOf('\n\n');
  const body = note.slice(0, at + 1);
  const [origin, size, root] = body.split('\n');
  const signatures = note.slice(at + 2).trimEnd().split('\n').map((line) => {
    const [, name, base64] = /^— (\S+) (\S+)$/.exec(line);
    return { name, bytes: Buffer.from(base64, 'base64') };
  });
  return { extra, index, hashes, body, origin, size: BigInt(size), root: Buffer.from(root, 'base64'), signatures };
}

/** The root that a leaf and the hashes beside its way give (RFC 6962, from the recursive definition of the audit path). */
function rootOf(leaf, index, size, hashes) {
  if (size === 1n) {
    assert.equal(hashes.length, 0);
    return leaf;
  }
  let k = 1n;
  while (k * 2n < size) k *= 2n;
  const [last, rest] = [hashes.at(-1), hashes.slice(0, -1)];
  const join = (left, right) => sha256(Buffer.from([1]), left, right);
  return index < k ? join(rootOf(leaf, index, k, rest), last) : join(last, rootOf(leaf, index - k, size - k, rest));
}

/** Whether the log's key has signed the checkpoint (C2SP signed-note). */
function signed(proof, vkey) {
  const [name, id, ...base64] = vkey.split('+');
  const key = Buffer.from(base64.join('+'), 'base64');
  assert.equal(key[0], 1, 'Ed25519');
  assert.equal(sha256(`${name}\n`, key).subarray(0, 4).toString('hex'), id);
  const line = proof.signatures.find((one) => one.name === name && one.bytes.subarray(0, 4).toString('hex') === id);
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), key.subarray(1)]);
  return verify(null, Buffer.from(proof.body), createPublicKey({ key: spki, format: 'der', type: 'spki' }), line.bytes.subarray(4));
}

let code;

test('a signature gives a receipt that a stranger can verify', async () => {
  const page = await site.page(PHONE);
  await signIn(page, site, 'citizen-3');
  await open(page, `${site.url}/ko/services/petition/cases`);
  const cases = await page.locator('.case-rows .row-title a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  let petition;
  for (const href of cases) {
    await open(page, site.url + href);
    if (await page.locator('.standing-act a[href$="/support"]').count()) { petition = href; break; }
  }
  assert.ok(petition, 'the demonstration has a petition that takes signatures');
  const title = (await page.locator('h1').innerText()).trim();
  await page.locator('.standing-act a[href$="/support"]').click();
  await page.locator('button[value=give]').click();
  assert.equal(path(page), petition);
  const link = page.locator('.notice a[href*="/receipts/"]');
  assert.equal((await link.innerText()).trim(), '확인증 보기');
  code = (await link.getAttribute('href')).split('/').at(-1);
  await look(page, 'after');
  await link.click();
  // The page of a receipt that waits comes again by itself.
  await page.locator('.proof-sheet').waitFor();
  assert.ok((await main(page)).includes(title));

  const proofs = page.locator('.proof-checks li');
  await eventually('the browser to check', async () => (await page.locator('.proof-checks li.is-good').count()) >= 2);
  assert.equal(await page.locator('.proof-checks li.is-bad, .proof-checks li.is-failed').count(), 0, await proofs.allInnerTexts());
  assert.match(await proofs.nth(2).getAttribute('class'), /is-(good|none)/);
  await look(page, 'receipt');
  assert.equal(await page.locator('.qr svg').count(), 1);

  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('.standing-act a[download]').click()]);
  assert.equal(download.suggestedFilename(), `${code}.tlog-proof`);
  const read = async (address) => Buffer.from(await (await fetch(site.url + address)).arrayBuffer());
  const proof = readProof((await read(`/receipts/${code}.tlog-proof`)).toString());
  const entry = await read(`/receipts/${code}.json`);
  assert.deepEqual(proof.extra, entry, 'the proof brings its leaf along');
  const leaf = sha256(Buffer.from([0]), entry);
  assert.equal(leaf.subarray(0, 8).toString('hex'), code.split('-')[1]);
  assert.deepEqual(rootOf(leaf, proof.index, proof.size, proof.hashes), proof.root);
  const [vkey] = (await read('/log/key')).toString().trim().split('\n');
  assert.equal(vkey.split('+')[0], proof.origin);
  assert.ok(signed(proof, vkey));
  assert.ok(!signed({ ...proof, body: proof.body.replace(/\n\d+\n/, '\n1\n') }, vkey), 'another checkpoint is not signed');
  assert.equal(JSON.parse(entry).kind, 'support.given');
  assert.ok(!entry.toString().includes('citizen'));

  // Found again from the petition, and by its code as people copy it.
  await open(page, site.url + petition);
  await page.locator('a[href$="/support/receipt"]').click();
  assert.ok(path(page).endsWith(code));
  await open(page, `${site.url}/ko/receipts`);
  await look(page, 'find');
  await page.locator('input[name=code]').fill(`  ${code.toUpperCase()} `);
  await page.locator('main form button.primary').click();
  assert.ok(path(page).endsWith(code));
  const wide = await site.page();
  await open(wide, `${site.url}/en/receipts/${code}`);
  await eventually('the browser to check', async () => (await wide.locator('.proof-checks li.is-good').count()) >= 2);
  await look(wide, 'receipt');
  assert.ok(!(await main(wide)).includes('Get the file that proves'), 'others get no opening');

  await open(page, site.url + petition);
  await page.locator('details.check summary').click();
  assert.match(await page.locator('details.check').innerText(), /madang verify export/);
  await look(page, 'check');
});

test('a receipt prints on one sheet', async () => {
  const page = await site.page();
  await open(page, `${site.url}/ko/receipts/${code}`);
  await page.emulateMedia({ media: 'print' });
  assert.ok(await page.locator('.qr svg').isVisible());
  assert.ok(await page.locator('.proof-facts .proof-code').isVisible());
  assert.ok(!(await page.locator('.standing-act').isVisible()));
  const pdf = await page.pdf({ format: 'A4' });
  if (pictures) await page.screenshot({ path: join(pictures, 'receipts-print-1280.png'), fullPage: true });
  const sheets = pdf.toString('latin1').match(/\/Type\s*\/Page[^s]/g).length;
  assert.equal(sheets, 1, `${sheets} sheets`);
});

test('without scripts the receipt says everything', async () => {
  const page = await site.page({ ...PHONE, javaScript: false });
  await open(page, `${site.url}/ko/receipts/${code}`);
  const words = await main(page);
  for (const said of ['공개 원장', '증명 파일 내려받기', 'madang verify proof', code]) assert.ok(words.includes(said), said);
  assert.equal(await page.locator('[data-proof]').isVisible(), false, 'what needs scripts is not shown');
  await open(page, `${site.url}/ko/verify`);
  await page.locator('details[data-by-hand] summary').click();
  await page.locator('input[name=sha256]').fill(`${'0'.repeat(64)}  file.pdf`);
  await page.locator('details[data-by-hand] form button').click();
  assert.match(await page.locator('h1').innerText(), /공개한 파일이 아닙니다/);
  assert.equal(await page.locator('[data-verify]').isVisible(), false);
});

test('a published file is known again, an altered copy is not', async () => {
  const officer = await site.page();
  await signIn(officer, site, 'officer-mois');
  await open(officer, `${site.url}/ko${PLAN}/commitments/1`);
  await officer.locator('ol.milestones > li a[href*="/report"]').first().click();
  await officer.locator('textarea[name=text_ko]').fill('점검을 마쳤습니다.');
  await officer.locator('textarea[name=text_en]').fill('The inspection is done.');
  await officer.locator('label[for=f-claim-completed]').click();
  await officer.locator('input[name=file]').setInputFiles(FILE);
  await officer.locator('button.krds-btn[name=go][value=review]').click();
  await officer.locator('button.krds-btn[name=go][value=publish]').click();
  assert.equal(await officer.locator('.receipt').count(), 1);

  const page = await site.page(PHONE);
  const sent = [];
  page.on('request', (request) => { if (request.method() !== 'GET' || request.postData()) sent.push(request.url()); });
  const digest = sha256(FILE.buffer).toString('hex');
  await eventually('the record of the file', async () => {
    const { documents } = await (await fetch(`${site.url}/verify/files/${digest}`)).json();
    return documents[0]?.receipt;
  });
  await open(page, `${site.url}/ko/verify`);
  await look(page, 'verify');
  await page.locator('#f-file').setInputFiles(FILE);
  await page.waitForURL(`**/verify/files/${digest}`);
  assert.equal((await page.locator('h1').innerText()).trim(), '네, 공개된 문서 그대로입니다');
  assert.ok((await main(page)).includes('행정안전부'));
  assert.equal(await page.locator('[data-file-name]').innerText(), FILE.name);
  await look(page, 'verify-yes');
  const salt = await page.locator('.verify-document .proof-code').first().textContent();
  const held = await page.locator('.verify-document .proof-code').nth(1).textContent();
  assert.equal(`sha256:${sha256(Buffer.from(salt, 'hex'), digest).toString('hex')}`, held, 'the salt opens the digest');

  // Dropped on the page, one letter changed.
  const altered = Buffer.from(FILE.buffer.toString().replace('열두', '열세'));
  const data = await page.evaluateHandle((bytes) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([new Uint8Array(bytes)], 'copy.txt'));
    return transfer;
  }, [...altered]);
  await page.dispatchEvent('body', 'drop', { dataTransfer: data });
  await page.waitForURL(`**/verify/files/${sha256(altered).toString('hex')}`);
  assert.match(await page.locator('h1').innerText(), /공개한 파일이 아닙니다/);
  await look(page, 'verify-no');
  assert.deepEqual(sent, [], 'nothing but addresses was sent');
  await page.locator('#f-file').setInputFiles({ name: 'empty.txt', mimeType: 'text/plain', buffer: Buffer.alloc(0) });
  assert.match(await page.locator('[data-progress]').innerText(), /빈 파일/);

  const wide = await site.page();
  await open(wide, `${site.url}/en/verify/files/${digest}`);
  await look(wide, 'verify-yes');
  await open(wide, `${site.url}/en/verify`);
  await look(wide, 'verify');
});

test('what is no receipt is said to be none', async () => {
  const page = await site.page(PHONE);
  for (const wrong of ['00062d1f0a8c40-0123456789abcdef', 'nonsense', '%ED%95%9C%EA%B8%80']) {
    await open(page, `${site.url}/ko/receipts/${wrong}`, 404);
    assert.equal((await page.locator('h1').innerText()).trim(), '이런 확인증은 없습니다');
    await look(page, `unknown-${wrong.length}`);
  }
});
