// The keyboard alone: the skip link, the menu, signing in, a whole report. And paper: what a printed page leaves out.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { useSite } from './harness.mjs';
import { open, PLAN } from './site.mjs';

const site = useSite();

/** What has the focus, and whether one can see it: a mark that the element does not have without the focus. */
const focused = (page) => page.evaluate(() => {
  const element = document.activeElement;
  const box = element.getBoundingClientRect();
  const look = () => [null, '::after'].map((part) => {
    const style = getComputedStyle(element, part);
    const outline = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0 ? style.outlineWidth + style.outlineColor : '';
    return `${outline} ${style.boxShadow} ${style.borderColor}`;
  }).join();
  const mark = look();
  element.blur();
  const plain = look();
  element.focus({ focusVisible: true, preventScroll: true });
  return {
    tag: element.tagName, name: element.getAttribute('name'), value: element.getAttribute('value'),
    href: element.getAttribute('href'), text: element.textContent.trim().slice(0, 40),
    seen: mark !== plain && box.bottom > 0 && box.right > 0, html: element.outerHTML.slice(0, 160),
  };
});

/** Presses Tab until `wanted` says yes; every stop on the way must be visible. */
async function tabTo(page, wanted, most = 120) {
  for (let step = 0; step < most; step += 1) {
    await page.keyboard.press('Tab');
    let at = await focused(page);
    if (at.tag === 'BODY') continue;
    // The page may still be scrolling to it.
    for (let look = 0; !at.seen && look < 20; look += 1) {
      await page.waitForTimeout(50);
      at = await focused(page);
    }
    assert.ok(at.seen, `the focus cannot be seen: ${at.html} on ${page.url()}`);
    if (wanted(at)) return at;
  }
  throw new Error(`no stop of the Tab key on ${page.url()} is the one that is looked for: ${wanted}`);
}

async function enter(page) {
  await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]);
}

test('the first stop leads past the menu', async () => {
  const page = await site.page();
  await open(page, `${site.url}/ko${PLAN}`);
  const first = await tabTo(page, () => true);
  assert.equal(first.href, '#main');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'main');
  const next = await tabTo(page, (at) => at.tag === 'A');
  assert.ok(next.href.startsWith('/ko'));
});

test('every stop of the pages can be seen', async () => {
  const page = await site.page();
  for (const address of ['/ko', `/ko${PLAN}`, `/en${PLAN}/milestones`, '/ko/indicators/kr-2021/women-central-directors']) {
    await open(page, site.url + address);
    const stops = await page.evaluate(() => document.querySelectorAll('footer a').length);
    let last = 0;
    await tabTo(page, (at) => at.tag === 'A' && /\/(embed|openapi\.json)$/.test(at.href) && (last += 1) > 0, 200);
    assert.ok(stops > 0 && last > 0, 'the keyboard reaches the foot of the page');
  }
});

test('the menu of the phone opens, closes with Escape, and gives the focus back', async () => {
  const page = await site.page({ width: 390, height: 844 });
  await open(page, `${site.url}/ko`);
  await tabTo(page, (at) => at.tag === 'SUMMARY' && /menu|메뉴/i.test(at.text));
  await page.keyboard.press('Enter');
  assert.equal(await page.locator('details.menu-sheet').getAttribute('open') !== null, true);
  await tabTo(page, (at) => at.tag === 'A' && at.href.endsWith('/late'));
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('details.menu-sheet').getAttribute('open'), null);
  assert.equal((await focused(page)).tag, 'SUMMARY');
  await page.keyboard.press('Enter');
  await tabTo(page, (at) => at.tag === 'A' && at.href.endsWith('/calendar'));
  await enter(page);
  assert.match(page.url(), /\/calendar$/);
});

test('signing in and reporting', async () => {
  const page = await site.page();
  await open(page, `${site.url}/ko/sign-in`);
  const form = page.locator('form:has(input[name=key][value="officer-mois"]) button');
  const name = (await form.locator('b').innerText()).trim();
  await tabTo(page, (at) => at.tag === 'BUTTON' && at.text.startsWith(name));
  await enter(page);
  const code = /\b\d{6}\b/.exec(await page.locator('main .notice').innerText())[0];
  await tabTo(page, (at) => at.name === 'code');
  await page.keyboard.type(code);
  await enter(page);
  assert.match(page.url(), /\/ko\/me/);

  await open(page, `${site.url}/ko${PLAN}/commitments/1`);
  await tabTo(page, (at) => at.tag === 'A' && /\/milestones\/1\/2\/report/.test(at.href ?? ''));
  await enter(page);
  await tabTo(page, (at) => at.name === 'claim');
  for (let step = 0; step < 6; step += 1) {
    if (await page.locator('input[name=claim][value=under-way]').isChecked()) break;
    await page.keyboard.press(step === 0 ? 'Space' : 'ArrowDown');
  }
  assert.ok(await page.locator('input[name=claim][value=under-way]').isChecked());
  await tabTo(page, (at) => at.name === 'text_ko');
  await page.keyboard.type('키보드로만 쓴 보고입니다.');
  await tabTo(page, (at) => at.name === 'delay_reason');
  await page.keyboard.type('나라 밖 손님을 모시는 데 시간이 걸렸습니다.');
  await tabTo(page, (at) => at.name === 'href');
  await page.keyboard.type('https://www.mois.example/press/2');
  await tabTo(page, (at) => at.name === 'go' && at.value === 'review');
  await enter(page);
  assert.equal(await page.locator('dl.review').count(), 1, await page.locator('main').innerText());
  await tabTo(page, (at) => at.name === 'go' && at.value === 'publish');
  await enter(page);
  assert.equal(await page.locator('.receipt').count(), 1);
});

test('errors take the focus and lead to their fields', async () => {
  const page = await site.page();
  await open(page, `${site.url}/ko/sign-in`);
  await tabTo(page, (at) => at.name === 'email');
  await page.keyboard.type('not an address');
  await enter(page);
  assert.equal(await page.evaluate(() => document.activeElement.id), 'errors');
  assert.equal(await page.locator('input[name=email]').inputValue(), 'not an address', 'what was typed is kept');
  await tabTo(page, (at) => at.href === '#f-email');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'f-email');
});

test('on paper there are no menus and no buttons, and the text is black on white', async () => {
  const page = await site.page();
  await open(page, `${site.url}/ko${PLAN}/commitments/1`);
  const visible = () => page.locator('.menu-row, .utility, .crumbs, .exports, .standing-act .krds-btn, .skip').evaluateAll((parts) => parts.filter((part) => part.checkVisibility()).map((part) => part.className));
  assert.ok((await visible()).length > 0);
  await page.emulateMedia({ media: 'print' });
  assert.deepEqual(await visible(), []);
  assert.equal(await page.locator('h1').isVisible(), true);
  const colours = await page.evaluate(() => [getComputedStyle(document.body).backgroundColor, getComputedStyle(document.querySelector('main p')).color]);
  assert.match(colours[0], /255, 255, 255|, 0\)$/);
  assert.match(colours[1], /rgb\(\d\d?, \d\d?, \d\d?\)/);
});

test('motion stops when it is asked to', async () => {
  const page = await site.page();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await open(page, `${site.url}/ko${PLAN}`);
  const moving = await page.locator('body *').evaluateAll((all) => all.filter((one) => {
    const style = getComputedStyle(one);
    return parseFloat(style.transitionDuration) > 0.01 || (style.animationName !== 'none' && parseFloat(style.animationDuration) > 0.01);
  }).map((one) => one.outerHTML.slice(0, 100)));
  assert.deepEqual(moving.slice(0, 3), []);
});
