// Deals and the desk: a deal moves through its stages by the keyboard alone, by dragging, and without a script; the desk's next conversation begins by Enter.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { Server, axe, closeBrowser, dataFile, firstStart, logIn, openBrowser, openPage, screenshot, typeInField } from './support.mjs';

let data, server, who, admin, client;

before(async () => {
  data = dataFile();
  server = await new Server(data.path).start();
  admin = await openPage(server);
  who = await firstStart(admin);
  client = await made('/clients/new', { kind: 'company', segment: 'b2b', name: 'Кава Поруч' });
});
after(async () => {
  await closeBrowser();
  await server.stop();
  data.remove();
});

const ask = async (path) => (await admin.request.get(path, { headers: { Accept: 'application/json' } })).json();

async function tell(path, form) {
  const { csrf } = await ask('/session');
  const answer = await admin.request.post(path, { headers: { Accept: 'application/json', 'X-CSRF-Token': csrf }, form });
  assert.ok(answer.ok(), `${path}: ${answer.status()} ${await answer.text()}`);
  return answer.json();
}
const made = async (path, form) => (await tell(path, form)).location.match(/\d+/)[0];

let deals = {};
beforeEach(async () => {
  for (const { id } of (await ask('/deals/list?whose=team')).deals) await tell(`/deals/${id}/finish`, { stage: 'lost', reason: 'тест' });
  deals = {};
  for (const [title, stage] of [['Еквайринг', 'new'], ['Термінал', 'new'], ['Каса', 'contact'], ['Склад', 'contract']]) {
    deals[title] = await made('/deals/new', { client, title, stage, value: '1000' });
  }
});

const stageOf = async (title) => (await ask(`/deals/${deals[title]}`)).deal.stage;

async function openBoard(options) {
  const page = await openPage(server, options);
  await logIn(page, who.login, who.password);
  page.complaints.length = 0;
  await page.goto('/deals?whose=team');
  return page;
}
const card = (page, title) => page.locator(`[data-deal="${deals[title]}"]`);
const link = (page, title) => card(page, title).locator('.deal-title a');
const column = (page, stage) => page.locator(`[data-stage="${stage}"]`);
const settled = (page, title, stage) => column(page, stage).locator(`[data-deal="${deals[title]}"]`).waitFor();
const focused = (page) => page.evaluate(() => document.activeElement.closest('[data-deal]')?.dataset.deal);

const enter = (page) => Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]); // answers a form: the same address again, so it cannot be waited for by that

async function close(page) {
  assert.deepEqual(page.complaints, []);
  await page.context().close();
}

test('a deal goes on to the next stage and back by Shift and an arrow, is announced, and keeps the focus', async () => {
  const page = await openBoard();
  await link(page, 'Еквайринг').focus();
  await page.keyboard.press('Shift+ArrowRight');
  await settled(page, 'Еквайринг', 'contact');
  await page.waitForFunction(() => /Еквайринг/.test(document.querySelector('#said').textContent));
  const stage = await page.locator('#stage-contact').innerText();
  assert.equal(await page.locator('#said').innerText(), `Еквайринг: ${stage}`);
  await page.waitForFunction(() => document.querySelector('[data-stage=contact] .count').textContent === '2'); // the totals are the server's
  assert.equal(await focused(page), deals['Еквайринг']);
  assert.equal(await stageOf('Еквайринг'), 'contact');
  await page.keyboard.press('Shift+ArrowLeft');
  await settled(page, 'Еквайринг', 'new');
  await page.waitForFunction(() => document.querySelector('[data-stage=new] .count').textContent === '2');
  assert.equal(await stageOf('Еквайринг'), 'new');
  assert.deepEqual((await ask(`/deals/${deals['Еквайринг']}`)).events.map((e) => e.kind), ['stage', 'stage', 'made']);
  await close(page);
});

test('arrows go from deal to deal, over a stage that has none', async () => {
  const page = await openBoard();
  await link(page, 'Каса').focus();
  await page.keyboard.press('ArrowRight');
  assert.equal(await focused(page), deals['Склад']);
  await page.keyboard.press('ArrowLeft');
  assert.equal(await focused(page), deals['Каса']);
  await page.keyboard.press('ArrowLeft');
  const first = await focused(page);
  await page.keyboard.press('ArrowDown');
  assert.notEqual(await focused(page), first);
  await close(page);
});

