// The main top as its readers have it: one votes, and the other's page says so within a second without moving what is read; the top of another time; why a post is there.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Server, axe, closeBrowser, dataFile, firstStart, logIn, openBrowser, openPage, screenshot } from './support.mjs';

const password = 'осетер-2026';
let data, server;
const people = {}; // name → {login, page (nothing is opened there but its session), post ids}

const ask = async (who, path) => (await people[who].page.request.get(path, { headers: { Accept: 'application/json' } })).json();
async function tell(who, path, form = {}) {
  const { csrf } = await ask(who, '/session');
  const answer = await people[who].page.request.post(path, { headers: { Accept: 'application/json', 'X-CSRF-Token': csrf }, form });
  assert.ok(answer.ok(), `${path}: ${answer.status()} ${await answer.text()}`);
  return answer.json();
}
const vote = (who, post, form) => tell(who, `/posts/${post}/vote`, form);
const write = async (who, title) => (await tell(who, '/posts/new', { title, body: 'Текст.', kind: 'article', language: 'uk', do: 'publish' })).location.match(/\d+/)[0];

async function invite(name, login) {
  const { fresh } = await tell('olena', '/team/invitations', { name, role: 'manager' });
  const page = await openPage(server);
  await page.goto(fresh.path);
  await page.fill('[name=login]', login);
  await page.fill('[name=password]', password);
  await page.press('[name=password]', 'Enter');
  await page.waitForURL('**/desk');
  people[login] = { login, page };
}

let first, second;
before(async () => {
  data = dataFile();
  server = await new Server(data.path).start();
  const page = await openPage(server);
  await firstStart(page, { password });
  people.olena = { login: 'olena', page };
  for (const [name, login] of [['Тарас Бойко', 'taras'], ['Ірина Ткач', 'iryna'], ['Юрій Мороз', 'yurii'], ['Марія Гнатюк', 'mariia']]) await invite(name, login);
  first = await write('olena', 'Як не знижувати ціну');
  second = await write('taras', 'Коли клієнт мовчить');
  for (const who of ['taras', 'iryna', 'yurii']) await vote(who, first);
  for (const who of ['olena', 'iryna']) await vote(who, second);
  await settled((top) => top.count === 1);
});
after(async () => {
  await closeBrowser();
  await server.stop();
  data.remove();
});

async function settled(good) {
  for (let i = 0; i < 60; i++) {
    if (good(await ask('olena', '/top'))) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.fail(`the top is not as it should be: ${JSON.stringify(await ask('olena', '/top')).slice(0, 1000)}`);
}

async function open(who, path = '/top', options = {}) {
  const page = await openPage(server, options);
  await logIn(page, who, password);
  page.complaints.length = 0;
  await page.goto(path);
  return page;
}
const listening = (page) => page.locator('.top-live[data-state=on]').waitFor();
const row = (page, post) => page.locator(`.place[data-post="${post}"]`);
const order = (page) => page.$$eval('.place', (rows) => rows.map((r) => r.dataset.post));
const bar = (page) => page.locator('#top-refresh');
async function close(page) {
  assert.deepEqual(page.complaints, []);
  await page.context().close();
}

test('one reader votes, and another’s page says so within a second, moves nothing, and shows the new order when asked', async () => {
  const page = await open('mariia');
  await listening(page);
  assert.deepEqual(await order(page), [first]);
  const stood = await row(page, first).boundingBox();
  await vote('yurii', second); // its third: hotter than the first, whose three are older
  const voted = Date.now();
  await bar(page).waitFor({ state: 'visible', timeout: 1000 });
  assert.ok(Date.now() - voted < 1000, `${Date.now() - voted} ms`);
  assert.match(await bar(page).innerText(), /Змін у топі: 1/);
  assert.equal(await row(page, first).locator('.place-number').innerText(), '2');
  assert.match(await row(page, first).locator('.move').textContent(), /увійшов у топ/); // an hour ago it was not there
  assert.deepEqual(await order(page), [first]);
  assert.deepEqual(await row(page, first).boundingBox(), stood);
  assert.deepEqual(await axe(page), []);
  await screenshot(page, 'top-changes');
  await bar(page).click();
  await row(page, second).waitFor();
  assert.deepEqual(await order(page), [second, first]);
  await bar(page).waitFor({ state: 'hidden' });
  await close(page);
});

test('a vote on the page counts at once there and within a second on the other’s, in place', async () => {
  const [mine, other] = [await open('mariia'), await open('yurii', '/top', { width: 360, height: 740 })];
  await Promise.all([listening(mine), listening(other)]);
  const before = await other.evaluate(() => [...document.querySelectorAll('.place')].map((r) => r.getBoundingClientRect().top));
  await row(mine, second).locator('.vote-button').click();
  await row(mine, second).locator('.vote-button[aria-pressed=true]').waitFor();
  assert.equal(await row(mine, second).locator('.count').innerText(), '4');
  await row(other, second).locator('.count', { hasText: /^4$/ }).waitFor({ timeout: 1000 });
  assert.deepEqual(await other.evaluate(() => [...document.querySelectorAll('.place')].map((r) => r.getBoundingClientRect().top)), before);
  await close(mine);
  await close(other);
});

test('a page that nobody looks at puts itself in order', async () => {
  const page = await open('yurii');
  await listening(page);
  assert.deepEqual(await order(page), [second, first]);
  await page.evaluate(() => Object.defineProperty(document, 'hidden', { configurable: true, value: true }));
  await vote('mariia', second, { back: '1' });
  await vote('olena', second, { back: '1' });
  await page.waitForFunction((post) => document.querySelector('.place').dataset.post === post, first);
  assert.ok(await bar(page).isHidden());
  await vote('olena', second);
  await page.waitForFunction((post) => document.querySelector('.place').dataset.post === post, second);
  await close(page);
});

test('why a post is here opens in place and sums; the same is a page', async () => {
  for (const language of ['uk', 'en']) {
    await tell('iryna', '/me/taste', { language });
    const page = await open('iryna', '/top', { width: 360, height: 740 });
    const why = row(page, second).locator('[data-why]');
    assert.equal(await why.getAttribute('aria-expanded'), 'false');
    await why.focus();
    await page.keyboard.press('Enter');
    await row(page, second).locator('.heat').waitFor();
    assert.equal(await why.getAttribute('aria-expanded'), 'true');
    assert.match(await row(page, second).locator('.heat').innerText(), language === 'uk' ? /ваш голос/ : /your vote/);
    const figures = await row(page, second).locator('.heat-left').allInnerTexts();
    const total = await row(page, second).locator('tfoot b').innerText();
    const n = (text) => Number(text.replace(',', '.'));
    assert.equal(figures.length, 3);
    assert.ok(n(total) > 2.9);
    assert.ok(Math.abs(figures.map(n).reduce((a, b) => a + b) - n(total)) < 0.002, `${figures} = ${total}`);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth), 0);
    assert.deepEqual(await axe(page), []);
    await screenshot(page, `top-why-${language}`);
    await why.click();
    await row(page, second).locator('.heat').waitFor({ state: 'hidden' });
    await page.goto(`/posts/${second}/heat`);
    assert.deepEqual(await axe(page), []);
    await close(page);
  }
  await tell('iryna', '/me/taste', { language: 'uk' });
});

