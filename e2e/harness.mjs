// What browser tests share: a site of its own for each test file, Chromium, and the checks that hold for every page.
//
//   const site = useSite();                       // in a test file, at the top: starts before its tests, stops after them
//   const page = await site.page({ width: 390 }); // a fresh browser context
//   await page.goto(site.url + '/ko/');
//   await assertAccessible(page);
//
// A page that asks another host for anything, breaks its own content policy, misses a file of its own or writes an
// error to the console fails its test file at the end.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { after, before } from 'node:test';
import axe from 'axe-core';
import { chromium } from 'playwright-core';

const root = resolve(import.meta.dirname, '..');

/** Milliseconds until a started server must have printed its address; a debug build migrates and loads the demo first. */
const START_LIMIT = 60_000;
const STOP_LIMIT = 15_000;

// Without these Chromium asks its maker's hosts for updates and lists, which is slow where there is no network.
const CHROMIUM_FLAGS = [
  '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--disable-default-apps', '--disable-dev-shm-usage',
];

/** The path of Debian's Chromium, of another build by name, or what MADANG_CHROMIUM says. */
export function chromiumPath() {
  if (process.env.MADANG_CHROMIUM) return process.env.MADANG_CHROMIUM;
  for (const name of ['chromium', 'chromium-browser', 'google-chrome']) {
    for (const folder of (process.env.PATH ?? '').split(delimiter)) {
      const path = join(folder, name);
      try {
        accessSync(path, constants.X_OK);
        return path;
      } catch { /* not here */ }
    }
  }
  throw new Error('Chromium is missing: run script/bootstrap');
}

/** The server under test: the debug build, or what MADANG_BINARY says. */
export const binaryPath = () => resolve(root, process.env.MADANG_BINARY ?? 'target/debug/madang');

/** The environment without what is said to the tests: the server warns of MADANG_… that it does not know. */
export const ownEnvironment = () => Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('MADANG_')));

/** The contexts without scripts: axe-core cannot run in their pages. */
const withoutScripts = new WeakSet();

/** Starts Chromium. The caller closes it. */
export function launchBrowser() {
  return chromium.launch({ executablePath: chromiumPath(), headless: true, args: CHROMIUM_FLAGS });
}

/**
 * Starts the server on a free port with a data folder of its own and waits for the address that it prints.
 * `command` is 'demo' or 'serve', `args` are further arguments, `data` an existing folder to go on with.
 * Returns { url, data, output(), stop(), kill() }; stop() ends the process and removes a folder that was made here,
 * kill() is a power cut: it ends the process at once and leaves the folder.
 */
export async function startServer({ command = 'demo', args = [], data } = {}) {
  const folder = data ?? mkdtempSync(join(tmpdir(), 'madang-e2e-'));
  const child = spawn(binaryPath(), [command, '--listen', '127.0.0.1:0', '--data', folder, ...args], {
    cwd: tmpdir(), stdio: ['ignore', 'pipe', 'pipe'], env: ownEnvironment(),
  });
  const end = () => child.kill('SIGKILL');
  process.once('exit', end);
  const exited = new Promise((done) => child.once('close', (code, signal) => done(code ?? signal)));
  let output = '';

  const stop = async () => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM');
      const limit = setTimeout(end, STOP_LIMIT);
      await exited;
      clearTimeout(limit);
    }
    process.off('exit', end);
    if (data === undefined) rmSync(folder, { recursive: true, force: true });
    return child.exitCode;
  };

  const kill = async () => {
    end();
    await exited;
    process.off('exit', end);
  };

  const address = new Promise((found, failed) => {
    const limit = setTimeout(() => failed(new Error(`no address after ${START_LIMIT} ms:\n${output}`)), START_LIMIT);
    const read = (chunk) => {
      output += chunk;
      const match = /http:\/\/127\.0\.0\.1:(\d+)/.exec(output);
      if (match && match[1] !== '0') {
        clearTimeout(limit);
        found(match[0]);
      }
    };
    child.stdout.setEncoding('utf8').on('data', read);
    child.stderr.setEncoding('utf8').on('data', read);
    child.once('error', (error) => { clearTimeout(limit); failed(error); });
    exited.then((code) => { clearTimeout(limit); failed(new Error(`the server ended with ${code}:\n${output}`)); });
  });
  try {
    return { url: await address, data: folder, output: () => output, stop, kill };
  } catch (error) {
    await stop();
    throw error;
  }
}

