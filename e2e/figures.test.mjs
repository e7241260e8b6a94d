// Open figures: cases are filed and answered, the numbers move with them; what a page says is what its files say and what a
// recount of the public rows gives; days are chosen; all of it on a phone, without scripts, in both languages.

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { eventually, keyOf, wants } from './api.mjs';
import { assertAccessible, useSite } from './harness.mjs';
import { LANGUAGES, open } from './site.mjs';

const site = useSite();
const pictures = process.env.MADANG_SCREENSHOTS;
if (pictures) mkdirSync(pictures, { recursive: true });

const SERVICE = '/ko/figures/services/complaint';

/** A page without faults that does not scroll sideways; kept as a picture when one asks for pictures. */
async function look(page, name) {
  const { width } = page.viewportSize();
  if (pictures) await page.screenshot({ path: join(pictures, `figures-${name}-${width}.png`), fullPage: true });
  await assertAccessible(page);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(wide <= 0, `${page.url()} scrolls sideways by ${wide} px`);
}

async function ask(method, path, body, key) {
  const headers = { 'accept-language': 'en', ...(key && { authorization: `Bearer ${key}` }) };
  if (body) headers['content-type'] = 'application/json';
  const answer = await fetch(new URL(path, site.url), { method, headers, body: body && JSON.stringify(body) });
  const text = await answer.text();
  return { status: answer.status, body: text.startsWith('{') ? JSON.parse(text) : text };
}

/** Everything about a page, as data. */
const data = async (path, query = 'range=all') => wants(await ask('GET', `${path}.json?${query}`), 200);
const counts = async (path, query) => (await data(path, query)).figures.counts;

/** A table of a page: its heads and its rows, of cells without commas in them. */
async function csv(address) {
  const answer = await ask('GET', address);
  const lines = wants(answer, 200).replace(/^\uFEFF/, '').trim().split(/\r?\n/).map((line) => line.split(','));
  return { heads: lines[0], rows: lines.slice(1) };
}

const keys = {};
const number = (text) => Number(text.replace(/[^\d-]/g, ''));

async function file(district) {
  const answers = {
    title: '가로등이 꺼졌습니다', kind: 'query', body: '사흘째 꺼져 있습니다.', agency: 'mois',
    complainant: { name: '시민', contact: 'citizen@demo.example' },
    ...(district && { place: { address: `${district} 어느 길`, district } }),
  };
  return wants(await ask('POST', '/api/v1/services/complaint/cases', { answers, public: true }, keys.citizen), 201).number;
}

test('what is filed and answered moves the numbers', async () => {
  for (const account of ['citizen', 'officer-mois']) keys[account] = await keyOf(site.url, account);
  const before = await counts(SERVICE);
  const agency = await counts('/ko/figures/agencies/mois');
  const filed = [];
  for (let n = 0; n < 6; n += 1) filed.push(await file('울산광역시 남구'));
  await eventually('the cases to be counted', async () => (await counts(SERVICE)).received === before.received + 6);
  assert.equal((await counts(SERVICE)).answered, before.answered);

  for (const step of ['accept', 'take-up']) wants(await ask('POST', `/api/v1/cases/${filed[0]}/steps/${step}`, {}, keys['officer-mois']), 200);
  const given = { answer: '고치겠습니다.', outcome: 'solved' };
  wants(await ask('POST', `/api/v1/cases/${filed[0]}/steps/answer`, given, keys['officer-mois']), 200);
  wants(await ask('POST', `/api/v1/cases/${filed[0]}/rating`, { stars: 4 }, keys.citizen), 200);
  await eventually('the answer to be counted', async () => (await counts(SERVICE)).answered === before.answered + 1);
  const after = await counts(SERVICE);
  assert.equal(after.in_time, before.in_time + 1, 'it was in time');
  assert.equal(after.open, before.open + 5);
  const of = await counts('/ko/figures/agencies/mois');
  assert.deepEqual([of.received - agency.received, of.answered - agency.answered], [6, 1], 'the agency has them too');
  const both = await counts('/ko/figures/agencies/mois', 'range=all&service=complaint');
  assert.ok(both.received >= 6 && both.received <= Math.min(of.received, after.received));
  const stars = (await data(SERVICE)).figures.satisfaction;
  assert.ok(stars.counts[3] >= 1 && stars.n === stars.counts.reduce((sum, one) => sum + one, 0));
});