test('the top of another time, by steps and by its date', async () => {
  const page = await open('iryna');
  await page.locator('summary', { hasText: 'Яким топ був раніше' }).click();
  await page.locator('.top-foot a', { hasText: 'Годину тому' }).click();
  await page.getByText('Тоді в топі нічого не було').waitFor();
  assert.match(page.url(), /as_of=/);
  assert.equal(await page.locator('#as_of').inputValue().then((v) => v.length), 16);
  assert.deepEqual(await axe(page), []);
  await page.getByRole('link', { name: 'На годину раніше' }).click();
  await page.getByRole('link', { name: 'На годину пізніше' }).click();
  await page.getByRole('link', { name: 'До теперішнього' }).first().click();
  await row(page, second).waitFor();
  const { at } = await ask('iryna', '/top');
  await new Promise((resolve) => setTimeout(resolve, 10));
  await page.goto(`/top?as_of=${at}`);
  assert.deepEqual(await order(page), [second, first]);
  assert.equal(await page.locator('button.vote-button').count(), 0); // then is over
  assert.equal(await page.locator('.places[data-live]').count(), 0);
  await close(page);
});

test('without a script the page votes and explains', async () => {
  const context = await (await openBrowser()).newContext({ baseURL: server.url, javaScriptEnabled: false, locale: 'uk-UA' });
  const page = await context.newPage();
  await page.goto('/login');
  await page.fill('[name=login]', 'mariia');
  await page.fill('[name=password]', password);
  await page.press('[name=password]', 'Enter');
  await page.waitForURL('**/desk');
  await page.goto('/top');
  await row(page, first).locator('.vote-button').click();
  await page.waitForURL('**/top');
  assert.equal(await row(page, first).locator('.vote-button').getAttribute('aria-pressed'), 'true');
  assert.ok(await page.locator('.top-live').isHidden());
  await row(page, first).locator('[data-why]').click();
  assert.match(await page.locator('h1').innerText(), /Чому/);
  await context.close();
});

test('where events do not pass, the page asks every few seconds', async () => {
  const page = await open('iryna', '/desk', { offlineErrors: true });
  await page.route('**/top/live', (route) => (route.request().headers().accept?.includes('event-stream') ? route.fulfill({ status: 503 }) : route.continue()));
  await page.goto('/top');
  await page.locator('.top-live[data-state=slow]').waitFor();
  await close(page);
});

test('the server ends and comes back: so does the page', async () => {
  const page = await open('iryna', '/top', { offlineErrors: true });
  await listening(page);
  const began = Date.now();
  await server.stop();
  assert.ok(Date.now() - began < 2000, `the end took ${Date.now() - began} ms`);
  await page.locator('.top-live[data-state=off]').waitFor();
  await server.start();
  await listening(page);
  await close(page);
});

test('a post’s life in the top is read by pointing and by keys', async () => {
  const page = await open('iryna', `/posts/${second}`);
  const picture = page.locator('[data-life]');
  assert.match(await picture.getAttribute('aria-valuetext'), /досі/);
  await picture.focus();
  await page.keyboard.press('Home');
  assert.match(await page.locator('[data-life-said]').innerText(), /^1 · /);
  assert.equal(await picture.getAttribute('aria-valuenow'), '1');
  await picture.locator('svg').first().hover({ position: { x: 200, y: 100 } });
  assert.notEqual(await page.locator('[data-life-said]').innerText(), '');
  assert.deepEqual(await axe(page), []);
  await screenshot(page, 'top-life');
  await close(page);
});
