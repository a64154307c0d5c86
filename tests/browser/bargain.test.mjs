// A negotiation is prepared, looked at and traded without a mouse: the table laid from the library, the limit set, the frontier walked, an offer below the limit refused and put right; and
// the picture drawn by the browser is the one that the server drew.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { Server, axe, closeBrowser, dataFile, firstStart, openPage, screenshot, typeInField } from './support.mjs';

let data, server, page, base;
before(async () => {
  data = dataFile();
  server = await new Server(data.path).start();
  page = await openPage(server);
  await firstStart(page);
  const client = await send('/clients/new', { kind: 'company', name: 'Агро Поділля', segment: 'b2b' });
  const deal = await send('/deals/new', { client: client.split('/').pop(), title: 'Система на 12 місць', value: '120 тис.' });
  base = `${deal}/bargain`;
});
after(async () => {
  await closeBrowser();
  await server.stop();
  data.remove();
});

const model = (path) => page.evaluate(async (p) => (await fetch(p, { headers: { accept: 'application/json' } })).json(), path);
const send = (path, form) => page.evaluate(async ([to, fields]) => {
  const reply = await fetch(to, { method: 'POST', body: new URLSearchParams(fields), headers: { accept: 'application/json', 'X-CSRF-Token': document.querySelector('meta[name=csrf]').content } });
  return (await reply.json()).location;
}, [path, form]);

// Tab until what has the focus matches.
async function tabTo(selector, key = 'Tab') {
  for (let i = 0; i < 150; i++) {
    if (await page.evaluate((s) => document.activeElement.matches(s), selector)) return;
    await page.keyboard.press(key);
  }
  assert.fail(`the keyboard does not reach ${selector}`);
}
const arrived = async (act) => { await Promise.all([page.waitForEvent('load'), act()]); };
const plot = (name) => page.getAttribute('.picture-plot', name);

test('an empty table says what to do first, and is laid from the library by keys', async () => {
  await page.goto(base.replace('/bargain', ''));
  await arrived(() => page.keyboard.press('t'));
  assert.equal(new URL(page.url()).pathname, base);
  assert.ok(await page.isVisible('.empty h2'));
  assert.deepEqual(await axe(page), []);
  for (let i = 0; i < 4; i++) {
    await tabTo('.shelf .add');
    await arrived(() => page.keyboard.press('Enter'));
  }
  const { variables } = await model(base);
  assert.equal(variables.length, 4);
  await page.keyboard.press('n');
  await page.waitForURL('**/variables/new');
  await typeInField(page, 'ціна');
  await tabTo('#family');
  await page.keyboard.press('End'); // cost
  for (const [i, [name, ours, low]] of [['100 тис.', '100 тис.', '−100k'], ['110 тис.', '110k', '−110 тис.'], ['120 тис.', '120 000', '−120 000']].entries()) {
    await tabTo(`.option-line:nth-child(${i + 2}) [name=option_name]`);
    await page.keyboard.type(name);
    await page.keyboard.press('Tab');
    await page.keyboard.type(ours);
    await page.keyboard.press('Tab');
    await page.keyboard.type(low);
  }
  await tabTo('[name=starts]:checked', 'Shift+Tab');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown'); // the talk starts from 120
  await tabTo('[name=price]');
  await page.keyboard.press('Space');
  await arrived(() => page.keyboard.press('Enter'));
  const price = (await model(base)).variables.at(-1);
  assert.deepEqual([price.name, price.price, price.options[1].ours, price.options[1].theirs], ['ціна', true, -1000000, 1000000]);
});

test('the limit is typed as people type it, and the picture follows each key', async () => {
  await arrived(() => page.keyboard.press('l'));
  assert.equal(new URL(page.url()).pathname, `${base}/limits`);
  assert.equal(await page.locator('.picture .wall').count(), 0);
  await typeInField(page, '108 тис.');
  await page.waitForSelector('.picture .wall');
  const wide = () => page.evaluate(() => parseFloat(document.querySelector('.picture .wall').getAttribute('width')));
  await page.waitForFunction(() => document.querySelector('.wall-text')?.textContent.includes('108'));
  const first = await wide();
  await tabTo('#target');
  await page.keyboard.type('115k');
  await tabTo('#their_limit');
  await page.keyboard.type('-119 000');
  await page.waitForSelector('.picture .zone');
  assert.ok(first > 0 && await wide() > 0);
  await arrived(() => page.keyboard.press('Enter'));
  const { limits } = await model(base);
  assert.deepEqual([limits.limit_minor, limits.target_minor, limits.their_limit_minor], [10800000, 11500000, -11900000]);
});

