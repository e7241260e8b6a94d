// Who answers for this: an officer declares a topic, a citizen finds the office on a phone; an expert agrees to be found,
// is found by an officer who writes, and leaves with one click.

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { eventually } from './api.mjs';
import { assertAccessible, useSite } from './harness.mjs';
import { LANGUAGES, open, signIn } from './site.mjs';

const site = useSite();
const pictures = process.env.MADANG_SCREENSHOTS;
if (pictures) mkdirSync(pictures, { recursive: true });

const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1280, height: 900 };
/** Milliseconds until what was declared must be found. */
const SOON = 8000;

const main = (page) => page.locator('main').innerText();
const write = (page, name, text) => page.locator(`main [name="${name}"]`).fill(text);
const pick = (page, name, value) => page.locator(`input[name="${name}"][value="${value}"]`)
  .evaluate((input) => { if (!input.checked) input.click(); });

/** Without faults and not wider than its window, at both widths. */
async function look(page, name) {
  for (const size of [DESKTOP, PHONE]) {
    await page.setViewportSize(size);
    await assertAccessible(page);
    if (pictures) await page.screenshot({ path: join(pictures, `offices-${name}-${size.width}.png`), fullPage: true });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(wide <= 0, `${page.url()} scrolls sideways by ${wide} px at ${size.width}`);
  }
}

async function person(key, lang = 'ko') {
  const page = await site.page(PHONE);
  await signIn(page, site, key, lang);
  return page;
}

/** Sends the form of a page and sees that nothing is complained about. */
async function send(page, selector = 'main form.column button.primary') {
  await page.locator(selector).first().click();
  const errors = page.locator('#errors');
  if (await errors.count()) assert.fail(`${page.url()}\n${await errors.innerText()}`);
}

/** Opens an address again until its page says something. */
async function says(page, address, words) {
  await eventually(`${address} says “${words}”`, async () => {
    await open(page, address);
    return (await main(page)).includes(words);
  }, SOON);
}

const OFFICE = {
  office: '도로조명팀', title: '팀장', name: '한지원', phone: '02-3153-1234', mail: 'lamp@mois.example.go.kr',
  topics: '가로등\n보안등', areas: '서울특별시 마포구',
};

test('an officer declares an office, and a citizen finds it with the officer', async () => {
  const officer = await person('officer-mois');
  await open(officer, `${site.url}/ko/desk/offices`);
  await look(officer, 'desk-ko');
  await open(officer, `${site.url}/ko/desk/offices/new`);
  await write(officer, 'phone', '없음');
  await officer.locator('main form.column button.primary').click();
  assert.equal(await officer.locator('#errors li').count(), 2, 'the office is missing and the number is none');
  await look(officer, 'edit-wrong-ko');
  await pick(officer, 'role', 'office');
  for (const [name, text] of Object.entries(OFFICE)) await write(officer, name, text);
  await send(officer);
  assert.ok((await main(officer)).includes(OFFICE.office));

  const citizen = await site.page(PHONE);
  await open(citizen, `${site.url}/ko/offices`);
  await look(citizen, 'all-ko');
  const asked = `${site.url}/ko/offices?q=${encodeURIComponent('고장난 가로등')}&area=${encodeURIComponent('마포구')}`;
  await says(citizen, asked, OFFICE.office);
  const first = citizen.locator('.answer').first();
  const text = await first.innerText();
  for (const said of ['행정안전부', OFFICE.name, OFFICE.phone, OFFICE.mail, '가로등']) assert.ok(text.includes(said), `${said}\n${text}`);
  assert.equal(await first.locator('a[href="tel:0231531234"]').count(), 1);
  assert.equal(await first.locator('mark').first().innerText(), '가로등');
  assert.ok(await first.locator('.office-services a').count() > 0, 'where to tell it');
  await look(citizen, 'answer-ko');
  await citizen.locator('.answer-name a').first().click();
  assert.match(new URL(citizen.url()).pathname, /^\/ko\/offices\/mois$/);
  await look(citizen, 'agency-ko');
  const csv = await citizen.request.get(`${site.url}/ko/offices/mois.csv`);
  assert.match(await csv.text(), /도로조명팀/);
  const json = await (await citizen.request.get(`${site.url}/ko/offices.json`)).json();
  assert.ok(json.find((agency) => agency.agency === 'mois').offices.some((office) => office.office === OFFICE.office));

  // Taken out again: nobody finds it any more.
  await officer.locator('main table th a', { hasText: OFFICE.office }).click();
  await look(officer, 'edit-ko');
  await officer.locator('form[action$="/retire"] button').click();
  await open(citizen, asked);
  assert.ok(!(await main(citizen)).includes(OFFICE.office), 'gone at once, whatever the index has');
});