test('the numbers are those of a recount, and add up', async () => {
  const all = await data('/ko/figures');
  const { figures } = all;
  // No public row is missing in them, and every service and every month is in the sum.
  const rows = await csv('/ko/cases.csv');
  assert.ok(figures.counts.received >= rows.rows.length, 'all public cases are among them');
  const sum = (list, of) => list.reduce((total, one) => total + of(one), 0);
  for (const name of ['received', 'answered', 'in_time', 'overdue']) {
    assert.equal(sum(figures.trend, (month) => month[name]), figures.counts[name], `${name} by month`);
    assert.equal(sum(figures.services, (line) => line.counts[name]), figures.counts[name], `${name} by service`);
  }
  for (const line of figures.services) {
    assert.deepEqual((await data(`/ko/figures/services/${line.slug}`)).figures.counts, line.counts, line.slug);
  }
  for (const line of figures.agencies) {
    assert.deepEqual((await data(`/ko/figures/agencies/${line.slug}`)).figures.counts, line.counts, line.slug);
  }
  const { counts: c } = figures;
  assert.equal(c.answered, c.in_time + c.late + c.undated);
  assert.equal(figures.days.n, c.answered);
  // Two halves of the time are the whole of it.
  const [first, last] = [figures.trend[0].month, figures.trend.at(-1).month];
  assert.ok(first <= last);
  const until = new Date(Date.parse(last) - 1).toISOString().slice(0, 10);
  const early = await counts('/ko/figures', `since=2000-01-01&until=${until}`);
  const late = await counts('/ko/figures', `since=${last}`);
  assert.equal(early.received + late.received, c.received);
});

test('the page says what its files say', async () => {
  const page = await site.page();
  await open(page, `${site.url}${SERVICE}?range=all`);
  const { figures } = await data(SERVICE);
  const tiles = await page.locator('.key-figures dd').evaluateAll((all) => all.map((one) => one.firstChild.textContent));
  assert.deepEqual(tiles.slice(0, 2).map(number), [figures.counts.received, figures.counts.answered]);
  assert.equal(number(tiles[3]), figures.counts.overdue);

  await page.locator('#trend ~ details > summary').click();
  const shown = await page.locator('#trend-table tbody tr').evaluateAll((rows) => rows.map((row) => [...row.cells].slice(1).map((cell) => cell.textContent)));
  const trend = await csv(await page.locator('section:has(#trend) .take a').getAttribute('href'));
  assert.deepEqual(trend.heads, ['month', 'received', 'answered', 'in_time', 'overdue']);
  assert.deepEqual(shown.map((row) => row.map(number)), trend.rows.map((row) => row.slice(1).map(Number)));
  const bars = await page.locator('.draw-wide rect').count();
  assert.ok(bars > 0 && await page.locator('.draw title').count() > 0, 'the drawing has a title');

  const funnel = await csv(await page.locator('section:has(#funnel) .take a').getAttribute('href'));
  const stages = await page.locator('section:has(#funnel) tbody td.n:nth-child(2)').allInnerTexts();
  assert.deepEqual(stages.map(number), funnel.rows.map((row) => Number(row.at(-1))));
  assert.ok(stages.length > 1);

  // The service's own page has the same numbers.
  await open(page, `${site.url}/ko/services/complaint`);
  const side = await page.locator('.side-figures dd').allInnerTexts();
  assert.deepEqual(side.map(number), ['received', 'answered', 'open', 'overdue'].map((name) => figures.counts[name]));
  await page.locator(`a.more-link[href^="${SERVICE}"]`).click();
  assert.equal(new URL(page.url()).pathname, SERVICE);
  assert.ok(await page.locator('.check summary').count(), 'how to count again is told');
  await open(page, `${site.url}/ko/agencies/mois`);
  assert.ok(await page.locator('a[href^="/ko/figures/agencies/mois"]').count(), 'the agency leads to its figures');
});

