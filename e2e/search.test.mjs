// Searching on a phone as people type: without spaces, with particles, by initials, on the wrong keyboard; what stops being
// public is gone at the next search; suggestions by keyboard; alike petitions while somebody writes.
// With MADANG_SCREENSHOTS=FOLDER the pages are also kept as pictures, at 390 and at 1280 pixels.

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { eventually, keyOf, wants } from './api.mjs';
import { assertAccessible, useSite } from './harness.mjs';
import { LANGUAGES, open, signIn } from './site.mjs';

const site = useSite();
const pictures = process.env.MADANG_SCREENSHOTS;
if (pictures) mkdirSync(pictures, { recursive: true });

const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1280, height: 900 };
const TITLE = '어린이 보호구역의 가로등을 더 밝게 해 주세요';
const HIDDEN = '보건소 앞 어린이 보호구역 가로등을 고쳐 주세요';

const path = (page) => new URL(page.url()).pathname;
const search = (query, lang = 'ko') => `${site.url}/${lang}/search?${new URLSearchParams(query)}`;
const result = (page, number) => page.locator(`.found:has(a[href$="/cases/${number}"])`);
const marks = (row, where) => row.locator(`${where} mark`).allInnerTexts();

/** A page without faults that does not scroll sideways, at both widths; kept as pictures when one asks for them. */
async function look(page, name) {
  for (const size of [DESKTOP, PHONE]) {
    await page.setViewportSize(size);
    await assertAccessible(page);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(wide <= 0, `${page.url()} scrolls sideways by ${wide} px at ${size.width}`);
    if (pictures) await page.screenshot({ path: join(pictures, `search-${name}-${size.width}.png`), fullPage: true });
  }
}

/** A client of the API with a key of this account. */
async function client(account) {
  const key = await keyOf(site.url, account);
  return async (method, address, body) => {
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'accept-language': 'ko' };
    const answer = await fetch(site.url + address, { method, headers, body: body && JSON.stringify(body) });
    const text = await answer.text();
    return { status: answer.status, body: text && /json/.test(answer.headers.get('content-type') ?? '') ? JSON.parse(text) : text };
  };
}

const filing = (title, request) => ({
  answers: {
    title, kind: 'facility', publicity: 'open', agency: 'mois', request, why: '아이들이 밤에 걸어서 집으로 돌아갑니다.',
    petitioner: { name: '청원인', contact: 'citizen@demo.example' }, together: 'alone', truth: true,
  },
});

let citizen;
let officer;

/** Files a petition and opens it; gives its number. */
async function petition(title, request = '공원에서 학교로 가는 길이 어둡습니다.') {
  const { number } = wants(await citizen('POST', '/api/v1/services/petition/cases', filing(title, request)), 201);
  for (const step of ['start-review', 'open']) wants(await officer('POST', `/api/v1/cases/${number}/steps/${step}`, {}), 200);
  return number;
}

/** Searches until the row is there, and gives it. */
async function found(page, query, number) {
  await eventually(`${number} is found by ${JSON.stringify(query)}`, async () => {
    await open(page, search(query));
    return await result(page, number).count();
  }, 15_000);
  return result(page, number);
}

let number;
let hidden;

test('a new petition is found within two seconds', async () => {
  [citizen, officer] = [await client('citizen'), await client('officer-mois')];
  number = await petition(TITLE);
  const since = Date.now();
  await eventually('the new petition in the search', async () => {
    const answer = await fetch(`${site.url}/ko/search.json?${new URLSearchParams({ q: '가로등' })}`);
    return (await answer.text()).includes(number);
  }, 15_000);
  assert.ok(Date.now() - since < 2_000, `it took ${Date.now() - since} ms`);
  const page = await site.page(PHONE);
  await found(page, { q: '가로등' }, number);
  hidden = await petition(HIDDEN);
  await found(page, { q: '보건소' }, hidden);
});

