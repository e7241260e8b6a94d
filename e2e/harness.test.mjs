// The checks of the harness find what they are for; without this a check that never fails would look green.

import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { assertAccessible, startServer, useSite } from './harness.mjs';

const PAGES = {
  '/good': '<!doctype html><html lang="ko"><title>마당</title><main><h1>마당</h1><p>좋은 쪽</p></main></html>',
  '/bad': '<!doctype html><html><title>x</title><main><h1>x</h1><img src="data:,"><input></main></html>',
  '/foreign': '<!doctype html><html lang="ko"><title>x</title><img alt="" src="http://elsewhere.invalid/x.png"></html>',
  '/scripted': '<!doctype html><html lang="ko"><title>before</title><script>document.title = "after"</script></html>',
};

const site = useSite({ server: false });
let server;
let url;

before(async () => {
  server = createServer((request, response) => {
    response.writeHead(PAGES[request.url] ? 200 : 404, { 'content-type': 'text/html; charset=utf-8' });
    response.end(PAGES[request.url] ?? '');
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  url = `http://127.0.0.1:${server.address().port}`;
});

after(() => server.close());

test('an accessible page passes', async () => {
  const page = await site.page();
  await page.goto(`${url}/good`);
  await assertAccessible(page);
});

test('a page that is not accessible is refused, with the rules', async () => {
  const page = await site.page({ width: 390 });
  await page.goto(`${url}/bad`);
  await assert.rejects(assertAccessible(page), /html-has-lang[\s\S]*image-alt[\s\S]*label/);
});

test('a page that asks another host is noticed', async () => {
  const page = await site.page();
  await page.goto(`${url}/foreign`);
  assert.deepEqual(site.faults.splice(0), ['another host: http://elsewhere.invalid/x.png']);
});

test('a page can be read with scripts turned off', async () => {
  const page = await site.page({ javaScript: false });
  await page.goto(`${url}/scripted`);
  assert.equal(await page.title(), 'before');
  await assert.rejects(assertAccessible(page), /axe-core needs scripts/);
});

test('a server that ends at once says so', async () => {
  const before = process.env.MADANG_BINARY;
  process.env.MADANG_BINARY = '/bin/false';
  try {
    await assert.rejects(startServer(), /the server ended with 1/);
  } finally {
    if (before === undefined) delete process.env.MADANG_BINARY;
    else process.env.MADANG_BINARY = before;
  }
});
