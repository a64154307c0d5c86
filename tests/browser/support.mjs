// What every browser test needs: a server of its own on a data file of its own, a browser, and somebody who logs in.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, mkdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const binary = process.env.STURGEON_BINARY ?? join(root, 'build', 'sturgeon');

export const run = (...args) => {
  const done = spawnSync(binary, args, { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`sturgeon ${args.join(' ')}: ${done.stderr}`);
  return done.stdout;
};

// A data file in a folder of its own. demo: filled by `sturgeon demo`; its people stand in `people` as {login, password, role}.
export function dataFile({ demo = false } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'sturgeon-'));
  const path = join(folder, 'test.db');
  const printed = demo ? run('demo', '--db', path) : '';
  // “  olena    manager  Олена Гаврилюк”, and the password in a line of its own at the end
  const password = printed.trim().split('\n').at(-1).trim();
  const people = [...printed.matchAll(/^ +(\S+) +(admin|lead|manager) +(.+)$/gm)].map(([, login, role, name]) => ({ login, role, name, password }));
  return { path, printed, people, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

// Debian's own Node 18 does not have it.
Headers.prototype.getSetCookie ??= function () {
  return (this.get('set-cookie') ?? '').split(/, (?=sturgeon)/);
};

// What a reply sets, as name=value.
export const cookies = (reply) => reply.headers.getSetCookie().map((c) => c.split(';')[0]);

export class Server {
  constructor(path, port = 0) {
    this.path = path;
    this.port = port;
  }

  async start() {
    this.process = spawn(binary, ['serve', '--db', this.path, '--listen', `127.0.0.1:${this.port}`, '--quiet'], { stdio: ['ignore', 'ignore', 'pipe'] });
    this.log = '';
    this.url = await new Promise((resolve, reject) => {
      this.process.stderr.on('data', (chunk) => {
        this.log += chunk;
        const found = /"event":"listening","url":"([^"]+)\/"/.exec(this.log);
        if (found) resolve(found[1]);
      });
      this.process.on('exit', (code) => reject(new Error(`the server ended with ${code}: ${this.log}`)));
    });
    this.port = Number(new URL(this.url).port);
    return this;
  }

  // signal SIGKILL: as if the machine had died
  async stop(signal = 'SIGTERM') {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const over = new Promise((resolve) => this.process.once('exit', resolve));
    this.process.kill(signal);
    await over;
  }
}

let browser;
export async function openBrowser() {
  browser ??= await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
  return browser;
}
export async function closeBrowser() {
  await browser?.close();
  browser = undefined;
}

// A window of a person of his own (cookies apart). Whatever the page complains of fails the test through `complaints`.
export async function openPage(server, { width = 1280, height = 800, dark = false, language = 'uk', offlineErrors = false } = {}) {
  const context = await (await openBrowser()).newContext({
    baseURL: server.url, viewport: { width, height }, colorScheme: dark ? 'dark' : 'light', reducedMotion: 'reduce', locale: language === 'uk' ? 'uk-UA' : 'en-GB',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(10000);
  page.complaints = [];
  page.on('pageerror', (error) => page.complaints.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && !(offlineErrors && /ERR_|Failed to (load|fetch)/.test(message.text()))) page.complaints.push(message.text());
  });
  return page;
}

export async function logIn(page, login, password) {
  await page.goto('/login');
  await page.fill('[name=login]', login);
  await page.fill('[name=password]', password);
  await page.press('[name=password]', 'Enter');
  await page.waitForURL((url) => !url.pathname.startsWith('/login'));
}

// The first start, filled in; leaves the administrator on his desk.
export async function firstStart(page, { company = 'Річка', team = 'Продажі', name = 'Олена Адмін', login = 'olena', password = 'осетер-2026' } = {}) {
  await page.goto('/start');
  await page.fill('[name=company]', company);
  await page.fill('[name=team]', team);
  await page.fill('[name=name]', name);
  await page.fill('[name=login]', login);
  await page.fill('[name=password]', password);
  await page.press('[name=password]', 'Enter');
  await page.waitForURL('**/desk');
  return { login, password };
}

export async function screenshot(page, name) {
  const folder = process.env.STURGEON_PICTURES;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}

const axeSource = readFileSync(join(root, 'node_modules', 'axe-core', 'axe.min.js'), 'utf8');

// Rules of WCAG 2.1 A and AA that the page breaks, as short lines.
export async function axe(page, only = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']) {
  await page.evaluate(axeSource); // not a script tag: the page's own rules would refuse it
  const result = await page.evaluate((runOnly) => globalThis.axe.run(document, { runOnly }), only);
  return result.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).slice(0, 3).join(' | ')}`);
}

// A page as the API gives it.
export const ask = async (page, path) => (await page.request.get(path, { headers: { Accept: 'application/json' } })).json();

// A form sent as the member of that page; the answer. Where a list comes line by line: form is [[name, value], …].
export async function tell(page, path, form) {
  const { csrf } = await ask(page, '/session');
  const headers = { Accept: 'application/json', 'X-CSRF-Token': csrf, 'Content-Type': 'application/x-www-form-urlencoded' };
  const answer = await page.request.post(path, { headers, data: new URLSearchParams(form).toString() });
  assert.ok(answer.ok(), `${path}: ${answer.status()} ${await answer.text()}`);
  return answer.json();
}

// Typed where the page has put the focus by itself, which it does with its first frame: after it was loaded, by an instant or by more.
export async function typeInField(page, words) {
  await page.waitForFunction(() => document.activeElement?.matches('input, textarea'), null, { polling: 20 });
  await page.keyboard.type(words);
}

export async function press(page, ...keys) {
  for (const key of keys) await page.keyboard.press(key);
}

// A new client and the first conversation with him, planned for today.
export async function planCall(page, { kind, segment, name, product }) {
  const client = (await tell(page, '/clients/new', { kind, segment, name, anyway: '1' })).location.match(/\d+/)[0];
  await tell(page, '/calls/new', { client, deal: '0', product: String(product), day: (await ask(page, '/desk')).day });
  const { client: _, ...rest } = await ask(page, `/clients/${client}`);
  const id = JSON.stringify(rest).match(/\/calls\/(\d+)/)?.[1] ?? [...rest.calls ?? rest.planned ?? []].at(-1)?.id;
  return { id, client, name };
}

export async function openCall(server, who, id, options, ready = '#call[data-ready]') {
  const page = await openPage(server, options);
  await logIn(page, who.login, who.password);
  page.complaints.length = 0;
  await page.goto(`/calls/${id}`);
  await page.waitForSelector(ready);
  return page;
}

// What can be said in a call: its page brings it column by column, ids as differences from the one before.
export function callItems({ id, ...columns }) {
  let last = 0;
  return id.map((more, i) => ({ id: (last += more), ...Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, column[i]])) }));
}
