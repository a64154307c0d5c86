// Every page that a member can open, in both languages, both themes, narrow and wide: axe finds nothing, nothing scrolls sideways on a phone,
// nothing complains (the Content-Security-Policy above all), nothing shifts, and a first visit takes at most 100 KB.
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { Server, axe, closeBrowser, dataFile, firstStart, logIn, openPage, screenshot } from './support.mjs';

const most = 100 * 1024;
const widths = { narrow: 360, wide: 1280 };

// Pages without a member: they are walked before the log-in.
const outside = ['/login', '/there-is-no-such-page'];
// What is not a page, or leads away.
const not = /^\/(healthz|metrics|openapi\.json|session|assets\/|logout|clients\/companies)|\.(csv|json|ics|vcf)$/;

// One page of each route: those without parameters from the list of routes, the others from the links that pages hold.
async function pagesOf(page) {
  const { paths } = await (await page.request.get('/openapi.json')).json();
  const routes = Object.entries(paths).filter(([path, methods]) => methods.get && !not.test(path) && path !== '/').map(([path]) => path);
  const shape = (path) => new RegExp(`^${path.replace(/[.]/g, '\\.').replace(/\{[^}]+\}/g, '[^/]+')}$`);
  const fixed = routes.filter((path) => !path.includes('{'));
  const open = routes.filter((path) => path.includes('{')).map((path) => [path, shape(path)]);
  const found = new Map(fixed.map((path) => [path, path]));
  for (const path of found.values()) {
    const reply = await page.goto(path);
    if (reply.status() !== 200 || new URL(page.url()).pathname !== path || !reply.headers()['content-type']?.startsWith('text/html')) {
      found.delete([...found].find(([, p]) => p === path)[0]);
      continue;
    }
    const links = await page.$$eval('a[href]', (all) => all.map((a) => a.getAttribute('href')));
    for (const link of links) {
      const [target] = link.split(/[?#]/);
      const route = open.find(([, pattern]) => pattern.test(target) && !fixed.includes(target));
      if (route && !found.has(route[0])) found.set(route[0], target);
    }
  }
  return [...found.values()].sort();
}

const shifts = () => new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((e) => { if (!e.hadRecentInput) sum += e.value; })).observe({ type: 'layout-shift', buffered: true });
  setTimeout(() => done(sum), 50);
});
const sideways = () => {
  const over = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (over <= 0) return null;
  const guilty = [...document.querySelectorAll('body *')].find((e) => e.getBoundingClientRect().right > innerWidth + 1);
  return `${over} px wider than the screen: ${guilty?.outerHTML.slice(0, 100)}`;
};

const idle = () => Boolean(document.querySelector('[hx-get], [hx-post]')) && !document.querySelector('script[src*="/htmx."]');

// Colours and a tablet's width are the same in every language: looked at in one.
async function look(page, path, name, whole) {
  const problems = [];
  for (const [size, width] of Object.entries(widths)) {
    await page.setViewportSize({ width, height: size === 'narrow' ? 740 : 800 });
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' }); // axe must not see a colour on its way to another
    await page.goto(path);
    const moved = await page.evaluate(shifts);
    if (moved > 0.02) problems.push(`${size}: the page shifted by ${moved.toFixed(3)}`);
    if (size === 'narrow' && await page.evaluate(idle)) problems.push('hx- attributes without {{> live}}');
    const wider = await page.evaluate(sideways);
    if (wider) problems.push(`${size}: ${wider}`);
    for (const finding of await axe(page)) problems.push(`${size}: ${finding}`);
    await screenshot(page, `${name}-${size}-light`);
    if (!whole) continue;
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
    await page.reload(); // Chromium leaves some inherited colours behind when the scheme changes under a page
    for (const finding of await axe(page, ['color-contrast'])) problems.push(`${size}, dark: ${finding}`);
    await screenshot(page, `${name}-${size}-dark`);
  }
  if (whole) {
    await page.setViewportSize({ width: 820, height: 1180 });
    await page.evaluate(() => document.fonts.ready.then(() => new Promise((done) => requestAnimationFrame(() => done())))); // what the narrow page did not show is written in another font meanwhile
    const wider = await page.evaluate(sideways);
    if (wider) problems.push(`a tablet: ${wider}`);
  }
  problems.push(...page.complaints.filter((words) => !/status of 404/.test(words)));
  page.complaints.length = 0;
  return problems;
}

// What a first visit brings over the wire: headers and bodies as they come.
async function weigh(page, path) {
  const client = await page.context().newCDPSession(page);
  await client.send('Network.enable');
  await client.send('Network.setCacheDisabled', { cacheDisabled: true });
  let bytes = 0;
  client.on('Network.loadingFinished', (event) => { bytes += event.encodedDataLength; });
  await page.goto(path);
  await page.evaluate(() => document.fonts.ready); // a page that listens to the top is never idle
  await page.waitForTimeout(100);
  await client.detach();
  return bytes;
}

const named = (path) => path.slice(1).replace(/\d{6,}/g, 'id').replace(/[^a-z0-9]+/gi, '_') || 'root';

for (const demo of [false, true]) {
  test(demo ? 'the demo company' : 'a company that has just begun', async (t) => {
    const data = dataFile({ demo });
    const server = await new Server(data.path).start();
    t.after(async () => {
      await server.stop();
      data.remove();
    });
    const admin = data.people.find((p) => p.role === 'admin');
    let who;
    if (demo) {
      assert.ok(admin, 'the demo names its administrator');
      who = admin;
    } else {
      const page = await openPage(server);
      who = await firstStart(page);
      await page.context().close();
    }
    for (const lang of demo ? ['uk', 'en'] : ['uk']) {
      const page = await openPage(server, { language: lang });
      for (const path of outside) {
        await t.test(`${lang} ${path}`, async () => assert.deepEqual(await look(page, path, `${lang}-${named(path)}`, lang === 'uk'), []));
      }
      await logIn(page, who.login, who.password);
      await page.request.post('/me/taste', { form: { language: lang, csrf: (await (await page.request.get('/session')).json()).csrf } });
      for (const path of await pagesOf(page)) {
        await t.test(`${lang} ${path}`, async () => {
          const problems = await look(page, path, `${demo ? 'demo' : 'new'}-${lang}-${named(path)}`, lang === 'uk');
          if (lang === 'uk') {
            const bytes = await weigh(page, path);
            if (bytes > most) problems.push(`${bytes} bytes over the wire`);
          }
          assert.equal(await page.locator('html').getAttribute('lang'), lang);
          assert.deepEqual(problems, []);
        });
      }
      await page.context().close();
    }
  });
}

after(closeBrowser);
