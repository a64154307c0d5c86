// Practice: a sale led to the signature by keys, a negotiation with typed words to a signed package, on a phone, without a script, without a network.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { Server, ask, axe, closeBrowser, dataFile, firstStart, logIn, openPage, press, screenshot, tell } from './support.mjs';

const most = 100 * 1024;
let data, server, who, admin;

before(async () => {
  data = dataFile();
  server = await new Server(data.path).start();
  admin = await openPage(server);
  who = await firstStart(admin);
});
after(async () => {
  await closeBrowser();
  await server.stop();
  data.remove();
});
beforeEach(() => { admin.complaints.length = 0; });

const begin = async (scenario, mode, seed) => (await tell(admin, '/practice', { scenario, mode, seed: String(seed) })).location;

// What moves by itself while the talk goes on: what a key has just moved is not counted, as browsers have it.
const watch = () => {
  globalThis.moved = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((e) => { if (!e.hadRecentInput) globalThis.moved += e.value; })).observe({ type: 'layout-shift', buffered: true });
};

async function open(path, options) {
  const page = await openPage(server, options);
  await logIn(page, who.login, who.password);
  page.complaints.length = 0;
  await page.addInitScript(watch);
  await page.goto(path);
  await page.waitForSelector('#call[data-ready]');
  return page;
}

// The client has answered all that was said.
const answered = (page) => page.waitForFunction(() => !document.querySelector('.says-dots, .says-waits') && !Object.keys(localStorage).some((key) => key.startsWith('sturgeon.call.')));
const says = async (page) => (await page.locator('.says').innerText()).replace(/\s+/g, ' ');
const suggested = async (page) => (await page.locator('.ask-text').allInnerTexts()).join().replace(/\u00a0/g, ' ');
const does = async (page, ...keys) => {
  for (const key of keys) {
    await press(page, key);
    await answered(page);
  }
};
const speaks = async (page, words) => {
  await press(page, 'n');
  await page.keyboard.type(words);
  await press(page, 'Enter');
  await answered(page);
};

