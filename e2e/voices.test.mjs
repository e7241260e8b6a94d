// The whole story of a petition and of an information request, told on a phone in Korean: each person in a browser of
// their own, from the first screen to what became of it.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { eventually } from './api.mjs';
import { assertAccessible, binaryPath, ownEnvironment, useSite } from './harness.mjs';
import { open, PLAN, signIn } from './site.mjs';

const site = useSite();
const pictures = process.env.MADANG_SCREENSHOTS;
if (pictures) mkdirSync(pictures, { recursive: true });

const path = (page) => new URL(page.url()).pathname;
const TOMORROW = new Date(Date.now() + 33 * 3600_000).toISOString().slice(0, 10);

/** A phone in somebody's hand, signed in. */
async function person(key) {
  const page = await site.page({ width: 390, height: 844 });
  await signIn(page, site, key);
  return page;
}

/** A page without faults that does not scroll sideways; kept as a picture when one asks for pictures. */
async function look(page, name) {
  if (pictures) await page.screenshot({ path: join(pictures, `voices-${name}-390.png`), fullPage: true });
  await assertAccessible(page);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(wide <= 0, `${page.url()} scrolls sideways by ${wide} px`);
}

/** Ticks a box or a button of a group; its label lies over it, and pages scroll smoothly. */
const pick = (choice) => choice.evaluate((input) => { if (!input.checked) input.click(); });
const choose = (page, name, value) => pick(page.locator(`input[name="${name}"][value="${value}"]`));
const write = (page, name, text) => page.locator(`main [name="${name}"]`).fill(text);

/** Presses a button that leads on, and sees that nothing is complained about. */
async function press(page, button) {
  await page.locator(button).click();
  const errors = page.locator('#errors');
  if (await errors.count()) assert.fail(`${page.url()}\n${await errors.innerText()}`);
}

/** From one screen to the next; similar cases on the way are passed by. */
async function next(page) {
  await press(page, 'button.primary[value=next]');
  if (path(page).endsWith('/similar')) await page.locator('main button.primary[value=different]').click();
}

