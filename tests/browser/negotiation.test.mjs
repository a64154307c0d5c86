// One negotiation from end to end, by the keyboard alone: the table laid from the library, the limit set, a call with a personal cut recognised, four offers of each side, an offer
// below the limit refused, a package signed that neither side could improve for free; and what the pages tell of it afterwards.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Server, ask, axe, callItems, closeBrowser, dataFile, firstStart, openPage, press as pressed, screenshot, tell, typeInField } from './support.mjs';

let data, server, page, client, deal, call;
before(async () => {
  data = dataFile();
  server = await new Server(data.path).start();
  page = await openPage(server);
  await firstStart(page);
});
after(async () => {
  await closeBrowser();
  await server.stop();
  data.remove();
});

const model = (path) => ask(page, path);
const send = async (path, form) => (await tell(page, path, form)).location;
const press = (...keys) => pressed(page, ...keys);
const arrived = async (act) => { await Promise.all([page.waitForEvent('load'), act()]); };
async function tabTo(selector) {
  for (let i = 0; i < 200; i++) {
    if (await page.evaluate((s) => document.activeElement.matches(s), selector)) return;
    await page.keyboard.press('Tab');
  }
  assert.fail(`the keyboard does not reach ${selector}`);
}
const plain = (text) => text.replace(/[\u00a0\u202f]/g, ' ').replace(/\s+/g, ' ').trim();
const text = (selector) => page.locator(selector).innerText().then(plain);
const settled = () => page.waitForFunction(() => !Object.keys(localStorage).some((key) => key.startsWith('sturgeon.call.')));
const trade = async () => { await settled(); return (await model(call)).view.trade; };
const offers = async () => { await settled(); return (await model(call)).engine.events.filter((event) => event.kind === 'offered' && !event.undone).length; };
// Letter and digit: this option of this variable.
const say = async ({ letter }, { n }) => press(letter.toLowerCase(), String(n));

test('the table is laid and the limit set before the talk', async () => {
  const crm = (await model('/products')).products.find((product) => product.name.includes('CRM')).id;
  client = await send('/clients/new', { kind: 'company', name: 'Зерно Полтави', segment: 'b2b', anyway: '1' });
  deal = await send('/deals/new', { client: client.split('/').pop(), product: String(crm), title: 'CRM на 20 місць', value: '120 тис.' });
  await page.goto(deal);
  await arrived(() => press('t'));
  const { library } = await model(`${deal}/bargain`), all = library.flatMap((shelf) => shelf.variables);
  const chosen = [...all.filter((one) => !one.price && !one.adds).slice(0, 4), all.find((one) => one.price)];
  for (const one of chosen) {
    await tabTo(`.shelf .add[value="${one.id}"]`);
    await arrived(() => press('Enter'));
  }
  await arrived(() => press('l'));
  await typeInField(page, '114 тис.');
  await tabTo('#target');
  await page.keyboard.type('125k');
  await tabTo('#their_limit');
  await page.keyboard.type('-100 %');
  await arrived(() => press('Enter'));
  const { limits, variables } = await model(`${deal}/bargain`);
  assert.deepEqual([limits.limit_minor, limits.target_minor, limits.their_limit_minor], [11400000, 12500000, -12000000]);
  assert.equal(variables.length, chosen.length);
  assert.equal(variables.at(-1).price, true); // the price last (N1)
  assert.deepEqual(await axe(page), []);
});

test('in the call a personal cut is recognised, and the interest behind a position found', async () => {
  await page.goto(deal);
  await arrived(() => press('Enter')); // call now
  await page.waitForSelector('#call[data-ready][data-trade]');
  call = new URL(page.url()).pathname;
  await press('Enter');
  if (await page.locator('.call[data-mode=sale]').count()) await press('m');
  if (await page.locator('.propose').count()) await press('Escape');
  const items = callItems((await model(call)).engine.items);
  const cut = items.find((item) => item.kind === 'interest' && item.variety === 'compliance' && item.objection_id);
  await press('3', '/');
  await page.keyboard.type(items.find((item) => item.id === cut.objection_id).text);
  await press('Enter');
  await press((await page.locator('.position .cut kbd').innerText()).toLowerCase());
  assert.match(await text('.position .note-bad'), /Особистий відкат\. Нічого не обіцяйте/);
  await press('a', '1', 'y');
  assert.ok((await text('.call-cut')).includes(plain(cut.say)));
  assert.equal(await page.locator('.interests [aria-pressed=true]').count(), 2);
  assert.deepEqual(await axe(page), []);
});

