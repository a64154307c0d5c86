// The call in a negotiation: by the keyboard alone, without a network, without scripts, on a phone; and the same screen from the server as from the browser.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Server, ask, axe, callItems, closeBrowser, dataFile, firstStart, logIn, openBrowser, openCall as openNamed, openPage, planCall, press, screenshot, tell } from './support.mjs';

let data, server, who, crm, admin, n = 0;

before(async () => {
  data = dataFile();
  server = await new Server(data.path).start();
  admin = await openPage(server);
  who = await firstStart(admin);
  crm = (await ask(admin, '/products')).products.find((product) => product.name.includes('CRM')).id;
});
after(async () => {
  await closeBrowser();
  await server.stop();
  data.remove();
});

// Letters A–F in this order; each option with what it brings us and them, in thousands. The first is where we start.
const TABLE = [
  ['Строк', 'deadline', [['30 днів', 0, 0], ['14 днів', -2, 9], ['7 днів', -6, 11]]],
  ['Доставка', 'service', [['забирають самі', 0, 0], ['наша', -2, 9]]],
  ['Навчання', 'extra_service', [['без', 0, 0], ['2 дні', -1, 4], ['5 днів', -2.5, 5]]],
  ['Оплата', 'cost', [['після', 0, 0], ['половина наперед', 3, -1.5], ['наперед', 6, -3]]],
  ['Договір', 'service', [['на рік', 0, 0], ['на два роки', 9, -4]]],
  ['Ціна', 'cost', [['120 тис.', 120, 0], ['115 тис.', 115, 5], ['110 тис.', 110, 10], ['100 тис.', 100, 20]], true],
];

async function newCall({ table = TABLE, limit = '96 тис.' } = {}) {
  const { id, client } = await planCall(admin, { kind: 'company', segment: 'b2b', name: `Кав’ярні «Ранок» ${n++}`, product: crm });
  const deal = (await ask(admin, `/calls/${id}`)).call.deal.id;
  for (const [name, family, options, price] of table) {
    const lines = options.flatMap(([option, ours, theirs]) => [['option', ''], ['option_name', option], ['ours', `${ours} тис.`], ['low', `${theirs} тис.`], ['high', `${theirs} тис.`]]);
    await tell(admin, `/deals/${deal}/bargain/variables/new`, [['name', name], ['family', family], ...(price ? [['price', '1']] : []), ['starts', '0'], ...lines]);
  }
  if (table.length && limit) await tell(admin, `/deals/${deal}/bargain/limits`, [['limit', limit], ['target', ''], ['their_limit', '']]);
  return { id, client, deal };
}

const openCall = (call, options) => openNamed(server, who, call.id, options, '#call[data-ready][data-trade]');

// Begins it, and makes it a negotiation where the advisor sees a sale.
async function negotiate(page) {
  await press(page, 'Enter');
  if (await page.locator('.call[data-mode=sale]').count()) await press(page, 'm');
  if (await page.locator('.propose').count()) await press(page, 'Escape');
}
const plain = (text) => text.replace(/[\u00a0\u202f]/g, ' ').replace(/\s+/g, ' ').trim();
const text = (page, selector) => page.locator(selector).innerText().then(plain);
const settled = (page) => page.waitForFunction(() => !Object.keys(localStorage).some((key) => key.startsWith('sturgeon.call.')));
const view = async (call) => (await ask(admin, `/calls/${call.id}`)).view;
const events = async (call) => (await ask(admin, `/calls/${call.id}`)).engine.events;
// Enter until the words of the large line are these.
async function until(page, wanted, most = 12) {
  for (let i = 0; i < most && !wanted.test(await text(page, '.ask-text')); i++) await press(page, 'Enter');
  assert.match(await text(page, '.ask-text'), wanted);
}

