// A reader's way through the plan, in both languages, with scripts and without.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { useSite } from './harness.mjs';
import { COUNTS, LANGUAGES, open, PLAN, PUBLIC_PAGES } from './site.mjs';

const site = useSite();

const path = (page) => new URL(page.url()).pathname;
const number = (text) => Number(/[\d,]+/.exec(text)[0].replaceAll(',', ''));
/** The count beside a list's title. */
const total = async (page) => number(await page.locator('h1 .count').innerText());

/** Sets a filter: where scripts run the list follows at once, elsewhere the button asks for it. */
async function filter(page, name, value, javaScript) {
  const select = page.locator(`form.filters select[name=${name}]`);
  await select.selectOption(value);
  if (!javaScript) await page.locator('form.filters .filter-go button').click();
  await page.locator('a.chip').first().waitFor();
  assert.equal(new URL(page.url()).searchParams.get(name), value, 'the address says what is shown');
}

/** Takes the filters away again, by a chip or by the link beside the chips. */
async function unfilter(page, link) {
  await page.locator(link).first().click();
  await page.locator('a.chip').first().waitFor({ state: 'detached' });
}

for (const lang of LANGUAGES) {
  for (const javaScript of [true, false]) {
    const how = `${lang}, ${javaScript ? 'with' : 'without'} scripts`;

    test(`from the front page to a milestone, ${how}`, async () => {
      const page = await site.page({ javaScript });
      await open(page, `${site.url}/${lang}/`);
      await page.locator('.door a[href$="/plans"]').first().click();
      assert.equal(path(page), `/${lang}/plans`);
      await page.locator('.plan-card h2 a').click();
      assert.equal(path(page), `/${lang}${PLAN}`);

      const figures = await page.locator('.figures dd').allInnerTexts();
      assert.equal(number(figures[0]), COUNTS.commitments);
      assert.match(figures[0], new RegExp(`\\b${COUNTS.withParts}`), 'the number with parts is said');
      assert.equal(number(figures[1]), COUNTS.milestones);
      assert.equal(await page.locator('section.theme').count(), COUNTS.themes);
      assert.equal(await page.locator('li.commitment:not(.is-part)').count(), COUNTS.commitments);
      assert.equal(await page.locator('li.commitment:has(.commitment-bar)').count(), COUNTS.withParts);

      const title = await page.locator('li.commitment h4 a').first().innerText();
      await page.locator('li.commitment h4 a').first().click();
      assert.equal(path(page), `/${lang}${PLAN}/commitments/1`);
      assert.equal(await page.locator('h1').innerText(), title);
      assert.ok(await page.locator('ol.milestones > li').count() > 0);
      assert.ok((await page.locator('#what ~ p, #what ~ h3').count()) > 1, 'the problem and the commitment are told');

      await page.locator('.side dl.facts a').first().click();
      assert.equal(path(page), `/${lang}/agencies/mois`);
      assert.ok(await page.locator(`a[href*="${PLAN}/commitments/"]`).count() > 0);
    });

    test(`the list of milestones: pages, filters, chips, search, ${how}`, async () => {
      const page = await site.page({ javaScript });
      await open(page, `${site.url}/${lang}${PLAN}/milestones`);
      assert.equal(await total(page), COUNTS.milestones);
      const seen = new Set();
      for (;;) {
        const rows = await page.locator('tbody th a').evaluateAll((links) => links.map((link) => link.href));
        rows.forEach((href) => assert.ok(!seen.has(href), `${href} stands on two pages`) ?? seen.add(href));
        const next = page.locator('.pager a[rel=next]');
        if (!await next.count()) break;
        await next.click();
      }
      assert.equal(seen.size, COUNTS.milestones);
      await page.locator('.pager a[rel=prev]').click();
      assert.ok(await page.locator('.pager a[rel=next]').count(), 'the way back is a way forward');

      await open(page, `${site.url}/${lang}${PLAN}/milestones`);
      await filter(page, 'agency', 'moef', javaScript);
      const some = await total(page);
      assert.ok(some > 0 && some < COUNTS.milestones);
      await unfilter(page, 'a.chip');
      assert.equal(await total(page), COUNTS.milestones);

      const year = page.locator('form.filters select[name=year] option').nth(1);
      await filter(page, 'year', await year.getAttribute('value'), javaScript);
      assert.equal(await page.locator('a.chip').count(), 1);
      await unfilter(page, 'a.chip-clear');
      assert.equal(await total(page), COUNTS.milestones);

      await open(page, `${site.url}/${lang}/`);
      const words = lang === 'ko' ? '청년' : 'youth';
      await page.locator('.front-search input[name=q]').fill(words);
      await page.locator('.front-search button').click();
      assert.equal(path(page), `/${lang}/search`);
      assert.ok(await page.locator('.found').count() > 0, `the search finds ${words}`);
      await open(page, `${site.url}/${lang}${PLAN}/milestones?q=zzzz`);
      assert.equal(await total(page), 0);
      await page.locator('.empty a').click();
      assert.equal(await total(page), COUNTS.milestones);
    });

    test(`late, calendar, indicator, history, ${how}`, async () => {
      const page = await site.page({ javaScript });
      await open(page, `${site.url}/${lang}${PLAN}`);
      const menu = page.locator('.menu-row a');
      const to = (ending) => page.locator(`.menu-row a[href$="${ending}"]`).click();
      assert.ok(await menu.count() >= 5);
      await to('/late');
      assert.equal(await total(page), await page.locator('section.theme li.row').count());
      await to('/calendar');
      assert.ok(await page.locator('main').locator(`a[href*="${PLAN}/commitments/"]`).count() > 10, 'the calendar has milestones');
      await to('/indicators');
      assert.ok(await page.locator('main a[href*="/indicators/kr-2021/women-"]').count() >= 12, 'twelve categories');
      const here = page.url();
      await page.locator('main a[href$="/indicators/kr-2021/women-central-directors"]').first().click();
      assert.equal(await page.locator('.empty').count(), 1, 'what is not known is not drawn');
      await open(page, here);
      await page.locator('main a[href$="/indicators/kr-2021/disabled-employment"]').first().click();
      assert.equal(await page.locator('figure.chart svg').count(), 1);
      const bars = await page.locator('.chart-bar, .chart-dot').count();
      assert.ok(bars > 0);
      await page.locator('.tabs a').nth(1).click();
      assert.equal(await page.locator('figure.chart').count(), 0);
      assert.ok(await page.locator('#figures ~ .table-wrap tbody tr').count() >= bars, 'the table has what the chart has');
      await open(page, `${site.url}/${lang}${PLAN}/history`);
      assert.ok(await page.locator('.history-day li').count() > 0, 'the import is in the history');
    });

    test(`the other language keeps the page, ${how}`, async () => {
      const page = await site.page({ javaScript });
      const other = LANGUAGES.find((one) => one !== lang);
      await open(page, `${site.url}/${lang}${PLAN}/milestones?agency=moef`);
      await page.locator(`.utility a[hreflang=${other}]`).first().click();
      assert.equal(new URL(page.url()).pathname + new URL(page.url()).search, `/${other}${PLAN}/milestones?agency=moef`);
      assert.equal(await page.locator('html').getAttribute('lang'), other);
    });

    test(`text can be made larger and stays so, ${how}`, async () => {
      const page = await site.page({ javaScript });
      const size = () => page.locator('main p').first().evaluate((p) => parseFloat(getComputedStyle(p).fontSize));
      await open(page, `${site.url}/${lang}${PLAN}?agency=mois`);
      const normal = await size();
      await page.locator('details.pop summary').click();
      await page.locator('button[name=text][value=larger]').click();
      assert.equal(path(page), `/${lang}${PLAN}`);
      assert.match(page.url(), /agency=mois/, 'the filter stays');
      // The new style sheet may arrive a moment after the page.
      for (let look = 0; await size() <= normal * 1.1 && look < 20; look += 1) await page.waitForTimeout(50);
      assert.ok(await size() > normal * 1.1);
      await open(page, `${site.url}/${lang}/about`);
      assert.match(await page.locator('html').getAttribute('class'), /text-larger/);
    });
  }

  test(`a page that is not there helps, ${lang}`, async () => {
    const page = await site.page();
    for (const [address, status] of [['/no-such-page', 404], ['/plans/xx-1', 404], [`${PLAN}/commitments/99`, 404], ['/agencies/none', 404], ['/indicators/kr-2021/none', 404]]) {
      await open(page, `${site.url}/${lang}${address}`, status);
      assert.equal(await page.locator('html').getAttribute('lang'), lang, address);
      assert.ok(await page.locator('main a').count() > 0, `${address}: there is a way on`);
    }
  });

  test(`every page names its other language, ${lang}`, async () => {
    for (const [name, address] of Object.entries(PUBLIC_PAGES).filter(([name]) => name !== 'not-found')) {
      const html = await (await fetch(`${site.url}/${lang}${address}`)).text();
      const links = [...html.matchAll(/<link rel="alternate" hreflang="(\w+)" href="([^"]+)">/g)];
      assert.deepEqual(
        Object.fromEntries(links.map(([, language, href]) => [language, href.replaceAll('&#x2f;', '/').replaceAll('&amp;', '&')])),
        Object.fromEntries(LANGUAGES.map((language) => [language, `/${language}${address}`])),
        name,
      );
    }
  });
}

