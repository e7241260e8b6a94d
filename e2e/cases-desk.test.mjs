// Officers at work: the counter, the inbox with several at once, steps with a second officer, questions, time, paper lists.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible, useSite } from './harness.mjs';
import { LANGUAGES, open, signIn } from './site.mjs';

const site = useSite();
const path = (page) => new URL(page.url()).pathname;
const PHONE = 390;

/** What the first test files, for those that follow. */
const cases = { complaints: [], codes: {} };

async function officer(key = 'officer-mois', options = {}) {
  const page = await site.page(options);
  await signIn(page, site, key);
  return page;
}

/** A page without faults and without a sideways scroll. */
async function sound(page) {
  await assertAccessible(page);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(wide <= 0, `${page.url()} scrolls sideways by ${wide} px`);
}

/** Ticks a box or a button of a group; its label lies over it, and pages scroll smoothly. */
const pick = (choice) => choice.evaluate((input) => { if (!input.checked) input.click(); });

/** No errors stand on the page. */
async function taken(page) {
  const errors = page.locator('#errors');
  if (await errors.count()) assert.fail(`${page.url()}\n${await errors.innerText()}`);
}

/** Fills what the citizens' form asks, on the one page of the counter. */
async function answer(page, title) {
  for (const group of await page.locator('.asked fieldset:has(input[type=radio])').all()) {
    if (await group.isVisible()) await pick(group.locator('input[type=radio]').first());
  }
  for (const group of await page.locator('.asked fieldset:has(input[type=checkbox])').all()) {
    if (await group.isVisible()) await pick(group.locator('input[type=checkbox]').first());
  }
  for (const day of await page.locator('.asked input[type=date]').all()) {
    if (await day.isVisible()) await day.fill(await day.getAttribute('max') || await day.getAttribute('min') || '1980-01-02');
  }
  for (const select of await page.locator('.asked select').all()) {
    if (!await select.isVisible()) continue;
    const mois = await select.locator('option[value=mois]').count();
    await select.selectOption(mois ? 'mois' : { index: 1 });
  }
  for (const input of await page.locator('.asked input.krds-input:not([type=date]), .asked textarea').all()) {
    if (!await input.isVisible()) continue;
    const name = await input.getAttribute('name');
    if (/\.(latitude|longitude)$/.test(name)) continue;
    const numeric = await input.getAttribute('inputmode') === 'numeric';
    await input.fill(numeric ? '1' : (name === 'title' ? title : `${title}에 대한 자세한 이야기`));
  }
}

/** Files at the counter and gives number and code. */
async function fileAtCounter(page, service, title, kind) {
  await open(page, `${site.url}/ko/desk/counter/${service}`);
  if (kind) await pick(page.locator(`input[name=kind][value="${kind}"]`));
  await answer(page, title);
  if (kind) await pick(page.locator(`input[name=kind][value="${kind}"]`));
  for (const choice of await page.locator('input[name=publicity][value=open]').all()) {
    if (await choice.isVisible()) await pick(choice);
  }
  await page.locator('input[name=proxy_name]').fill('신청인');
  await pick(page.locator('input[name=proxy_channel][value=counter]'));
  await pick(page.locator('input[name=proxy_how][value=spoken]'));
  await page.locator('button.primary[value=send]').click();
  await taken(page);
  const number = (await page.locator('.receipt-number').innerText()).trim();
  const code = (await page.locator('.receipt-secret').innerText()).trim();
  return { number, code };
}

/** Takes a step: fills what it asks, looks at the preview, sends. */
async function step(page, number, id, fill = async () => {}) {
  await open(page, `${site.url}/ko/desk/cases/${number}/steps/${id}`);
  await fill(page);
  await page.locator('button.primary[value=send]').click();
  await taken(page);
}