test('as people type, with the right syllables marked', async () => {
  const page = await site.page(PHONE);
  for (const [typed, marked] of [
    ['어린이보호구역', '어린이보호구역'], ['가로등이', '가로등'], ['ㄱㄹㄷ', '가로등'], ['rkfhemd', '가로등'], ['밝게', '밝게'],
  ]) {
    await open(page, search({ q: typed }));
    const row = result(page, number);
    assert.equal(await row.count(), 1, `${typed} finds it\n${await page.locator('main').innerText()}`);
    const said = (await marks(row, '.row-title')).join('').replaceAll(' ', '');
    assert.equal(said, marked, `what ${typed} marks in the title`);
    assert.equal(await page.locator('.notice').count(), typed === 'rkfhemd' ? 1 : 0);
  }
  await open(page, search({ q: 'rkfhemd' }));
  assert.match(await page.locator('.notice').innerText(), /rkfhemd.*가로등/s);
  await look(page, 'keyboard-ko');
  await open(page, search({ q: '공원' }));
  assert.deepEqual(await marks(result(page, number), '.found-text'), ['공원'], 'only the noun of 공원에서');
  // The same letters from a Mac, and in the full width of an old keyboard.
  for (const typed of [TITLE.normalize('NFD'), '가로등　밝게']) {
    await open(page, search({ q: typed }));
    assert.equal(await result(page, number).count(), 1, `${JSON.stringify(typed)} finds it`);
  }
});

test('from the front page and from the header, with and without scripts', async () => {
  for (const javaScript of [true, false]) {
    const page = await site.page({ ...PHONE, javaScript });
    await open(page, `${site.url}/ko/`);
    await page.locator('.front-search input[name=q]').fill('가로등');
    await page.locator('.front-search button').click();
    assert.equal(path(page), '/ko/search');
    assert.equal(await result(page, number).count(), 1);
    await open(page, `${site.url}/ko/about`);
    await page.locator('.utility a[href="/ko/search"]').click();
    assert.equal(path(page), '/ko/search');
    assert.ok(await page.locator('.search-examples a').count() >= 4, 'examples to try');
    await page.setViewportSize(DESKTOP);
    await open(page, `${site.url}/ko/about`);
    await page.locator('#header-q').fill('가로등');
    await page.locator('.header-search button').click();
    assert.equal(await result(page, number).count(), 1);
    await open(page, `${site.url}/ko/services/petition/cases?agency=mois`);
    await page.locator('.search-among input[name=q]').fill('가로등');
    await page.locator('.search-among button').click();
    const asked = new URL(page.url()).searchParams;
    assert.deepEqual(['q', 'kind', 'service', 'agency'].map((name) => asked.get(name)), ['가로등', 'case', 'petition', 'mois']);
    assert.equal(await page.locator('a.chip').count(), 3);
    assert.equal(await result(page, number).count(), 1);
  }
});

test('lists with words lead to the search, files too', async () => {
  for (const [from, to] of [
    ['/ko/cases?q=가로등&kind=x&agency=mois', { q: '가로등', kind: 'case', agency: 'mois' }],
    ['/ko/services/petition/cases.csv?q=가로등', { q: '가로등', kind: 'case', service: 'petition' }],
    ['/ko/cases.json?q=가로등&phase=open', { q: '가로등', kind: 'case', phase: 'open' }],
  ]) {
    const answer = await fetch(site.url + encodeURI(from), { redirect: 'manual' });
    assert.equal(answer.status, 303, from);
    const there = new URL(answer.headers.get('location'), site.url);
    assert.equal(there.pathname, from.replace(/.*cases(\.\w+)?\?.*/, '/ko/search$1'));
    assert.deepEqual(Object.fromEntries(there.searchParams), to);
  }
});

test('filters, their chips, and the order', async () => {
  const page = await site.page(DESKTOP);
  await open(page, search({ q: '가로등', kind: 'case', phase: 'open', order: 'newest' }));
  assert.equal(await page.locator('a.chip').count(), 2);
  assert.equal(await result(page, number).count(), 1);
  await open(page, search({ q: '가로등', phase: 'refused' }));
  assert.equal(await page.locator('.found').count(), 0);
  await page.locator('a.chip').first().click();
  assert.equal(await result(page, number).count(), 1, 'without the filter it is there again');
  await page.locator('select[name=kind]').selectOption('agency');
  await page.waitForURL(/kind=agency/);
  await page.locator('.found-count').waitFor();
  assert.equal(await result(page, number).count(), 0);
  await open(page, search({ q: '가로등', since: '2099-01-01' }));
  assert.equal(await page.locator('.found').count(), 0);
  await open(page, search({ kind: 'commitment' }));
  assert.ok(await page.locator('.found').count() > 3, 'without words a filter lists');
  await open(page, search({ q: '행정안전부', kind: 'agency' }));
  assert.ok(await page.locator('.found a[href="/ko/agencies/mois"]').count(), 'agencies are found');
});