test('the frontier is walked by arrows, in words; the browser draws what the server drew', async () => {
  await page.goto(base);
  const shape = () => page.evaluate(() => ['.picture-dots circle', '.picture-ground rect', '.picture-ground line', '.picture-marks line', '.picture-signs .sign'].map((s) =>
    [...document.querySelectorAll(s)].map((e) => [...e.attributes].filter((a) => a.name !== 'class').map((a) => `${a.name}=${a.value}`).sort().join(' '))));
  const drawn = await shape();
  const text = await page.textContent('.picture-plot');
  await page.keyboard.press('ArrowRight');
  await page.waitForSelector('.sign-walk');
  assert.deepEqual(await shape(), drawn);
  assert.equal((await page.textContent('.picture-plot')).replace(/\s+/g, ''), text.replace(/\s+/g, ''));
  assert.equal(await plot('role'), 'slider');
  const { nash } = await model(base);
  assert.match(await plot('aria-valuetext'), new RegExp(nash.gives[0].option));
  assert.match(await page.textContent('#walk'), nash.surely ? /Напевно ефективний/ : /Можливо ефективний/); // as the server says of the same package
  const before = await plot('aria-valuetext');
  await page.keyboard.press('ArrowRight');
  assert.notEqual(await plot('aria-valuetext'), before);
  await page.keyboard.press('End');
  const best = Number(await plot('aria-valuenow'));
  assert.equal(best, Number(await plot('aria-valuemax')));
  await page.keyboard.press('Home');
  assert.equal(Number(await plot('aria-valuenow')), 0);
  assert.deepEqual(await axe(page), []);
  await screenshot(page, 'bargain-walk');
});

test('a package under the mouse is said in words', async () => {
  await page.goto(base);
  const dot = page.locator('.picture-dots circle').nth(1);
  await dot.hover({ force: true });
  await page.waitForSelector('.sign-walk');
  const said = await page.textContent('#walk');
  assert.match(said, /нам|₴/);
  await page.locator('.picture-dots circle').last().hover({ force: true });
  await page.waitForFunction((was) => document.querySelector('#walk').textContent !== was, said);
});

test('a draft outlives a reload and a ticked hint, not its own offer', async () => {
  await page.goto(base);
  const draft = () => page.evaluate(() => [...document.querySelectorAll('.variable-changed')].map((field) => field.querySelector('input:checked, select')?.value));
  assert.deepEqual(await draft(), []);
  await tabTo('.variable input[type=radio]');
  await page.keyboard.press('ArrowDown');
  await page.waitForSelector('.variable-changed');
  const chosen = await draft();
  await page.reload();
  await page.waitForSelector('.variable-changed');
  assert.deepEqual(await draft(), chosen);
  await page.waitForSelector('.sign-draft');
  const hint = page.locator('.hint-tick').first();
  await arrived(() => hint.click());
  await page.waitForSelector('.variable-changed');
  assert.deepEqual(await draft(), chosen);
  await tabTo('.offer-foot [value=theirs]'); // they ask for this: it is no draft of ours any more
  await arrived(() => page.keyboard.press('Enter'));
  assert.deepEqual(await draft(), []);
  assert.equal((await model(base)).log.length, 1);
  await page.reload();
  assert.deepEqual(await draft(), []);
});

test('below the limit nothing is proposed; the cheapest fix is one key away', async () => {
  await page.goto(base);
  const price = (await model(base)).variables.at(-1);
  await tabTo('.variable-price input');
  await tabTo(`.variable-price input[value="${price.options[0].put}"]`, 'ArrowUp'); // 100 thousand: 8 below the limit
  await page.waitForSelector('.offer-sum.below');
  await page.waitForSelector('.sign-draft.below');
  await tabTo('.offer-foot [value=ours]');
  await arrived(() => page.keyboard.press('Enter'));
  assert.match(await page.textContent('.refusal h2'), /Нижче вашої межі на 8/);
  assert.equal(await page.evaluate(() => document.activeElement.id), 'refusal');
  assert.deepEqual(await axe(page), []);
  await screenshot(page, 'bargain-refusal');
  assert.equal((await model(base)).log.length, 1); // what they asked, nothing of ours
  for (let asked = 0; asked < 3 && await page.isVisible('.refusal'); asked++) { // back above the limit; then: in return for what?
    await tabTo('.way');
    await arrived(() => page.keyboard.press('Enter'));
  }
  const { log, limits, now } = await model(base);
  assert.equal(log.length, 2);
  assert.equal(log[0].who, 'ours');
  assert.ok(now.ours >= limits.limit_minor);
  assert.deepEqual(page.complaints.filter((words) => !/status of 422/.test(words)), []);
});