/**
 * A site and a browser for the tests of one file. Options are those of startServer; `server: false` starts none.
 * Use its fields inside tests only: they are filled before the first one.
 */
export function useSite(options = {}) {
  const site = { url: undefined, data: undefined, browser: undefined, faults: [] };
  let server;
  const contexts = new Set();

  let folder;

  // A page that goes without its words, a job without a handler: the server says so in its log and the page looks well.
  const readLog = () => {
    for (const line of server?.output().split('\n') ?? []) {
      if (/ ERROR /.test(line)) site.faults.push(`log of the server: ${line}`);
    }
  };

  const start = async () => {
    server = await startServer({ ...options, data: folder });
    Object.assign(site, { url: server.url, data: server.data });
  };

  before(async () => {
    const browser = launchBrowser();
    if (options.server !== false) {
      folder = mkdtempSync(join(tmpdir(), 'madang-e2e-'));
      await start();
    }
    site.browser = await browser;
  });

  after(async () => {
    await Promise.all([...contexts].map((context) => context.close()));
    await site.browser?.close();
    await server?.stop();
    readLog();
    if (folder) rmSync(folder, { recursive: true, force: true });
    assert.deepEqual(site.faults, [], 'pages must not ask other hosts, break their content policy, miss files or fail in scripts');
  });

  /** Cuts the server's power and starts it again on the same data, at another port. Pages keep their cookies. */
  site.powerCut = async () => {
    await server.kill();
    readLog();
    await start();
  };

  /** A page in a fresh context. `javaScript: false` turns scripts off. */
  site.page = async ({ width = 1280, height = 900, locale = 'ko-KR', javaScript = true } = {}) => {
    const context = await site.browser.newContext({
      viewport: { width, height }, locale, timezoneId: 'Asia/Seoul', javaScriptEnabled: javaScript,
    });
    contexts.add(context);
    if (!javaScript) withoutScripts.add(context);
    context.setDefaultTimeout(15_000);
    await context.route(/.*/, (route) => {
      const { hostname, protocol } = new URL(route.request().url());
      if (hostname === '127.0.0.1' || protocol === 'data:' || protocol === 'blob:') return route.continue();
      site.faults.push(`another host: ${route.request().url()}`);
      return route.abort();
    });
    const page = await context.newPage();
    page.on('pageerror', (error) => site.faults.push(`script error on ${page.url()}: ${error.message}`));
    page.on('console', (message) => {
      // Chromium reports every answer that is no success; those of pages are the tests' business, others are seen below.
      if (message.type() !== 'error' || /^Failed to load resource/.test(message.text())) return;
      site.faults.push(`${page.url()}: ${message.text()}`);
    });
    page.on('response', (response) => {
      if (response.status() >= 400 && response.request().resourceType() !== 'document') {
        site.faults.push(`${response.status()} for ${response.url()} on ${page.url()}`);
      }
    });
    return page;
  };
  return site;
}

/** Fails when axe-core finds anything on the page, with rule, element and what to do. The page must allow scripts. */
export async function assertAccessible(page) {
  assert.ok(!withoutScripts.has(page.context()), 'axe-core needs scripts: open the page without javaScript: false');
  await page.evaluate(axe.source);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, {
    // Off by default, and part of WCAG 2.2 AA.
    rules: { 'target-size': { enabled: true } },
    resultTypes: ['violations'],
  }));
  const lines = violations.flatMap((violation) => violation.nodes.map((node) =>
    `${violation.id} (${violation.impact}): ${violation.help}\n    ${node.target.join(' ')}\n    ${node.html.slice(0, 200)}`));
  assert.equal(lines.length, 0, `${page.url()} is not accessible:\n  ${lines.join('\n  ')}`);
}
