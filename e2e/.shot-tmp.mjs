import { chromium } from 'playwright-core';
import axe from 'axe-core';
const url = 'http://127.0.0.1:18431';
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', headless: true, args: ['--no-sandbox','--disable-gpu','--disable-quic','--no-first-run','--disable-background-networking','--disable-component-update','--disable-sync'] });
const problems = [];
async function shots(page, lang, width, who, paths) {
  for (const [name, path] of paths) {
    const r = await page.goto(url + '/' + lang + path);
    await page.addScriptTag({ content: '' }).catch(() => {});
    await page.screenshot({ path: `/tmp/shots/${who}-${name}-${lang}-${width}.png`, fullPage: true });
    if (r.status() >= 400 && name[0] !== '!') problems.push(`${path} ${r.status()}`);
    const res = await page.evaluate(axe.source + '; axe.run(document, {runOnly: ["wcag2a","wcag2aa","wcag21a","wcag21aa","wcag22aa","best-practice"]})');
    for (const v of res.violations) problems.push(`${who} ${lang}${path} ${width}: ${v.id} ${v.nodes.length} ${v.nodes[0].html.slice(0,140)}`);
    const over = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
    if (over > 0) problems.push(`${who} ${lang}${path} ${width}: overflows by ${over}`);
  }
}
async function signIn(page, lang, key) {
  await page.goto(`${url}/${lang}/sign-in`);
  await page.locator(`form:has(input[name=key][value="${key}"]) button`).click();
  if (page.url().includes('second-factor')) {
    const text = await page.locator('.notice-info').innerText();
    await page.fill('#f-code', text.match(/\d{6}/)[0]);
    await page.screenshot({ path: `/tmp/shots/factor-${lang}-${(await page.viewportSize()).width}.png`, fullPage: true });
    await page.locator('main form button.primary').click();
  }
}
for (const lang of ['ko','en']) for (const width of [390,1280]) {
  const ctx = await browser.newContext({ viewport: { width, height: 844 }, bypassCSP: false });
  const page = await ctx.newPage();
  page.on('console', m => { if (m.type()==='error' && !/status of (4|5)/.test(m.text())) problems.push('console '+m.text()); });
  page.on('pageerror', e => problems.push('pageerror '+e));
  await shots(page, lang, width, 'anon', [['sign-in','/sign-in'],['outbox','/outbox']]);
  await page.goto(`${url}/${lang}/sign-in`);
  await page.fill('#f-email', 'nobody'); await page.locator('main form button.primary').first().click();
  await page.screenshot({ path: `/tmp/shots/anon-sign-in-error-${lang}-${width}.png`, fullPage: true });
  await page.fill('#f-email', `p${lang}${width}@example.org`); await page.locator('main form button.primary').first().click();
  await page.screenshot({ path: `/tmp/shots/anon-sent-${lang}-${width}.png`, fullPage: true });
  await page.waitForTimeout(1500);
  await page.goto(`${url}/${lang}/outbox`);
  await page.locator(`li:has-text("p${lang}${width}@example.org") a`).first().click();
  await page.screenshot({ path: `/tmp/shots/anon-mail-${lang}-${width}.png`, fullPage: true });
  await page.locator('article.mail p.actions a').first().click();
  await page.screenshot({ path: `/tmp/shots/anon-link-${lang}-${width}.png`, fullPage: true });
  await page.locator('main form button.primary').click();
  await shots(page, lang, width, 'member', [['me','/me'],['security','/me/security'],['totp','/me/security/totp'],['looks','/me/looks'],['delete','/me/delete']]);
  await page.goto(`${url}/${lang}/me/security`);
  await page.locator('main details.reveal summary').click();
  await page.fill('#f-name','weekly'); await page.locator('.choice label').first().click();
  await page.locator('main details.reveal button.primary').click();
  await page.screenshot({ path: `/tmp/shots/member-newkey-${lang}-${width}.png`, fullPage: true });
  const c2 = await browser.newContext({ viewport: { width, height: 844 } });
  const p2 = await c2.newPage();
  p2.on('console', m => { if (m.type()==='error' && !/status of (4|5)/.test(m.text())) problems.push('console '+m.text()); });
  await signIn(p2, lang, 'administrator');
  await shots(p2, lang, width, 'admin', [['overview','/admin'],['accounts-ask','/admin/accounts'],['accounts','/admin/accounts?why=check&role='],['organisations','/admin/organisations'],['organisation','/admin/organisations/mois'],['jobs','/admin/jobs'],['outbox','/admin/outbox'],['log','/admin/access-log'],['me','/me']]);
  await p2.goto(`${url}/${lang}/admin/accounts?why=check`);
  const href = await p2.locator('main table a').first().getAttribute('href');
  await shots(p2, lang, width, 'admin', [['account', href.slice(3)]]);
  await ctx.close(); await c2.close();
}
await browser.close();
console.log([...new Set(problems)].join('\n') || 'no problems');
