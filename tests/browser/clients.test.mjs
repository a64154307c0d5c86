// Clients as one works with them: found as one types, made once, brought from a table.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { Server, closeBrowser, dataFile, logIn, openPage, typeInField } from './support.mjs';

let data, server, page;

before(async () => {
  data = dataFile({ demo: true });
  server = await new Server(data.path).start();
  page = await openPage(server);
  await logIn(page, 'olena', data.people[0].password);
});
after(async () => {
  // the form that comes back with its mistakes is a 422, which the browser notes
  assert.deepEqual(page.complaints.filter((said) => !said.includes('422')), []);
  await closeBrowser();
  await server.stop();
  data.remove();
});

// The list has so many clients; where it never has, what it had instead is said.
const listed = (count) => page.waitForFunction((n) => document.querySelectorAll('#found tbody tr').length === n, count).catch(async (error) => {
  throw new Error(`${count} were looked for with “${await page.inputValue('#q')}” at ${page.url()}, the list has: ${(await names()).join(', ')}`, { cause: error });
});
const names = () => page.locator('#found tbody .row-link').allInnerTexts();

test('a client is made once: one like him is shown before a second is made', async () => {
  await page.goto('/clients');
  await page.keyboard.press('n');
  await page.waitForURL('**/clients/new');
  await typeInField(page, 'Мар’яна Солов’яненко');
  await page.fill('[name=phone]', '050 111-22-33');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/clients\/\d+$/);
  assert.equal(await page.locator('.facts a[href^="tel:"]').getAttribute('href'), 'tel:+380501112233');
  const first = page.url();

  await page.goto('/clients/new');
  await page.fill('[name=name]', 'М. Солов’яненко');
  await page.fill('[name=phone]', '+38 (050) 111 22 33');
  await page.keyboard.press('Enter');
  await page.getByText('Чи не хтось із них?').waitFor();
  assert.equal(await page.locator('.note a').first().evaluate((a) => a.href), first);
  assert.equal(await page.inputValue('[name=name]'), 'М. Солов’яненко');
  await page.check('[name=anyway]');
  await page.locator('form.client-form button.button').click();
  await page.waitForURL(/\/clients\/\d+$/);
  assert.notEqual(page.url(), first);
});

test('the list narrows as one types, whichever way the name or the number is written', async () => {
  await page.goto('/clients');
  const all = (await names()).length;
  await page.keyboard.press('/');
  for (const [typed, found] of [['солов маря', 1], ["МАР'ЯНА", 1], ['солов’яненко', 2], ['0501112', 2], ['50 111-22', 2], ['солов 2233', 2], ['солов 999', 0]]) {
    await page.fill('#q', '');
    await page.locator('#q').pressSequentially(typed);
    await listed(found);
  }
  assert.match(page.url(), /q=/); // what is looked for can be sent as a link, and stays after a reload
  await page.fill('#q', '');
  await listed(all);
});

test('the form of a company asks nothing of a person, and a person’s company is offered', async () => {
  await page.goto('/clients/new');
  assert.ok(await page.locator('#position').isVisible());
  await page.locator('label', { has: page.locator('#kind-company') }).click();
  assert.ok(!(await page.locator('#position').isVisible()));
  await page.locator('label', { has: page.locator('[name=kind][value=person]') }).click();
  const company = await page.evaluate(async () => (await (await fetch('/clients?segment=b2b', { headers: { accept: 'application/json' } })).json()).clients.find((c) => c.kind === 'company').name);
  await page.locator('#company').pressSequentially(company.slice(0, 5));
  await page.locator('#companies option').first().waitFor({ state: 'attached' });
  assert.ok((await page.locator('#companies option').evaluateAll((list) => list.map((o) => o.value))).includes(company));
});

test('a table is looked at, a column is changed, and it is taken', async () => {
  await page.goto('/import');
  const table = 'Хто;Номер;Куди писати;Місто\nПерший Імпортований;067 900 00 01;first@example.org;Львів\nДругий Імпортований;067 900 00 02;;Київ\n;;;Одеса\n';
  await page.setInputFiles('#file', { name: 'клієнти.csv', mimeType: 'text/csv', buffer: Buffer.from(table) });
  await page.locator('form[enctype] button.button').click();
  await page.waitForURL(/\/import\/\d+$/);
  assert.deepEqual(await page.locator('thead select').evaluateAll((list) => list.map((s) => s.value.split(':')[1])), ['name', 'phone', 'email', 'note_named']);
  await page.locator('thead select').nth(3).selectOption({ label: 'мітки' });
  await page.getByRole('button', { name: 'Перерахувати' }).click();
  await page.waitForFunction(() => document.querySelectorAll('thead select')[3].value.endsWith('tags'));
  assert.match(await page.locator('main').innerText(), /рядок 4\s+Нема кому дзвонити/);
  await page.getByRole('button', { name: 'Взяти' }).click();
  await page.getByText('Що вийшло з файлу').waitFor();
  await page.goto('/clients?tag=' + encodeURIComponent('Львів'));
  assert.deepEqual(await names(), ['Перший Імпортований']);
});
