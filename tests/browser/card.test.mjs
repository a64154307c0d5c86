// Experience in the call (L4): a card is written with one key in a call, published, said in the calls of others, rises in the top by it, and stands in its author's rating.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { Server, ask, axe, binary, closeBrowser, dataFile, firstStart, logIn, openPage, planCall, press, screenshot, typeInField } from './support.mjs';

const LINE = 'Порахуймо разом: скільки коштує година у черзі?';
const PASSWORD = 'осетер-2026';
let data, server, card, post;
const people = {};

before(async () => {
  data = dataFile();
  server = await new Server(data.path).start();
  people.olena = await openPage(server);
  await firstStart(people.olena);
  for (const [login, name] of [['sofiia', 'Софія Новак'], ['taras', 'Тарас Кравець']]) {
    const made = spawnSync(binary, ['user', 'add', login, '--name', name, '--db', data.path], { input: `${PASSWORD}\n`, encoding: 'utf8' });
    assert.equal(made.status, 0, made.stderr);
    people[login] = await openPage(server);
    await logIn(people[login], login, PASSWORD);
  }
  card = (await ask(people.olena, '/products')).products.find((product) => product.name.includes('Щодня')).id;
});
after(async () => {
  for (const page of Object.values(people)) assert.deepEqual(page.complaints.filter((said) => !/422/.test(said)), []);
  await closeBrowser();
  await server.stop();
  data.remove();
});

let n = 0;
async function lead(page) {
  const call = await planCall(page, { kind: 'person', segment: 'b2c', name: `Марія Лисенко ${++n}`, product: card });
  await page.goto(`/calls/${call.id}`);
  await page.waitForSelector('#call[data-ready]');
  await press(page, 'Enter', 'Enter', '5', '/'); // begun, the opener said; objections
  await typeInField(page, 'доро');
  await press(page, 'Enter');
  await page.waitForSelector('.objection');
  return call;
}
const text = (page, selector) => page.locator(selector).first().innerText().then((words) => words.replace(/\u00a0/g, ' '));
const toasts = (page, words) => page.waitForFunction((wanted) => document.querySelector('.toasts')?.textContent.includes(wanted), words);

// The call ends well: the client agrees, and they will talk tomorrow.
async function endWell(page, call) {
  await press(page, '0', '2', 'Enter');
  await page.waitForFunction(() => !document.querySelector('#call[data-ready]'));
  assert.equal((await ask(page, `/calls/${call.id}`)).over, true);
}

test('what worked is one key away: the words of the note become a draft with its place filled in', async () => {
  const { sofiia } = people;
  const call = await lead(sofiia);
  await press(sofiia, 'n');
  await typeInField(sofiia, LINE);
  await press(sofiia, 'Shift+Enter');
  await toasts(sofiia, 'Є чернетка');
  await press(sofiia, '+'); // and what was said last, by the key alone
  await toasts(sofiia, 'Є чернетка');
  assert.equal(await sofiia.evaluate(() => location.pathname), `/calls/${call.id}`); // the call was not left
  await sofiia.goto('/drafts');
  assert.equal(await sofiia.locator('.line-title a').count(), 2);
  await screenshot(sofiia, 'card-drafts');
  await sofiia.getByRole('link', { name: LINE }).click();
  assert.equal(await sofiia.inputValue('[name=line]'), LINE);
  assert.equal(await sofiia.locator('[name=kind]:checked').inputValue(), 'answer');
  assert.match(await sofiia.locator('[name=objection] option:checked').innerText(), /Дорого/);
  assert.deepEqual(await axe(sofiia), []);
  await screenshot(sofiia, 'card-form');
});

test('a card that names a client is not published', async () => {
  const { sofiia } = people;
  await sofiia.fill('[name=body]', 'Так я відповіла Марії Лисенко 1, і вона засміялася.');
  await sofiia.click('button[value=publish]');
  await sofiia.waitForSelector('.note-bad');
  assert.match(await text(sofiia, '.note-bad'), /Лисенко/);
  await sofiia.fill('[name=body]', 'Покупчиня спершу сказала «дорого», а тоді сама порахувала.');
  await sofiia.click('button[value=publish]');
  await sofiia.waitForURL(/\/posts\/\d+$/);
  post = new URL(sofiia.url()).pathname;
  assert.equal(await text(sofiia, '.post-card-line'), LINE);
  assert.match(await text(sofiia, '.post-card'), /ще ніхто не вжив/);
  assert.deepEqual(await axe(sofiia), []);
});

test('colleagues find it among the answers, see whose it is, and say it', async () => {
  for (const login of ['olena', 'taras']) {
    const page = people[login];
    const call = await lead(page);
    for (let i = 0; i < 12 && !(await text(page, '.answer-lines')).includes(LINE); i++) await press(page, 'ArrowDown');
    assert.ok((await text(page, '.answer-lines')).includes(LINE), 'it is one of the answers');
    assert.match(await text(page, '.objection .card-by'), /Софія Новак\s+нова: дайте їй показати себе/);
    assert.equal(await page.locator('.objection .card-by a').getAttribute('href'), post);
    assert.deepEqual(await axe(page), []);
    await screenshot(page, `card-call-${login}`);
    await press(page, 'Enter', 'Enter', 'Enter', 'y'); // clarify, agree, argue; the client agrees
    await page.waitForFunction(() => !document.querySelector('.sheet'));
    await endWell(page, call);
  }
});

test('it has risen in the top by that alone, and its author in the rating', async () => {
  const { olena } = people;
  for (let i = 0; ; i++) {
    await olena.goto('/top');
    if (await olena.locator(`.place a[href="${post}"]`).count()) break;
    assert.ok(i < 20, 'it is in the top within seconds');
    await olena.waitForTimeout(200);
  }
  const { uses, vote } = await ask(olena, post);
  assert.deepEqual([uses.n, uses.worked, vote.votes], [2, 2, 4]); // of each call a use, and that it went well
  await olena.goto(post);
  assert.match(await text(olena, '.post-card'), /ужито в 2 розмовах: замало розмов/);
  assert.deepEqual(await axe(olena), []);
  await screenshot(olena, 'card-post');
  await olena.waitForTimeout(1200);
  await olena.goto('/rating');
  assert.match(await text(olena, 'main'), /Софія Новак/);
});
