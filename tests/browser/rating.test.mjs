// From a text to a figure: written, voted for by colleagues, risen, told by the rating, opened down to the stays, whose parts sum to it; a community founded, joined and moderated in public.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { Server, binary, closeBrowser, dataFile, logIn, openPage } from './support.mjs';

let data, server, people;
const number = (text) => Number(text.replace(/[^\d,−-]/g, '').replace(',', '.'));
const visit = async (login, password) => {
  const page = await openPage(server);
  await logIn(page, login, password);
  return page;
};
// Somebody new, for whom nobody has voted yet: each vote for him weighs 1 (T8).
const author = { login: 'sofiia', name: 'Софія Новак', password: 'осетер-2026' };

before(async () => {
  data = dataFile({ demo: true });
  spawnSync(binary, ['user', 'add', author.login, '--name', author.name, '--db', data.path], { input: `${author.password}\n` });
  server = await new Server(data.path).start();
  people = {};
  for (const { login, password } of [...data.people, author]) people[login] = await visit(login, password);
});
after(async () => {
  for (const page of Object.values(people)) assert.deepEqual(page.complaints.filter((said) => !/422|410/.test(said)), []);
  await closeBrowser();
  await server.stop();
  data.remove();
});

const others = () => Object.keys(people).filter((login) => login !== author.login);
let post;

test('a post is written and rises by the votes of colleagues', async () => {
  const { sofiia } = people;
  await sofiia.goto('/posts/new');
  await sofiia.fill('[name=title]', 'Перше питання дня');
  await sofiia.fill('[name=body]', 'Питаю, що **змінилося** від минулої розмови.');
  await sofiia.click('button[value=publish]');
  await sofiia.waitForURL(/\/posts\/\d+$/);
  post = new URL(sofiia.url()).pathname;
  for (const login of others()) {
    await people[login].goto(post);
    await people[login].click('button.vote-button[aria-pressed=false]');
    await people[login].locator('button.vote-button[aria-pressed=true]').waitFor();
  }
  await assert.doesNotReject(async () => {
    for (let i = 0; ; i++) {
      await sofiia.goto('/top');
      if (await sofiia.locator(`.place a[href="${post}"]`).count()) return;
      assert.ok(i < 20, 'it is in the top within seconds');
      await sofiia.waitForTimeout(200);
    }
  });
  assert.ok(await sofiia.locator('.vote-button.still').count() > 0, 'nobody votes for himself');
});

test('the rating tells it, and opens down to the stays; the parts are the figure', async () => {
  const { maryna } = people;
  await maryna.waitForTimeout(1200);
  await maryna.goto('/rating?span=day');
  const row = maryna.locator('.rating-table tbody tr', { hasText: author.name });
  assert.equal(await row.count(), 1);
  await maryna.setViewportSize({ width: 360, height: 740 }); // a phone leaves nothing out
  await maryna.reload();
  assert.ok(await row.getByText('1 увійшов').isVisible());
  assert.equal(await maryna.evaluate(() => document.documentElement.scrollWidth), 360);
  await maryna.setViewportSize({ width: 1280, height: 800 });
  await row.locator('.rating-points a').click();
  await maryna.waitForURL(/\/rating\/\d+\?span=day/);
  const points = await maryna.locator('.rating-posts tbody td.strong').allInnerTexts();
  const sum = points.reduce((all, text) => all + Math.round(number(text) * 1000), 0);
  assert.equal(sum, Math.round(number(await maryna.locator('.formula-sum b').innerText()) * 1000));
  assert.equal(sum, Math.round(number(await maryna.locator('.rating-posts tfoot td').last().innerText()) * 1000));
  const own = maryna.locator('.rating-posts tbody', { has: maryna.locator(`a[href="${post}"]`) });
  await own.locator('.rating-sub a').click();
  await own.locator('.rating-parts').waitFor();
  const units = async (rows) => (await own.locator(`.rating-parts ${rows} > td:last-child`).allInnerTexts()).map((text) => Math.round(number(text) * 1000));
  const total = (list) => list.reduce((all, n) => all + n, 0);
  const [shown] = await units('tfoot tr');
  assert.equal(total(await units('tbody tr:not(.rating-stay)')), shown, 'positions sum to the post');
  assert.equal(total(await units('tr.rating-stay')), shown, 'so do its stays');
  assert.equal(shown, Math.round(number(await own.locator('tr').first().locator('td').nth(3).innerText()) * 1000), 'and it is what the list says of it');
});