test('the clients of practice invite: who each is, what is learnt; sale or negotiation is the manager’s to decide', async () => {
  const page = await openPage(server);
  await logIn(page, who.login, who.password);
  await page.goto('/practice');
  assert.equal(await page.locator('.practice-client').count(), 5);
  assert.match(await page.locator('.practice-client').first().innerText(), /Оксана/);
  await page.locator('.practice-client').nth(1).getByRole('button', { name: 'Як продаж' }).click();
  await page.waitForSelector('#call[data-ready]');
  assert.match(await page.locator('.call-who').innerText(), /Андрій/);
  assert.equal(await page.locator('#call').getAttribute('data-mode'), 'sale');
  await page.goto('/practice');
  assert.match(await page.locator('.practice-running').innerText(), /Андрій/); // it can be gone on with
  assert.deepEqual(await axe(page), []);
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('a sale from his first word to the payment, by keys alone', async () => {
  const path = await begin('mall_card', 'sale', 1);
  const page = await open(path);
  assert.ok((await says(page)).length > 5); // he has picked up
  assert.deepEqual(await axe(page), []);
  await screenshot(page, 'practice-begins');
  let told = false;
  for (let i = 0; i < 40 && (await page.locator('#call').count()); i++) {
    const line = await says(page);
    if (!told && /боюся/.test(line)) { // he has said what he is afraid of: safety
      await does(page, 'Comma');
      told = true;
    }
    if (/Завершити/.test(await page.locator('[data-part=buttons]').innerText())) break;
    await does(page, 'Enter');
  }
  assert.ok(told);
  assert.ok((await page.locator('.talk-me').count()) > 4);
  assert.ok((await page.evaluate(() => globalThis.moved)) < 0.02, 'the screen moved by itself');
  await screenshot(page, 'practice-signed');
  await press(page, 'Enter'); // good-bye
  await page.waitForSelector('.talk-whole');
  const over = await ask(page, path);
  assert.equal(over.practice.end, 'signed');
  assert.equal(over.practice.won, true);
  assert.ok(over.practice.tenths >= 40, `${over.practice.tenths}`);
  assert.match(await page.locator('h1').innerText(), /Підписано/);
  assert.match(await page.locator('.facts').innerText(), /Безпека\s+знайдено/);
  assert.deepEqual(await axe(page), []);
  await screenshot(page, 'practice-over');
  // Again with the same client: he begins with the same words.
  const first = over.talk.find((line) => line.who === 'client').words;
  await page.getByRole('button', { name: 'Ще раз із цим самим клієнтом' }).click();
  await page.waitForSelector('#call[data-ready]');
  assert.equal(await says(page), first.join(' ').replace(/\u00a0/g, ' '));
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('a negotiation in one’s own words: heard, the interest found, a package traded and signed', async () => {
  const path = await begin('service_contract', 'negotiation', 3);
  const page = await open(path);
  await page.waitForSelector('#call[data-trade]');
  const heard = () => page.locator('.heard').last().innerText();
  await speaks(page, 'Як ваш новий зал: люди вже розкуштували?');
  assert.equal(await heard(), 'почуто: проста розмова');
  await does(page, '3');
  await speaks(page, 'Що у вас зараз охолоджується й хто за це відповідає?');
  assert.match(await heard(), /^почуто: запитання, ситуація/);
  assert.equal(await page.locator('.sheet h2').innerText(), '«Уже мали договір, толку не було»'); // he has a position, and the card is there
  assert.match(await says(page), /Уже мали договір/);
  const field = await page.locator('.own').boundingBox(), sheet = await page.locator('.sheet').boundingBox();
  assert.ok(field.y + field.height <= sheet.y, 'the card covers the field of one’s own words');
  await speaks(page, 'А з чим тоді були труднощі?');
  assert.match(await heard(), /проблема/);
  await speaks(page, 'Якщо нічого не змінити, що буде влітку?');
  assert.match(await heard(), /наслідки/);
  assert.match(await says(page), /не витягну/); // it is felt
  await does(page, 'Enter'); // the direct question, from the card
  assert.match(await says(page), /за чотири години/); // the interest behind the position
  await does(page, 'a', '1'); // ticked; answered by what speaks to it
  assert.equal(await page.locator('.sheet').count(), 0);
  await speaks(page, 'лимонад кактус вечір');
  assert.equal(await heard(), 'почуто: не зрозуміло');
  await speaks(page, 'Пропоную знижку, якщо підпишете на два роки');
  assert.match(await heard(), /покладіть її на стіл/);
  // The table: letter and digit, an offer; what they ask comes from the client alone.
  await does(page, '7');
  await screenshot(page, 'practice-table');
  assert.deepEqual(await axe(page), []);
  await does(page, 'a', '2', 'b', '2', 'g', '2', 'Enter');
  assert.match(await says(page), /Моя умова|Мене влаштує/);
  for (let i = 0; i < 6 && (await page.locator('.sheet .spin').count()) && (await page.locator('.sheet .line-next').count()); i++) await does(page, 'Enter');
  await does(page, 'a', '1');
  let end = '';
  for (const offer of ['c2 h2', 'a3 f2', 'e2', 'd2', 'b2', 'f1']) {
    if (await page.locator('.sheet.trade-sheet').count()) await does(page, 'Escape');
    if (await page.locator('.sheet').count()) await does(page, 'Escape');
    await does(page, '7');
    for (const key of offer.replace(' ', '')) await does(page, key);
    await does(page, (await page.locator('.offer-return').count()) ? '0' : 'Enter');
    end = await says(page);
    if (!/Моя умова|Мене влаштує|І ще/.test(end)) break;
  }
  assert.match(end, /Гаразд|Згода|Добре|Домовилися|влаштовує/); // he accepts
  await does(page, 'Escape', '6', 'Escape');
  for (let i = 0; i < 8 && (await page.locator('#call').count()); i++) {
    if (/Завершити/.test(await page.locator('[data-part=buttons]').innerText())) break;
    await does(page, 'Enter');
  }
  assert.ok((await page.evaluate(() => globalThis.moved)) < 0.02, 'the screen moved by itself');
  await press(page, 'Enter');
  await page.waitForSelector('.talk-whole');
  const over = await ask(page, path);
  assert.equal(over.practice.end, 'signed');
  assert.notEqual(over.practice.left_minor, null);
  assert.equal(over.hidden.interests.filter(({ found }) => found).length >= 1, true);
  assert.deepEqual(await axe(page), []);
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('on a phone, dark, in English: everything within reach, nothing sideways, axe finds nothing', async () => {
  const path = await begin('crm_three', 'negotiation', 5);
  const page = await open(path, { width: 360, height: 740, dark: true, language: 'en' });
  for (let i = 0; i < 4; i++) {
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360);
    const box = await page.locator('.says').boundingBox();
    assert.ok(box.y > 0 && box.y + box.height < 500, 'his words are in sight');
    assert.deepEqual(await axe(page), []);
    await does(page, 'Enter');
  }
  await screenshot(page, 'practice-phone');
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('what is his to say is not entered for him, and undo takes back a tick, never a word', async () => {
  const path = await begin('mall_card', 'sale', 2);
  const page = await open(path);
  await does(page, 'Enter');
  const lines = await page.locator('.talk li').count();
  await press(page, '/');
  assert.equal(await page.locator('.objection-list button').count(), 0); // nothing of his was left standing
  await press(page, 'Escape');
  await does(page, 'p');
  assert.equal(await page.locator('.motives [aria-pressed=true]').count(), 1);
  await does(page, 'u');
  await page.waitForFunction(() => !document.querySelector('.motives [aria-pressed=true]'));
  await does(page, 'u');
  assert.equal(await page.locator('.talk li').count(), lines);
  await press(page, '0'); // the end is asked for first
  await page.waitForSelector('dialog[open]');
  await page.getByRole('button', { name: 'Завершити' }).last().click();
  await page.waitForSelector('.talk-whole');
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('without a network it says so, keeps what was said, and he answers when it is back', async () => {
  const path = await begin('mall_card', 'sale', 3);
  const page = await open(path, { offlineErrors: true });
  await page.context().setOffline(true);
  await press(page, 'n');
  await page.keyboard.type('А як ви платите зараз?');
  await press(page, 'Enter');
  await page.waitForSelector('.says-waits');
  assert.match(await page.locator('.talk-me').last().innerText(), /А як ви платите зараз/);
  await page.context().setOffline(false);
  await page.reload();
  await page.waitForSelector('#call[data-ready]');
  await answered(page);
  assert.match(await page.locator('.talk-me').last().innerText(), /А як ви платите зараз/);
  assert.equal((await ask(admin, path)).talk.filter(({ who: by }) => by === 'me').length, 1);
  await page.context().close();
});

test('without a script a practice is led by its forms', async () => {
  const path = await begin('mall_card', 'sale', 1);
  const page = await openPage(server);
  await logIn(page, who.login, who.password);
  const state = await page.context().storageState();
  const plain = await page.context().browser().newContext({ baseURL: server.url, javaScriptEnabled: false, storageState: state, locale: 'uk-UA' });
  const still = await plain.newPage();
  await still.goto(path);
  await still.locator('.ask-buttons .button').click();
  assert.equal(await still.locator('.talk-me').count(), 1);
  await still.fill('.own [name=text]', 'А що для вас найважливіше, коли платите?');
  await still.locator('.own button').click();
  assert.match(await still.locator('.heard').last().innerText(), /почуто: запитання/);
  await still.locator('[form=end]').last().click();
  await still.waitForSelector('.talk-whole');
  await plain.close();
  await page.context().close();
});

test('a first visit of the talk and of its end weighs no more than other pages', async () => {
  for (const path of [await begin('crm_three', 'negotiation', 9), '/practice']) {
    const page = await openPage(server);
    await logIn(page, who.login, who.password);
    const session = await page.context().newCDPSession(page);
    await session.send('Network.enable');
    await session.send('Network.setCacheDisabled', { cacheDisabled: true });
    let sum = 0;
    session.on('Network.loadingFinished', ({ encodedDataLength }) => { sum += encodedDataLength; });
    await page.goto(path, { waitUntil: 'load' });
    await page.waitForTimeout(150);
    assert.ok(sum <= most, `${path}: ${sum} bytes`);
    await page.context().close();
  }
});
