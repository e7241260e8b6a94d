// Files and the tiles of the log in an object store: a server of other people's making that speaks S3.

import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as pause } from 'node:timers/promises';
import S3rver from 's3rver';
import { startServer } from './harness.mjs';

let bucket;
let site;
const folder = mkdtempSync(join(tmpdir(), 'madang-bucket-'));
const store = join(folder, 'store');
const config = join(folder, 'madang.toml');

const start = () => startServer({ data: join(folder, 'data'), args: ['--config', config] });

before(async () => {
  bucket = new S3rver({ port: 0, address: '127.0.0.1', silent: true, directory: store, configureBuckets: [{ name: 'files' }] });
  const { port } = await bucket.run();
  writeFileSync(config, `[blobs]\nurl = "s3://files/city"\nendpoint = "http://127.0.0.1:${port}"\naccess_key = "S3RVER"\nsecret_key = "S3RVER"\n`);
  site = await start();
});

after(async () => {
  await site?.stop();
  await bucket?.close();
  rmSync(folder, { recursive: true, force: true });
});

const text = async (path) => {
  const answer = await fetch(site.url + path);
  return answer.ok ? answer.text() : '';
};

/** The newest checkpoint, once there is one with at least `least` leaves. */
async function checkpoint(least = 1) {
  for (let tries = 0; tries < 150; tries += 1) {
    const note = await text('/log/checkpoint');
    if (Number(note.split('\n')[1]) >= least) return note;
    await pause(200);
  }
  throw new Error('no checkpoint');
}

/** What the store itself holds. */
const kept = (path) => readFileSync(join(store, 'files', 'city', 'log', `${path}._S3rver_object`));

test('the log lies in the bucket under the names at which it is served', async () => {
  const size = Number((await checkpoint()).split('\n')[1]);
  assert.ok(size > 0);
  const path = size >= 256 ? 'tile/0/000' : `tile/0/000.p/${size}`;
  const served = Buffer.from(await (await fetch(`${site.url}/log/${path}`)).arrayBuffer());
  assert.equal(served.length, 32 * Math.min(size, 256));
  assert.ok(served.equals(kept(path)));
  assert.match(kept('checkpoint').toString(), /^madang\.demo\/log\n\d+\n/);
});

test('after a power cut it goes on where it was', async () => {
  const before = Number((await checkpoint()).split('\n')[1]);
  await site.kill();
  site = await start();
  const after = Number((await checkpoint(before)).split('\n')[1]);
  assert.ok(after >= before);
});
