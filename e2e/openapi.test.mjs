// The documents that other people generate clients from: OpenAPI by a validator of others, JSON Schemas by ajv, and
// both held against what the server really takes and gives.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Validator } from '@seriousme/openapi-schema-validator';
import addFormats from 'ajv-formats';
import Ajv from 'ajv/dist/2020.js';
import { EVERYTHING, useApi, wants } from './api.mjs';

const site = useApi();

const PNG = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const TODAY = new Date(Date.now() + 9 * 3600_000).toISOString().slice(0, 10);

let citizen;
let services;

test('a definition with every kind of field is put in', async () => {
  site.madang('service', 'apply', EVERYTHING);
  citizen = await site.as('citizen');
  services = wants(await site.ask('GET', '/api/v1/services'), 200).items.map((service) => service.id);
});

const ajv = () => addFormats(new Ajv({ strict: true, strictRequired: false, strictTypes: false, allErrors: true }));

/** A schema is no good when its validator only warns about it. */
function compile(schema) {
  const seen = [];
  const own = new Ajv({ strict: true, strictRequired: false, strictTypes: false, logger: { log() {}, warn: (text) => seen.push(text), error: (text) => seen.push(text) } });
  addFormats(own);
  const check = own.compile(schema);
  assert.deepEqual(seen, []);
  return check;
}

async function assertValid(document, what) {
  const result = await new Validator().validate(structuredClone(document));
  assert.ok(result.valid, `${what}: ${JSON.stringify(result.errors)?.slice(0, 2000)}`);
}

test('the document of the API is OpenAPI 3.1 and has every operation', async () => {
  const document = wants(await site.ask('GET', '/api/v1/openapi.json'), 200);
  assert.equal(document.openapi, '3.1.0');
  await assertValid(document, 'openapi.json');
  for (const path of ['/plans', '/services', '/services/{service}/cases', '/cases/{number}', '/cases/{number}/support', '/webhooks']) {
    assert.ok(document.paths[`/api/v1${path}`], path);
  }
});

test('every service has a valid document of its own, in both languages', async () => {
  assert.ok(services.length >= 10, services.join());
  for (const service of services) {
    for (const lang of ['ko', 'en']) {
      const document = wants(await site.ask('GET', `/api/v1/services/${service}/openapi.json?lang=${lang}`), 200);
      await assertValid(document, `${service} in ${lang}`);
    }
  }
});

test('what the server gives is what its document says', async () => {
  const document = wants(await site.ask('GET', '/api/v1/openapi.json'), 200);
  const number = wants(await site.ask('GET', '/api/v1/cases'), 200).items[0]?.number;
  const own = addFormats(new Ajv({ strict: false, allErrors: true }));
  for (const format of ['uint', 'uint8', 'uint32', 'uint64', 'int64']) own.addFormat(format, true);
  own.addSchema(document, 'api');
  const pointer = (...parts) => parts.map((part) => part.replaceAll('~', '~0').replaceAll('/', '~1')).join('/');
  let checked = 0;
  for (const [path, methods] of Object.entries(document.paths)) {
    if (!methods.get) continue;
    const address = path.replace(/\{(\w+)\}/g, (_, name) => {
      const parameter = methods.get.parameters.find((p) => p.name === name);
      return encodeURIComponent(path.startsWith('/api/v1/cases/') && name === 'number' && number ? number : parameter.example);
    });
    const answer = await citizen('GET', address);
    const schema = answer.status === 200
      ? `api#/paths/${pointer(path)}/get/responses/200/content/application~1json/schema`
      : 'api#/components/schemas/Problem';
    assert.ok([200, 404].includes(answer.status), `${address}: ${answer.status}`);
    const check = own.getSchema(schema) ?? own.compile({ $ref: schema });
    assert.ok(check(answer.body), `${address}: ${JSON.stringify(check.errors?.slice(0, 3))}`);
    if (answer.status === 200) checked += 1;
  }
  assert.ok(checked >= 18, `${checked} answers were checked`);
});

test('the schemas of all filings and steps compile', async () => {
  for (const service of services) {
    compile(wants(await site.ask('GET', `/api/v1/services/${service}/schema`), 200));
    const { definition } = wants(await site.ask('GET', `/api/v1/services/${service}`), 200);
    for (const step of definition.steps) {
      compile(wants(await site.ask('GET', `/api/v1/services/${service}/steps/${step.id}/schema?lang=en`), 200));
    }
  }
});

/** A value that fits, by its schema alone. */
function good(schema) {
  if (schema.enum) return schema.enum[0];
  switch (schema.type) {
    case 'string':
      if (schema.format === 'date') return TODAY;
      return schema.pattern === '^[a-z0-9-]+$' ? 'mois' : '글';
    case 'integer': return schema.minimum > 0 ? schema.minimum : 0;
    case 'array': return Array.from({ length: Math.max(1, schema.minItems ?? 0) }, (_, n) => (schema.items.enum ? schema.items.enum[n] : good(schema.items)));
    default: return Object.fromEntries(Object.entries(schema.properties).map(([name, part]) => [name, good(part)]));
  }
}

/** Leaves out what is not asked under the answers beside it. */
function asked(schema, answers, validate) {
  for (let round = 0; round < 5; round += 1) {
    for (const rule of schema.allOf ?? []) {
      const [name] = Object.keys(rule.else?.properties ?? {});
      if (name && !validate(rule.if, answers)) delete answers[name];
    }
  }
  return answers;
}

