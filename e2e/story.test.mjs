// The story that the platform exists for: an agency reports with evidence, a follower hears of it, civil society
// assesses, everybody sees both, and a power cut loses nothing.

import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { assertAccessible, useSite } from './harness.mjs';
import { open, PLAN, signIn } from './site.mjs';

const COMMITMENT = `/ko${PLAN}/commitments/1`;
const REPORT = '청년 참여단을 뽑고 첫 모임을 열었습니다.';
const REPORT_EN = 'The youth group was chosen and met for the first time.';
const LINK = { label: '첫 모임 보도자료', href: 'https://www.mois.example/press/1' };
const FILE = { name: 'minutes.txt', mimeType: 'text/plain', buffer: Buffer.from('첫 모임 회의록\n') };
const REASONS = '모임은 열렸지만 결과가 정책에 어떻게 쓰였는지는 아직 알 수 없습니다.';

const site = useSite();

/** Asks again until it is so; what happens behind the scenes takes a moment. */
async function eventually(what, ask, instead = () => '', limit = 20_000) {
  const until = Date.now() + limit;
  for (;;) {
    const found = await ask();
    if (found) return found;
    if (Date.now() > until) assert.fail(`${what} did not happen within ${limit} ms: ${await instead()}`);
    await new Promise((done) => setTimeout(done, 250));
  }
}

const milestone = (page, n) => page.locator(`ol.milestones > li#m${n}`);

let citizen;
let officer;
let stopMails;

test('a citizen follows the commitment', async () => {
  citizen = await site.page({ width: 390, height: 844 });
  await signIn(citizen, site, 'citizen');
  await citizen.locator('select[name=locale]').selectOption('ko');
  await citizen.locator('form:has(select[name=locale]) button').click();
  await open(citizen, site.url + COMMITMENT);
  await citizen.locator('.standing-act a.primary').click();
  await citizen.locator('label[for=f-frequency-at-once]').click();
  await citizen.locator('main form button.primary').click();
  await open(citizen, site.url + COMMITMENT);
  assert.equal(await citizen.locator('.standing-act .following').count(), 1);
  await open(citizen, `${site.url}/ko/me`);
  assert.equal(await citizen.locator(`main a[href*="${COMMITMENT}"]`).count() > 0, true, 'the own page lists it');
});

test('the agency reports a milestone with a link and a file, and looks before it publishes', async () => {
  officer = await site.page();
  await signIn(officer, site, 'officer-mois');
  await open(officer, `${site.url}/ko/desk`);
  assert.ok(await officer.locator('main a[href*="/report"]').count() > 0, 'the desk says what is to be reported');
  await open(officer, site.url + COMMITMENT);
  const before = await milestone(officer, 1).locator('.milestone-state').innerText();
  await milestone(officer, 1).locator('a[href*="/report"]').click();

  // Nothing written: the form says so, at the fields and above, and keeps what is there.
  await officer.locator('input[name=label]').fill(LINK.label);
  await officer.locator('input[name=href]').fill(LINK.href);
  await officer.locator('button[name=add]').click();
  assert.equal(await officer.locator('ul.evidence li').count(), 1);
  await officer.locator('button.krds-btn[name=go][value=review]').click();
  assert.ok(await officer.locator('.error-summary a').count() > 0);
  assert.equal(await officer.locator('ul.evidence li').count(), 1, 'the evidence is kept');
  await assertAccessible(officer);

  await officer.locator('textarea[name=text_ko]').fill(REPORT);
  await officer.locator('textarea[name=text_en]').fill(REPORT_EN);
  await officer.locator('label[for=f-claim-completed]').click();
  await officer.locator('input[name=file]').setInputFiles(FILE);
  await officer.locator('button.krds-btn[name=go][value=review]').click();

  const review = await officer.locator('dl.review').innerText();
  for (const part of [REPORT, REPORT_EN, LINK.label, FILE.name]) assert.ok(review.includes(part), `the review shows ${part}`);
  await assertAccessible(officer);
  const reader = await site.page();
  await open(reader, site.url + COMMITMENT);
  assert.ok(!(await reader.locator('body').innerText()).includes(REPORT), 'nothing is public before it is published');

  await officer.locator('button.krds-btn[name=go][value=publish]').click();
  assert.equal(await officer.locator('.receipt').count(), 1);
  assert.match(await officer.locator('.receipt').innerText(), /1/, 'the receipt says how many follow');
  await assertAccessible(officer);
  await officer.reload();
  assert.equal(await officer.locator('.receipt').count(), 1, 'the receipt is a page, not the answer to a form');

  await open(reader, site.url + COMMITMENT);
  const updates = reader.locator('ol.updates');
  assert.ok((await updates.innerText()).includes(REPORT));
  assert.equal(await updates.locator(`a[href="${LINK.href}"]`).innerText(), LINK.label);
  assert.notEqual(await milestone(reader, 1).locator('.milestone-state').innerText(), before, 'the state follows the report');
  const file = await updates.locator('a', { hasText: FILE.name }).getAttribute('href');
  const answer = await fetch(new URL(file, site.url));
  assert.equal(answer.status, 200);
  const sha256 = (bytes) => createHash('sha256').update(bytes).digest('hex');
  assert.equal(sha256(Buffer.from(await answer.arrayBuffer())), sha256(FILE.buffer), 'the file comes back as it was sent');
  await open(reader, `${site.url}/en${PLAN}/commitments/1`);
  assert.ok((await reader.locator('ol.updates').innerText()).includes(REPORT_EN));
});