test('four offers of each side, nothing below the limit, nothing for nothing', async () => {
  await press('6');
  for (let round = 0; round < 4; round++) {
    const { variables } = await trade();
    const asks = variables.filter((one) => !one.price).flatMap((one) => one.options.filter((option) => option.n && !option.stands && !option.asked && option.ours < 0 && option.theirs > 0).map((option) => [one, option]));
    const [variable, option] = asks[0] ?? variables.filter((one) => one.price).flatMap((one) => one.options.filter((o) => o.n && !o.stands && o.ours < 0).map((o) => [one, o]))[0];
    const was = await offers();
    await page.waitForSelector('.turn[aria-pressed=true] >> text=Вони просять');
    await say(variable, option);
    if (await page.locator('.trade-answer').count()) {
      await press('1');
      if (await page.locator('.offer-below').count()) await press('1');
      if (await page.locator('.offer-return').count()) await press('0');
      else await press('Enter');
    }
    if (await offers() === was) { // nothing on the table makes up for it: we raise something of ours instead
      const better = (await trade()).variables.flatMap((one) => one.options.filter((o) => o.n && !o.stands && o.ours > 0).map((o) => [one, o]))[0];
      await press('Tab');
      await say(...better);
      await press('Enter');
    }
    assert.equal(await offers(), was + 1, `round ${round}`);
    if (await page.locator('.turn[aria-pressed=true] >> text=Ми пропонуємо').count()) await press('Tab');
  }
  // Below the limit: refused on the spot, with the way back.
  const { variables, limit_minor: limit, ours_minor: ours } = await trade();
  const price = variables.find((one) => one.price), cheap = price.options.filter((option) => option.n).sort((a, b) => a.ours - b.ours)[0];
  assert.ok(ours + cheap.ours < limit);
  await press('Tab');
  await say(price, cheap);
  assert.match(await text('.offer-below'), /Нижче нашої межі на/);
  const said = await offers();
  await press('Enter');
  assert.equal(await offers(), said); // N9
  await screenshot(page, 'negotiation-whole-below');
  await press('u');
  assert.equal(await page.locator('.offer-below').count(), 0);
  const kept = (await model(call)).engine.events.filter((event) => !event.undone);
  assert.ok(kept.filter((event) => event.kind === 'asked').length >= 4 && said >= 4);
});

test('a package is signed that neither side could improve for free', async () => {
  for (let i = 0; i < 5; i++) {
    const { better, variables } = await trade();
    if (!better) break;
    for (const change of better.package) {
      const variable = variables.find((one) => one.name === change.variable), option = variable?.options.find((one) => one.name === change.option);
      assert.ok(option?.n, `${change.variable}: ${change.option} has no key`);
      await say(variable, option);
    }
    await press(await page.locator('.offer-return').count() ? '0' : 'Enter');
  }
  assert.equal((await trade()).better, null);
  await press('Escape');
  for (let i = 0; i < 12 && !/договір\?/.test(await text('.ask-text')); i++) await press('Enter');
  assert.match(await text('.ask-text'), /договір\?/);
  await press('Enter', '0');
  assert.match(await text('.close-package'), /На межі можливого/);
  await press('Enter');
  await page.waitForSelector('.call-line');
  const { told, call: done } = await model(call);
  assert.equal(done.outcome, 'won');
  assert.ok(told.trade.offered >= 4 && told.trade.asked >= 4);
  assert.equal(told.trade.better, null);
  assert.deepEqual(await axe(page), []);
});

test('what was agreed and found stands on the pages of the deal and the client', async () => {
  const table = await model(`${deal}/bargain`);
  assert.ok(table.now.ours >= 11400000);
  assert.ok(table.log.filter((one) => one.who === 'ours').length >= 4);
  await page.goto(`${deal}/bargain`);
  assert.deepEqual(await axe(page), []);
  await page.goto(`${deal}/proposal`);
  assert.doesNotMatch(await text('main'), /відкат|межа/i);
  await page.emulateMedia({ media: 'print' }); // on paper the document alone
  assert.deepEqual(await page.evaluate(() => [...document.querySelectorAll('nav, form, .head .actions')].filter((e) => e.checkVisibility()).map((e) => e.outerHTML.slice(0, 80))), []);
  assert.match(await text('main'), /Зерно Полтави/);
  const pdf = await page.pdf({ format: 'A4' });
  assert.ok(pdf.length > 10_000 && pdf.subarray(0, 5).toString() === '%PDF-');
  await page.emulateMedia({ media: 'screen' });
  await page.goto(client);
  assert.match(await text('main'), /Особистий відкат/);
  assert.deepEqual(await axe(page), []);
  assert.deepEqual(page.complaints, []);
});