test('a clerk files for people who come, and looks up what became of it', async () => {
  const page = await officer();
  await open(page, `${site.url}/ko/desk/counter`);
  await sound(page);
  for (const title of ['가로등이 꺼져 있습니다', '횡단보도 신호가 짧습니다', '안내판 글씨가 작습니다']) {
    const filed = await fileAtCounter(page, 'complaint', title, 'query');
    cases.complaints.push(filed.number);
    cases.codes[filed.number] = filed.code;
    assert.match(filed.number, /^CP-\d{4}-/);
  }
  await sound(page);
  // Nothing typed is lost when something is missing.
  await open(page, `${site.url}/ko/desk/counter/complaint`);
  await page.locator('input[name=title]').fill('반쯤 쓴 것');
  await page.locator('button.primary[value=send]').click();
  assert.ok(await page.locator('#errors a').count() > 0);
  assert.equal(await page.locator('input[name=title]').inputValue(), '반쯤 쓴 것');
  await sound(page);
  await open(page, `${site.url}/ko/desk/counter`);
  await page.locator('input[name=number]').fill(cases.complaints[0]);
  await page.locator('input[name=code]').fill('AAAA-BBBB-CCCC');
  await page.locator('button[value=code]').click();
  assert.ok(await page.locator('#errors').count());
  await page.locator('input[name=number]').fill(cases.complaints[0]);
  await page.locator('input[name=code]').fill(cases.codes[cases.complaints[0]]);
  await page.locator('button[value=code]').click();
  await taken(page);
  assert.match(await page.locator('main').innerText(), /가로등이 꺼져 있습니다/);
  await sound(page);
});

test('the inbox: several at once, undo, keys', async () => {
  const page = await officer();
  await open(page, `${site.url}/ko/desk/cases?tab=all`);
  await sound(page);
  const rows = page.locator('tr[data-row]');
  assert.ok(await rows.count() >= 3);
  for (const number of cases.complaints.slice(0, 2)) await pick(page.locator(`input[name=number][value="${number}"]`));
  await Promise.all([page.waitForNavigation(), page.locator('button[value=mine]').click()]);
  assert.match(await page.locator('main').innerText(), /담당자를 정했습니다/);
  const mine = (number) => page.locator(`tr[data-row]:has(input[name=number][value="${number}"]) td.mine`).count();
  assert.equal(await mine(cases.complaints[0]), 1);
  await Promise.all([page.waitForNavigation(), page.locator('button[value=undo]').click()]);
  assert.equal(await mine(cases.complaints[0]), 0);
  // The keyboard alone: down, choose, assign, open.
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.keyboard.press('a');
  await page.waitForURL(/done=cases-assigned/);
  assert.equal(await page.locator('td.mine').count(), 1);
  await page.keyboard.press('/');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'f-q');
  await page.keyboard.type('횡단보도');
  await page.keyboard.press('Enter');
  await page.waitForURL(/q=/);
  assert.equal(await page.locator('tr[data-row]').count(), 1);
  await page.locator('tr[data-row] a').first().focus();
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
  assert.match(path(page), /\/ko\/desk\/cases\/CP-/);
  // To whom nothing was chosen something is said, and without scripts it works as well.
  const plain = await officer('officer-mois', { javaScript: false });
  await open(plain, `${site.url}/ko/desk/cases?tab=all`);
  await plain.locator('button[value=mine]').click();
  assert.ok(await plain.locator('#errors').count());
  await open(page, `${site.url}/ko/desk/workload`);
  await sound(page);
});

