// Webhooks, checked by the reference library of Standard Webhooks: what it verifies, every receiver can verify.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { Webhook } from 'standardwebhooks';
import { eventually, useApi, wants } from './api.mjs';

const site = useApi();
const HOOKS = '/api/v1/webhooks';

/** What came in, in order, and what is answered to the next calls; then 204. */
const calls = [];
const answers = [];
let receiver;
let address;

before(async () => {
  receiver = createServer((request, response) => {
    const parts = [];
    request.on('data', (part) => parts.push(part));
    request.on('end', () => {
      calls.push({ method: request.method, path: request.url, headers: request.headers, body: Buffer.concat(parts).toString() });
      response.writeHead(answers.shift() ?? 204).end();
    });
  });
  await new Promise((done) => receiver.listen(0, '127.0.0.1', done));
  address = `http://127.0.0.1:${receiver.address().port}`;
});

after(() => receiver.close());

let citizen;
let hook;

/** Files a case that is public at once; what the feed says of it is what webhooks are told. */
const FILING = {
  answers: {
    title: '가로등이 꺼졌습니다', kind: 'other', body: '사흘째 꺼져 있습니다.',
    complainant: { name: '시민', contact: 'citizen@demo.example' },
  },
  public: true,
};

async function file() {
  const answer = await citizen('POST', '/api/v1/services/complaint/cases', FILING);
  return wants(answer, 201).number;
}

const called = (count) => eventually(`call ${count}`, () => calls.length >= count);
const log = async () => wants(await citizen('GET', `${HOOKS}/${hook.id}/deliveries`), 200).items;

/** Where the delivery log says that the newest call stands. */
const stands = (state) => eventually(`delivery ${state}`, async () => (await log())[0]?.state === state);

test('a webhook is made with a key and gives its secret', async () => {
  citizen = await site.as('citizen');
  assert.equal((await site.ask('POST', HOOKS, { url: `${address}/hook` })).status, 401);
  hook = wants(await citizen('POST', HOOKS, { url: `${address}/hook`, kinds: ['case.filed'] }), 201);
  assert.match(hook.secret, /^whsec_/);
  assert.equal(hook.state, 'active');
  assert.equal(wants(await citizen('GET', `${HOOKS}/${hook.id}`), 200).secret, hook.secret);
  const bad = await citizen('POST', HOOKS, { url: 'ftp://127.0.0.1/' });
  assert.deepEqual([bad.status, bad.body.code], [422, 'webhook.url']);
});

test('a filing is told, and the reference library verifies the call', async () => {
  const number = await file();
  await called(1);
  const [call] = calls;
  assert.deepEqual([call.method, call.path], ['POST', '/hook']);
  const told = new Webhook(hook.secret).verify(call.body, call.headers);
  assert.equal(told.type, 'case.filed');
  assert.match(told.timestamp, /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}/);
  assert.ok(Number.isInteger(told.data.position));
  assert.match(told.data.object, /^case:/);
  assert.equal(told.data.fields.service, 'service:complaint');
  assert.ok(!call.body.includes(FILING.answers.title), 'what was written is not in the call');
  assert.ok(number);
  await stands('delivered');
  const [delivery] = await log();
  assert.deepEqual([delivery.kind, delivery.status, delivery.attempts], ['case.filed', 204, 1]);
  assert.equal(delivery.id, call.headers['webhook-id']);

  // The library refuses what was changed, signed by another, or sent long ago.
  const other = wants(await citizen('POST', HOOKS, { url: `${address}/other`, kinds: ['nothing'] }), 201);
  const refused = (secret, body, headers) => assert.throws(() => new Webhook(secret).verify(body, headers));
  refused(hook.secret, call.body.replace('case.filed', 'case.closed'), call.headers);
  refused(other.secret, call.body, call.headers);
  refused(hook.secret, call.body, { ...call.headers, 'webhook-timestamp': '1700000000' });
  refused(hook.secret, call.body, { ...call.headers, 'webhook-id': other.id });
});

test('a call that fails is made again with the same id until it is taken', async () => {
  const before = calls.length;
  answers.push(500);
  await file();
  await called(before + 1);
  await eventually('the failure in the log', async () => (await log())[0].status === 500);
  assert.equal((await log())[0].state, 'waiting');
  await called(before + 2);
  const [first, second] = calls.slice(before);
  assert.equal(first.headers['webhook-id'], second.headers['webhook-id']);
  assert.equal(first.body, second.body);
  new Webhook(hook.secret).verify(second.body, second.headers);
  await stands('delivered');
  assert.equal((await log())[0].attempts, 2);

  const again = calls.length;
  assert.equal((await citizen('POST', `${HOOKS}/${hook.id}/deliveries/${(await log())[0].id}/again`)).status, 202);
  await called(again + 1);
  assert.equal(calls[again].headers['webhook-id'], second.headers['webhook-id'], 'made again by hand it is the same call');
  await stands('delivered');
});

test('the log is paged and nobody else sees it', async () => {
  const one = wants(await citizen('GET', `${HOOKS}/${hook.id}/deliveries?limit=1`), 200);
  assert.equal(one.items.length, 1);
  const rest = wants(await citizen('GET', `${HOOKS}/${hook.id}/deliveries?limit=1&after=${one.next}`), 200);
  assert.ok(rest.items[0].position < one.items[0].position);
  const stranger = await site.as('citizen-2');
  assert.equal((await stranger('GET', `${HOOKS}/${hook.id}`)).status, 404);
  assert.equal((await stranger('GET', `${HOOKS}/${hook.id}/deliveries`)).status, 404);
  assert.equal((await stranger('DELETE', `${HOOKS}/${hook.id}`)).status, 404);
});

test('a paused webhook is not called, and hears of nothing that happened meanwhile', async () => {
  const before = calls.length;
  assert.equal(wants(await citizen('PATCH', `${HOOKS}/${hook.id}`, { state: 'paused' }), 200).state, 'paused');
  await file();
  assert.equal((await citizen('PATCH', `${HOOKS}/${hook.id}`, { state: 'asleep' })).status, 422);
  // The feed has moved on before the calls start again.
  await new Promise((done) => setTimeout(done, 1500));
  wants(await citizen('PATCH', `${HOOKS}/${hook.id}`, { state: 'active' }), 200);
  await file();
  await called(before + 1);
  await stands('delivered');
  assert.equal(calls.length, before + 1);
});

test('a receiver that is gone (410) is not called again', async () => {
  const before = calls.length;
  answers.push(410);
  await file();
  await called(before + 1);
  await stands('failed');
  const hooks = async () => wants(await citizen('GET', `${HOOKS}/${hook.id}`), 200);
  await eventually('the pause', async () => (await hooks()).state === 'paused');
  await file();
  await new Promise((done) => setTimeout(done, 1500));
  assert.equal(calls.length, before + 1);
  assert.equal((await citizen('DELETE', `${HOOKS}/${hook.id}`)).status, 204);
  assert.equal((await citizen('GET', `${HOOKS}/${hook.id}`)).status, 404);
});
