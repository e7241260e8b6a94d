// Every kind of page in every language: no violation of accessibility, nothing wider than a phone, targets large enough.
// With MADANG_SCREENSHOTS=FOLDER each is also kept as a picture, at 390 and at 1280 pixels.

import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { assertAccessible, useSite } from './harness.mjs';
import { addressOf, EXPECTED_STATUS, LANGUAGES, open, PUBLIC_PAGES, SIGNED_IN_PAGES, signIn } from './site.mjs';

const PHONE = { width: 390, height: 844 };
const DESKTOP = { width: 1280, height: 900 };
/** Pixels; WCAG 2.2's level AAA and the guideline of Korea's government design system. */
const TARGET = 44;

const site = useSite();
const pictures = process.env.MADANG_SCREENSHOTS;
if (pictures) mkdirSync(pictures, { recursive: true });

/** The parts of a page that stick out to the right, with how far; none when the page does not scroll sideways. */
const tooWide = (page) => page.evaluate(() => {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  const scrolls = (element) => element && (['auto', 'scroll', 'hidden'].includes(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
  return [...document.body.querySelectorAll('*')]
    .filter((element) => element.getBoundingClientRect().right > root.clientWidth + 1 && !scrolls(element.parentElement))
    .map((element) => `${element.tagName}.${element.getAttribute('class') ?? ''} ${Math.round(element.getBoundingClientRect().right)}`)
    .slice(0, 5).concat(`page ${root.scrollWidth}`);
});

/** Main controls that are smaller than a thumb. */
const tooSmall = (page, least) => page.evaluate((least) => {
  const controls = 'header a, header summary, .krds-btn.medium, .krds-btn.large, main input:not([type=hidden], [type=radio], [type=checkbox]), main select, main textarea, .pager a, .sub-nav a, .tabs a';
  return [...document.querySelectorAll(controls)]
    .filter((control) => control.checkVisibility({ visibilityProperty: true }))
    .map((control) => ({ control, box: control.getBoundingClientRect() }))
    .filter(({ box }) => box.width > 1 && (box.height < least - 0.5 || box.width < least - 0.5))
    .map(({ control, box }) => `${control.tagName}.${control.getAttribute('class') ?? ''} "${control.textContent.trim().slice(0, 30)}" ${box.width.toFixed(0)} x ${box.height.toFixed(0)}`);
}, least);

async function check(page, url, name, lang) {
  await page.setViewportSize(DESKTOP);
  await open(page, url, EXPECTED_STATUS[name] ?? 200);
  assert.equal(await page.locator('html').getAttribute('lang'), lang);
  assert.equal(await page.locator('h1').count(), 1, `${url}: one heading of the first level`);
  await assertAccessible(page);
  if (pictures) await page.screenshot({ path: join(pictures, `${name}-${lang}-1280.png`), fullPage: true });
  await page.setViewportSize(PHONE);
  assert.deepEqual(await tooWide(page), [], `${url} is wider than a phone`);
  assert.deepEqual(await tooSmall(page, TARGET), [], `${url} has small targets`);
  if (pictures) await page.screenshot({ path: join(pictures, `${name}-${lang}-390.png`), fullPage: true });
}

for (const lang of LANGUAGES) {
  test(`public pages, ${lang}`, async (t) => {
    const page = await site.page();
    for (const [name, path] of Object.entries(PUBLIC_PAGES)) {
      await t.test(name, () => check(page, `${site.url}/${lang}${path}`, name, lang));
    }
  });

  test(`pages of those who are signed in, ${lang}`, async (t) => {
    for (const [key, pages] of Object.entries(SIGNED_IN_PAGES)) {
      const page = await site.page();
      await signIn(page, site, key, lang);
      for (const [name, pattern] of Object.entries(pages)) {
        await t.test(`${key}: ${name}`, async () => {
          const list = /\{(account|organisation)\}/.exec(pattern)?.[1];
          let url = `${site.url}/${lang}${pattern}`;
          if (list) {
            const folder = `/${lang}/admin/${list}s`;
            await page.goto(`${site.url}${folder}?why=%EC%A0%90%EA%B2%80`);
            url = await addressOf(page, `main table a[href^="${folder}/"]`);
          }
          await check(page, url, name, lang);
        });
      }
      await page.context().close();
    }
  });

  test(`the second factor, ${lang}`, async () => {
    const page = await site.page();
    await page.goto(`${site.url}/${lang}/sign-in`);
    await page.locator('form:has(input[name=key][value="administrator"]) button').click();
    await check(page, page.url(), 'second-factor', lang);
  });

  test(`high contrast comes from the tokens: the dark page is accessible, ${lang}`, async () => {
    const page = await site.page();
    await open(page, `${site.url}/${lang}${PUBLIC_PAGES.plan}`);
    await page.locator('details.pop summary').click();
    await page.locator('button[name=mode][value=dark]').click();
    assert.equal(await page.locator('html').getAttribute('data-mode'), 'dark');
    for (const name of ['plan', 'commitment', 'milestones', 'indicator-chart', 'sign-in']) {
      await open(page, `${site.url}/${lang}${PUBLIC_PAGES[name]}`);
      await assertAccessible(page);
      if (pictures) await page.screenshot({ path: join(pictures, `${name}-dark-${lang}-1280.png`), fullPage: true });
    }
  });
}