test('the map: a province, its districts, and small numbers that are not told', async () => {
  // So that nobody works out the one by subtraction, a place that is large enough is hidden beside it.
  await file('제주특별자치도 서귀포시');
  for (let n = 0; n < 12; n += 1) await file('충청남도 아산시');
  // Only when all of them are counted, the large place is enough to hide and 울산 is told again.
  await eventually('the place to be counted', async () => (await data(SERVICE)).figures.areas.some(([area, count]) => area.startsWith('울산') && count === 6));
  const page = await site.page({ width: 390, height: 844, javaScript: false });
  await open(page, `${site.url}${SERVICE}?range=all`);
  assert.equal(await page.locator('.tiles a').count(), 17);
  const { areas } = (await data(SERVICE)).figures;
  assert.equal(areas.find(([area]) => area.startsWith('제주'))[1], null, 'one case in a place is not told');
  const list = await page.locator('.area-list').innerText();
  assert.ok(!/제주\s*1건/.test(list), list);
  assert.match(list, /울산\s*6건/);
  assert.match(await page.locator('.tiles a', { hasText: '울산' }).textContent(), /6/);
  await page.locator('.area-list a', { hasText: '울산' }).click();
  assert.match(page.url(), /province=ulsan/);
  assert.match(await page.locator('.area-list').innerText(), /남구\s*6건/);
  const inside = await csv(`${SERVICE}.csv?range=all&table=areas&province=ulsan`);
  assert.deepEqual(inside.rows, [['울산광역시 남구', '6']]);
  const hidden = await ask('GET', `${SERVICE}.json?range=all&province=jeju`);
  assert.ok(!JSON.stringify(hidden.body).includes('서귀포'), 'what few people wrote is not passed on');
});

test('days are chosen; what cannot be is said and nothing typed is lost', async () => {
  const page = await site.page({ width: 390, height: 844 });
  await open(page, `${site.url}/ko/figures`);
  await page.locator('.range .chip', { hasText: '올해' }).click();
  assert.match(page.url(), /range=this-year/);
  await page.locator('.range-days > summary').click();
  await page.locator('input[name=since]').fill('2001-01-01');
  await page.locator('input[name=until]').fill('2001-12-31');
  await page.locator('.range-form button').click();
  assert.match(page.url(), /since=2001-01-01&until=2001-12-31/);
  assert.match(await page.locator('.empty').innerText(), /이 기간에 낸 것이 없습니다/);
  await look(page, 'empty');

  await open(page, `${site.url}/ko/figures?since=어제&until=2026-02-30`, 422);
  assert.equal(await page.locator('#f-since').inputValue(), '어제');
  assert.equal(await page.locator('#f-until').inputValue(), '2026-02-30');
  assert.equal(await page.locator('#errors a').count(), 2);
  await look(page, 'wrong');
  await open(page, `${site.url}/ko/figures?since=2026-03-02&until=2026-03-01`, 422);
  assert.match(await page.locator('#e-until').innerText(), /앞섭니다/);
  await open(page, `${site.url}/ko/figures?since=2099-01-01`, 422);
  await open(page, `${site.url}/ko/figures?since=2020.1.1&until=2099-01-01`);
  assert.match(await page.locator('main').innerText(), /오늘 뒤의 날/);
  assert.equal((await ask('GET', '/ko/figures.json?since=morgen')).status, 422);
  assert.equal((await ask('GET', '/ko/figures.csv?table=nothing')).status, 422);
  assert.equal((await ask('GET', '/ko/figures/services/nothing')).status, 404);
  assert.equal((await ask('GET', '/ko/figures/agencies/nothing')).status, 404);
  assert.equal((await ask('GET', '/ko/figures/agencies/mois?service=nothing')).status, 404);
});

test('agencies are put in order by links, and lead on', async () => {
  const page = await site.page();
  await open(page, `${site.url}/ko/figures?range=all`);
  await page.locator('section:has(#agencies) .orders a', { hasText: '이름' }).click();
  const names = await page.locator('section:has(#agencies) tbody th').allInnerTexts();
  assert.deepEqual(names, [...names].sort((a, b) => (a < b ? -1 : 1)));
  await page.locator('section:has(#agencies) tbody a', { hasText: '행정안전부' }).first().click();
  assert.equal(new URL(page.url()).pathname, '/ko/figures/agencies/mois');
  assert.match(page.url(), /range=all/, 'the range stays');
  await page.locator('section:has(#services) tbody a').first().click();
  assert.match(page.url(), /service=/);
});

test('every page in both languages, wide and on a phone', async () => {
  for (const width of [1280, 390]) {
    const page = await site.page({ width, height: 844 });
    for (const lang of LANGUAGES) {
      for (const [name, path] of Object.entries({
        all: '/figures?range=all', service: '/figures/services/complaint?range=all', agency: '/figures/agencies/mois?range=all',
        inside: '/figures/services/complaint?range=all&province=ulsan', about: '/figures/about', new: '/figures/services/watch-group?range=last-month',
        'service-page': '/services/complaint', 'agency-page': '/agencies/mois',
      })) {
        await open(page, `${site.url}/${lang}${path}`);
        await look(page, `${name}-${lang}`);
      }
    }
  }
});