test('the language of the browser leads to its pages', async () => {
  for (const [locale, lang] of [['ko-KR', 'ko'], ['en-GB', 'en'], ['fr-FR', 'ko']]) {
    const page = await site.page({ locale });
    await page.goto(site.url);
    assert.equal(path(page).split('/')[1], lang, locale);
    await page.context().close();
  }
});

test('numbers of the interface are those of the pages', async () => {
  const counts = (await (await fetch(`${site.url}/api/v1${PLAN}`)).json()).counts;
  assert.deepEqual(
    { themes: counts.themes, commitments: counts.commitments, milestones: counts.milestones },
    { themes: COUNTS.themes, commitments: COUNTS.commitments, milestones: COUNTS.milestones },
  );
  const rows = await (await fetch(`${site.url}/ko${PLAN}/milestones.json`)).json();
  assert.equal((Array.isArray(rows) ? rows : rows.items).length, COUNTS.milestones);
});

test('links of the plan lead somewhere', async () => {
  const page = await site.page();
  const tried = new Set();
  for (const address of ['/ko', `/en${PLAN}`, `/ko${PLAN}/commitments/1`, '/ko/agencies/mois', `/ko${PLAN}/milestones`, '/en/indicators/kr-2021/women-central-directors', `/ko${PLAN}/embed`]) {
    await open(page, site.url + address);
    const links = await page.locator('a[href], link[rel=alternate][href]').evaluateAll((found) => found.map((link) => link.href));
    for (const link of new Set(links.map((href) => href.split('#')[0]))) {
      if (!link.startsWith(site.url) || tried.has(link)) continue;
      tried.add(link);
      const response = await fetch(link, { headers: { accept: 'text/html' } });
      await response.arrayBuffer();
      assert.equal(response.status, 200, `${link} from ${address}`);
    }
  }
  assert.ok(tried.size > 60);
});