/** Values to put in a field's place: some fit, some do not; who is right is what the test asks. */
function tries(schema) {
  const some = [null, 7, 1.5, true, false, 'zzz', [], {}, [null], { extra: 1 }, undefined];
  if (schema.enum) some.push(...schema.enum, '');
  if (schema.type === 'string' && !schema.enum) {
    if (schema.maxLength) some.push('가'.repeat(schema.maxLength), '가'.repeat(schema.maxLength + 1), '😀'.repeat(schema.maxLength));
    some.push('');
  }
  if (schema.format === 'date') some.push('2026-02-30', '2026-2-3', `${TODAY}T00:00:00Z`, 20260101);
  if (schema.type === 'integer') some.push(schema.minimum, schema.minimum - 1, schema.maximum, schema.maximum + 1, '3');
  if (schema.type === 'array') {
    const one = () => good(schema.items);
    const many = (n) => Array.from({ length: n }, (_, at) => schema.items.enum?.[at] ?? one());
    some.push(many(schema.minItems), many(schema.maxItems), [...many(schema.maxItems), one()], [one(), one()], ['zzz'], [one(), 3]);
    if (schema.items.type === 'object') {
      for (const [name, part] of Object.entries(schema.items.properties)) {
        some.push(...tries(part).map((value) => [{ ...one(), [name]: value }]));
      }
      some.push([{ ...one(), extra: 1 }]);
    }
  }
  if (schema.type === 'object') {
    for (const [name, part] of Object.entries(schema.properties)) some.push(...tries(part).map((value) => ({ ...good(schema), [name]: value })));
    some.push({ ...good(schema), extra: 1 });
  }
  return some;
}

// What a schema cannot know: which organisations there are.
const BEYOND = new Set(['case.filing-agency']);

test('a filing is taken exactly when it fits its schema, for every kind of field', async () => {
  const wrong = [];
  const kinds = new Set();
  const counts = { taken: 0, refused: 0 };
  for (const service of services) {
    const schema = wants(await site.ask('GET', `/api/v1/services/${service}/schema?lang=en`), 200);
    const { definition } = wants(await site.ask('GET', `/api/v1/services/${service}`), 200);
    definition.fields.forEach((field) => kinds.add(field.kind.type));
    const check = compile(schema);
    const validator = ajv();
    const validate = (part, value) => validator.validate(part, value);
    const answers = schema.properties.answers;
    const whole = asked(answers, good(answers), validate);
    const bodies = [{ answers: whole }];
    for (const [name, part] of Object.entries(answers.properties)) {
      for (const value of tries(part)) {
        const changed = { ...asked(answers, good(answers), validate), [name]: value };
        bodies.push({ answers: changed });
        // With what is asked then: a choice opens and shuts other fields.
        if (part.enum?.includes(value)) bodies.push({ answers: asked(answers, { ...good(answers), [name]: value }, validate) });
      }
    }
    bodies.push({ answers: { ...whole, extra: 1 } }, {}, [], '"text"', { answers: [] }, { answers: whole, extra: 1 });
    for (const name of ['name', 'mail', 'public', 'follow', 'files']) {
      for (const value of [null, 7, 'citizen@demo.example', true, [], {}]) bodies.push({ answers: whole, [name]: value });
    }
    const { items } = schema.properties.files;
    for (const field of items?.properties.field.enum ?? ['title']) {
      const file = (more = {}) => ({ field, name: 'dot.png', content: PNG, ...more });
      bodies.push(...[[file()], [file({ field: 'title' })], [file({ name: 7 })], [file({ extra: 1 })], [file({ content: undefined })], [file({ content: '' })], [file({ content: '%%%' })], [[field, 'dot.png', PNG]], Array(11).fill(file())]
        .map((files) => ({ answers: whole, files })));
      bodies.push({ answers: { ...whole, [field]: [] } });
    }
    for (const body of bodies) {
      const sent = typeof body === 'string' ? body : JSON.parse(JSON.stringify(body));
      const answer = await citizen('POST', `/api/v1/services/${service}/cases`, sent);
      const fits = check(typeof sent === 'string' ? JSON.parse(sent) : sent);
      assert.ok([201, 422].includes(answer.status), `${service}: ${answer.status} ${JSON.stringify(answer.body)} for ${JSON.stringify(sent).slice(0, 400)}`);
      const taken = answer.status === 201;
      counts[taken ? 'taken' : 'refused'] += 1;
      const reasons = (answer.body.errors ?? []).map((error) => error.code);
      if (taken !== fits && !(fits && reasons.length && reasons.every((code) => BEYOND.has(code)))) {
        wrong.push(`${service}: ${taken ? 'taken' : JSON.stringify(answer.body.errors ?? answer.body)} but ${fits ? 'fits' : JSON.stringify(check.errors)}: ${JSON.stringify(sent).slice(0, 500)}`);
      }
    }
  }
  assert.deepEqual(wrong.slice(0, 20), [], `${wrong.length} differences`);
  assert.equal(kinds.size, 14, [...kinds].join());
  assert.ok(counts.taken > 200 && counts.refused > 500, JSON.stringify(counts));
});
