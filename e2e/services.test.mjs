// A citizen speaks: every channel is written to its end, drafts and sessions lose nothing, a case is found, supported, read.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAccessible, useSite } from './harness.mjs';
import { LANGUAGES, open, signIn } from './site.mjs';

const site = useSite();
const path = (page) => new URL(page.url()).pathname;
const PHONE = 390;

// A label lies over its box, so that the whole line can be pressed: `force` presses the line.
/** Answers everything that a screen asks, with the first choice of each list. */
async function fill(page, title) {
  for (const group of await page.locator('.asked fieldset:has(input[type=radio])').all()) {
    if (await group.isVisible()) await group.locator('input[type=radio]').first().check({ force: true });
  }
  for (const group of await page.locator('.asked fieldset:has(input[type=checkbox])').all()) {
    if (await group.isVisible()) await group.locator('input[type=checkbox]').first().check({ force: true });
  }
  const day = await page.locator('input[type=date]').all();
  for (const one of day) {
    if (!await one.isVisible()) continue;
    const [min, max] = [await one.getAttribute('min'), await one.getAttribute('max')];
    await one.fill(min ?? max ?? '2026-01-05');
  }
  for (const select of await page.locator('.asked select').all()) {
    if (await select.isVisible()) await select.selectOption({ index: 1 });
  }
  for (const input of await page.locator('.asked input.krds-input:not([type=date]), .asked textarea').all()) {
    if (!await input.isVisible()) continue;
    const name = await input.getAttribute('name');
    if (/\.(latitude|longitude)$/.test(name)) continue;
    const mode = await input.getAttribute('inputmode');
    await input.fill(mode === 'numeric' ? '10' : (name === 'title' ? title : `${title} 자세한 이야기`));
  }
}

/** From the first screen to the review; similar cases on the way are passed by. */
async function write(page, title) {
  for (let screen = 0; screen < 6; screen += 1) {
    if (await page.locator('button[value=send]').count() || await page.locator('.review').count()) return;
    if (path(page).endsWith('/similar')) {
      await page.locator('main button.primary[value=different]').click();
      continue;
    }
    await fill(page, title);
    await page.locator('button.primary[value=next]').click();
    const errors = await page.locator('#errors').count() ? await page.locator('#errors').innerText() : '';
    assert.equal(errors, '', `${page.url()} takes the answers`);
  }
  assert.fail('the review is never reached');
}

