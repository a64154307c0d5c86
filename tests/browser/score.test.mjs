// How a talk was led: the score on the page of an ended call and of a practice; the lead overrules by keys, the manager reads why; scores over time.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Server, ask, axe, closeBrowser, dataFile, logIn, openPage, press, screenshot, tell } from './support.mjs';

const most = 100 * 1024;
let data, server, lead, manager, call;

const person = (role) => data.people.find((p) => p.role === role);
const sideways = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;

async function open(who, path, options) {
  const page = await openPage(server, options);
  await logIn(page, who.login, who.password);
  page.complaints.length = 0;
  await page.goto(path);
  return page;
}

before(async () => {
  data = dataFile({ demo: true });
  server = await new Server(data.path).start();
  lead = person('lead');
  manager = person('manager');
  const page = await open(manager, '/practice/team');
  const { one } = await ask(page, '/practice/team');
  // A talk in which something was to be learnt, with a moment and a better line to it.
  for (const { id } of [...one.calls].sort((a, b) => a.score - b.score)) {
    const { score } = await ask(page, `/calls/${id}`);
    const mark = score.marks.find((m) => m.mark < 4 && m.better?.text && m.moment);
    if (mark && !score.overruled) {
      call = { path: `/calls/${id}`, score, mark };
      break;
    }
  }
  assert.ok(call, 'the demo has such a talk');
  await page.context().close();
});
after(async () => {
  await closeBrowser();
  await server.stop();
  data.remove();
});

test('the score stands first; each mark leads to the moment that it rests on and says what would have been better', async () => {
  const page = await open(manager, call.path);
  const row = page.locator(`#score-${call.mark.criterion}`);
  assert.equal((await page.locator('.score-large b').innerText()).replace(',', '.'), call.score.score.toFixed(1));
  assert.equal(await page.locator('.score-row').count(), call.score.n);
  assert.match(await row.locator('.score-better').innerText(), new RegExp(call.mark.better.text.slice(0, 20).replace(/[.*+?^${}()|[\]\\]/g, '\\$&')));
  await row.locator('.score-moment a').focus();
  await press(page, 'Enter');
  assert.equal(await page.locator('.call-line-list li:target').getAttribute('id'), `e${call.mark.moment.seq}`);
  await row.locator('summary').focus();
  await press(page, 'Enter');
  assert.equal(await row.locator('.score-scale .on dt').innerText(), String(call.mark.mark));
  assert.equal(await page.locator('.score-form').count(), 0); // a manager overrules nothing
  assert.deepEqual(await axe(page), []);
  await screenshot(page, 'score-call');
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('the lead overrules a mark by keys, the manager reads whose it is and why; taken back, the rubric’s counts again', async () => {
  const page = await open(lead, call.path);
  const row = page.locator(`#score-${call.mark.criterion}`);
  await row.locator('summary').focus();
  await press(page, 'Enter', 'Tab'); // the mark that counts is picked
  for (let mark = call.mark.mark; mark < 5; mark++) await press(page, 'ArrowRight');
  await press(page, 'Tab');
  await page.keyboard.type('Клієнт сам усе розповів, питати не було чого');
  assert.deepEqual(await axe(page), []);
  await screenshot(page, 'score-overruling');
  await press(page, 'Enter');
  await page.waitForURL(`**${call.path}#score-${call.mark.criterion}`);
  assert.match(await row.locator('.score-lead').innerText(), /Марина.*5.*Клієнт сам/);
  assert.equal(await row.getAttribute('data-mark'), '5');
  assert.deepEqual(page.complaints, []);

  const reader = await open(manager, call.path);
  assert.match(await reader.locator(`#score-${call.mark.criterion} .score-lead`).innerText(), /Марина.*Клієнт сам/);
  const now = (await ask(reader, call.path)).score;
  assert.ok(now.score > call.score.score);
  assert.equal(now.rubric, call.score.score);
  assert.deepEqual(await axe(reader), []);
  await reader.context().close();

  await row.locator('summary').focus();
  await press(page, 'Enter');
  await row.locator('.score-more .link-button').focus();
  await press(page, 'Enter');
  await page.waitForFunction((id) => !document.querySelector(`#score-${id} .score-lead`), call.mark.criterion);
  assert.equal((await ask(page, call.path)).score.score, call.score.score);
  await page.context().close();
});

for (const dark of [false, true]) {
  test(`on a phone${dark ? ', dark' : ''}: nothing scrolls sideways, nothing is hard to read`, async () => {
    const page = await open(manager, call.path, { width: 360, height: 740, dark });
    assert.ok(await page.evaluate(sideways) <= 0);
    assert.deepEqual(await axe(page), []);
    await screenshot(page, `score-call-phone${dark ? '-dark' : ''}`);
    await page.goto('/practice/team');
    assert.ok(await page.evaluate(sideways) <= 0);
    assert.deepEqual(await axe(page), []);
    await screenshot(page, `score-own-phone${dark ? '-dark' : ''}`);
    assert.deepEqual(page.complaints, []);
    await page.context().close();
  });
}

test('a practice is scored alike, and what was hidden stands beside it', async () => {
  const page = await open(manager, '/practice');
  const { location } = await tell(page, '/practice', { scenario: 'crm_three', mode: 'sale', seed: '3' });
  await tell(page, `${location}/end`, {});
  await page.goto(location);
  assert.ok(await page.locator('.score-row').count() >= 5);
  assert.equal(await page.locator('#score-mode').getAttribute('data-mark'), '1'); // it was a negotiation
  assert.ok(await page.locator('#over-hidden').count());
  assert.deepEqual(await axe(page), []);
  await screenshot(page, 'score-practice');
  const guide = await open(lead, location);
  assert.equal(await guide.locator('.score-form').count(), await guide.locator('.score-row').count());
  assert.deepEqual(await axe(guide), []);
  await guide.context().close();
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('a first visit of an ended call brings at most 100 KB', async () => {
  const page = await open(lead, '/practice');
  const client = await page.context().newCDPSession(page);
  await client.send('Network.enable');
  await client.send('Network.setCacheDisabled', { cacheDisabled: true });
  let bytes = 0;
  client.on('Network.loadingFinished', (event) => { bytes += event.encodedDataLength; });
  await page.goto(call.path);
  await page.evaluate(() => document.fonts.ready);
  await page.waitForTimeout(200);
  console.log(`# an ended call: ${bytes} bytes`);
  assert.ok(bytes <= most, `${bytes} bytes`);
  await page.context().close();
});
