// What tests know about the demo: its kinds of page, its accounts, how one signs in.

import assert from 'node:assert/strict';

export const LANGUAGES = ['ko', 'en'];
export const PLAN = '/plans/kr-2021';

/** What the document has, counted by hand. */
export const COUNTS = { themes: 3, commitments: 14, withParts: 16, milestones: 77 };

/** One page of every kind that everybody may read, without the language. */
export const PUBLIC_PAGES = {
  'front': '/',
  'plans': '/plans',
  'plan': PLAN,
  'plan-filtered': `${PLAN}?agency=mois`,
  'plan-nothing': `${PLAN}?state=completed`,
  'commitment': `${PLAN}/commitments/1`,
  'commitment-with-parts': `${PLAN}/commitments/2`,
  'commitment-part': `${PLAN}/commitments/2.1`,
  'milestones': `${PLAN}/milestones`,
  'milestones-nothing': `${PLAN}/milestones?q=zzzz`,
  'late': `${PLAN}/late`,
  'calendar': `${PLAN}/calendar`,
  'indicators': `${PLAN}/indicators`,
  'indicator-chart': '/indicators/kr-2021/disabled-employment',
  'indicator-table': '/indicators/kr-2021/disabled-employment?view=table',
  'indicator-nothing': '/indicators/kr-2021/women-central-directors',
  'rounds': `${PLAN}/rounds`,
  'history': `${PLAN}/history`,
  'embed': `${PLAN}/embed`,
  'agencies': '/agencies',
  'agency': '/agencies/mois',
  'follow': '/follow?object=commitment:kr-2021/1',
  'newsletters': '/newsletters',
  'newsletter': '/newsletters/open-government',
  'newsletter-subscribe': '/newsletters/open-government/subscribe',
  'sign-in': '/sign-in',
  'search': '/search',
  'search-results': '/search?q=%EC%B2%AD%EB%85%84',
  'search-nothing': '/search?q=zzzz&kind=case',
  'about': '/about',
  'glossary': '/glossary',
  'accessibility': '/accessibility',
  'privacy': '/privacy',
  'outbox': '/outbox',
  'not-found': '/plans/xx-1999',
};

/** What each account of the demo sees beside that; `{account}` and `{organisation}` stand for the first in their list; accounts are listed
 * to whoever says why. */
export const SIGNED_IN_PAGES = {
  'citizen': {
    'me': '/me',
    'me-security': '/me/security',
    'me-totp': '/me/security/totp',
    'me-looks': '/me/looks',
    'me-delete': '/me/delete',
    'follow-signed-in': '/follow?object=plan:kr-2021',
    'forbidden': '/admin',
  },
  'officer-mois': {
    'desk': '/desk',
    'newsletters-desk': '/desk/newsletters',
    'newsletter-desk': '/desk/newsletters/safe-streets',
    'newsletter-new': '/desk/newsletters/new',
    'newsletter-settings': '/desk/newsletters/safe-streets/settings',
    'report': '/desk/plans/kr-2021/milestones/1/1/report',
    'assess-agency': `${PLAN}/commitments/1/assess`,
    'edit': '/desk/plans/kr-2021/commitments/1/edit',
  },
  'civil-society': {
    'assess-civil': `${PLAN}/commitments/1/assess`,
  },
  'lead': {
    'rounds-lead': `${PLAN}/rounds`,
    'round-open': '/desk/plans/kr-2021/rounds/open',
    'import': '/admin/import',
    'indicator-report': '/desk/indicators/kr-2021/women-central-directors/report',
  },
  'administrator': {
    'admin': '/admin',
    'admin-accounts': '/admin/accounts',
    'admin-accounts-asked': '/admin/accounts?why=%EC%A0%90%EA%B2%80',
    'admin-account': '/admin/accounts/{account}',
    'admin-organisations': '/admin/organisations',
    'admin-organisation': '/admin/organisations/{organisation}',
    'admin-jobs': '/admin/jobs',
    'admin-outbox': '/admin/outbox',
    'admin-access-log': '/admin/access-log',
  },
};

/** Answers that are not a success on purpose. */
export const EXPECTED_STATUS = { 'not-found': 404, 'forbidden': 403 };

/** Signs in on the sign-in page of the demo, with the code that it shows to staff. */
export async function signIn(page, site, key, lang = 'ko') {
  await page.goto(`${site.url}/${lang}/sign-in`);
  await page.locator(`form:has(input[name=key][value="${key}"]) button`).click();
  if (new URL(page.url()).pathname.endsWith('/second-factor')) {
    const code = /\b\d{6}\b/.exec(await page.locator('main .notice').innerText());
    assert.ok(code, 'the demo shows the current code');
    await page.locator('input[name=code]').fill(code[0]);
    await page.locator('main form button.primary').click();
  }
  assert.match(new URL(page.url()).pathname, new RegExp(`^/${lang}/me`), `signed in as ${key}`);
}

/** Opens a page and makes sure that its status is the one that it should have. */
export async function open(page, url, status = 200) {
  const response = await page.goto(url);
  assert.equal(response.status(), status, `${url}\n${status === 200 ? await page.locator('body').innerText() : ''}`.trim());
  return response;
}

/** Follows the address of a link; a click would do the same, but its point of the test is elsewhere. */
export async function addressOf(page, selector) {
  const href = await page.locator(selector).first().getAttribute('href');
  assert.ok(href, `${selector} on ${page.url()} is a link`);
  return new URL(href, page.url()).href;
}
