// A newsletter from its first draft to its last reader: an officer begins it, puts an issue together, shapes it and sends
// it; a reader confirms an address, gets the mail, and leaves with the one click of a mail program.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible, useSite } from './harness.mjs';
import { LANGUAGES, open, signIn } from './site.mjs';

const SLUG = 'e2e-news';
const NAME = '시험 소식 <b>&';
const INTRO = '이달에는 <script>alert(1)</script> 통학로 이야기가 많았습니다.';
const READER = 'reader@example.kr';

const site = useSite();
let officer;
let reader;
let draft;

/** Asks again until it is so; mails are written by jobs. */
async function eventually(what, ask, limit = 30_000) {
  const until = Date.now() + limit;
  for (;;) {
    const found = await ask();
    if (found) return found;
    if (Date.now() > until) assert.fail(`${what} did not happen within ${limit} ms`);
    await new Promise((done) => setTimeout(done, 300));
  }
}

/** The letter to the reader with this in its subject, as the outbox of the demo shows it. */
const letter = (subject) => eventually(`a letter “${subject}”`, async () => {
  await open(reader, `${site.url}/ko/outbox`);
  const row = reader.locator('li.row').filter({ hasText: READER }).filter({ hasText: subject });
  if (await row.count() === 0) return undefined;
  await row.first().locator('a').click();
  return reader.locator('.mail pre').first().innerText();
});

/** No page is wider than its window. */
const assertNarrow = async (page) => assert.ok(
  await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), `${page.url()} is too wide`);

test('an officer begins a newsletter; what is wrong stands at its field', async () => {
  officer = await site.page();
  await signIn(officer, site, 'officer-mois');
  await open(officer, `${site.url}/ko/desk/newsletters`);
  await assertAccessible(officer);
  await officer.locator('main a[href$="/desk/newsletters/new"]').first().click();
  await officer.locator('#f-slug').fill('소식');
  await officer.locator('main form button.primary').click();
  assert.equal(await officer.locator('#e-name_ko').count(), 1);
  assert.equal(await officer.locator('#e-slug, .error-summary').count() > 0, true);
  await assertAccessible(officer);
  await officer.locator('#f-name_ko').fill(NAME);
  await officer.locator('#f-name_en').fill('Test news');
  await officer.locator('#f-slug').fill(SLUG);
  await officer.locator('#f-about_ko').fill('다달이 보냅니다.');
  await officer.locator('main form button.primary').click();
  assert.equal(new URL(officer.url()).pathname, `/ko/desk/newsletters/${SLUG}`);
  assert.equal(await officer.locator('h1').innerText(), NAME);
  await assertAccessible(officer);
});

test('somebody without an account asks for it and confirms by the button behind the link', async () => {
  reader = await site.page({ width: 390, height: 844 });
  await open(reader, `${site.url}/ko/newsletters/${SLUG}`);
  await assertAccessible(reader);
  await reader.locator('main a.primary').click();
  await reader.locator('#f-mail').fill('reader');
  await reader.locator('main form button.primary').click();
  assert.equal(await reader.locator('#e-mail').count(), 1);
  await assertAccessible(reader);
  await reader.locator('#f-mail').fill(READER);
  await reader.locator('main form button.primary').click();
  await assertAccessible(reader);
  const link = /\/ko\/newsletters\/confirm\/[a-z0-9.-]+/.exec(await letter('소식지를 받을까요?'))[0];
  await open(reader, site.url + link);
  await assertAccessible(reader);
  await assertNarrow(reader);
  await reader.locator('main form button.primary').click();
  assert.equal(new URL(reader.url()).pathname, `/ko/newsletters/${SLUG}`);
  assert.equal(await reader.locator('.notice-success').count(), 1);
  await open(officer, `${site.url}/ko/desk/newsletters/${SLUG}`);
  assert.match(await officer.locator('.page-head').innerText(), /1명/);
});

test('the officer puts the issue together, shapes it, undoes, and looks before sending', async () => {
  await officer.locator('main form[action$="/compose"] button').click();
  draft = new URL(officer.url()).pathname;
  assert.match(draft, new RegExp(`/desk/newsletters/${SLUG}/\\d{4}-\\d{2}$`));
  await assertAccessible(officer);
  await officer.locator('#f-intro_ko').fill(INTRO);
  const drop = officer.locator('button[value^="drop:"]');
  const had = await drop.count();
  if (had > 0) {
    await drop.first().click();
    assert.equal(await officer.locator('button[value^="drop:"]').count(), had - 1);
    assert.equal(await officer.locator('#f-intro_ko').inputValue(), INTRO, 'what was typed is saved by every button');
    await officer.locator('.news-dropped summary').first().click();
    await officer.locator('button[value^="restore:"]:visible').first().click();
    assert.equal(await officer.locator('button[value^="drop:"]').count(), had);
    await officer.locator('form[action$="/undo"] button').click();
    assert.equal(await officer.locator('button[value^="drop:"]').count(), had - 1);
    await officer.locator('.news-note-edit summary').first().click();
    await officer.locator('.news-note-edit input').first().fill('덧붙임 <i>');
  }
  await officer.locator('#edit button[value=preview]').click();
  assert.match(new URL(officer.url()).pathname, /\/preview$/);
  assert.match(await officer.locator('main').innerText(), /<script>alert\(1\)<\/script>/, 'shown as it was typed, not run');
  await assertAccessible(officer);
  const mail = await officer.request.get(site.url + draft + '/mail');
  assert.equal(mail.status(), 200);
  assert.ok(!(await mail.text()).includes('<script>'), 'nothing in a mail runs');
});