test('a negotiation by the keyboard alone: four offers of each side, the limit holds, a package is signed', async () => {
  const call = await newCall();
  const page = await openCall(call);
  await negotiate(page);
  assert.equal(await text(page, '.rail [aria-current]'), '2 Людина');
  assert.match(await text(page, '.room'), /24 тис\..*межа 96 тис\..*стоїмо на 120 тис\./);
  assert.equal(await text(page, '.rungs li:first-child'), 'C2 Навчання 2 дні −1 тис. +4 тис.'); // the cheapest first
  assert.match(await text(page, '.rungs li:last-child'), /Ціна/); // the price last (N1)

  // N3: what stands behind the position, by SPIN; N5: two answers of ours
  await press(page, '3', '/');
  await page.keyboard.type('доро');
  await press(page, 'Enter');
  assert.equal(await text(page, '.position h2'), '«Дорого»');
  assert.equal(await page.locator('.two-answers li').count(), 2);
  const first = await text(page, '.spin .line-next .words');
  await press(page, 'Enter'); // asked
  assert.notEqual(await text(page, '.spin .line-next .words'), first);
  await press(page, 'a', '1');
  assert.equal(await page.locator('.position [aria-pressed=true]').count(), 1);
  assert.equal(await page.locator('.two-answers .done').count(), 1);
  await press(page, 'y');
  assert.equal(await page.locator('.sheet').count(), 0);
  assert.equal(await page.locator('.interests [aria-pressed=true]').count(), 1);

  // They ask for delivery: a ready answer, said
  await press(page, '6');
  assert.equal(await page.locator('.turn[aria-pressed=true]').innerText(), 'Вони просять');
  await press(page, 'b', '2');
  assert.match(await text(page, '.offer-ask'), /Доставка наша нам −2 тис\. їм \+9 тис\./);
  assert.match(await text(page, '.trade-answer >> nth=0'), /1 Доставка наша Оплата половина наперед нам \+1 тис\. їм \+7,5 тис\./);
  await press(page, '1', 'Enter');
  assert.match(await text(page, '.room'), /25 тис\./);
  // They ask for a shorter time; ours is composed by hand: that, for payment in advance
  await press(page, 'a', '2', 'Tab', 'a', '2');
  assert.match(await text(page, '.offer-return'), /В обмін на що\?/); // N6
  await press(page, 'Enter');
  await settled(page);
  assert.equal(await view(call).then((v) => v.trade.ours_minor), 12100000); // nothing was said
  await press(page, 'd', '3', 'Enter');
  assert.match(await text(page, '.room'), /26 тис\./);
  // They ask for the price at once: it would fall below the limit, and is refused on the spot with the way back
  await press(page, 'f', '4', 'Tab', 'f', '4', 'a', '3', 'c', '3');
  assert.match(await text(page, '.offer-below'), /Нижче нашої межі на 500: цього не пропонуємо\. Поверне будь-що з цього:/);
  await press(page, 'Enter');
  await settled(page);
  assert.equal((await events(call)).filter((event) => event.kind === 'offered').length, 2); // N9
  await press(page, '1');
  assert.equal(await page.locator('.offer-below').count(), 0);
  await press(page, 'u', 'u', 'u', 'u'); // the change, and what we had put: we do not want it so
  assert.equal(await page.locator('.offer-words').count(), 0);
  await press(page, 'e', '2', 'f', '2', 'Enter'); // two years for five thousand
  await press(page, 'c', '3', 'Tab', 'c', '2'); // they want five days of training, we give two, on purpose for nothing
  await press(page, '0');
  await settled(page);
  const kept = await events(call), offers = kept.filter((event) => event.kind === 'offered');
  assert.equal(kept.filter((event) => event.kind === 'asked').length, 4);
  assert.deepEqual(offers.map((event) => event.value), [0, 0, 0, 1]);
  assert.deepEqual(kept.filter((event) => event.kind === 'asked').map((event) => event.amount), [-200000, -200000, -2000000, -250000]);

  // The contract, at the price that stands
  await press(page, 'Escape');
  await until(page, /договір\?/);
  await settled(page);
  assert.equal(await page.locator('[data-part=amount]').inputValue(), String(((await view(call)).amount_minor) / 100));
  await press(page, 'Enter');
  await press(page, '0');
  assert.match(await text(page, '.close-package'), /Строк 14 днів, Доставка наша, Навчання 2 дні, Оплата наперед, Договір на два роки, Ціна 115 тис\..*На межі можливого/);
  await press(page, 'Enter');
  await page.waitForSelector('.call-line');
  const { told, call: done } = await ask(admin, `/calls/${call.id}`);
  assert.equal(done.outcome, 'won');
  assert.deepEqual([told.trade.offered, told.trade.asked, told.trade.nothing, told.trade.better], [4, 4, 1, null]);
  assert.match(await text(page, '.call-line'), /Наша пропозиція Доставка: наша; Оплата: половина наперед \+1 тис\./);
  assert.match(await text(page, '.call-line'), /ні за що/);
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('a personal cut is said on the screen as long as it is ticked, and nothing serves it', async () => {
  const call = await newCall();
  const page = await openCall(call);
  await negotiate(page);
  const items = callItems((await ask(admin, `/calls/${call.id}`)).engine.items);
  const cut = items.find((item) => item.kind === 'interest' && item.variety === 'compliance' && item.objection_id), position = items.find((item) => item.id === cut.objection_id);
  await press(page, '/');
  await page.keyboard.type(position.text);
  await press(page, 'Enter');
  const letter = await page.locator('.position .cut kbd').innerText();
  await press(page, letter.toLowerCase());
  assert.match(await text(page, '.position .note-bad'), /Особистий відкат\. Нічого не обіцяйте/);
  await press(page, 'Escape', '4');
  assert.ok((await text(page, '.call-cut')).includes(plain(cut.say)));
  assert.match(await text(page, '.ask-text'), /Інтересу ще не знайдено/);
  await press(page, 'i', letter.toLowerCase(), 'Escape');
  assert.equal(await page.locator('.call-cut').count(), 0);
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('the mode changes in the middle: the place and everything found stay, the sale is proposed again when the wish falls', async () => {
  const call = await newCall();
  const page = await openCall(call);
  await negotiate(page);
  await press(page, '3', 'Comma', '/');
  await page.keyboard.type('доро');
  await press(page, 'Enter', 'a', 'Escape', '6', 'b', '2', '1', 'Escape');
  const found = async () => page.evaluate(() => [document.querySelectorAll('.motives [aria-pressed=true]').length, document.querySelector('.rail [aria-current] .step').textContent, document.querySelectorAll('.said-list li').length]);
  const before = await found();
  await press(page, 'm');
  assert.match(await text(page, '.rail'), /Мотиви.*Завершення/);
  assert.equal(await page.locator('.call-trade:visible').count(), 0);
  assert.deepEqual(await found(), before);
  await press(page, 'm');
  assert.match(await text(page, '.rail'), /Інтереси.*Торг/);
  assert.deepEqual(await found(), before);
  assert.equal(await page.locator('.interests [aria-pressed=true]').count(), 1);
  await press(page, '7');
  assert.match(await text(page, '.offer-words'), /Доставка наша.*Оплата половина наперед/); // the draft, too
  await press(page, 'Escape');
  if (await page.locator('.propose').count()) await press(page, 'Escape');
  await press(page, 'a', 's', 'd', 'f', 'k'); // his wish is great
  assert.equal(await page.locator('.propose').count(), 0);
  await press(page, 'a', 's', 'd', 'f', 'k', 'x', 'z'); // and falls
  assert.match(await text(page, '.propose h2'), /Схоже, це знову продаж/); // C6
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('the server’s first paint and the browser’s drawing are one screen', async () => {
  const call = await newCall();
  const page = await openCall(call);
  const parts = ['.rail', '.call-trade', '.interests', '.said-list', '.ask-kind', '.ask-text', '.after', '.position-behind', '.spin .words', '.two-answers', '.offer-words', '.offer-sum', '.offer-below', '.trade-answers', '.close-package'];
  const seen = (from) => from.evaluate((selectors) => selectors.map((selector) => [...document.querySelectorAll(selector)].filter((part) => !part.closest('.call[data-mode=sale] .for-negotiation')).map((part) => part.textContent.replace(/[\u00a0\u202f]/g, ' ').replace(/\s+/g, ' ').replace(/ ([,.])/g, '$1').replace(/^\d\d:\d\d |(?<= )\d\d:\d\d /g, '').replace(/\d\d:\d\d/g, '').trim()).join(' | ')), parts);
  const still = await (await openBrowser()).newContext({ baseURL: server.url, javaScriptEnabled: false, locale: 'uk-UA', storageState: await page.context().storageState() });
  const paint = await still.newPage();
  await negotiate(page);
  // A way through everything; what opens in the panel or a card is asked of the server by its address.
  const steps = [['3', ''], ['/', null], ['Enter', ''], ['a', ''], ['Enter', ''], ['2', ''], ['Escape', ''], ['6', '?trade=1'], ['b', null], ['2', '?trade=1'], ['1', '?trade=1'], ['Enter', '?trade=1'], ['Tab', null], ['f', null], ['4', '?trade=1'],
    ['a', null], ['3', '?trade=1'], ['u', '?trade=1'], ['u', '?trade=1'], ['c', null], ['2', '?trade=1'], ['0', '?trade=1'], ['Escape', ''], ['m', ''], ['m', ''], ['4', '']];
  for (const [key, address] of steps) {
    await press(page, key);
    if (address === null) continue;
    if (await page.locator('.propose').count()) await press(page, 'Escape');
    await settled(page);
    await paint.goto(`/calls/${call.id}${address}`);
    const here = await seen(page), there = await seen(paint);
    parts.forEach((part, i) => {
      // Without a script a line has its own button, and there is more to read where nothing is drawn over it.
      const tidy = (t) => t.replace(/Сказано|Запитано|Ми пропонуємо|Не віддаємо|Замало випадків, щоб сказати, чи діє|Ще не пробували/g, '').replace(/\s+/g, '');
      assert.equal(tidy(here[i]), tidy(there[i]), `${part} after ${key}`);
    });
  }
  await still.close();
  await page.context().close();
});

test('offline and back: offers are kept, sent in order, and what they bring is the server’s', async () => {
  const call = await newCall();
  const page = await openCall(call, { offlineErrors: true });
  await negotiate(page);
  await settled(page);
  await page.context().setOffline(true);
  await press(page, '6', 'b', '2', '1', 'Enter', 'a', '2');
  assert.match(await text(page, '.room'), /25 тис\./); // shown at once
  await page.context().setOffline(false);
  await settled(page);
  const kept = (await events(call)).filter((event) => ['asked', 'put', 'offered'].includes(event.kind));
  assert.deepEqual(kept.map((event) => [event.kind, event.amount]), [['asked', -200000], ['put', -200000], ['put', 300000], ['offered', 0], ['asked', -200000]]);
  assert.equal((await view(call)).trade.ours_minor, 12100000);
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('an offer that the limit no longer allows is refused by the server, and the screen says so', async () => {
  const call = await newCall();
  const page = await openCall(call, { offlineErrors: true });
  await negotiate(page);
  await settled(page);
  await tell(admin, `/deals/${call.deal}/bargain/limits`, [['limit', '119,5 тис.'], ['target', ''], ['their_limit', ''], ['reason', 'нова ціна закупівлі']]); // elsewhere, meanwhile, by a lead
  await press(page, '6', 'Tab', 'c', '2', '0'); // the browser does not know yet
  await settled(page);
  await page.getByText('Пропозицію не прийнято: вона нижче межі').waitFor();
  assert.equal((await events(call)).filter((event) => event.kind === 'offered').length, 0);
  assert.match(await text(page, '.offer-words'), /Навчання 2 дні/); // it is a draft again
  await page.context().close();
});

test('without a table or a limit the screen says what to do first, and the talk goes on', async () => {
  for (const [table, words] of [[[], /ще немає столу.*Підготувати стіл/], [TABLE, /межу не визначено.*Визначити межу/]]) {
    const call = await newCall({ table, limit: '' });
    const page = await openCall(call);
    await negotiate(page);
    assert.match(await text(page, '.trade-missing'), words);
    assert.equal(await page.locator('.trade-missing a').getAttribute('href'), `/deals/${call.deal}/bargain`);
    await press(page, '6', '7');
    assert.equal(await page.locator('.sheet').count(), 0);
    await press(page, '3', 'Enter');
    assert.equal(await page.locator('.said-list li').count() > 0, true);
    await page.context().close();
  }
});

test('a trade on a phone, by touch', async () => {
  const call = await newCall();
  const page = await openCall(call, { width: 360, height: 740 });
  await page.locator('.ask-buttons .button').click();
  if (await page.locator('.call[data-mode=sale]').count()) await page.locator('.dock-bar [data-act=mode]').click();
  await page.locator('.dock-tabs a', { hasText: 'Торг' }).click();
  assert.ok(await page.locator('.rungs button >> nth=0').isVisible()); // one swipe away
  await page.locator('.ladder-open a').click();
  await page.locator('.pick', { hasText: 'наша' }).click();
  await page.locator('.trade-answer >> nth=0').click();
  await page.locator('.sheet-foot .button', { hasText: 'сказано' }).click();
  assert.match(await text(page, '.said-list'), /Ми пропонуємо: Доставка: наша/);
  for (const box of await page.locator('button.pick:visible, .turn:visible, .rungs button:visible').evaluateAll((all) => all.map((e) => e.getBoundingClientRect().height)))
    assert.ok(box >= 44, `a target of ${box} pixels`);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360);
  await page.context().close();
});

test('without a script the trade is led by its forms', async () => {
  const call = await newCall();
  const context = await (await openBrowser()).newContext({ baseURL: server.url, javaScriptEnabled: false, locale: 'uk-UA', reducedMotion: 'reduce' });
  const page = await context.newPage();
  await logIn(page, who.login, who.password);
  await page.goto(`/calls/${call.id}`);
  const tap = (selector, words) => page.locator(selector, { hasText: words }).first().click({ force: true });
  await tap('.ask-buttons .button', 'Почати');
  if (await page.locator('.call[data-mode=sale]').count()) await page.locator('.dock-bar [data-act=mode]').click({ force: true });
  await page.goto(`/calls/${call.id}?trade=1`);
  await page.locator('.pick', { hasText: 'наша' }).getByText('Вони просять').last().click({ force: true });
  await page.goto(`/calls/${call.id}?trade=1`);
  await tap('.trade-answer', 'половина');
  await page.goto(`/calls/${call.id}?trade=1`);
  assert.match(await text(page, '.offer-words'), /Даємо: Доставка наша, просимо: Оплата половина наперед/);
  await tap('.sheet-foot .button', 'Пропозицію сказано');
  assert.match(await text(page, '.said-list'), /Ми пропонуємо: Доставка: наша; Оплата: половина наперед/);
  await context.close();
});

for (const [dark, width, language] of [[false, 1280, 'uk'], [true, 1280, 'en'], [false, 820, 'uk'], [true, 360, 'uk'], [false, 360, 'en']])
  test(`axe finds nothing on a negotiation, ${dark ? 'dark' : 'light'}, ${width}, ${language}`, async (t) => {
    const call = await newCall();
    const page = await openCall(call, { width, dark, height: width === 360 ? 740 : 800 });
    t.after(() => tell(admin, '/me/taste', [['language', 'uk']]));
    if (language === 'en') {
      await tell(page, '/me/taste', [['language', 'en']]);
      await page.reload();
      await page.waitForSelector('#call[data-ready]');
    }
    const clean = async (name) => {
      await page.waitForTimeout(250); // what slides in has come
      assert.deepEqual(await axe(page), [], name);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name} scrolls sideways`);
      await screenshot(page, `negotiation-${name}-${width}-${dark ? 'dark' : 'light'}-${language}`);
    };
    await negotiate(page);
    await press(page, '3', '/', 'Enter');
    await clean('position');
    await press(page, 'a', '1', 'y', '6', 'b', '2');
    await clean('asked');
    await press(page, '1');
    await clean('draft');
    await press(page, 'Enter', 'Tab', 'f', '4', 'a', '3', 'c', '3');
    await clean('below');
    await press(page, 'u', 'u', 'u', 'Escape');
    await clean('talk');
    await press(page, '0', '1');
    await clean('closing');
    await press(page, 'Enter');
    await page.waitForSelector('.call-line');
    await clean('over');
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });
