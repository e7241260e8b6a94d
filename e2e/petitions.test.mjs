// Petitions in the JSON of the UK Parliament's site. No client of it was found that can be pointed at another host, so
// every name and type that its site gives is held against ours by a strict schema, and its links are followed to the end.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import addFormats from 'ajv-formats';
import Ajv from 'ajv/dist/2020.js';
import { useApi, wants } from './api.mjs';

const site = useApi();

const text = { type: 'string' };
const orNull = (schema) => ({ anyOf: [schema, { type: 'null' }] });
const time = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}\\.\\d{3}Z$' };
const day = { type: 'string', format: 'date' };
const address = { type: 'string', format: 'uri' };
const count = { type: 'integer', minimum: 0 };
const list = (items) => ({ type: 'array', items });
/** All of these and nothing else; a name that ends in ? may be missing. */
const exactly = (fields) => ({
  type: 'object',
  properties: Object.fromEntries(Object.entries(fields).map(([name, schema]) => [name.replace('?', ''), schema])),
  required: Object.keys(fields).filter((name) => !name.endsWith('?')),
  additionalProperties: false,
});

const ATTRIBUTES = {
  action: text, background: text, additional_details: text, committee_note: orNull(text),
  state: { enum: ['pending', 'open', 'closed', 'rejected'] }, signature_count: count,
  created_at: time, updated_at: time, rejected_at: orNull(time), opened_at: orNull(time), closed_at: orNull(time),
  'closing_date?': time, moderation_threshold_reached_at: orNull(time), response_threshold_reached_at: orNull(time),
  government_response_at: orNull(time), debate_threshold_reached_at: orNull(time), debate_scheduled_on: orNull(day),
  scheduled_debate_date: orNull(day), debate_outcome_at: orNull(time), creator_name: orNull(text),
  rejection: orNull(exactly({ code: text, details: orNull(text) })),
  government_response: orNull(exactly({ responded_on: day, summary: text, details: text, created_at: time, updated_at: time })),
  debate: orNull(exactly({
    debated_on: day, transcript_url: text, video_url: text, debate_pack_url: text, public_engagement_url: text,
    debate_summary_url: text, overview: text,
  })),
  departments: list(exactly({ acronym: text, name: text, url: address })), topics: list(text),
};
const BREAKDOWN = {
  signatures_by_country: list(exactly({ name: text, code: text, signature_count: count })),
  signatures_by_constituency: list(exactly({ name: text, ons_code: text, mp: orNull(text), signature_count: count })),
  signatures_by_region: list(exactly({ name: text, ons_code: text, signature_count: count })),
  other_parliamentary_business: list(exactly({ subject: text, body: text, occurred_on: day, created_at: time, updated_at: time })),
};
const own = exactly({ self: address });
const kind = { const: 'petition' };
const LIST = exactly({
  links: exactly({ self: address, first: address, last: address, next: orNull(address), prev: orNull(address) }),
  data: list(exactly({ type: kind, id: text, links: own, attributes: exactly(ATTRIBUTES) })),
});
const one = (attributes) => exactly({ links: own, data: exactly({ type: kind, id: text, attributes: exactly(attributes) }) });
const SINGLE = one({ ...ATTRIBUTES, ...BREAKDOWN });
const REJECTED = one(ATTRIBUTES);
const COUNT = exactly({
  signature_count: count, response_threshold_reached_at: orNull(time), government_response_at: orNull(time),
  debate_threshold_reached_at: orNull(time), scheduled_debate_date: orNull(day), debate_outcome_at: orNull(time),
  debated: { type: 'boolean' },
});

const ajv = addFormats(new Ajv({ allErrors: true, strict: true, strictRequired: false }));
function assertShape(schema, body, what) {
  assert.ok(ajv.validate(schema, body), `${what}: ${ajv.errorsText()}\n${JSON.stringify(body).slice(0, 1500)}`);
}

async function get(path, schema, headers = {}) {
  const answer = await site.ask('GET', path, undefined, headers);
  wants(answer, 200);
  assertShape(schema, answer.body, path);
  return answer;
}

const filing = (n) => ({
  answers: {
    title: `마을버스 안내판에 음성 안내를 넣어 주세요 ${n}`, kind: 'facility', publicity: 'open', agency: 'mois',
    request: '안내판이 소리로도 알려 주기를 바랍니다.', why: '눈이 보이지 않는 사람도 버스를 탑니다.',
    petitioner: { name: '청원인', contact: 'citizen@demo.example' }, together: 'alone', truth: true,
  },
});

/** Numbers by what became of them. */
const made = { open: [], closed: [], answered: [], rejected: [], unpublished: [] };
let citizen;
let officer;
let second;

const step = async (who, number, name, body = {}) => wants(await who('POST', `/api/v1/cases/${number}/steps/${name}`, body), 200);

async function agreed(number, name, body) {
  const { approval } = await step(officer, number, name, body);
  assert.ok(approval, `${name} waits for a second officer`);
  wants(await second('POST', `/api/v1/cases/${number}/approvals/${approval}`, { note: '' }), 200);
}

test('petitions are filed, opened, answered and refused through the API', async () => {
  [citizen, officer, second] = [await site.as('citizen'), await site.as('officer-mois'), await site.as('officer-mois-2')];
  for (let n = 1; n <= 13; n += 1) {
    const { number } = wants(await citizen('POST', '/api/v1/services/petition/cases', filing(n)), 201);
    await step(officer, number, 'start-review');
    if (n === 13) {
      made.unpublished.push(number);
    } else if (n === 12) {
      const { body } = await officer('GET', '/api/v1/services/petition');
      await agreed(number, 'reject', { grounds: [body.definition.grounds[0].id], reason: '다른 절차가 있습니다.' });
      made.rejected.push(number);
    } else {
      await step(officer, number, 'open');
      made.open.push(number);
    }
  }
});

test('a list, a petition and a count have exactly the names and types of theirs', async () => {
  const { body: { data } } = await get('/petitions.json', LIST);
  assert.ok(data.length >= 12);
  const found = (number) => data.find((petition) => petition.id === number);
  assert.equal(found(made.open[0]).attributes.state, 'open');
  assert.equal(found(made.unpublished[0]), undefined, 'what was not opened is not listed');
  assert.equal((await site.ask('GET', `/petitions/${made.unpublished[0]}.json`)).status, 404);
  assert.equal((await site.ask('GET', `/petitions/${made.unpublished[0]}/count.json`)).status, 404);
  for (const petition of data) {
    const { state } = petition.attributes;
    const { body } = await get(`/petitions/${petition.id}.json`, state === 'rejected' ? REJECTED : SINGLE);
    assert.equal(petition.links.self, body.links.self);
    assert.equal('closing_date' in body.data.attributes, state === 'open');
    const { signature_count } = (await get(`/petitions/${petition.id}/count.json`, COUNT)).body;
    assert.equal(signature_count, body.data.attributes.signature_count);
  }
  const { attributes } = (await get(`/petitions/${made.rejected[0]}.json`, REJECTED)).body.data;
  assert.equal(attributes.state, 'rejected');
  assert.ok(attributes.rejection.code && attributes.rejection.details && attributes.rejected_at);
});

test('a signature is counted, and the breakdown adds up to it', async () => {
  const [number] = made.open;
  assert.equal((await citizen('POST', `/api/v1/cases/${number}/support`, { region: 'abroad' })).status, 201);
  const read = async () => (await get(`/petitions/${number}.json`, SINGLE)).body.data.attributes;
  for (let n = 0; n < 50 && (await read()).signature_count === 0; n += 1) await new Promise((done) => setTimeout(done, 200));
  const { signature_count, signatures_by_country } = await read();
  assert.equal(signature_count, 1);
  assert.ok(signatures_by_country.reduce((sum, country) => sum + country.signature_count, 0) <= signature_count);
  assert.equal((await citizen('POST', `/api/v1/cases/${number}/support`)).status, 200, 'once more is once');
});

/** All petitions of a list, by its links. */
async function walk(path) {
  const seen = [];
  const pages = [];
  for (let next = path; next; next = pages.at(-1).links.next) {
    const { body } = await get(next, LIST);
    pages.push(body);
    seen.push(...body.data.map((petition) => petition.id));
    assert.ok(pages.length < 100);
  }
  return { seen, pages };
}

test('links lead through all pages without loss or repetition', async () => {
  for (const state of ['all', 'open', 'closed', 'recent', 'rejected', 'awaiting_response', 'with_response', 'debated']) {
    const whole = (await get(`/petitions.json?state=${state}`, LIST)).body.data.map((petition) => petition.id);
    for (const per of [1, 2, 5]) {
      const { seen, pages } = await walk(`/petitions.json?count=${per}&state=${state}`);
      assert.deepEqual(seen, whole, `${state} by ${per}`);
      assert.equal(pages.length, Math.max(1, Math.ceil(whole.length / per)));
      assert.equal(new Set(pages.map((page) => page.links.last)).size, 1);
      assert.equal(pages[0].links.prev, null);
      const last = (await get(pages[0].links.last, LIST)).body;
      assert.deepEqual(last.data.map((petition) => petition.id), pages.at(-1).data.map((petition) => petition.id));
      assert.equal(last.links.next, null);
      // By number, as most clients do, and back again.
      const byNumber = [];
      for (let page = 1; page <= pages.length; page += 1) {
        byNumber.push(...(await get(`/petitions.json?count=${per}&page=${page}&state=${state}`, LIST)).body.data.map((petition) => petition.id));
      }
      assert.deepEqual(byNumber, whole);
      if (pages.length > 1) {
        const back = (await get(pages.at(-1).links.prev, LIST)).body;
        assert.deepEqual(back.data.map((petition) => petition.id), pages.at(-2).data.map((petition) => petition.id));
      }
    }
  }
});

test('links are written as theirs', async () => {
  const links = async (query) => (await get(`/petitions.json${query}`, LIST)).body.links;
  const at = (query) => `${site.url}/petitions.json${query}`;
  const all = (await links('?count=1')).last;
  const total = Number(/page=(\d+)/.exec(all)[1]);
  assert.equal((await links('')).self, at(''));
  assert.equal((await links('?count=2')).first, at('?count=2'));
  assert.equal((await links('?count=2')).last, at(`?count=2&page=${Math.ceil(total / 2)}`));
  assert.equal((await links('?count=2&page=2')).prev, at('?count=2'));
  assert.match((await links('?count=2')).next, /\?count=2&page=2(&|$)/);
  const nothing = await links('?count=2&page=3&state=debated');
  assert.equal(nothing.last, at('?count=2&state=debated'));
  assert.equal(nothing.prev, nothing.last, 'from behind the end back to the last page');
});

test('states of petitions are those of the list that holds them', async () => {
  for (const [state, inside] of [['open', 'open'], ['recent', 'open'], ['closed', 'closed'], ['rejected', 'rejected'], ['with_response', 'closed'], ['awaiting_response', 'closed']]) {
    const { data } = (await get(`/petitions.json?state=${state}`, LIST)).body;
    for (const { attributes } of data) {
      assert.equal(attributes.state, inside, state);
      if (state === 'with_response') assert.ok(attributes.government_response);
    }
  }
  const { data } = (await get('/petitions.json', LIST)).body;
  for (const inside of ['open', 'closed', 'rejected']) {
    const listed = (await get(`/petitions.json?state=${inside}`, LIST)).body.data.map((petition) => petition.id).sort();
    assert.deepEqual(listed, data.filter((petition) => petition.attributes.state === inside).map((petition) => petition.id).sort());
  }
});

test('words are found; a page has fifty at most; what cannot be read is taken as theirs takes it', async () => {
  const ids = async (query) => (await get(`/petitions.json${query}`, LIST)).body.data.map((petition) => petition.id);
  assert.ok((await ids(`?q=${encodeURIComponent('음성 안내')}`)).includes(made.open[0]));
  assert.deepEqual(await ids('?q=zzzzzz'), []);
  const all = await ids('');
  for (const query of ['?count=500', '?count=&page=', '?state=nonsense', '?page=0']) {
    assert.ok((await ids(query)).length <= 50);
  }
  assert.deepEqual(await ids('?count=500'), all);
  assert.deepEqual(await ids('?state=nonsense'), all);
  assert.equal((await ids('?count=0')).length, 1);
  const deep = await site.ask('GET', '/petitions.json?after=zzz');
  assert.deepEqual([deep.status, deep.body.code], [422, 'api.cursor']);
});

test('any site may read, and only JSON is spoken', async () => {
  for (const path of ['/petitions.json', `/petitions/${made.open[0]}.json`, `/petitions/${made.open[0]}/count.json`]) {
    const { headers } = await site.ask('GET', path, undefined, { origin: 'https://reader.example' });
    assert.equal(headers.get('access-control-allow-origin'), '*');
    assert.equal(headers.get('access-control-allow-methods'), 'GET');
    assert.equal(headers.get('access-control-allow-headers'), 'Origin, X-Requested-With, Content-Type, Accept');
    assert.match(headers.get('content-type'), /^application\/json/);
    const again = await site.ask('GET', path, undefined, { 'if-none-match': headers.get('etag') });
    assert.equal(again.status, 304);
    const xml = await site.ask('GET', path, undefined, { accept: 'application/xml' });
    assert.deepEqual([xml.status, xml.body.code], [406, 'api.json-only']);
  }
  for (const path of ['/petitions.xml', `/petitions/${made.open[0]}.xml`]) {
    assert.equal((await site.ask('GET', path)).status, 406);
  }
  assert.equal((await site.ask('GET', '/petitions/PT-2026-0000-0000.json')).status, 404);
});