test('any search as a feed, a table and data', async () => {
  const read = async (ending) => {
    const answer = await fetch(`${site.url}/ko/search${ending}?${new URLSearchParams({ q: '가로등', kind: 'case' })}`);
    assert.equal(answer.status, 200, ending);
    return answer.text();
  };
  const feed = await read('.atom');
  assert.ok(feed.includes(`/ko/cases/${number}`) && feed.includes(TITLE));
  assert.match(feed, /rel="self"[^>]*|href="[^"]*search\.atom\?q=/);
  const rows = (await read('.csv')).trim().split('\r\n');
  assert.match(rows[0], /id,kind,title/);
  assert.ok(rows.some((row) => row.includes(TITLE)));
  const data = JSON.parse(await read('.json'));
  assert.equal(data.results.length, data.count);
  assert.ok(data.results.some((one) => one.title === TITLE && one.url.endsWith(`/ko/cases/${number}`)));
});

test('suggestions while typing: arrows, Enter, Escape, half a syllable', async () => {
  const page = await site.page(PHONE);
  await open(page, `${site.url}/ko/`);
  const box = page.locator('#q');
  const list = page.locator('[role=listbox]');
  await box.focus();
  await box.pressSequentially('어린이 보호구여');
  await list.locator('[role=option]').first().waitFor();
  assert.equal(await box.getAttribute('role'), 'combobox');
  assert.equal(await box.getAttribute('aria-expanded'), 'true');
  if (pictures) await page.screenshot({ path: join(pictures, 'search-suggest-390.png') });
  await assertAccessible(page);
  await box.press('ArrowDown');
  const chosen = list.locator('[aria-selected=true]');
  assert.equal(await box.getAttribute('aria-activedescendant'), await chosen.getAttribute('id'));
  await box.press('Escape');
  assert.equal(await box.getAttribute('aria-expanded'), 'false');
  assert.equal(await list.isVisible(), false);
  assert.equal(await box.inputValue(), '어린이 보호구여', 'what was typed stays');
  await box.press('End');
  await box.pressSequentially('ㄱ');
  await page.waitForTimeout(400);
  // Enter while a syllable is composed belongs to the input method.
  await box.evaluate((input) => input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, cancelable: true })));
  assert.equal(path(page), '/ko/');
  await box.fill('어린이 보호');
  const ours = list.locator('[role=option]', { hasText: TITLE });
  await ours.waitFor();
  for (let n = 0; n < 10 && await ours.getAttribute('aria-selected') !== 'true'; n += 1) await box.press('ArrowDown');
  await box.press('Enter');
  await page.waitForURL(`${site.url}/ko/cases/${number}`);
});

test('while somebody writes, alike petitions stand beside the title, and lead to support', async () => {
  const page = await site.page(PHONE);
  await signIn(page, site, 'citizen-2');
  await open(page, `${site.url}/ko/services/petition/new/1`);
  const title = page.locator('main [name=title]');
  await title.pressSequentially('어린이 보호구역 가로등이 너무 어둡습니다');
  const since = Date.now();
  const alike = page.locator('[data-alike] .row', { hasText: TITLE });
  await alike.waitFor();
  assert.ok(Date.now() - since < 1_500, 'soon after the last key');
  await look(page, 'alike-writing');
  await alike.locator('button').click();
  assert.equal(path(page), `/ko/cases/${number}/support`);
  await page.locator('button[value=give]').click();
  assert.equal(path(page), `/ko/cases/${number}`);
  await open(page, `${site.url}/ko/services/petition/new/1`);
  assert.match(await title.inputValue(), /너무 어둡습니다/, 'what was written is kept');
});

test('the same as a step of its own without scripts, and "mine is different" is asked once', async () => {
  const page = await site.page({ ...PHONE, javaScript: false });
  await signIn(page, site, 'citizen-3');
  await open(page, `${site.url}/ko/services/petition/new/1`);
  const write = async (name, text) => page.locator(`main [name="${name}"]`).fill(text);
  await write('title', '어린이 보호구역 가로등이 자주 꺼집니다');
  await page.locator('input[name=kind][value=facility]').check({ force: true });
  await page.locator('input[name=publicity][value=open]').check({ force: true });
  await page.locator('select[name=agency]').selectOption('mois');
  await write('request', '가로등을 고쳐 주세요.');
  await write('why', '어둡습니다.');
  await page.locator('button.primary[value=next]').click();
  assert.equal(path(page), '/ko/services/petition/new/similar', await page.locator('main').innerText());
  assert.ok(await page.locator('.alike .row', { hasText: TITLE }).count());
  if (pictures) await page.screenshot({ path: join(pictures, 'search-alike-step-390.png'), fullPage: true });
  await page.locator('button.primary[value=different]').click();
  assert.equal(path(page), '/ko/services/petition/new/2');
  await page.locator('button[value=back]').click();
  await page.locator('button.primary[value=next]').click();
  assert.equal(path(page), '/ko/services/petition/new/2', 'nobody is asked twice');
});

test('what is withdrawn or hidden in another window is gone at the next search', async () => {
  const reader = await site.page(PHONE);
  await open(reader, search({ q: '가로등' }));
  assert.deepEqual([await result(reader, number).count(), await result(reader, hidden).count()], [1, 1]);

  const desk = await site.page(DESKTOP);
  await signIn(desk, site, 'officer-mois');
  await open(desk, `${site.url}/ko/desk/cases/${hidden}`);
  await desk.locator('.act-list a[href$="/hide"]').click();
  for (const field of await desk.locator('main textarea').all()) await field.fill('남의 이름이 들어 있습니다.');
  for (const choice of await desk.locator('main form fieldset').all()) await choice.locator('input').first().evaluate((input) => input.click());
  await desk.locator('main form button.primary, main form button.danger').first().click();
  assert.equal(await desk.locator('#errors').count(), 0, await desk.locator('main').innerText());
  await open(reader, search({ q: '가로등' }));
  assert.equal(await result(reader, hidden).count(), 0, 'hidden');
  assert.equal(await result(reader, number).count(), 1);

  wants(await citizen('POST', `/api/v1/cases/${number}/withdrawal`, { text: '다른 곳에서 풀렸습니다.' }), 200);
  await open(reader, search({ q: '가로등' }));
  assert.equal(await result(reader, number).count(), 0, 'withdrawn');
  for (const ending of ['.json', '.csv', '.atom', '/suggest.json']) {
    const answer = await fetch(`${site.url}/ko/search${ending}?${new URLSearchParams({ q: '가로등' })}`);
    const text = await answer.text();
    assert.ok(!text.includes(number) && !text.includes(hidden), `search${ending}`);
  }
});

test('what cannot be found, what is no word, and too much of it', async () => {
  const page = await site.page(PHONE);
  for (const typed of ['!!!', '…—※★', '은 는 이 가', '"', '-', '()[]{}^~*?:\\/', '\u0000\u0001', '😀😀', 'ㅋㅋㅋㅋㅋㅋ', 'AND OR NOT']) {
    await open(page, search({ q: typed }));
    assert.equal(await page.locator('h1').count(), 1, JSON.stringify(typed));
  }
  await open(page, search({ q: 'a '.repeat(5_000) }));
  assert.match(await page.locator('.notice').first().innerText(), /앞부분/);
  await open(page, search({ q: '찾을수없는말뭉치쿠쿠쿠' }));
  assert.ok(await page.locator('.empty a[href="/ko/services"]').count(), 'one can write it');
  const box = page.locator('#q');
  await box.fill('가'.repeat(10_000));
  await page.locator('.search-line button').click();
  assert.equal(path(page), '/ko/search');
  assert.equal(await page.locator('h1').count(), 1);
});

for (const lang of LANGUAGES) {
  test(`the pages of the search are accessible, ${lang}`, async () => {
    const page = await site.page();
    for (const [name, query] of Object.entries({
      begin: {}, full: { q: lang === 'ko' ? '청년' : 'youth' }, filtered: { q: '정부', kind: 'commitment', since: '2020-01-01' },
      none: { q: '찾을수없는말뭉치쿠쿠쿠', phase: 'open' }, long: { q: 'zz '.repeat(200) },
    })) {
      await open(page, search(query, lang));
      assert.equal(await page.locator('html').getAttribute('lang'), lang);
      await look(page, `${name}-${lang}`);
    }
    await open(page, `${site.url}/${lang}/cases`);
    await look(page, `cases-${lang}`);
    await open(page, `${site.url}/${lang}/`);
    await look(page, `front-${lang}`);
  });
}