test('without a script the stays open too', async () => {
  const { maryna } = people;
  const address = await maryna.locator('.rating-posts .rating-sub a').first().getAttribute('href');
  await maryna.goto(address);
  assert.ok(await maryna.locator('.rating-parts tbody tr').count() > 0);
});

test('a community is founded, joined, written in and moderated in public', async () => {
  const { iryna, taras, maryna } = people;
  await iryna.goto('/communities/new');
  await iryna.fill('[name=name]', 'Розмови в ліфті');
  await iryna.fill('[name=rules]', '1. Коротко');
  await iryna.click('main form button.button');
  await iryna.waitForURL(/\/journals\/\d+$/);
  const community = new URL(iryna.url()).pathname;
  await taras.goto(community);
  await taras.click(`form[action="${community}/join"] button`);
  await taras.locator(`a[href^="/posts/new?community="]`).click();
  await taras.fill('[name=title]', 'Сорок поверхів');
  await taras.fill('[name=body]', 'Довга історія.');
  await taras.click('button[value=publish]');
  await taras.waitForURL(/\/posts\/\d+$/);
  const written = new URL(taras.url()).pathname;
  await taras.goto(`${written}/moderate`);
  assert.ok(/403|не для вас|ролі/.test(await taras.locator('main').innerText()) || taras.complaints.splice(0).length, 'its author does not moderate it');
  taras.complaints.length = 0;
  await iryna.goto(written);
  await iryna.click(`a[href="${written}/moderate"]`);
  await iryna.fill('[name=reason]', 'Правило 1');
  await iryna.click('button[value=hide]');
  await iryna.waitForURL(/\/moderation/);
  assert.match(await iryna.locator('.act').first().innerText(), /Правило 1/);
  await maryna.goto(community);
  assert.equal(await maryna.locator(`a[href="${written}"]`).count(), 0);
});

test('whom a ban keeps from voting is told where, until when and why, in place', async () => {
  const { maryna, sofiia, iryna } = people;
  const me = await sofiia.evaluate(async (path) => (await (await fetch(path, { headers: { accept: 'application/json' } })).json()).post.author.id, post);
  await iryna.goto('/posts/new');
  await iryna.fill('[name=title]', 'Після дзвінка');
  await iryna.fill('[name=body]', 'Записую одне речення.');
  await iryna.click('button[value=publish]');
  await iryna.waitForURL(/\/posts\/\d+$/);
  await sofiia.goto(new URL(iryna.url()).pathname);
  await maryna.goto(`/journals/${me}/ban`);
  await maryna.fill('[name=until]', '2100-01-01');
  await maryna.fill('form:has([name=until]) [name=reason]', 'Кільце');
  await maryna.click('.button-danger');
  await maryna.waitForLoadState();
  await sofiia.click('button.vote-button');
  const said = await sofiia.locator('.toast').first().innerText();
  assert.match(said, /Вас заблоковано всюди.* До .*2100.* Причина: Кільце/);
  if (process.env.STURGEON_PICTURES) await sofiia.screenshot({ path: `${process.env.STURGEON_PICTURES}/ban-toast.png` });
  await sofiia.reload();
  assert.match(await sofiia.locator('.note-bad').innerText(), /Причина: Кільце/);
  if (process.env.STURGEON_PICTURES) await sofiia.screenshot({ path: `${process.env.STURGEON_PICTURES}/ban-post.png`, fullPage: true });
  sofiia.complaints.length = 0; // the browser notes a 403 itself
});
