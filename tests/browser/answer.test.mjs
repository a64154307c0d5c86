// The company's answer: read, narrowed, a number opened, published with its poll, answered by somebody else and counted; the lead's week.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { Server, ask, axe, closeBrowser, dataFile, logIn, openPage } from './support.mjs';

let data, server, maryna, olena;
const visit = async (login, options) => {
  const page = await openPage(server, options);
  await logIn(page, login, data.people.find((one) => one.login === login).password);
  return page;
};

before(async () => {
  data = dataFile({ demo: true });
  server = await new Server(data.path).start();
  maryna = await visit('maryna');
  olena = await visit('olena');
});
after(async () => {
  const complaints = [maryna, olena].flatMap((page) => page?.complaints ?? []);
  await closeBrowser();
  await server.stop();
  data.remove();
  assert.deepEqual(complaints, []);
});

test('one sentence answers, with its interval and of how many', async () => {
  await maryna.goto('/desk');
  await maryna.click('.nav-list a[href="/answer"]');
  const said = (await maryna.textContent('#lead')).replace(/\s+/g, ' ');
  assert.match(said, /(продаємо|переговори).*\d+.%.*n = \d+/);
  assert.deepEqual(await axe(maryna), []);
});

test('every number of the page is the length of the list that it opens', async () => {
  const model = await ask(maryna, '/answer?span=all');
  const lists = new Map();
  const tell = (address, n) => {
    assert.equal(typeof n, 'number', address);
    assert.ok(!lists.has(address) || lists.get(address) === n, `two numbers for ${address}`);
    lists.set(address, n);
  };
  const walk = (node) => {
    if (!node || typeof node !== 'object') return;
    if ('yes' in node && node.calls) tell(node.calls, node.yes), tell(node.all_calls, node.n);
    if ('reached' in node) tell(node.reached_calls, node.reached), tell(node.won_calls, node.won), tell(node.next_calls, node.next);
    Object.values(node).forEach(walk);
  };
  walk(model);
  tell(model.n_calls, model.n);
  assert.ok(lists.size > 100, `${lists.size} numbers`);
  for (const [address, n] of lists) assert.equal((await ask(maryna, address)).n, n, address);
});

test('a list has as many rows as its number says, page by page', async () => {
  const model = await ask(maryna, '/answer?span=all');
  const { calls, yes } = model.lead.sale;
  const seen = new Set();
  for (let address = calls; address; ) {
    const list = await ask(maryna, address);
    for (const row of list.rows) {
      assert.equal(row.mode, 'sale');
      seen.add(row.id);
    }
    address = list.after;
  }
  assert.equal(seen.size, yes);
});

test('it is narrowed by keyboard, and a number opened', async () => {
  await maryna.goto('/answer');
  await maryna.focus('.answer-narrow summary');
  await maryna.keyboard.press('Enter');
  await maryna.selectOption('#segment', 'b2b');
  await maryna.focus('.answer-form button');
  await maryna.keyboard.press('Enter');
  await maryna.waitForURL(/segment=b2b/);
  const model = await ask(maryna, maryna.url().replace(server.url, ''));
  assert.equal(model.groups[0].rows.length, 1);
  await maryna.focus('#lead a');
  await maryna.keyboard.press('Enter');
  await maryna.waitForURL(/\/answer\/calls\?/);
  const rows = await maryna.locator('.answer-table tbody tr').count();
  assert.ok(rows > 0 && rows <= 50);
  assert.match(await maryna.textContent('h1'), new RegExp(`^\\s*${model.lead[model.lead.mode === 'negotiation' ? 'negotiation' : 'sale'].yes}`));
  assert.deepEqual(await axe(maryna), []);
  await maryna.click('.answer-table tbody a');
  await maryna.waitForURL(/\/calls\/\d+$/);
});

test('a manager reads it, but does not publish it and has no digest', async () => {
  await olena.goto('/answer');
  assert.equal(await olena.locator('a[href^="/answer/publish"]').count(), 0);
  for (const path of ['/answer/publish', '/answer/digest']) assert.equal((await olena.request.get(path)).status(), 403, path);
});

let post;
test('the lead publishes it: no name in it, a poll under it', async () => {
  await maryna.goto('/answer?span=90');
  await maryna.click('a[href^="/answer/publish"]');
  await maryna.waitForURL(/\/answer\/publish/);
  assert.deepEqual(await axe(maryna), []);
  const text = await maryna.textContent('.answer-preview');
  for (const { name } of data.people) assert.ok(!text.includes(name), name);
  await maryna.click('form[action="/answer/publish"] button');
  await maryna.waitForURL(/\/posts\/\d+$/);
  post = new URL(maryna.url()).pathname;
  assert.match(await maryna.textContent('#poll-title'), /А у вашій компанії\?/);
});

test('somebody else answers with a reason, and the page of the answer counts it', async () => {
  await olena.goto('/answer');
  assert.equal(await olena.locator(`.answer-readers a[href="${post}"]`).count(), 1);
  await olena.check('#poll input[name=place][value="1"]');
  await olena.fill('#poll [name=reason]', 'Перші дзвінки – щодня');
  await olena.click('#poll form button');
  await olena.locator('#poll .poll-bars').waitFor();
  await maryna.goto('/answer');
  const { readers } = await ask(maryna, '/answer');
  assert.equal(readers.poll.options[0].count, 1);
  assert.match(await maryna.textContent('.answer-readers .poll-bars li:first-child'), /100/);
  assert.match(await maryna.textContent('.answer-readers .poll-reasons'), /Перші дзвінки – щодня/);
  assert.deepEqual(await axe(maryna), []);
});

test('the lead’s week: from her desk, a figure opened, a week back', async () => {
  await maryna.goto('/desk');
  await maryna.click('a[href="/answer/digest"]');
  await maryna.waitForURL(/\/answer\/digest/);
  assert.deepEqual(await axe(maryna), []);
  await maryna.click('.week-turn a[rel=prev]');
  await maryna.waitForURL(/week=\d{4}-W\d\d/);
  const model = await ask(maryna, new URL(maryna.url()).pathname + new URL(maryna.url()).search);
  assert.ok(model.now.n > 0 && model.managers.length > 1);
  for (const one of model.managers)
    for (const key of ['sale', 'negotiation', 'won', 'lost', 'otherwise']) assert.equal((await ask(maryna, one[key].calls)).n, one[key].n, `${one.name} ${key}`);
  await maryna.click('.week-table tbody a');
  await maryna.waitForURL(/\/answer\/calls/);
});

test('on a phone nothing is scrolled sideways', async () => {
  const phone = await visit('maryna', { width: 360, height: 740, dark: true });
  for (const path of ['/answer', '/answer?span=30&segment=b2c', '/answer/digest', '/answer/calls?outcome=lost', '/answer/publish']) {
    await phone.goto(path);
    assert.ok((await phone.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0, path);
    assert.deepEqual(await axe(phone), [], path);
  }
  assert.deepEqual(phone.complaints, []);
});
