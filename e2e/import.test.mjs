// A ministry's workbook with mistakes: the page and the command line say where and what to write instead, and nothing
// is changed; mended, it is shown as a difference and applied.

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { assertAccessible, binaryPath, ownEnvironment, useSite } from './harness.mjs';
import { LANGUAGES, PLAN, signIn } from './site.mjs';
import { changeCells } from './workbook.mjs';

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const TITLE = '제5차 열린정부 국가실행계획(고침)';

const site = useSite();
let folder;
let made;

/** The workbooks: as exported, with two mistakes, and with one word changed. Made once, when the site is there. */
function books() {
  if (made) return made;
  folder = mkdtempSync(join(tmpdir(), 'madang-import-'));
  const file = join(folder, 'plan.xlsx');
  execFileSync(binaryPath(), ['export', 'plan', 'kr-2021', '-o', file, '--data', site.data], { env: ownEnvironment(), stdio: 'pipe' });
  const whole = readFileSync(file);
  const broken = changeCells(whole, [
    { sheet: 'Agencies', key: 'kind', row: 4, text: 'ministery' },
    { sheet: 'Milestones', key: 'periods', row: 5, text: '다음 달쯤 | 2022-06' },
  ]);
  made = { whole, broken, mended: changeCells(whole, [{ sheet: 'Themes', key: 'name.ko', row: 4, text: TITLE }]) };
  return made;
}

after(() => folder && rmSync(folder, { recursive: true, force: true }));

const upload = async (page, lang, bytes, name = 'plan.xlsx') => {
  await page.goto(`${site.url}/${lang}/admin/import`);
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: XLSX, buffer: bytes });
  await page.locator('main form button.primary').click();
};

const state = async () => {
  const plan = await (await fetch(`${site.url}/api/v1${PLAN}`)).json();
  return { revision: plan.revision, changed_at: plan.changed_at, counts: plan.counts };
};

for (const lang of LANGUAGES) {
  test(`a broken workbook explains itself: sheet, row, column, what to write instead, ${lang}`, async () => {
    const { broken } = books();
    const before = await state();
    const page = await site.page();
    await signIn(page, site, 'lead', lang);
    await upload(page, lang, broken.bytes);
    const rows = page.locator('main table tbody tr');
    assert.equal(await rows.count(), broken.cells.length);
    for (const cell of broken.cells) {
      const row = rows.filter({ hasText: cell.sheet });
      const place = await row.locator('th').innerText();
      assert.match(place, new RegExp(`\\b${cell.row}(\\b|행)`), 'the row, as Excel counts it');
      assert.match(place, new RegExp(`(^|[^A-Z])${cell.column}([^A-Z]|$)`), 'the column, as Excel names it');
      const [what, instead] = await row.locator('td').allInnerTexts();
      assert.ok(what.trim() && instead.trim().length > 3, 'what is wrong, and what to write instead');
    }
    assert.match(await rows.filter({ hasText: 'Agencies' }).innerText(), /ministery[\s\S]*agency/);
    assert.match(await rows.filter({ hasText: 'Milestones' }).innerText(), /다음 달쯤[\s\S]*2023-04/);
    assert.equal(await page.locator('form[action$="/import/apply"]').count(), 0, 'it cannot be applied');
    await assertAccessible(page);
    await page.setViewportSize({ width: 390, height: 844 });
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), true);
    assert.deepEqual(await state(), before, 'nothing is changed');
  });
}

test('the command line explains it, too, and ends with its own code', async () => {
  const { broken } = books();
  const before = await state();
  const file = join(folder, 'broken.xlsx');
  writeFileSync(file, broken.bytes);
  for (const [language, instead] of [['ko', /형식으로 써 주세요/], ['en', /write/i]]) {
    const run = spawnSync(binaryPath(), ['import', 'plan', file, '--yes', '--data', site.data, '--language', language], { encoding: 'utf8', env: ownEnvironment() });
    assert.equal(run.status, 5, run.stderr);
    for (const { sheet, row, column } of broken.cells) assert.match(run.stderr, new RegExp(`${sheet}\\D+(${column}${row}|${row}.*${column})`), run.stderr);
    assert.match(run.stderr, instead);
  }
  assert.deepEqual(await state(), before);
});

test('other files and no file are refused in words', async () => {
  const { whole } = books();
  const page = await site.page();
  await signIn(page, site, 'lead');
  await upload(page, 'ko', Buffer.from('not a workbook'));
  assert.match(await page.locator('main').innerText(), /XLSX/);
  await upload(page, 'ko', whole.subarray(0, whole.length / 2));
  assert.match(await page.locator('main').innerText(), /XLSX/);
  await page.goto(`${site.url}/ko/admin/import`);
  await page.locator('main form button.primary').click();
  assert.equal(await page.locator('.error-summary, .field-error').count() > 0, true);
});

test('the workbook as it was exported changes nothing; mended, the difference is shown and applied', async () => {
  const { whole, mended } = books();
  const page = await site.page();
  await signIn(page, site, 'lead');
  await upload(page, 'ko', whole);
  assert.equal(await page.locator('.diff li').count(), 0);
  const before = await state();
  await upload(page, 'ko', mended.bytes);
  assert.equal(await page.locator('.diff li').count(), 1);
  assert.ok((await page.locator('.diff ins').innerText()).includes(TITLE));
  assert.deepEqual(await state(), before, 'a look changes nothing');
  await assertAccessible(page);
  await page.locator('form[action$="/import/apply"] button').click();
  assert.equal(await page.locator('.receipt').count(), 1);
  await page.goto(`${site.url}/ko${PLAN}`);
  assert.ok((await page.locator('main').innerText()).includes(TITLE));
  assert.deepEqual((await state()).counts, before.counts);
});
