// The course as somebody takes it (L1): a lesson read, its quiz failed and then passed, by the keyboard alone; the hub tells where one stands, the lead sees it. And
// once without any script.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Server, axe, ask, closeBrowser, dataFile, logIn, openPage, press, root, screenshot } from './support.mjs';

let data, server;
const person = (role) => data.people.find((p) => p.role === role);

before(async () => {
  data = dataFile({ demo: true });
  server = await new Server(data.path).start();
});
after(async () => {
  await closeBrowser();
  await server.stop();
  data.remove();
});

// Which answers are right, read from the lesson's own text: [[0], [1, 2], …].
function rightOf(file) {
  const quiz = readFileSync(join(root, 'content', 'lessons', file), 'utf8').split(/\n# .+\n/).at(-1);
  return quiz.split(/^## /m).slice(1).map((question) => question.split('\n').filter((line) => /^- \[/.test(line)).flatMap((line, i) => (line.startsWith('- [x]') ? [i] : [])));
}

async function as(role, options) {
  const page = await openPage(server, options);
  const { login, password } = person(role);
  await logIn(page, login, password);
  return page;
}

// Tab until what has the focus answers to the selector.
async function tabTo(page, selector, most = 60) {
  for (let i = 0; i < most; i++) {
    await press(page, 'Tab');
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
  }
  assert.fail(`Tab does not come to ${selector}`);
}

const begin = async (page, key) => {
  await page.goto(`/lessons/${key}`);
  return ask(page, `/lessons/${key}`);
};

test('by the keyboard alone: from the menu to a lesson, its quiz failed, then passed; the hub says so', async () => {
  const page = await as('manager');
  await press(page, 'g', 'l');
  await page.waitForURL('**/learn');
  const hub = await ask(page, '/learn');
  assert.equal(hub.n, 12);
  assert.deepEqual(await axe(page), []);
  await screenshot(page, 'learn-hub');
  const { key, place } = hub.next;
  await press(page, 'Enter');
  await page.waitForURL(`**/lessons/${key}`);
  assert.deepEqual(await axe(page), []);

  const right = rightOf(`${String(place).padStart(2, '0')}_${key}.uk.md`);
  // Answered wrong: of each question the first answer that is not right.
  for (const [q, choices] of right.entries()) {
    await tabTo(page, `[name="answer.${q + 1}"]`);
    const wrong = [0, 1, 2, 3].find((i) => !choices.includes(i));
    if (choices.length > 1) {
      for (let i = 0; i < wrong; i++) await press(page, 'Tab');
      await press(page, ' ');
    } else {
      await press(page, ' ');
      for (let i = 0; i < wrong; i++) await press(page, 'ArrowDown');
    }
  }
  await tabTo(page, '.quiz button');
  await press(page, 'Enter');
  await page.waitForURL(/\?try=\d+#result/);
  assert.equal(await page.evaluate(() => document.activeElement.id), 'result', 'the result has the focus: it is what is read next');
  assert.match(await page.textContent('#result'), /0 \/ \d · ще не пройдено/);
  assert.equal(await page.locator('.question-good').count(), 0);
  assert.ok(await page.locator('.told-right').count() >= right.length, 'which were right is told at once');
  assert.deepEqual(await axe(page), []);
  await screenshot(page, 'learn-failed');

  await tabTo(page, '#result .button');
  await press(page, 'Enter');
  await page.waitForURL(`**/lessons/${key}/quiz#quiz`);
  for (const [q, choices] of right.entries()) {
    await tabTo(page, `[name="answer.${q + 1}"]`);
    if (choices.length > 1) {
      for (let i = 0, at = 0; i < choices.length; at = choices[i++]) {
        for (let step = at; step < choices[i]; step++) await press(page, 'Tab');
        await press(page, ' ');
      }
    } else {
      await press(page, ' ');
      for (let i = 0; i < choices[0]; i++) await press(page, 'ArrowDown');
    }
  }
  await tabTo(page, '.quiz button');
  await press(page, 'Enter');
  await page.waitForURL(/\?try=\d+#result/);
  assert.match(await page.textContent('#result'), new RegExp(`${right.length} / ${right.length} · пройдено`));
  assert.deepEqual(await axe(page), []);
  await screenshot(page, 'learn-passed');

  await page.goto('/learn');
  const now = await ask(page, '/learn');
  assert.equal(now.passed, hub.passed + 1);
  assert.notEqual(now.next.key, key);
  assert.equal(now.lessons[place - 1].tries, (hub.lessons[place - 1].tries ?? 0) + 2, 'the failed try is kept, too');
  assert.equal(await page.locator(`.path .stop-passed`).count(), now.passed);
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('a lesson whose end came into sight is ticked as read by itself', async () => {
  const page = await as('manager', { language: 'en' });
  const { lessons } = await ask(page, '/learn');
  const { key } = lessons.findLast((lesson) => lesson.state === 'open');
  await begin(page, key);
  assert.equal((await ask(page, '/learn')).lessons.find((lesson) => lesson.key === key).state, 'open', 'opened is not read');
  await page.locator('form.lesson-read').scrollIntoViewIfNeeded();
  await page.waitForSelector('p.lesson-read');
  assert.equal((await ask(page, '/learn')).lessons.find((lesson) => lesson.key === key).state, 'read');
  assert.deepEqual(page.complaints, []);
  await page.context().close();
});

test('without a script it is read, ticked and answered as well; what was not answered is said', async () => {
  const context = await (await (await import('./support.mjs')).openBrowser()).newContext({ baseURL: server.url, javaScriptEnabled: false });
  const page = await context.newPage();
  const { login, password } = data.people.filter((p) => p.role === 'manager')[1];
  await page.goto('/login');
  await page.fill('[name=login]', login);
  await page.fill('[name=password]', password);
  await page.press('[name=password]', 'Enter');
  await page.waitForURL('**/desk');
  await page.goto('/lessons/limit');
  const tick = page.locator('form.lesson-read button');
  if (await tick.count()) {
    await tick.click();
    await page.waitForURL('**/lessons/limit#quiz');
  }
  assert.equal(await page.locator('p.lesson-read').count(), 1);
  await page.check('[name="answer.1"][value="1:2"]');
  await page.click('.quiz button');
  assert.equal(await page.locator('.quiz .error').count(), 1);
  assert.equal(await page.isChecked('[name="answer.1"][value="1:2"]'), true, 'what was ticked stays ticked');
  for (const [q, choices] of rightOf('12_limit.uk.md').entries()) for (const c of choices) await page.check(`[name="answer.${q + 1}"][value="${q + 1}:${c + 1}"]`);
  await page.click('.quiz button');
  assert.match(page.url(), /\?try=\d+#result$/);
  assert.equal(await page.locator('.quiz-passed').count(), 1);
  await context.close();
});

test('the lead sees in one place who learns and how real talks go, on a phone too; a manager sees himself', async () => {
  const page = await as('lead', { width: 360, height: 740 });
  await page.goto('/learn');
  await page.click('a[href="/learn/team"]');
  await page.waitForURL('**/learn/team');
  assert.deepEqual(await axe(page), []);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
  const { members, course } = await ask(page, '/learn/team');
  assert.equal(course, 12);
  const first = data.people.find((p) => p.role === 'manager');
  const member = members.find((m) => m.name === first.name);
  assert.ok(member.passed >= 1 && member.n >= 5 && member.line);
  const row = page.locator('tr', { hasText: first.name });
  assert.match(await row.innerText(), new RegExp(`${member.passed} з 12`));
  assert.equal(await row.locator('.sparkline').count(), 1);
  await screenshot(page, 'learn-team-narrow');
  for (const width of [820, 360]) { // a name that has no end
    await page.setViewportSize({ width, height: 740 });
    await page.evaluate(() => document.querySelectorAll('.row-link').forEach((a) => { a.textContent = 'Надзвичайнодовгепрізвище'.repeat(3); }));
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), `${width}`);
  }
  await page.reload();
  await row.locator('a').click();
  await page.waitForURL(`**/learn/team?member=${member.id}`);
  assert.match(await page.textContent('[aria-labelledby=lessons]'), /пройдено/);
  assert.ok(await page.locator('.score-picture').count());
  assert.deepEqual(await axe(page), []);
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
  await page.goto(`/practice/team?member=${member.id}`); // where it stood before
  await page.waitForURL(`**/learn/team?member=${member.id}`);
  assert.deepEqual(page.complaints, []);
  await page.context().close();
  const manager = await as('manager');
  assert.equal((await manager.request.get('/learn/team')).status(), 403);
  await manager.goto('/learn');
  assert.equal(await manager.locator('a[href="/learn/team"]').count(), 0);
  await manager.click('a[href="/practice/team"]');
  await manager.waitForURL('**/practice/team');
  assert.deepEqual(await axe(manager), []);
  await manager.context().close();
});

const own = `# Наш тариф
Summary: коли який пропонувати
Mode: sale

Текст **важливий**.

# Перевірте себе

## Котрий?
- [x] Перший
  Бо так.
- [ ] Другий
  Бо ні.
`;

test('a lead writes a lesson of the team’s own and sees it while he writes; a try is not shown beside other questions', async () => {
  const page = await as('lead');
  await page.goto('/learn');
  await page.click('a[href="/lessons/new"]');
  await page.waitForURL('**/lessons/new');
  assert.deepEqual(await axe(page), []);
  await page.fill('#text', own.replace('- [x]', '- [ ]'));
  await page.waitForFunction(() => /Рядок 13/.test(document.querySelector('#preview').textContent));
  await page.fill('#text', own);
  await page.waitForFunction(() => document.querySelector('#preview h2')?.textContent === 'Наш тариф');
  assert.equal(await page.locator('#preview strong').innerText(), 'важливий');
  assert.match(await page.locator('#preview .told-right').innerText(), /Перший/);
  assert.deepEqual(await axe(page), []);
  await screenshot(page, 'learn-own-form');
  await page.setViewportSize({ width: 360, height: 740 });
  assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
  await page.focus('form.lesson-write .button');
  await press(page, 'Enter');
  await page.waitForURL(/\/lessons\/t\d+$/);
  const path = new URL(page.url()).pathname;

  const manager = await as('manager');
  await manager.goto(path);
  await manager.check('[value="1:2"]');
  await manager.click('.quiz button');
  await manager.waitForURL(/\?try=\d+#result/);
  const tried = manager.url();
  assert.equal(await manager.locator('.told-chosen').count(), 1);
  await manager.goto(path);
  await manager.check('[value="1:1"]'); // and while he thinks
  await page.goto(`${path}/edit`);
  await page.fill('#text', own.replace('Котрий?', 'Котрий не підходить?'));
  await page.click('form.lesson-write .button');
  await page.waitForURL(`**${path}`);
  await manager.click('.quiz button');
  await manager.waitForSelector('.quiz .error');
  assert.match(await manager.innerText('.quiz .error'), /змінили/);
  assert.equal(await manager.locator('.quiz :checked').count(), 0);
  await manager.goto(tried.replace(/#.*/, ''));
  assert.match(await manager.textContent('#result'), /0 \/ 1/);
  assert.equal(await manager.locator('.question').count(), 0);
  assert.deepEqual(await axe(manager), []);

  // Words that have no end: nothing scrolls sideways on a phone, and what is told stands above the bar.
  const endless = 'Наднадтариф'.repeat(10);
  await page.goto(`${path}/edit`);
  await page.fill('#text', own.replaceAll(/Наш тариф|коли який пропонувати|важливий|Котрий\?|Перший|Бо так\./g, (word) => endless + (word.endsWith('?') ? '?' : '')));
  await page.waitForFunction((title) => document.querySelector('#preview h2')?.textContent === title, endless);
  const sideways = (where) => where.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  assert.ok(await sideways(page) <= 0, 'the form');
  await page.click('form.lesson-write .button');
  await page.waitForURL(`**${path}`);
  await manager.setViewportSize({ width: 360, height: 740 });
  await manager.goto(path);
  assert.ok(await sideways(manager) <= 0, 'the lesson');
  await manager.check('[value="1:1"]');
  await manager.click('.quiz button');
  await manager.waitForURL(/\?try=\d+#result/);
  assert.ok(await sideways(manager) <= 0, 'what came of it');
  await manager.goto('/learn');
  assert.ok(await sideways(manager) <= 0, 'the list');
  const { members } = await ask(page, '/learn/team');
  await page.goto(`/learn/team?member=${members.find((m) => m.name === person('manager').name).id}`);
  assert.ok(await sideways(page) <= 0, 'the lead’s list');

  await page.goto(`${path}/edit`);
  await page.click('.head button');
  await page.waitForURL('**/learn');
  assert.equal((await manager.request.get(path)).status(), 404);
  await manager.context().close();
  await page.context().close();
});