test('two officers who edit at once are told', async () => {
  await open(officer, site.url + draft);
  const second = await officer.context().newPage();
  await open(second, site.url + draft);
  await second.locator('#f-intro_en').fill('Many wrote about the way to school.');
  await second.locator('#edit button.secondary').first().click();
  await officer.locator('#f-intro_en').fill('Another text');
  await officer.locator('#edit button.secondary').first().click();
  assert.equal(await officer.locator('.error-summary').count(), 1);
  assert.equal(await officer.locator('#f-intro_en').inputValue(), 'Another text', 'what was typed is still there');
  await second.close();
});

test('what waits is taken back; what is sent is read by everybody', async () => {
  await open(officer, site.url + draft);
  await officer.locator('form[action$="/send"] button.primary').click();
  await assertAccessible(officer);
  await officer.locator('form[action$="/back"] button').click();
  await officer.locator('label[for=f-when-now]').click();
  await officer.locator('form[action$="/send"] button.primary').click();
  assert.equal(await officer.locator('.notice-success').count(), 1);
  await assertAccessible(officer);
  const period = draft.split('/').pop();
  for (const language of LANGUAGES) {
    await open(reader, `${site.url}/${language}/newsletters/${SLUG}/${period}`);
    assert.match(await reader.locator('main').innerText(), /통학로|way to school/);
    await assertAccessible(reader);
    await assertNarrow(reader);
    await open(reader, `${site.url}/${language}/newsletters/${SLUG}`);
    assert.equal(await reader.locator(`main a[href$="/${SLUG}/${period}"]`).count(), 1, 'the archive has it');
    await assertAccessible(reader);
    await open(reader, `${site.url}/${language}/newsletters`);
    await assertAccessible(reader);
    await assertNarrow(reader);
  }
  const feed = await reader.request.get(`${site.url}/ko/newsletters/${SLUG}.atom`);
  assert.match(await feed.text(), new RegExp(`/ko/newsletters/${SLUG}/${period}`));
  const data = await (await reader.request.get(`${site.url}/ko/newsletters/${SLUG}/${period}.json`)).json();
  assert.equal(data.period, period);
  assert.equal(data.intro.ko, INTRO);
});

test('the reader gets it and leaves with one click', async () => {
  const page = await letter(`${NAME} ·`);
  assert.match(page, /통학로 이야기가 많았습니다/);
  const link = /\/ko\/newsletters\/leave\/[a-z0-9.-]+/.exec(page)[0];
  // Opening the link changes nothing.
  await open(reader, site.url + link);
  await assertAccessible(reader);
  await open(officer, `${site.url}/ko/desk/newsletters/${SLUG}`);
  assert.match(await officer.locator('.page-head').innerText(), /1명/);
  // The mail program's own POST: no cookie, no token of a form (RFC 8058).
  const answer = await fetch(site.url + link, {
    method: 'POST', body: 'List-Unsubscribe=One-Click', headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  assert.equal(answer.status, 200);
  await open(officer, `${site.url}/ko/desk/newsletters/${SLUG}`);
  assert.match(await officer.locator('.page-head').innerText(), /0명/);
  await open(reader, site.url + link);
  await assertAccessible(reader);
});

test('a correction stands above the issue, and the newsletter ends', async () => {
  await open(officer, site.url + draft);
  await officer.locator('#f-text_ko').fill('날짜를 바로잡습니다.');
  await officer.locator('form[action$="/correct"] button').click();
  await open(reader, site.url + draft.replace('/desk', ''));
  assert.match(await reader.locator('main .notice').innerText(), /날짜를 바로잡습니다/);
  await open(officer, `${site.url}/ko/desk/newsletters/${SLUG}`);
  await officer.locator('details summary').last().click();
  await officer.locator('form[action$="/end"] button').click();
  await assertAccessible(officer);
  await open(reader, `${site.url}/ko/newsletters/${SLUG}`);
  assert.equal(await reader.locator('main a.primary').count(), 0, 'nobody subscribes what has ended');
  await assertAccessible(reader);
});