async function services(page, lang) {
  await open(page, `${site.url}/${lang}/services`);
  return page.locator('.channel h3 a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
}

/** Files with what is asked and gives back the number. */
async function file(page, service, title, lang = 'ko') {
  await open(page, `${site.url}/${lang}/services/${service}/new/1`);
  await write(page, title);
  const choose = page.locator('input[name=wants_public][value=yes]');
  if (await choose.count()) await choose.check({ force: true });
  await page.locator('button[value=send]').click();
  assert.match(path(page), new RegExp(`^/${lang}/receipt/`), await page.locator('main').innerText());
  return (await page.locator('.receipt-number').innerText()).trim();
}

for (const javaScript of [true, false]) {
  const how = javaScript ? 'with' : 'without';

  test(`a complaint on a phone, in Korean, ${how} scripts: draft, error, review, receipt`, async () => {
    const page = await site.page({ width: PHONE, javaScript });
    await signIn(page, site, 'citizen');
    await open(page, `${site.url}/ko/services`);
    await page.locator('a[href="/ko/services/complaint"]').click();
    assert.ok(await page.locator('.clocks li').count() > 0, 'the time limits are told');
    await page.locator('.page-head a.primary').click();
    assert.equal(path(page), '/ko/services/complaint/new/1');

    await page.locator('textarea[name=body]').fill('밤마다 신호등이 꺼집니다.\n\n건널 때 위험합니다.');
    await page.locator('button.primary[value=next]').click();
    assert.ok(await page.locator('#errors a[href="#f-title"]').count(), 'what is missing is named, with a link');
    assert.match(await page.locator('textarea[name=body]').inputValue(), /위험합니다/, 'what was typed is there');

    await page.locator('button[value=save]').click();
    await open(page, `${site.url}/ko/services`);
    await page.locator('.drafts a').first().click();
    assert.match(await page.locator('textarea[name=body]').inputValue(), /위험합니다/, 'the draft was kept');

    await write(page, `밤에 꺼지는 신호등 ${how}`);
    assert.ok(await page.locator('.review .sees').count() > 2, 'who sees what is told');
    await page.locator('button[value=send]').click();
    assert.ok(await page.locator('#errors').count(), 'whether it is public is a choice of its own');
    await page.locator('input[name=wants_public][value=no]').check({ force: true });
    await page.locator('button[value=send]').click();
    assert.match(path(page), /^\/ko\/receipt\//, await page.locator('main').innerText());
    const number = (await page.locator('.receipt-number').innerText()).trim();
    assert.match(number, /^CP-\d{4}-/);
    await page.locator('main a.primary').click();
    assert.equal(path(page), `/ko/cases/${number}`);
    assert.ok(await page.locator('.standing .why-link').count(), 'the next date has its reason');
    await page.locator('.standing .why-link').click();
    assert.ok(await page.locator('.why tbody tr').count() > 1, 'the days are counted one by one');

    const other = await site.page();
    const hidden = await other.goto(`${site.url}/ko/cases/${number}`);
    assert.equal(hidden.status(), 404, 'it is nobody else’s business');
    await open(page, `${site.url}/ko/me/cases`);
    assert.ok(await page.locator(`a[href="/ko/cases/${number}"]`).count());
    await page.context().close();
  });
}

test('what depends on another answer is shown when it is asked, and explained without scripts', async () => {
  const page = await site.page({ width: PHONE });
  await open(page, `${site.url}/ko/services/complaint/new/1`);
  const field = page.locator('#f-decision');
  assert.equal(await field.isVisible(), false);
  await page.locator('input[name=kind][value=grievance]').check({ force: true });
  assert.equal(await field.isVisible(), true);
  const plain = await site.page({ width: PHONE, javaScript: false });
  await open(plain, `${site.url}/ko/services/complaint/new/1`);
  assert.equal(await plain.locator('#f-decision').isVisible(), true);
  assert.ok(await plain.locator('.asked:has(#f-decision) .when-note').isVisible(), 'it says when it is asked');
});

test('a form outlives its session', async () => {
  const page = await site.page({ width: PHONE });
  await signIn(page, site, 'citizen-2');
  await open(page, `${site.url}/ko/services/complaint/new/1`);
  await fill(page, '로그인이 끊겨도 남는 글');
  await page.context().clearCookies();
  await page.locator('button.primary[value=next]').click();
  assert.ok(await page.locator('.notice-warning').count(), 'it is said that the session has ended');
  assert.equal(await page.locator('input[name=title]').inputValue(), '로그인이 끊겨도 남는 글');
  await page.locator('button.primary[value=next]').click();
  assert.equal(path(page), '/ko/services/complaint/new/2', 'once more is enough');
  await fill(page, '이름');
  await page.locator('button.primary[value=next]').click();
  await page.locator('main a.primary').first().click();
  if (path(page).endsWith('/new/3')) await page.locator('.actions a.primary').click();
  assert.equal(path(page), '/ko/sign-in');
  await page.locator('form:has(input[name=key][value="citizen-2"]) button').click();
  assert.equal(path(page), '/ko/services/complaint/new/3', 'signing in leads back to the review');
  assert.match(await page.locator('.review').first().innerText(), /로그인이 끊겨도 남는 글/);
});

test('a file that is too large is told at its field and loses nothing', async () => {
  const address = `${site.url}/ko/services/complaint/new/1`;
  const first = await fetch(address);
  const cookie = first.headers.getSetCookie().map((one) => one.split(';')[0]).join('; ');
  const csrf = /name="csrf" value="(\w+)"/.exec(await first.text())[1];
  // What stands behind the file is kept, too.
  for (const megabytes of [22]) {
    const form = new FormData();
    form.append('csrf', csrf);
    form.append('photos', new Blob([new Uint8Array(megabytes << 20)], { type: 'image/png' }), 'big.png');
    form.append('title', '큰 사진');
    form.append('go', 'upload:photos');
    const answer = await fetch(address, { method: 'POST', body: form, headers: { cookie } });
    const html = await answer.text();
    assert.equal(answer.status, 422, `${megabytes} MB`);
    assert.match(html, /href="#f-photos"/);
    assert.match(html, /value="큰 사진"/);
  }
});

for (const lang of LANGUAGES) {
  test(`every channel can be written to its end, ${lang}`, async (t) => {
    const page = await site.page({ width: PHONE });
    await signIn(page, site, 'citizen', lang);
    for (const href of await services(page, lang)) {
      await t.test(href, async () => {
        await open(page, site.url + href);
        await assertAccessible(page);
        await open(page, `${site.url}${href}/new/1`);
        await assertAccessible(page);
        await write(page, lang === 'ko' ? '모두를 위한 시험' : 'A test for everybody');
        await assertAccessible(page);
        assert.ok(await page.locator('button[value=send], .notice-info').count(), 'it can be sent, or says what it takes');
      });
    }
  });

  test(`a suggestion is public, found, followed and supported, ${lang}`, async () => {
    const author = await site.page();
    await signIn(author, site, 'citizen', lang);
    const number = await file(author, 'plan-suggestion', `도서관을 밤에도 열어 주세요 ${lang}`, lang);
    const page = await site.page({ width: PHONE });
    await open(page, `${site.url}/${lang}/cases`);
    await page.locator(`a[href="/${lang}/cases/${number}"]`).click();
    await assertAccessible(page);
    for (const ending of ['json', 'atom']) {
      assert.equal((await fetch(`${site.url}/${lang}/cases/${number}.${ending}`)).status, 200);
      assert.equal((await fetch(`${site.url}/${lang}/cases.${ending}`)).status, 200);
    }
    const csv = await (await fetch(`${site.url}/${lang}/services/plan-suggestion/cases.csv`)).text();
    assert.match(csv, new RegExp(number), 'the table has it');
    for (const under of ['embed', 'card.svg', 'widget', 'support', 'follow']) {
      assert.equal((await fetch(`${site.url}/${lang}/cases/${number}/${under}`)).status, 200, under);
    }
    const citizen = await site.page({ width: PHONE });
    await signIn(citizen, site, 'citizen-2', lang);
    await open(citizen, `${site.url}/${lang}/cases/${number}`);
    const give = citizen.locator('.standing-act a.primary');
    if (/\/support$/.test(await give.getAttribute('href') ?? '')) {
      await give.click();
      await assertAccessible(citizen);
      await citizen.locator('button[value=give]').click();
      assert.equal(path(citizen), `/${lang}/cases/${number}`);
      assert.ok(await citizen.locator('.support-count .tag').count(), 'the supporter sees the own support');
      await citizen.locator('a[href$="/support"]').first().click();
      await citizen.locator('button[value=back]').click();
    }
    await open(citizen, `${site.url}/${lang}/cases/${number}/follow`);
    await assertAccessible(citizen);
    await citizen.locator('button[value=follow]').click();
    assert.ok(await citizen.locator('.following').count());
  });

  test(`pages of services are accessible, ${lang}`, async () => {
    const page = await site.page({ width: PHONE });
    for (const address of ['/services', '/cases', '/cases?q=zzzz', '/cases?phase=open', '/lookup', '/overdue', '/services/petition/cases']) {
      await open(page, `${site.url}/${lang}${address}`);
      assert.equal(await page.locator('h1').count(), 1, address);
      await assertAccessible(page);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      assert.ok(wide <= 0, `${address} is ${wide} pixels too wide`);
    }
    await signIn(page, site, 'citizen', lang);
    await open(page, `${site.url}/${lang}/me/cases`);
    await assertAccessible(page);
  });

  test(`a number that is none is told so, ${lang}`, async () => {
    const page = await site.page({ width: PHONE });
    await open(page, `${site.url}/${lang}/lookup`);
    await page.locator('input[name=number]').fill('pt 2026 aaaa aaaa');
    await page.locator('main button.primary').click();
    assert.ok(await page.locator('#errors a[href="#f-number"]').count());
    assert.equal(await page.locator('input[name=number]').inputValue(), 'pt 2026 aaaa aaaa');
  });
}
