// The call: a sale led to its end by the keyboard alone, on a phone, without scripts, without a network, without a server.
import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { Server, ask, axe, closeBrowser, dataFile, firstStart, logIn, openBrowser, openCall as openNamed, openPage, planCall, press, screenshot, tell } from './support.mjs';

let data, server, who, card, crm, admin, n = 0;

before(async () => {
  data = dataFile();
  server = await new Server(data.path).start();
  admin = await openPage(server);
  who = await firstStart(admin);
  const products = (await ask(admin, '/products')).products;
  card = products.find((product) => product.name.includes('Щодня')).id;
  crm = products.find((product) => product.name.includes('CRM')).id;
});
after(async () => {
  await closeBrowser();
  await server.stop();
  data.remove();
});

// A client of that segment, and the first conversation with him.
async function newCall({ segment = 'b2c', product = card } = {}) {
  const name = `${['Олена', 'Марія', 'Ігор', 'Тарас'][n % 4]} ${'Гнатюк Шевчук Бондар Кравець Мельник Лисенко Рудь Савчук Коваль Ткач Яценко Дуб Гай Лис Орел Сова Вовк'.split(' ')[n++ % 17]} ${n}`;
  return planCall(admin, { kind: segment === 'b2b' ? 'company' : 'person', segment, name, product });
}

const openCall = (call, options) => openNamed(server, who, call.id, options);
// As a keyboard with a Ukrainian layout sends it.
const ukrainian = (page, key, code) => page.evaluate(([k, c]) => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key: k, code: c, bubbles: true, cancelable: true })), [key, code]);
const asked = (page) => page.locator('.ask-text').innerText().then((text) => text.replace(/\u00a0/g, ' '));
const unsent = (page) => page.locator('[data-part=unsent]');
const stored = (page) => page.evaluate(() => Object.entries(localStorage).filter(([key]) => key.startsWith('sturgeon.call.')).length);
const settled = (page) => page.waitForFunction(() => !Object.keys(localStorage).some((key) => key.startsWith('sturgeon.call.')));
const view = async (call) => (await ask(admin, `/calls/${call.id}`)).view;
const events = async (call) => (await ask(admin, `/calls/${call.id}`)).engine.events;

