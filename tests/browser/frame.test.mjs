// The frame of every page: keys, menu, theme and language, dialogs, and a page without scripts.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Server, closeBrowser, dataFile, firstStart, logIn, openBrowser, openPage } from './support.mjs';

let data, server, who;

before(async () => {
  data = dataFile();
  server = await new Server(data.path).start();
  const page = await openPage(server);
  who = await firstStart(page);
  await page.context().close();
});
after(async () => {
  await closeBrowser();
  await server.stop();
  data.remove();
});

async function member(options) {
  const page = await openPage(server, options);
  await logIn(page, who.login, who.password);
  await page.goto('/team');
  page.complaints.length = 0;
  return page;
}

test('the keyboard opens its own list and walks the sections, in either layout', async () => {
  const page = await member();
  await page.keyboard.press('?');
  assert.ok(await page.locator('#keys').isVisible());
  await page.keyboard.press('Escape');
  assert.ok(!(await page.locator('#keys').isVisible()));
  // The same keys while the layout is Ukrainian: the place of the key counts.
  const press = (code, key) => page.evaluate(([c, k]) => document.body.dispatchEvent(new KeyboardEvent('keydown', { code: c, key: k, bubbles: true, cancelable: true })), [code, key]);
  await press('KeyG', 'п');
  await press('KeyD', 'в');
  await page.waitForURL('**/desk');
});

test('a key does nothing while somebody types', async () => {
  const page = await member();
  await page.locator('#name').click();
  await page.keyboard.type('g?d');
  assert.equal(await page.locator('#name').inputValue(), 'g?d');
  assert.ok(page.url().endsWith('/team'));
});

test('the first Tab leads past the menu', async () => {
  const page = await member();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement.id), 'main');
});

test('the theme changes at once and is remembered', async () => {
  const page = await member();
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const day = await ground();
  await page.locator('.account > summary').click();
  await Promise.all([page.waitForResponse('**/me/taste'), page.locator('[name=theme][value=dark]').click()]);
  await page.waitForFunction(() => document.documentElement.dataset.theme === 'dark'); // without loading anew
  await page.waitForFunction((was) => getComputedStyle(document.documentElement).backgroundColor !== was, day);
  await page.reload();
  assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark');
  assert.notEqual(await ground(), day);
  await page.locator('.account > summary').click();
  await Promise.all([page.waitForResponse('**/me/taste'), page.locator('[name=theme][value=auto]').click()]);
  assert.deepEqual(page.complaints, []);
});

test('the language changes where one stands', async () => {
  const page = await member();
  await page.locator('.account > summary').click();
  await page.locator('[name=language][value=en]').click();
  await page.waitForFunction(() => document.documentElement.lang === 'en');
  assert.ok(page.url().endsWith('/team'));
  await page.locator('.account > summary').click();
  await page.locator('[name=language][value=uk]').click();
  await page.waitForFunction(() => document.documentElement.lang === 'uk');
});

test('what cannot be undone is asked first; no is no', async () => {
  const page = await member();
  await page.fill('#name', 'Соломія');
  await page.getByRole('button', { name: 'Зробити посилання' }).click();
  const link = await page.locator('[data-link]').textContent();
  assert.match(link, /^http:.*\/join\//);
  const other = await openPage(server);
  await other.goto(link);
  await other.fill('[name=login]', 'solomiia');
  await other.fill('[name=password]', 'чотири прості слова тут');
  await other.press('[name=password]', 'Enter');
  await other.waitForURL('**/desk');
  await page.goto('/team');
  const end = page.getByRole('button', { name: 'Закрити доступ' });
  await end.click();
  await page.locator('#confirm [value=no]').click();
  assert.equal(await end.count(), 1);
  await end.click();
  await page.locator('#confirm [value=yes]').click();
  await page.getByRole('button', { name: 'Повернути доступ' }).waitFor();
  assert.deepEqual(page.complaints, []);
});

test('on a phone every section is one thumb away', async () => {
  const page = await member({ width: 360, height: 740 });
  assert.equal(await page.locator('.nav-list .nav-link:visible').count(), 4);
  await page.locator('.account > summary').click();
  for (const path of ['/products', '/advisor', '/team']) assert.ok(await page.locator(`.menu-nav a[href="${path}"]`).isVisible());
});

test('without scripts the pages are there and forms work', async () => {
  const context = await (await openBrowser()).newContext({ baseURL: server.url, javaScriptEnabled: false, locale: 'uk-UA' });
  const page = await context.newPage();
  await logIn(page, who.login, who.password);
  await page.goto('/me');
  await page.fill('#name', 'Олена Річна');
  await page.locator('main button').first().click();
  await page.waitForURL('**/me');
  assert.equal(await page.locator('#name').inputValue(), 'Олена Річна');
  assert.ok(await page.locator('.toast').isVisible());
});