/** Sends what was written and gives its number. */
async function send(page) {
  await press(page, 'button.krds-btn[value=send]');
  assert.match(path(page), /^\/ko\/receipt\//, await page.locator('main').innerText());
  return (await page.locator('.receipt-number').innerText()).trim();
}

/** An officer takes a step from the case's page. */
async function step(page, number, id, fill = async () => {}) {
  await open(page, `${site.url}/ko/desk/cases/${number}`);
  await page.locator(`.step-list a[href$="/steps/${id}"]`).click();
  await fill();
  await press(page, 'button.primary[value=send]');
}

const main = (page) => page.locator('main').innerText();
const timeline = (page) => page.locator('.case-timeline > li');
const entry = (page, words) => timeline(page).filter({ has: page.locator('.timeline-what', { hasText: words }) });

/** The shipped petition with a hearing from three signatures, and an answer while opinions run. */
function ownPetition() {
  let text = readFileSync(resolve(import.meta.dirname, '..', 'services/petition.toml'), 'utf8');
  for (const [from, to] of [
    ['count = 10000\n', 'count = 3\n'],
    ['from = "deciding"\nto = "answered"', 'from = ["opinions", "deciding"]\nto = "answered"'],
    ['stops = ["state:deciding", "state:rejected"]\nsilence = "step"', 'stops = ["state:deciding", "state:answered", "state:rejected"]\nsilence = "step"'],
  ]) {
    assert.equal(text.split(from).length, 2, `services/petition.toml has once: ${from}`);
    text = text.replace(from, to);
  }
  return text;
}

test('a petition: filed, opened, signed, answered, and what became of it', async () => {
  const file = join(site.data, 'own-petition.toml');
  writeFileSync(file, ownPetition());
  execFileSync(binaryPath(), ['service', 'apply', file, '--data', site.data], { env: ownEnvironment(), encoding: 'utf8' });
  rmSync(file);

  const TITLE = '점자블록이 끊긴 건널목을 이어 주세요';
  const ANSWER = '올해 안에 끊긴 건널목 마흔 곳의 점자블록을 잇겠습니다.';
  const author = await person('citizen');
  await open(author, `${site.url}/ko/services/petition`);
  assert.match(await main(author), /\b3명/, 'the number that calls a hearing is told');
  await author.locator('.page-head a.primary').click();
  await write(author, 'title', TITLE);
  await choose(author, 'kind', 'facility');
  await choose(author, 'publicity', 'open');
  await author.locator('select[name=agency]').selectOption('mois');
  await write(author, 'request', '건널목마다 점자블록이 차도 앞까지 이어지기를 바랍니다.');
  await write(author, 'why', '눈이 보이지 않는 사람이 길을 잃습니다.');
  await next(author);
  assert.equal(path(author), '/ko/services/petition/new/2');
  await write(author, 'petitioner.name', '시민');
  await write(author, 'petitioner.contact', 'citizen@demo.example');
  await choose(author, 'together', 'alone');
  await pick(author.locator('input[name=truth]'));
  await next(author);
  assert.ok((await author.locator('.review').first().innerText()).includes(TITLE), 'everything is shown once more');
  await look(author, 'petition-review');
  const number = await send(author);
  assert.match(number, /^PT-\d{4}-/);
  const address = `/ko/cases/${number}`;

  const officer = await person('officer-mois');
  await open(officer, `${site.url}/ko/desk/cases?tab=all`);
  await officer.locator('tr[data-row] a', { hasText: TITLE }).click();
  await step(officer, number, 'start-review');
  const reader = await site.page({ width: 390, height: 844 });
  await open(reader, site.url + address, 404);
  await step(officer, number, 'open');
  await open(reader, site.url + address);
  assert.match(await main(reader), /의견과 서명 받는 중/);

  // Three sign; the third takes the signature back, and a fourth makes three again.
  const counted = async () => Number(/[\d,]+/.exec(await reader.locator('[data-live-count]').innerText())[0].replaceAll(',', ''));
  const wait = (count) => eventually(`${count} signatures on the page`, async () => {
    await open(reader, site.url + address);
    return await counted() === count;
  });
  const sign = async (key) => {
    const page = await person(key);
    await open(page, site.url + address);
    await page.locator('.standing-act a[href$="/support"]').click();
    await press(page, 'button[value=give]');
    assert.equal(path(page), address);
    assert.equal(await page.locator('.support-count .tag').count(), 1, `${key} sees the own signature`);
    return page;
  };
  await sign('citizen-2');
  await sign('civil-society');
  await wait(2);
  assert.equal(await entry(reader, '공청회 기준을 넘었습니다').count(), 0, 'two do not call a hearing');
  const third = await sign('citizen-3');
  await eventually('the hearing', async () => {
    await open(reader, site.url + address);
    return await entry(reader, '공청회 기준을 넘었습니다').count();
  });
  await look(reader, 'petition-signed');
  await third.locator('a[href$="/support"]').first().click();
  await press(third, 'button[value=back]');
  assert.equal(await third.locator('.support-count .tag').count(), 0, 'the signature is taken back');
  await wait(2);
  assert.equal(await entry(reader, '공청회 기준을 넘었습니다').count(), 1, 'what was reached stays reached');
  await sign('committee');
  await wait(3);
  assert.equal(await entry(reader, '공청회 기준을 넘었습니다').count(), 1, 'it is reached once only');
  assert.match(await reader.locator('.thresholds li').first().innerText(), /이르렀습니다/);

  await step(officer, number, 'answer', async () => {
    await choose(officer, 'outcome', 'accepted');
    await choose(officer, 'answered-by', 'head');
    await write(officer, 'answer', ANSWER);
    await look(officer, 'petition-answering');
  });
  await open(author, site.url + address);
  assert.ok(!(await main(author)).includes(ANSWER), 'nobody reads it before the second officer agrees');
  const second = await person('officer-mois-2');
  await open(second, `${site.url}/ko/desk/cases?tab=waiting`);
  await second.locator('.row-title a', { hasText: TITLE }).click();
  assert.ok((await main(second)).includes(ANSWER), 'the second officer reads what goes out');
  await press(second, 'button[value=approve]');

  await open(author, site.url + address);
  const answered = async (page) => {
    const box = await page.locator('.answer-box').innerText();
    for (const words of ['받아들임', ANSWER, '행정안전부']) assert.ok(box.includes(words), `the answer says ${words}:\n${box}`);
    assert.match(await page.locator('.standing').innerText(), /답변 완료/);
    assert.match(await page.locator('dl.review > div', { hasText: '누가 답하나요?' }).locator('dd').innerText(), /기관장/);
    assert.match(await page.locator('.case-clocks li', { hasText: '처리 결과 알림' }).innerText(), /지킴/, 'the time was kept');
  };
  await answered(author);

  await step(officer, number, 'became', () => write(officer, 'link', `${site.url}/ko${PLAN}/commitments/4`));
  const there = `/ko${PLAN}/commitments/4`;
  await open(author, site.url + address);
  await look(author, 'petition-answered');
  await author.locator(`.thread a[href="${there}"]`).click();
  assert.equal(path(author), there);
  await look(author, 'petition-commitment');
  await author.locator(`.thread a[href="${address}"]`).click();
  assert.equal(path(author), address, 'the commitment names the petition that it came from');

  const stands = async () => {
    await open(reader, site.url + address);
    assert.equal((await reader.locator('h1').innerText()).trim(), TITLE);
    await answered(reader);
    assert.equal(await entry(reader, '공청회 기준을 넘었습니다').count(), 1);
    assert.equal(await reader.locator(`.thread a[href="${there}"]`).count(), 1);
    const told = await (await fetch(`${site.url}/petitions/${number}/count.json`)).json();
    assert.equal(told.signature_count, 3, 'the count that machines read');
    assert.equal(await counted(), told.signature_count, 'is the count that people read');
    assert.ok(told.government_response_at, 'and machines hear of the answer');
    return timeline(reader).allInnerTexts();
  };
  const before = await stands();
  await site.powerCut();
  assert.deepEqual(await stands(), before, 'a power cut changes nothing');
  await open(author, `${site.url}/ko/me/cases`);
  assert.equal(await author.locator(`a[href="${address}"]`).count(), 1, 'the author is still signed in and finds it');
});

test('an information request: passed on, partly refused, objected to, released', async () => {
  const TITLE = '건널목 점자블록 점검표';
  const REASON = '점검한 사람의 집 주소와 업체의 단가를 가렸습니다.';
  const ANSWER = '2025년 점검표를 공개합니다. 두 칸을 가렸습니다.';
  const OBJECTION = '단가는 나라의 돈을 쓴 것이니 가릴 까닭이 없습니다.';
  const UPHELD = '단가를 포함해 점검표를 모두 공개하기로 했습니다.';
  const SHEET = { name: 'checks.csv', mimeType: 'text/csv', buffer: Buffer.from('place,price\nJongno,1200\n') };
  const author = await person('citizen');
  await open(author, `${site.url}/ko/services/information-request`);
  await author.locator('.page-head a.primary').click();
  await write(author, 'title', TITLE);
  await author.locator('select[name=agency]').selectOption('mois');
  await write(author, 'request', '2025년에 건널목의 점자블록을 점검한 표와 단가를 청구합니다.');
  await choose(author, 'form', 'file');
  await next(author);
  assert.equal(path(author), '/ko/services/information-request/new/2');
  await choose(author, 'fee', 'full');
  await choose(author, 'requester-kind', 'person');
  await write(author, 'requester.name', '시민');
  await write(author, 'requester.contact', 'citizen@demo.example');
  await write(author, 'birth-date', '1980-01-02');
  await next(author);
  const number = await send(author);
  assert.match(number, /^IR-\d{4}-/);
  const address = `/ko/cases/${number}`;

  // The first agency does not have it and passes it on.
  const inbox = async (page) => {
    await open(page, `${site.url}/ko/desk/cases?tab=all&q=${encodeURIComponent(TITLE)}`);
    return page.locator(`tr[data-row] a[href="/ko/desk/cases/${number}"]`).count();
  };
  const [first, officer] = [await person('officer-mois'), await person('officer-molit')];
  assert.deepEqual([await inbox(first), await inbox(officer)], [1, 0], 'it lies with the agency that was asked');
  await open(first, `${site.url}/ko/desk/cases/${number}`);
  await first.locator('.act-list a[href$="/transfer"]').click();
  await pick(first.locator('.choice', { hasText: '국토교통부' }).locator('input[name=to]'));
  await write(first, 'text', '점검표는 국토교통부에 있습니다.');
  await press(first, 'main form button.primary');
  assert.deepEqual([await inbox(first), await inbox(officer)], [0, 1], 'it lies with the other agency only');

  await step(officer, number, 'accept');
  await step(officer, number, 'disclose-partly', async () => {
    await choose(officer, 'ground', 'personal');
    await choose(officer, 'ground', 'trade-secret');
    await write(officer, 'reason', REASON);
    await write(officer, 'answer', ANSWER);
    await write(officer, 'disclosure-day', TOMORROW);
    await write(officer, 'disclosure-place', '이 누리집에서 내려받기');
  });
  await open(author, site.url + address);
  const refused = await author.locator('.answer-box').innerText();
  for (const words of ['개인정보(제6호)', '경영·영업 비밀(제7호)', REASON, ANSWER]) {
    assert.ok(refused.includes(words), `the answer says ${words}:\n${refused}`);
  }
  assert.match(await author.locator('.standing').innerText(), /부분 공개/);
  await look(author, 'request-partly');

  // The author does not agree.
  await author.locator('main a', { hasText: /^\s*이의신청\s*$/ }).first().click();
  await write(author, 'reason', OBJECTION);
  await press(author, 'button.krds-btn[value=send]');
  assert.equal(path(author), address);
  assert.match(await author.locator('.standing').innerText(), /이의신청 검토/);
  await step(officer, number, 'uphold', async () => {
    assert.ok((await main(officer)).includes(TITLE));
    await write(officer, 'answer', UPHELD);
    await write(officer, 'disclosure-day', TOMORROW);
    await write(officer, 'disclosure-place', '이 누리집에서 내려받기');
  });
  await step(officer, number, 'release', () => officer.locator('input[type=file]').setInputFiles(SHEET));

  await open(author, site.url + address);
  assert.equal((await author.locator('.standing .tag').innerText()).trim(), '공개');
  const page = await main(author);
  for (const words of ['개인정보(제6호)', '경영·영업 비밀(제7호)', REASON, ANSWER, OBJECTION, UPHELD]) {
    assert.ok(page.includes(words), `the page says ${words}`);
  }
  assert.ok((await author.locator('.answer-box').innerText()).includes(UPHELD), 'the answer on top is the last one');
  const held = await author.locator('section:has(> h2:text-is("맡은 기관")) li').allInnerTexts();
  assert.equal(held.length, 2, 'both agencies are named');
  for (const agency of ['행정안전부', '국토교통부']) {
    assert.match(held.find((line) => line.includes(agency)) ?? '', /· \d+일/, `how long ${agency} held it is told: ${held}`);
  }
  const link = author.locator('.files a', { hasText: SHEET.name }).first();
  const [download] = await Promise.all([author.waitForEvent('download'), link.click()]);
  assert.deepEqual(readFileSync(await download.path()), SHEET.buffer, 'the file comes as it was sent');
  await look(author, 'request-released');
});