test('the follower gets a mail, seen by the administrator and by the visitors of the demo', async () => {
  const administrator = await site.page();
  await signIn(administrator, site, 'administrator');
  const mails = () => administrator.locator('main li.row', { hasText: 'citizen@demo.example' });
  await eventually('the mail to the follower', async () => {
    await open(administrator, `${site.url}/ko/admin/outbox`);
    return mails().count();
  }, () => administrator.locator('main').innerText());
  await mails().first().locator('a').click();
  const text = await administrator.locator('article.mail pre').first().innerText();
  assert.ok(text.includes(COMMITMENT), `the mail leads to what happened, in the language that was chosen:\n${text}`);
  assert.match(text, /행정안전부/, 'and says who');
  stopMails = new RegExp('/(?:ko|en)/unsubscribe/[\\w.-]+').exec(text)?.[0];
  assert.ok(stopMails, `the mail has a way out:\n${text}`);
  const reader = await site.page();
  await open(reader, `${site.url}/ko/outbox`);
  assert.ok(await reader.locator('li.row', { hasText: 'citizen@demo.example' }).count() > 0);
});

test('civil society assesses beside it', async () => {
  const member = await site.page();
  await signIn(member, site, 'civil-society');
  await open(member, site.url + COMMITMENT);
  await member.locator('a[href*="/assess"]').first().click();
  await member.locator('button.krds-btn[name=go][value=review]').click();
  assert.ok(await member.locator('.error-summary a').count() >= 2, 'what is missing is named');
  await member.locator('label[for=f-completion-limited]').click();
  await member.locator('label[for=f-ambition-modest]').click();
  await member.locator('textarea[name=reasons_ko]').fill(REASONS);
  await member.locator('button.krds-btn[name=go][value=review]').click();
  assert.ok((await member.locator('dl.review').innerText()).includes(REASONS));
  await assertAccessible(member);
  await member.locator('button.krds-btn[name=go][value=publish]').click();
  await open(member, site.url + COMMITMENT);
  assert.ok((await member.locator('.verdicts').innerText()).includes(REASONS));
  await assertAccessible(member);
});

test('history shows both, with who and when', async () => {
  const reader = await site.page({ javaScript: false });
  for (const address of [COMMITMENT, `/ko${PLAN}/history`]) {
    await eventually(`${address} shows both`, async () => {
      await open(reader, site.url + address);
      const text = await reader.locator('main').innerText();
      return /보고/.test(text) && /평가/.test(text);
    });
  }
  const entries = await reader.locator('.history-day').first().locator('li').allInnerTexts();
  assert.ok(entries.every((entry) => /\d{2}:\d{2} · \S+/.test(entry)), 'each says when and who');
  const feed = await (await fetch(`${site.url}/ko${PLAN}/milestones.atom`)).text();
  assert.ok(feed.includes(REPORT) || feed.includes('commitments/1'), 'the feed has it');
});

test('nobody reports for another agency, and nobody without a second factor', async () => {
  const other = await site.page();
  await signIn(other, site, 'officer-acrc');
  await open(other, `${site.url}/ko/desk/plans/kr-2021/milestones/1/1/report`);
  await other.locator('textarea[name=text_ko]').fill('남의 과제');
  await other.locator('label[for=f-claim-under-way]').click();
  const [answer] = await Promise.all([other.waitForNavigation(), other.locator('button.krds-btn[name=go][value=review]').click()]);
  assert.equal(answer.status(), 403);

  const half = await site.page();
  await half.goto(`${site.url}/ko/sign-in`);
  await half.locator('form:has(input[name=key][value="officer-mois"]) button').click();
  const response = await half.goto(`${site.url}/ko/desk/plans/kr-2021/milestones/1/1/report`);
  assert.ok(response.status() === 403 || /second-factor/.test(half.url()), 'the code is asked for first');
});

test('the link of the mail ends the mails with one click, without signing in', async () => {
  const reader = await site.page({ javaScript: false });
  await open(reader, site.url + stopMails);
  await open(citizen, site.url + COMMITMENT);
  assert.equal(await citizen.locator('.standing-act .following').count(), 1, 'opening the link changes nothing');
  await reader.locator('main form button.primary').click();
  assert.match(reader.url(), /unsubscribe/);
  await open(citizen, site.url + COMMITMENT);
  assert.equal(await citizen.locator('.standing-act .following').count(), 0);
});

test('a power cut loses nothing, and nobody has to sign in again', async () => {
  await site.powerCut();
  const reader = await site.page();
  await open(reader, site.url + COMMITMENT);
  assert.ok((await reader.locator('ol.updates').innerText()).includes(REPORT));
  assert.ok((await reader.locator('.verdicts').innerText()).includes(REASONS));
  await open(officer, `${site.url}/ko/desk`);
});
