// The main job on real input: somebody's 8,800 opportunities, brought from the page; a desk; a call led on one of them to the next one.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Server, closeBrowser, dataFile, firstStart, openPage, root, run, screenshot } from './support.mjs';

const shared = process.env.STURGEON_SHARED ?? join(root, '..', 'shared');
const table = (name) => join(shared, 'data', 'pipeline', name);
const skip = existsSync(table('sales_pipeline.csv')) ? false : 'the table of opportunities is not here';

let data, server, page;
before(async () => {
  if (skip) return;
  data = dataFile();
  server = await new Server(data.path).start();
  page = await openPage(server);
  await firstStart(page);
});
after(async () => {
  if (skip) return;
  await closeBrowser();
  await server.stop();
  data.remove();
});

const model = (path) => page.evaluate(async (p) => (await fetch(p, { headers: { accept: 'application/json' } })).json(), path);

async function bring(kind, file) {
  await page.goto('/import');
  await page.locator(`[name=kind][value=${kind}]`).check({ force: true });
  await page.setInputFiles('[name=file]', file);
  await page.locator('form[action="/import"] button').click();
  await page.waitForURL(/\/import\/\d+/);
  await screenshot(page, `import-${kind}-preview`);
  await page.locator('form[action$="/take"] button').click();
  await page.waitForFunction(() => !document.querySelector('form[action$="/take"]'), undefined, { timeout: 60000 });
  return model(new URL(page.url()).pathname);
}

test('85 accounts and 8,800 opportunities come in from the page, and teach the advisor', { skip }, async () => {
  await bring('clients', table('accounts.csv'));
  const deals = await bring('deals', table('sales_pipeline.csv'));
  assert.equal(deals.counts.rows, 8800);
  assert.equal(deals.counts.refused, 0);
  const found = await model('/clients?q=cancity');
  assert.equal(found.clients[0].name, 'Cancity');
  const advisor = await model('/advisor');
  assert.equal(advisor.learnt, 4238 + 2473);
});

test('a call on one of them is planned, begun from the desk by Enter, led, and ends with the next one', { skip }, async () => {
  const client = (await model('/clients?q=cancity')).clients[0];
  await page.goto(`/calls/new?client=${client.id}`);
  await page.locator('[name=deal]').first().check();
  const deal = await page.locator('[name=deal]').first().inputValue();
  assert.notEqual(deal, '0', 'an open deal of the table is offered');
  await page.locator('form[action^="/calls/new"] button').click();
  await page.waitForURL((url) => !url.pathname.startsWith('/calls/new'));
  await page.goto('/desk');
  await screenshot(page, 'desk-pipeline');
  assert.ok((await page.locator('main').innerText()).includes('Cancity'));
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/calls\/\d+/);
  await page.waitForSelector('#call[data-ready]');
  const call = new URL(page.url()).pathname;
  assert.equal((await model(call)).call.deal.id, Number(deal));
  for (let i = 0; i < 5; i++) await page.keyboard.press('Enter'); // begin, open, ask
  await page.keyboard.press('e');
  await page.keyboard.press('s');
  await page.keyboard.press('0'); // to the end
  await page.waitForSelector('[name=outcome]');
  await page.locator('[name=outcome][value=next]').check({ force: true });
  await page.fill('[name=promised]', 'надіслати розрахунок на рік');
  await page.locator('form:has([name=outcome]) button[type=submit], form:has([name=outcome]) button:not([type])').last().click();
  await page.waitForSelector('.call-line');
  const over = await model(call);
  assert.equal(over.call.outcome, 'next');
  assert.equal(over.call.promised, 'надіслати розрахунок на рік');
  const next = (await model(`/clients/${client.id}`)).planned;
  assert.equal(next.length, 1);
  assert.equal(next[0].deal_id, Number(deal));
  await page.goto(`/calls/${next[0].id}`);
  assert.ok((await page.locator('body').innerText()).includes('надіслати розрахунок на рік'), 'what was promised last time stands in the next call');
});

test('the check finds everything derived equal to its events', { skip }, async () => {
  await server.stop();
  assert.ok(!/DIFFERENT/.test(run('check', '--db', data.path)));
});