test('past the last stage it is asked what came of it; Escape changes nothing, the answer finishes it', async () => {
  const page = await openBoard();
  await link(page, 'Склад').focus();
  await page.keyboard.press('Shift+ArrowRight');
  await page.locator('#finish[open] #finish-value').waitFor();
  assert.deepEqual(await axe(page), []);
  await screenshot(page, 'board-finish');
  await page.keyboard.press('Escape');
  await page.locator('#finish').waitFor({ state: 'hidden' });
  assert.equal(await stageOf('Склад'), 'contract');
  assert.equal(await focused(page), deals['Склад']);
  await page.keyboard.press('Shift+ArrowRight');
  await page.locator('#finish-value').fill('1 200');
  await enter(page);
  const { deal } = await ask(`/deals/${deals['Склад']}`);
  assert.equal(deal.stage, 'won');
  assert.equal(deal.value_minor, 120000);
  assert.match(await column(page, 'won').innerText(), /1/);
  await close(page);
});

test('a card is dragged to another stage, and to the lost ones with a reason', async () => {
  const page = await openBoard();
  await card(page, 'Термінал').dragTo(column(page, 'offer'));
  await settled(page, 'Термінал', 'offer');
  await page.waitForFunction(() => document.querySelector('[data-stage=offer] .count').textContent === '1');
  assert.equal(await stageOf('Термінал'), 'offer');
  await card(page, 'Термінал').dragTo(column(page, 'lost'));
  await page.locator('#finish-reason').fill('дорого');
  await enter(page);
  const { deal } = await ask(`/deals/${deals['Термінал']}`);
  assert.equal(deal.stage, 'lost');
  assert.equal(deal.lost_reason, 'дорого');
  await close(page);
});

test('a move that the server refuses is said, and the board shows how things are', async () => {
  const page = await openBoard();
  await link(page, 'Еквайринг').focus();
  await tell(`/deals/${deals['Еквайринг']}/finish`, { stage: 'won' }); // somebody was quicker
  await page.keyboard.press('Shift+ArrowRight');
  await page.locator('.toast', { hasText: 'вже завершено' }).waitFor();
  await card(page, 'Еквайринг').waitFor({ state: 'detached' });
  assert.equal(await stageOf('Еквайринг'), 'won');
  page.complaints.length = 0; // the browser notes the 422
  await close(page);
});

test('without a script each card has a menu of stages', async () => {
  const context = await (await openBrowser()).newContext({ baseURL: server.url, javaScriptEnabled: false, viewport: { width: 360, height: 740 } });
  const page = await context.newPage();
  await logIn(page, who.login, who.password);
  await page.goto('/deals?whose=team');
  await card(page, 'Каса').locator('summary').click();
  await Promise.all([page.waitForNavigation(), card(page, 'Каса').locator('button[value=offer]').click()]);
  assert.equal(await stageOf('Каса'), 'offer');
  await card(page, 'Каса').locator('summary').click();
  await card(page, 'Каса').locator('button[value=lost]').click();
  await page.locator('#finish-reason').fill('немає бюджету');
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/deals/${deals['Каса']}`);
  assert.equal(await stageOf('Каса'), 'lost');
  await context.close();
});

test('a deal and a conversation are made by typing the client’s name; the desk begins it by Enter', async () => {
  const page = await openPage(server);
  await logIn(page, who.login, who.password);
  page.complaints.length = 0;
  await page.goto('/calls/new');
  await typeInField(page, 'кав');
  await page.locator('#choices a', { hasText: 'Кава Поруч' }).click();
  await page.waitForURL(/client=/);
  await page.locator('input[name=deal][value="0"]').check();
  await page.fill('#purpose', 'познайомитись');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/deals\/\d+$/);
  await page.keyboard.press('g');
  await page.keyboard.press('d');
  await page.waitForURL('**/desk');
  assert.match(await page.locator('.next').innerText(), /Кава Поруч[\s\S]*познайомитись/);
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/calls\/\d+$/);
  await close(page);
});
