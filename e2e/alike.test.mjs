// Cases that say nearly the same: the inbox tells, an officer sees them together and merges them, and may part them again.
// With MADANG_SCREENSHOTS=FOLDER the pages are also kept as pictures, at 390 and at 1280 pixels.

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { eventually, keyOf } from './api.mjs';
import { assertAccessible, useSite } from './harness.mjs';
import { LANGUAGES, open, signIn } from './site.mjs';

const site = useSite();
const pictures = process.env.MADANG_SCREENSHOTS;
if (pictures) mkdirSync(pictures, { recursive: true });

const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1280, height: 900 };
const path = (page) => new URL(page.url()).pathname;
const pick = (choice, on = true) => choice.evaluate((input, wanted) => { if (input.checked !== wanted) input.click(); }, on);

const TEXTS = [
  ['육교 승강기를 고쳐 주세요', '시청 앞 육교의 승강기가 석 달째 멈추어 있습니다. 휠체어로는 길을 건널 수 없으니 서둘러 고쳐 주세요.'],
  ['시청 앞 육교 승강기를 고쳐 주세요', '시청 앞 육교의 승강기가 석 달째 멈추어 있어요. 휠체어로는 길을 건널 수 없으니 빨리 고쳐 주세요.'],
  ['육교 승강기 수리를 바랍니다', '시청 앞 육교의 승강기가 석 달째 멈추어 있습니다. 유아차와 휠체어로는 길을 건널 수 없으니 고쳐 주세요.'],
];

/** A page without faults that does not scroll sideways, at both widths; kept as pictures when one asks for them. */
async function look(page, name) {
  for (const size of [DESKTOP, PHONE]) {
    await page.setViewportSize(size);
    await assertAccessible(page);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    assert.ok(wide <= 0, `${page.url()} scrolls sideways by ${wide} px at ${size.width}`);
    if (pictures) await page.screenshot({ path: join(pictures, `alike-${name}-${size.width}.png`), fullPage: true });
  }
  await page.setViewportSize(DESKTOP);
}

async function file(index) {
  const [title, request] = TEXTS[index];
  const key = await keyOf(site.url, 'citizen');
  const body = JSON.stringify({
    public: true,
    answers: {
      title, kind: 'facility', publicity: 'open', agency: 'mois', request, why: '걸어서 건널 다른 길이 없습니다.',
      petitioner: { name: '청원인', contact: 'citizen@demo.example' }, together: 'alone', truth: true,
    },
  });
  const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
  const answer = await fetch(`${site.url}/api/v1/services/petition/cases`, { method: 'POST', headers, body });
  assert.equal(answer.status, 201, await answer.clone().text());
  return (await answer.json()).number;
}

test('alike petitions are one cluster in the inbox and become one petition', async () => {
  const numbers = [await file(0), await file(1), await file(2)];
  const page = await site.page(DESKTOP);
  await signIn(page, site, 'officer-mois');
  const inbox = `${site.url}/ko/desk/cases?tab=all&q=${encodeURIComponent('승강기')}`;
  const row = page.locator(`tr[data-row]:has(a[href="/ko/desk/cases/${numbers[1]}"])`);
  await eventually('the inbox says how many are alike', async () => {
    await open(page, inbox);
    return await row.locator('.row-alike').count() === 1 && /2건/.test(await row.locator('.row-alike').innerText());
  });
  await look(page, 'inbox');

  // All clusters, and this one.
  for (const lang of LANGUAGES) {
    await open(page, `${site.url}/${lang}/desk/cases/alike`);
    await look(page, `list-${lang}`);
  }
  assert.ok((await page.locator('main').innerText()).includes(TEXTS[0][0]), 'the oldest names the cluster');
  await open(page, inbox);
  await row.locator('.row-alike').click();
  assert.equal(path(page), '/ko/desk/cases/alike');
  assert.equal(await page.locator('.cluster-case').count(), 3);
  await look(page, 'cluster');
  await open(page, page.url().replace('/ko/', '/en/'));
  await look(page, 'cluster-en');
  await open(page, page.url().replace('/en/', '/ko/'));

  // Without a reason nothing is merged, and what was chosen stays.
  await pick(page.locator(`input[name=list][value="${numbers[2]}"]`), false);
  await page.locator('main form button.primary').click();
  assert.equal(await page.locator('#errors').count(), 1);
  await look(page, 'refused');
  assert.equal(await page.locator(`input[name=list][value="${numbers[2]}"]`).isChecked(), false);
  assert.equal(await page.locator(`input[name=into][value="${numbers[0]}"]`).isChecked(), true);

  // Another officer has the same page open.
  const second = await site.page(DESKTOP);
  await signIn(second, site, 'officer-mois');
  await open(second, `${site.url}/ko/desk/cases/alike?number=${numbers[0]}`);

  await page.locator('main textarea[name=text]').fill('같은 육교의 승강기입니다. 함께 답하겠습니다.');
  await page.locator('main form button.primary').click();
  assert.equal(path(page), `/ko/desk/cases/${numbers[0]}`);
  await open(page, `${site.url}/ko/desk/cases/${numbers[1]}`);
  assert.ok((await page.locator('main').innerText()).includes(numbers[0]), 'the merged one leads to the one that stays');

  await pick(second.locator(`input[name=into][value="${numbers[2]}"]`));
  await second.locator('main textarea[name=text]').fill('한 사람이 먼저 합쳤습니다.');
  await second.locator('main form button.primary').click();
  assert.match(await second.locator('#errors').innerText(), new RegExp(`${numbers[1]}|${numbers[0]}`), 'whoever comes later is told');
  await look(second, 'late');

  // The two that are left are still alike; with the merged one taken out again they are three.
  await open(page, `${site.url}/ko/desk/cases/alike?number=${numbers[2]}`);
  assert.equal(await page.locator('.cluster-case').count(), 2);
  await open(page, `${site.url}/ko/desk/cases/${numbers[1]}/split`);
  await page.locator('main textarea[name=text]').fill('다른 승강기였습니다.');
  await page.locator('main form button.primary').click();
  await open(page, `${site.url}/ko/desk/cases/alike?number=${numbers[2]}`);
  assert.equal(await page.locator('.cluster-case').count(), 3);
});

test('an agency without alike cases is told so', async () => {
  const page = await site.page(DESKTOP);
  await signIn(page, site, 'officer-molit');
  for (const lang of LANGUAGES) {
    await open(page, `${site.url}/${lang}/desk/cases/alike`);
    assert.equal(await page.locator('.empty').count(), 1);
    await look(page, `empty-${lang}`);
  }
});
