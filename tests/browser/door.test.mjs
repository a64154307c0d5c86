import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { Server, axe, closeBrowser, dataFile, firstStart, logIn, openPage, screenshot, typeInField } from './support.mjs';

let data, server;
before(async () => {
  data = dataFile();
  server = await new Server(data.path).start();
});
after(async () => {
  await closeBrowser();
  await server.stop();
  data.remove();
});

test('first start: one page makes the company, by keyboard alone, and leaves one on an empty desk that says what to do', async () => {
  const page = await openPage(server);
  await page.goto('/');
  assert.equal(new URL(page.url()).pathname, '/start');
  await screenshot(page, 'start');
  assert.deepEqual(await axe(page), []);
  await typeInField(page, 'Річка');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Продажі');
  await page.focus('[name=name]');
  await page.keyboard.type('Олена Річна');
  await page.keyboard.press('Tab');
  await page.keyboard.type('olena');
  await page.keyboard.press('Tab');
  await page.keyboard.type('корот');
  await page.keyboard.press('Enter');
  // The browser itself may hold a short password back; either way nothing typed is lost.
  assert.equal(await page.inputValue('[name=company]'), 'Річка');
  await page.fill('[name=password]', 'чотири прості слова тут');
  await page.press('[name=password]', 'Enter');
  await page.waitForURL('**/desk');
  await screenshot(page, 'desk-empty');
  assert.ok(await page.locator('main a[href^="/clients"]').count(), 'an empty desk leads to the clients');
  assert.deepEqual(page.complaints, []);
});

test('log in: a wrong password is said beside the field, what was typed stays; the right one leads where one was going', async () => {
  const page = await openPage(server);
  await page.goto('/team');
  assert.equal(new URL(page.url()).pathname, '/login');
  await page.fill('[name=login]', 'olena');
  await page.fill('[name=password]', 'не той');
  await page.press('[name=password]', 'Enter');
  await page.waitForSelector('[aria-invalid=true]');
  assert.equal(await page.inputValue('[name=login]'), 'olena');
  assert.equal(await page.inputValue('[name=password]'), '');
  assert.deepEqual(await axe(page), []);
  await page.fill('[name=password]', 'чотири прості слова тут');
  await page.press('[name=password]', 'Enter');
  await page.waitForURL('**/team');
});

test('an invitation by link: seen once, taken by a stranger, who lands on his desk', async () => {
  const page = await openPage(server);
  await logIn(page, 'olena', 'чотири прості слова тут');
  await page.goto('/team');
  await page.locator('form[action="/team/invitations"] [name=name]').fill('Іван Манівчук');
  await page.locator('form[action="/team/invitations"] [name=name]').press('Enter');
  const link = await page.waitForFunction(() => /\/join\/[\w-]{43}/.exec(document.querySelector('main').innerHTML)?.[0]).then((h) => h.jsonValue());
  assert.deepEqual(await axe(page), []);
  const other = await openPage(server);
  await other.goto(link);
  await screenshot(other, 'join');
  await other.fill('[name=login]', 'ivan');
  await other.fill('[name=password]', 'іван-і-ще-три-слова');
  await other.press('[name=password]', 'Enter');
  await other.waitForURL('**/desk');
  await page.reload();
  await page.goto('/team');
  assert.ok(await page.getByText('Іван Манівчук').count());
  assert.equal(await page.getByText(link).count(), 0, 'the secret of a link is shown once');
});

test('a server that is killed and started again keeps people logged in', async () => {
  const page = await openPage(server, { offlineErrors: true });
  await logIn(page, 'olena', 'чотири прості слова тут');
  await server.stop('SIGKILL');
  await server.start();
  await page.goto('/team');
  assert.equal(new URL(page.url()).pathname, '/team');
});