test('from the desk through a whole B2C sale closed on the spot, by the keyboard alone', async () => {
  const call = await newCall();
  const page = await openPage(server);
  await logIn(page, who.login, who.password);
  await page.goto('/desk');
  page.complaints.length = 0;
  await press(page, 'Enter'); // the next conversation
  await page.waitForURL(`**/calls/${call.id}`);
  await page.waitForSelector('#call[data-ready]');
  assert.match(await asked(page), /Наберіть/);
  await press(page, 'Enter'); // begin
  assert.equal(await page.locator('.rail [aria-current]').innerText().then((t) => t.replace(/\s+/g, ' ')), '2 Контакт');
  await press(page, 'Enter', 'Enter'); // the opener was said; on to the motives
  const first = await asked(page);
  assert.match(first, /\?$/);
  await press(page, 'Enter'); // asked
  assert.notEqual(await asked(page), first);
  await press(page, 'Tab');
  await page.keyboard.type('щотижня, тисячі чотири');
  await press(page, 'Enter');
  await ukrainian(page, 'е', 'KeyT'); // Е: economy, in a Ukrainian layout
  await press(page, 'Comma'); // Б: safety, by its place in a Latin one
  assert.deepEqual(await page.locator('.motives [aria-pressed=true]').allInnerTexts().then((all) => all.map((t) => t.replace(/^.\s*/, ''))), ['Безпека', 'Економія']);
  await press(page, 'l'); // asks the price
  assert.equal(await page.locator('.signals [aria-pressed=true]').count(), 1);
  for (let i = 0; i < 8 && !/Презентуйте/.test(await asked(page)); i++) await press(page, 'Enter');
  await press(page, 'Enter');
  assert.match(await asked(page), /^Тож .*\.$/); // S4: composed of the card and the motives
  assert.match(await page.locator('.ask-kind').innerText(), /Безпека|Економія/);

  // S5: an objection in the middle, and back to the same question
  const question = await asked(page);
  await press(page, '/');
  await page.keyboard.type('доро');
  await press(page, 'Enter');
  assert.equal(await page.locator('.objection h2').innerText(), '«Дорого»');
  assert.equal(await page.locator('.answer-lines > li').count(), 3);
  assert.equal(await asked(page), question); // it stays in sight
  await press(page, 'Enter', 'Enter', 'Enter', 'Enter'); // clarify, agree, argue, complete
  await press(page, 'Enter'); // the client agrees
  assert.equal(await page.locator('.sheet').count(), 0);
  assert.equal(await asked(page), question);

  for (let i = 0; i < 8 && !(await page.locator('.ask-amount').count()); i++) await press(page, 'Enter');
  assert.match(await asked(page), /договір\?/);
  await press(page, 'Enter'); // agreed
  for (let i = 0; i < 3 && !/оплату/.test(await asked(page)); i++) await press(page, 'Enter');
  await press(page, 'Enter'); // paid
  assert.match(await asked(page), /Готово/);
  await press(page, 'Enter'); // the form that ends the call
  assert.ok(await page.locator('[name=outcome][value=won]').isChecked());
  await press(page, 'Enter');
  await page.waitForSelector('.call-line');
  assert.equal(await page.locator('h1').innerText(), 'Домовилися');

  const { call: done, view: end, told } = await ask(admin, `/calls/${call.id}`);
  assert.equal(done.outcome, 'won');
  assert.equal(done.deal.stage, 'won');
  assert.equal(end.contract.minor, 30000);
  assert.equal(end.payment.minor, 30000);
  assert.deepEqual(told.motives, ['safety', 'economy']);
  assert.equal(told.objections_answered, 1);
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('the mode changes in the middle when the wishes cross, and is kept by one key', async () => {
  const call = await newCall();
  const page = await openCall(call);
  await press(page, 'Enter', '3', 'a');
  assert.equal(await page.locator('.propose').count(), 0);
  await press(page, 'd');
  const proposal = page.locator('.propose');
  assert.match(await proposal.innerText(), /Схоже, це вже переговори/);
  assert.match(await proposal.innerText(), /договір/); // the reason, in words
  assert.match(await page.locator('.call-mode .mode').innerText(), /ПРОДАЖ/); // nothing changes until it is accepted
  await press(page, 'x'); // he sees no need after all: the wishes have come back
  assert.equal(await proposal.count(), 0);
  await press(page, 'x');
  assert.equal(await proposal.count(), 1);
  await press(page, 'm');
  assert.equal(await proposal.count(), 0);
  assert.match(await page.locator('.call-mode .mode').innerText(), /ПЕРЕГОВОРИ/);
  await settled(page);
  assert.match((await view(call)).ask.item?.kind ?? 'term', /^(spin|term)$/); // interests and terms are asked about, nothing is presented
  await press(page, 'u');
  assert.match(await page.locator('.call-mode .mode').innerText(), /ПРОДАЖ/);
  assert.equal(await proposal.count(), 1); // it stands again
  await press(page, 'Escape');
  assert.equal(await proposal.count(), 0);
  await settled(page);
  assert.deepEqual((await events(call)).filter((e) => e.kind.startsWith('mode')).map((e) => e.kind), ['mode_proposed', 'mode_accepted', 'mode_kept']);
  await page.context().close();
});

test('what the browser computes is what the server computes', async () => {
  const call = await newCall({ segment: 'b2b', product: crm });
  const page = await openCall(call);
  const keys = ['Enter', 'Enter', 'Enter', 'Enter', 'a', 'Comma', 'ArrowRight', 'Enter', 'u', 's', 'Enter', '4', 'Enter', 'ArrowRight', '/', 'Enter', 'Enter', 'Escape', '5', 'Enter', 'x', 'KeyG', 'z', 'Enter'];
  for (const key of keys) {
    await press(page, key);
    await settled(page);
    const there = await view(call);
    const here = await page.evaluate(() => ({
      wish: Number(document.querySelectorAll('.wish-value')[1].textContent), step: document.querySelector('.rail [aria-current] .name')?.textContent,
      mode: document.querySelector('.call-mode .mode').className, said: document.querySelectorAll('.said-list li').length, text: document.querySelector('.ask-text').textContent.replace(/\u00a0/g, ' '),
      because: document.querySelector('.call-mode .reason').textContent,
    }));
    assert.equal(here.wish, there.wish_buy, key);
    assert.ok(here.mode.includes(there.mode), key);
    assert.equal(here.said, Math.min(12, there.said.length), key);
    assert.equal(here.because, there.because.map((b) => b.text).join('; '), key);
    if (there.ask.kind === 'item' && there.ask.item.text) assert.equal(here.text, there.ask.item.text, key);
  }
  // And a reload shows the same.
  const before = await asked(page);
  await page.reload();
  await page.waitForSelector('#call[data-ready]');
  assert.equal(await asked(page), before);
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('the network is cut in the middle: nothing stops, nothing is lost, nothing comes twice', async () => {
  const call = await newCall();
  const page = await openCall(call, { offlineErrors: true });
  await press(page, 'Enter', 'Enter');
  await settled(page);
  await page.context().setOffline(true);
  await press(page, 'Enter', 'Enter', 'a', 'Comma', 'n');
  await page.keyboard.type('без мережі');
  await press(page, 'Enter', 'x', 'u');
  await assert.doesNotReject(page.waitForFunction(() => /Ще не надіслано: \d/.test(document.querySelector('[data-part=unsent]').textContent)));
  assert.equal((await events(call)).length, 2);
  await page.context().setOffline(false);
  await settled(page);
  assert.equal(await unsent(page).innerText(), '');
  const kept = await events(call);
  assert.deepEqual(kept.map((e) => e.kind), ['began', 'said', 'step', 'said', 'signal_on', 'motive_on', 'answered', 'signal_on', 'undone']);
  assert.equal(kept[6].text, 'без мережі');
  assert.equal(new Set(kept.map((e) => e.id)).size, kept.length);
  assert.ok(kept.every((e, i) => i === 0 || Date.parse(e.at) >= Date.parse(kept[i - 1].at))); // when it happened, not when it came
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('the answer is lost on the way: what was taken is not taken twice', async () => {
  const call = await newCall();
  const page = await openCall(call, { offlineErrors: true });
  let lost = 0;
  await page.route('**/events', async (route) => {
    if (lost++ < 3) {
      await route.fetch(); // the server has it
      await route.abort('connectionreset'); // the browser does not know
    } else await route.continue();
  });
  await press(page, 'Enter', 'Enter', 'Enter', 'Comma');
  await settled(page);
  assert.deepEqual((await events(call)).map((e) => e.kind), ['began', 'said', 'step', 'motive_on']);
  await page.context().close();
});

test('the server is killed in the middle and the page reloaded: nothing is lost', async () => {
  const call = await newCall();
  const page = await openCall(call, { offlineErrors: true });
  await press(page, 'Enter', 'Enter', 'Enter');
  await settled(page);
  await server.stop('SIGKILL');
  await press(page, 'Enter', 'n');
  await page.keyboard.type('сервер упав');
  await press(page, 'Enter', 'Comma', 'a', 'd'); // and the wishes cross meanwhile
  assert.match(await page.locator('.propose').innerText(), /переговори/);
  await press(page, 'm');
  assert.ok(await stored(page) > 0);
  await page.close({ runBeforeUnload: false }); // the lid is shut
  await server.start();
  const again = await page.context().newPage();
  await again.goto(`/calls/${call.id}`);
  await again.waitForSelector('#call[data-ready]');
  assert.match(await again.locator('.call-mode .mode').innerText(), /ПЕРЕГОВОРИ/); // shown at once, sent or not
  await settled(again);
  assert.deepEqual((await events(call)).map((e) => e.kind), ['began', 'said', 'step', 'said', 'answered', 'motive_on', 'signal_on', 'signal_on', 'mode_proposed', 'mode_accepted']);
  await again.context().close();
});

test('the session ends in the middle: what was ticked waits for the next log-in', async () => {
  const call = await newCall();
  const page = await openCall(call, { offlineErrors: true });
  await press(page, 'Enter');
  await settled(page);
  await page.context().clearCookies();
  await press(page, 'Enter', 'Enter', 'Comma');
  await page.waitForFunction(() => /Увійдіть ще раз: 3/.test(document.querySelector('[data-part=unsent]').textContent));
  await unsent(page).locator('a').click();
  await page.fill('[name=login]', who.login);
  await page.fill('[name=password]', who.password);
  await page.press('[name=password]', 'Enter');
  await page.waitForSelector('#call[data-ready]');
  await settled(page);
  assert.deepEqual((await events(call)).map((e) => e.kind), ['began', 'said', 'step', 'motive_on']);
  await page.context().close();
});

test('a token of the forms that is out of date is fetched anew', async () => {
  const call = await newCall();
  const page = await openPage(server, { offlineErrors: true });
  await logIn(page, who.login, who.password);
  await page.route(`**/calls/${call.id}`, async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: (await answer.text()).replace(/name="csrf" content="[^"]+"/, 'name="csrf" content="old"') });
  });
  await page.goto(`/calls/${call.id}`);
  await page.waitForSelector('#call[data-ready]');
  await press(page, 'Enter', 'Comma');
  await settled(page);
  assert.equal((await events(call)).length, 2);
  await page.context().close();
});

test('two windows: one leads, the other waits and takes over', async () => {
  const call = await newCall();
  const page = await openCall(call);
  const other = await page.context().newPage();
  await other.goto(`/calls/${call.id}`);
  await other.waitForFunction(() => /в іншому вікні/.test(document.querySelector('[data-part=unsent]').textContent));
  await press(page, 'Enter', 'Enter');
  await settled(page);
  await page.close();
  await other.waitForSelector('#call[data-ready]');
  await press(other, 'Enter');
  await settled(other);
  assert.deepEqual((await events(call)).map((e) => e.kind), ['began', 'said', 'step']);
  // A third is told to lead, while the other is there and has something unsent.
  const third = await other.context().newPage();
  await third.goto(`/calls/${call.id}`);
  await other.route('**/events', (route) => route.abort());
  await press(other, 'Comma');
  await third.getByText('Вести тут').click();
  await third.waitForSelector('#call[data-ready]');
  await other.waitForFunction(() => /в іншому вікні/.test(document.querySelector('[data-part=unsent]').textContent));
  await press(other, 'Enter', 'a'); // it leads no more
  await press(third, 'Enter');
  await settled(third);
  assert.deepEqual((await events(call)).map((e) => e.kind), ['began', 'said', 'step', 'motive_on', 'said']);
  await other.context().close();
});

test('events from elsewhere are taken in', async () => {
  const call = await newCall();
  const page = await openCall(call);
  await press(page, 'Enter');
  await settled(page);
  const { csrf } = await ask(admin, '/session'); // another device
  const answer = await admin.request.post(`/calls/${call.id}/events`, { headers: { Accept: 'application/json', 'X-CSRF-Token': csrf }, data: { events: [{ id: 'elsewhere', kind: 'motive_on', value: 3 }] } });
  assert.equal(answer.status(), 200);
  await press(page, 'Comma');
  await page.waitForFunction(() => document.querySelectorAll('.motives [aria-pressed=true]').length === 2);
  await page.context().close();
});

test('nothing moves under the finger', async () => {
  const call = await newCall();
  const page = await openCall(call);
  await press(page, 'Enter');
  const places = () => page.evaluate(() => Object.fromEntries([...document.querySelectorAll('.rail button, .tick-button, .dock-bar .button-plain, .dock-bar .button-quiet, .call-wish svg, [data-part=timer]')]
    .map((element, i) => [i, ['x', 'y', 'width', 'height'].map((side) => Math.round(element.getBoundingClientRect()[side] * 10) / 10).join()])));
  const main = () => page.locator('.ask-buttons .button').boundingBox().then((box) => [box.x, box.y, box.width].map(Math.round).join());
  const first = await places(), button = await main();
  for (const key of ['Enter', 'a', 'Enter', 'Comma', 'Enter', 'Enter', 's', 'ArrowRight', '4', 'Enter', 'u', '5']) {
    await press(page, key);
    assert.deepEqual(await places(), first, key);
    assert.equal(await main(), button, key);
  }
  await page.context().close();
});

test('a sale on a phone, by touch', async () => {
  const call = await newCall();
  const page = await openCall(call, { width: 360, height: 740 });
  const tap = async (name) => page.locator('.ask-buttons .button', { hasText: name }).click();
  await tap('Почати');
  await tap('Сказано');
  await tap('Далі');
  await page.locator('.motives button', { hasText: 'Зручність' }).click();
  await page.locator('.dock-bar [data-act=objections]').click();
  await page.locator('.objection-list button', { hasText: 'подумати' }).click();
  assert.match(await page.locator('.mirror').innerText(), /віддзеркалює, чого ще не питали: \S/);
  await page.locator('.sheet-foot .button', { hasText: 'Сказано' }).click();
  await page.locator('.sheet-foot .button-plain', { hasText: 'Лишити' }).click();
  assert.equal(await page.locator('.sheet').count(), 0);
  await screenshot(page, 'call-phone');
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 360);
  for (const box of await page.locator('.tick-button:visible, .ask-buttons button:visible, .rail button').evaluateAll((all) => all.map((e) => e.getBoundingClientRect().height)))
    assert.ok(box >= 44, `a target of ${box} pixels`);
  await page.locator('.dock-bar [data-act=close]').click();
  await page.locator('.outcome:has([value=lost])').click();
  await page.locator('.call-close .button').click();
  assert.equal(await page.locator('[name=reason]').getAttribute('aria-invalid'), 'true'); // not without a reason
  await page.fill('[name=reason]', 'порадиться вдома');
  await page.locator('.call-close .button').click();
  await page.waitForSelector('.call-line');
  const { call: done } = await ask(admin, `/calls/${call.id}`);
  assert.equal(done.outcome, 'lost');
  assert.equal(done.reason, 'порадиться вдома');
  await page.context().close();
});

test('the alternative: today or tomorrow plans the next conversation', async () => {
  const call = await newCall();
  const page = await openCall(call);
  await press(page, 'Enter', '6', 'Enter', 'ArrowRight'); // proposed; not yet
  for (let i = 0; i < 3 && !(await page.locator('[data-part=when]').count()); i++) await press(page, 'Enter');
  assert.match(await asked(page), /сьогодні чи завтра/);
  await press(page, 'Enter'); // tomorrow at ten
  assert.match(await asked(page), /прощайтеся/);
  await press(page, 'Enter');
  assert.ok(await page.locator('[name=outcome][value=next]').isChecked());
  await page.fill('[name=promised]', 'надіслати умови до обіду');
  await press(page, 'Enter');
  await page.waitForSelector('.call-line');
  const { call: done } = await ask(admin, `/calls/${call.id}`);
  assert.equal(done.outcome, 'next');
  const next = await ask(admin, `/calls/${done.next_call_id}`);
  assert.equal(next.call.purpose, 'надіслати умови до обіду');
  assert.equal(next.call.number, 2);
  await page.context().close();
});

test('without a script the same page does the same by its forms', async () => {
  const call = await newCall();
  const context = await (await openBrowser()).newContext({ baseURL: server.url, javaScriptEnabled: false, locale: 'uk-UA', reducedMotion: 'reduce' });
  const page = await context.newPage();
  await logIn(page, who.login, who.password);
  await page.goto(`/calls/${call.id}`);
  // By force: whether an element is at rest is asked of a frame that a page without scripts may never draw.
  const tap = (selector, text) => page.locator(selector, { hasText: text }).first().click({ force: true });
  await tap('.ask-buttons .button', 'Почати');
  await tap('.ask-buttons .button', 'Сказано');
  await tap('.rail button', 'Мотиви');
  await tap('.ask-buttons .button', 'Запитано');
  await page.fill('.ask-note [name=text]', 'дві картки');
  await page.press('.ask-note [name=text]', 'Enter');
  assert.equal(await page.locator('.said-list .answer').innerText(), 'дві картки');
  await tap('.tick-button', 'Економія');
  assert.equal(await page.locator('.motives [aria-pressed=true]').count(), 1);
  await tap('.dock-bar a', 'Заперечення');
  await tap('.objection-list button', 'Дорого');
  await tap('.answer-lines button', 'Сказано');
  await tap('.sheet-foot button', 'Клієнт погодився');
  await tap('.dock-bar a', 'Завершити');
  await tap('.outcome', 'Домовилися');
  await tap('.call-close .button', 'Завершити');
  assert.equal(await page.locator('h1').innerText(), 'Домовилися');
  await context.close();
});

for (const dark of [false, true])
  for (const width of [1280, 360])
    test(`axe finds nothing on the call, ${dark ? 'dark' : 'light'}, ${width}`, async () => {
      const call = await newCall({ segment: 'b2b', product: crm });
      const page = await openCall(call, { width, dark, height: width === 360 ? 740 : 800 });
      const clean = async (name) => {
        await page.waitForTimeout(250); // what slides in has come
        assert.deepEqual(await axe(page), [], name);
        await screenshot(page, `call-${name}-${width}-${dark ? 'dark' : 'light'}`);
      };
      await clean('planned');
      await press(page, 'Enter', 'Enter', 'Enter', 'Enter', 'Comma');
      await clean('talk');
      await press(page, 'a');
      await clean('proposed');
      await press(page, 'Escape', '/');
      await clean('palette');
      await press(page, 'Enter', 'Enter', 'Enter', 'Enter');
      await clean('objection');
      await press(page, 'y', '0');
      await clean('closing');
      await press(page, '3');
      await page.keyboard.type('немає бюджету');
      await press(page, 'Enter');
      await page.waitForSelector('.call-line');
      await clean('over');
      assert.deepEqual(page.complaints, []);
      await page.context().close();
    });