test('without scripts: a topic is asked and answered', async () => {
  const page = await site.page({ ...PHONE, javaScript: false });
  await open(page, `${site.url}/ko/offices`);
  await write(page, 'q', 'zzzz');
  await page.locator('.office-ask button').click();
  assert.equal(new URL(page.url()).searchParams.get('q'), 'zzzz');
  assert.equal(await page.locator('.answer').count(), 0);
  assert.equal(await page.locator('.empty').count(), 1, 'says what to do instead');
});

test('an expert agrees, is found and written to, and leaves', async () => {
  const citizen = await person('citizen');
  await open(citizen, `${site.url}/ko/me/expert`);
  await look(citizen, 'mine-ko');
  await citizen.locator('main form.column button.primary').click();
  assert.ok(await citizen.locator('#errors li').count() >= 3, 'introduction, topics and consent are missing');
  await pick(citizen, 'kind', 'group');
  const NAME = '반딧불이 밤길 모임';
  await write(citizen, 'name', NAME);
  await write(citizen, 'introduction', '동네 밤길을 걸으며 어두운 곳을 지도에 적습니다.');
  await write(citizen, 'topics', '밤길 조명\n가로등');
  await write(citizen, 'web', 'https://night.example.org/');
  await pick(citizen, 'consent', 'yes');
  await send(citizen);
  await look(citizen, 'mine-listed-ko');

  const officer = await person('officer-mois');
  const topic = `${site.url}/ko/experts?topic=${encodeURIComponent('밤길 조명')}`;
  await says(officer, topic, NAME);
  await look(officer, 'experts-ko');
  await officer.locator('main .row-title a', { hasText: NAME }).click();
  const entry = officer.url();
  assert.ok(!/@(?!mois)/.test(await main(officer)), 'no address of the expert');

  // The answer goes to an office of the own agency; one with an address is needed.
  await open(officer, `${site.url}/ko/desk/offices/new`);
  await pick(officer, 'role', 'officer');
  for (const [name, text] of Object.entries({ ...OFFICE, office: '열린정부 지원과', mail: 'open@mois.example.go.kr' })) await write(officer, name, text);
  await send(officer);
  await open(officer, entry);
  await pick(officer, 'office', await officer.locator('input[name=office]').last().getAttribute('value'));
  await write(officer, 'subject', '밤길 의견을 듣고 싶습니다');
  await write(officer, 'text', '마포구 골목을 함께 걸어 보고 싶습니다.');
  await look(officer, 'write-ko');
  await send(officer);

  // The demo keeps mail on a page; the link under the letter takes the entry out, without signing in.
  const reader = await site.page(PHONE);
  await says(reader, `${site.url}/ko/outbox`, '밤길 의견을 듣고 싶습니다');
  const mail = await reader.content();
  const href = /\/ko\/experts\/leave\/[0-9a-f.-]+/.exec(mail)?.[0] ?? await (async () => {
    await reader.locator('a', { hasText: '밤길 의견을 듣고 싶습니다' }).first().click();
    return /\/ko\/experts\/leave\/[0-9a-f.-]+/.exec(await reader.content())?.[0];
  })();
  assert.ok(href, 'the letter has a link to leave');
  await open(reader, site.url + href);
  await look(reader, 'leave-ko');
  await open(officer, entry);
  await reader.locator('main form button.primary').click();
  assert.match(new URL(reader.url()).pathname, /^\/ko\/experts$/);
  await open(officer, entry, 404);
  await open(officer, topic);
  assert.ok(!(await main(officer)).includes(NAME), 'gone at once');
  await open(citizen, `${site.url}/ko/me/expert`);
  assert.equal(await citizen.locator('form[action$="/withdraw"]').count(), 0);
});

for (const lang of LANGUAGES) {
  test(`every page of the directory, ${lang}`, async () => {
    const page = await person('lead', lang);
    for (const [name, path] of Object.entries({
      all: '/offices', none: '/offices?q=zzzz', without: '/offices?declared=without', agency: '/offices/mois', experts: '/experts',
      desk: '/desk/offices', new: '/desk/offices/new', mine: '/me/expert',
    })) {
      await open(page, `${site.url}/${lang}${path}`);
      await look(page, `page-${name}-${lang}`);
    }
  });
}