test('a case: note, question and reply, more time, a step that tells what is missing', async () => {
  const [number] = cases.complaints;
  const page = await officer();
  await open(page, `${site.url}/ko/desk/cases/${number}`);
  await sound(page);
  await page.locator('textarea[name=text]').fill('현장에 전화로 확인함');
  await page.locator('.note-form button').click();
  assert.match(await page.locator('.notes').innerText(), /현장에 전화로 확인함/);
  await step(page, number, 'accept');
  await step(page, number, 'take-up');
  await open(page, `${site.url}/ko/desk/cases/${number}/ask`);
  await sound(page);
  await page.locator('textarea[name=text]').fill('어느 길의 가로등인가요?');
  await page.locator('main form button.primary').click();
  await taken(page);
  // The author replies with the code of the receipt.
  const author = await site.page();
  await open(author, `${site.url}/ko/lookup`);
  await author.locator('input[name=number]').fill(number);
  await author.locator('input[name=code]').fill(cases.codes[number]);
  await author.locator('main form button.primary').click();
  await open(author, `${site.url}/ko/cases/${number}/reply`);
  await author.locator('main textarea').first().fill('학교 앞 삼거리입니다.');
  await author.locator('button.primary').click();
  await open(page, `${site.url}/ko/desk/cases/${number}`);
  assert.match(await page.locator('main').innerText(), /학교 앞 삼거리입니다/);
  await open(page, `${site.url}/ko/desk/cases/${number}/extend`);
  await sound(page);
  assert.match(await page.locator('.choice-hint').first().innerText(), /까지로 늘어납니다/);
  await pick(page.locator('input[name=clock]').first());
  await page.locator('textarea[name=text]').fill('현장 조사가 더 필요합니다.');
  await page.locator('main form button.primary').click();
  await taken(page);
  // An empty answer is refused at its field, a draft stays, a template begins it.
  await open(page, `${site.url}/ko/desk/cases/${number}/steps/answer`);
  await sound(page);
  await page.locator('button.primary[value=send]').click();
  assert.ok(await page.locator('#e-answer').count());
  await page.locator('textarea[name=answer]').fill('전등을 바꾸겠습니다.');
  await page.locator('button[value=save]').click();
  await open(page, `${site.url}/ko/desk/cases/${number}/steps/answer`);
  assert.equal(await page.locator('textarea[name=answer]').inputValue(), '전등을 바꾸겠습니다.');
  await pick(page.locator('input[name=outcome]').first());
  await page.locator('.actions button[value=preview]').click();
  assert.match(await page.locator('.preview').innerText(), /전등을 바꾸겠습니다/);
  await sound(page);
  // Meanwhile the case changes: nothing typed is lost.
  const other = await officer();
  await step(other, number, 'tell-progress', (p) => p.locator('textarea[name=reason]').fill('부품을 주문했습니다.'));
  await open(other, `${site.url}/ko/desk/cases/${number}/review`);
  await sound(other);
  await other.locator('main form button.primary').click();
  await page.locator('button.primary[value=send]').click();
  if (await page.locator('main .notice[role=alert]').count()) {
    assert.equal(await page.locator('textarea[name=answer]').inputValue(), '전등을 바꾸겠습니다.');
    await page.locator('button.primary[value=send]').click();
  }
  await taken(page);
  assert.match(await page.locator('.standing').innerText(), /답변 완료/);
});

test('passing on: the other agency has it, the first one no more', async () => {
  const number = cases.complaints[1];
  const page = await officer();
  await step(page, number, 'accept');
  await open(page, `${site.url}/ko/desk/cases/${number}/transfer`);
  await sound(page);
  await page.locator('main form button.primary').click();
  assert.ok(await page.locator('#e-to').count(), 'an agency must be chosen');
  const to = page.locator('input[name=to]').first();
  await pick(to);
  await page.locator('textarea[name=text]').fill('도로를 맡은 기관의 일입니다.');
  await page.locator('main form button.primary').click();
  await taken(page);
  assert.equal(path(page), '/ko/desk/cases');
  assert.equal(await page.locator(`input[name=number][value="${number}"]`).count(), 0);
});

test('a petition: paper lists, the answer by two officers', async () => {
  const page = await officer();
  const { number } = await fileAtCounter(page, 'petition', '버스 안내판에 소리를 넣어 주세요', 'facility');
  await step(page, number, 'start-review');
  await step(page, number, 'open');
  await open(page, `${site.url}/ko/desk/cases/${number}/batches`);
  await sound(page);
  const lines = page.locator('textarea[name=lines]');
  await lines.fill('한사람\t1980-01-02\t종로\t서울\t40대\n두사람\t어제\t강남');
  await page.locator('input[name=sheets]').fill('1');
  await page.locator('textarea[name=protocol]').fill('주민센터에서 받아 두 사람이 확인함');
  await page.locator('button[value=check]').click();
  assert.equal(await page.locator('tr.line-wrong').count(), 1);
  await sound(page);
  await lines.fill('한사람\t1980-01-02\t종로\t서울\t40대\n두사람\t1981-03-04\t강남\n한사람\t1980-01-02\t종로');
  await page.locator('button[value=enter]').click();
  await taken(page);
  assert.equal(await page.locator('tr.line-counted').count(), 2);
  assert.equal(await page.locator('tr.line-again').count(), 1);
  await sound(page);
  await page.locator('details.reveal summary').first().click();
  await page.locator('textarea[name=reason]').first().fill('같은 명부를 두 번 넣음');
  await page.locator('button[value=undo]').first().click();
  await taken(page);
  for (const lang of LANGUAGES) {
    for (const what of ['bursts', 'batches', 'link', 'merge', 'hide']) {
      await open(page, `${site.url}/${lang}/desk/cases/${number}/${what}`);
      await sound(page);
    }
  }
  await open(page, `${site.url}/ko/desk/cases/${number}/link`);
  await page.locator('input[name=to]').fill('/ko/plans/kr-2021/commitments/1');
  await page.locator('main form button.primary').click();
  await taken(page);
  assert.match(await page.locator('.side .thread').innerText(), /청년의 정책 참여/);
  await open(page, `${site.url}/ko/desk/cases/${number}/steps/reject`);
  await sound(page);
  await pick(page.locator('input[name=ground]').first());
  await page.locator('textarea[name=reason]').fill('법이 정한 사유에 해당합니다.');
  await page.locator('button.primary[value=send]').click();
  await taken(page);
  assert.match(await page.locator('.approval-line').innerText(), /확인을 기다립니다/);
  // Who prepared it does not approve it.
  await page.locator('.approval-line a').click();
  assert.equal(await page.locator('button[value=approve]').count(), 0);
  const lead = await officer('lead');
  await open(lead, `${site.url}/ko/desk/cases?tab=waiting`);
  await sound(lead);
  await lead.locator('.row-title a', { hasText: '버스 안내판에 소리를 넣어 주세요' }).click();
  await sound(lead);
  await lead.locator('button[value=return]').click();
  assert.ok(await lead.locator('#errors').count(), 'giving back needs a reason');
  await lead.locator('button[value=approve]').click();
  await taken(lead);
  assert.match(await lead.locator('.standing').innerText(), /불수리|반려|종결|처리하지/);
});

test('services: who runs them opens, shuts, checks a definition and says who is in a party', async () => {
  const page = await officer('administrator');
  await open(page, `${site.url}/ko/admin/services`);
  await sound(page);
  await page.locator('main th a').first().click();
  await sound(page);
  const service = path(page);
  await page.locator('button[value=shut]').click();
  await page.locator('button[value=open]').click();
  await taken(page);
  await open(page, `${site.url}${service}/definition`);
  await sound(page);
  const text = await page.locator('textarea[name=text]').first().inputValue();
  await page.locator('textarea[name=text]').first().fill(text.replace('[filing]', '[filling]'));
  await page.locator('button[value=check]').click();
  assert.ok(await page.locator('.problems li').count() > 0);
  await sound(page);
  await page.locator('textarea[name=text]').first().fill(`${text}\n# checked\n`);
  await page.locator('button[value=check]').click();
  await page.locator('button[value=apply]').click();
  await taken(page);
  assert.equal(path(page), service);
});

test('every page of the desk in both languages and on a phone', async () => {
  const [number] = cases.complaints;
  const phone = await officer('officer-mois', { width: PHONE, height: 800 });
  const wide = await officer();
  for (const lang of LANGUAGES) {
    for (const address of [
      '/desk', '/desk/cases', '/desk/cases?tab=all', '/desk/cases?tab=waiting', '/desk/cases?tab=mine&q=zzzz', '/desk/workload', `/desk/cases/${number}`,
      '/desk/counter', '/desk/counter/complaint', '/desk/counter/petition', `/desk/cases/${cases.complaints[2]}/merge`,
      `/desk/cases/${cases.complaints[2]}/assign`, `/desk/cases/${cases.complaints[2]}/steps/accept`,
    ]) {
      await open(wide, `${site.url}/${lang}${address}`);
      await sound(wide);
      await open(phone, `${site.url}/${lang}${address}`);
      await sound(phone);
    }
  }
});

test('looks at personal data are written down, once a day', async () => {
  const page = await officer('administrator');
  await open(page, `${site.url}/ko/admin/access-log?what=case.personal-data`);
  const looks = page.locator('main tbody tr');
  const number = cases.complaints[0];
  assert.equal(await looks.filter({ hasText: number }).count(), 1, 'one officer, one case, one day');
});
