// A post from the first letter to its readers: written with a preview and a picture, kept while one types, published, answered, polled, changed, found.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { Server, closeBrowser, dataFile, logIn, openPage, typeInField } from './support.mjs';

let data, server, author, reader, post;

before(async () => {
  data = dataFile({ demo: true });
  server = await new Server(data.path).start();
  author = await openPage(server, { offlineErrors: true });
  reader = await openPage(server);
  await logIn(author, data.people[0].login, data.people[0].password);
  await logIn(reader, data.people[1].login, data.people[1].password);
});
after(async () => {
  // a form that comes back with its mistakes is a 422, which the browser notes
  for (const page of [author, reader]) assert.deepEqual(page.complaints.filter((said) => !said.includes('422')), []);
  await closeBrowser();
  await server.stop();
  data.remove();
});

const saved = (page) => page.waitForFunction(() => document.querySelector('.write-state').textContent.includes('Чернетку збережено'));

// A photograph as a phone takes it: 40 × 20, lying on its side, with the place in its EXIF.
const photograph = () => author.evaluate(async () => {
  const canvas = document.createElement('canvas');
  canvas.width = 40;
  canvas.height = 20;
  canvas.getContext('2d').fillRect(0, 0, 40, 20);
  const jpeg = new Uint8Array(await (await new Promise((done) => canvas.toBlob(done, 'image/jpeg'))).arrayBuffer());
  const exif = [0x45, 0x78, 0x69, 0x66, 0, 0, 0x4d, 0x4d, 0, 0x2a, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0, ...new TextEncoder().encode('50.4501N')];
  return [...jpeg.slice(0, 2), 0xff, 0xe1, 0, exif.length + 2, ...exif, ...jpeg.slice(2)];
});

test('a draft keeps itself while one types, and shows how it will look', async () => {
  await author.goto('/posts');
  await author.keyboard.press('n');
  await author.waitForURL('**/posts/new');
  await typeInField(author, 'Як я перестав відповідати на «дорого»');
  await author.keyboard.press('Enter'); // on to the text
  await author.keyboard.type('Питаю, з чим порівнюють.');
  await author.keyboard.press('Enter');
  await author.keyboard.press('Enter');
  await author.keyboard.type('- записую');
  await author.keyboard.press('Enter'); // the list goes on
  await author.keyboard.type('повторюю');
  await author.locator('#preview li').nth(1).waitFor();
  assert.deepEqual(await author.locator('#preview li').allInnerTexts(), ['записую', 'повторюю']);
  await author.locator('#body').evaluate((body) => body.setSelectionRange(0, 5));
  await author.keyboard.press('Control+b');
  await author.waitForFunction(() => document.querySelector('#preview strong')?.textContent === 'Питаю');
  await saved(author);
  await author.waitForURL(/\/posts\/\d+\/edit$/);
  await author.reload();
  assert.match(await author.inputValue('#body'), /^\*\*Питаю\*\*, з чим порівнюють\.\n\n- записую\n- повторюю$/);
  assert.equal(await author.locator('#preview strong').innerText(), 'Питаю');
});

test('what is typed without a network is there after a reload', async () => {
  await author.route('**/posts/draft', (route) => route.abort());
  await author.locator('#body').evaluate((body) => body.setSelectionRange(body.value.length, body.value.length));
  await author.locator('#body').press('Enter');
  await author.keyboard.type('мовчу');
  await author.waitForFunction(() => document.querySelector('.write-state').textContent.includes('Немає зв’язку'));
  await author.unroute('**/posts/draft');
  await author.reload();
  await author.locator('.write-back').waitFor();
  assert.match(await author.inputValue('#body'), /- мовчу$/);
  await saved(author);
  await author.reload();
  assert.ok(await author.locator('.write-back').isHidden());
  assert.match(await author.inputValue('#body'), /- мовчу$/);
});

test('a picture is put in, without the place where it was taken', async () => {
  const bytes = Buffer.from(await photograph());
  assert.ok(bytes.includes('50.4501N'));
  await author.locator('[data-picture]').setInputFiles({ name: 'наша вітрина.jpg', mimeType: 'image/jpeg', buffer: bytes });
  await author.waitForFunction(() => document.querySelector('#preview img')?.naturalWidth);
  const picture = author.locator('#preview img');
  assert.equal(await picture.getAttribute('alt'), 'наша вітрина');
  assert.deepEqual(await picture.evaluate((img) => [img.naturalWidth, img.naturalHeight]), [20, 40]); // it still stands upright
  const kept = await (await author.request.get(await picture.getAttribute('src'))).body();
  assert.ok(!kept.includes('50.4501N'));
  // pasted, the same
  await author.locator('#body').evaluate(async (body, numbers) => {
    const transfer = new DataTransfer();
    transfer.items.add(new File([new Uint8Array(numbers)], 'image.png', { type: 'image/jpeg' }));
    body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true, cancelable: true }));
  }, [...bytes]);
  await author.waitForFunction(() => document.querySelectorAll('#preview img').length === 2);
  // what is no picture is refused in words
  await author.locator('[data-picture]').setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: Buffer.from('not at all') });
  await author.locator('.toast', { hasText: 'не ціле зображення' }).waitFor();
  assert.doesNotMatch(await author.inputValue('#body'), /Додаємо/);
});

test('it is published with a poll, and read', async () => {
  await author.locator('.write-poll summary').click();
  await author.fill('#poll-question', 'Ми продаємо чи ведемо переговори?');
  const options = author.locator('[name=option]');
  await options.nth(0).fill('Продаємо');
  await options.nth(1).fill('Ведемо переговори');
  await options.nth(2).fill('Коли як'); // one more line came
  await author.fill('#tags', 'ціна, заперечення');
  await author.getByRole('button', { name: 'Опублікувати' }).click();
  await author.waitForURL(/\/posts\/\d+$/);
  post = new URL(author.url()).pathname;
  assert.equal(await author.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('write ')).length), 0);
  await reader.goto(post);
  assert.equal(await reader.locator('h1').innerText(), 'Як я перестав відповідати на «дорого»');
  await reader.waitForFunction(() => document.querySelector('.post-body img')?.naturalWidth === 20); // who may read it may see its pictures
  await reader.locator('.vote-button').click();
  await reader.locator('.vote-button[aria-pressed=true] .count', { hasText: '1' }).waitFor();
  for (const width of [1280, 360]) {
    await reader.setViewportSize({ width, height: 800 });
    const { height } = await reader.locator(`a[href="${post}/moderate"]`).boundingBox();
    assert.ok(height < 30, `“Модерувати” is one line at ${width}: ${height}`);
  }
  await reader.setViewportSize({ width: 1280, height: 800 });
});

test('the poll shows how others answered to who has answered', async () => {
  assert.equal(await reader.locator('.poll-bar').count(), 0);
  await reader.getByRole('radio', { name: 'Ведемо переговори' }).check();
  await reader.fill('#reason', 'Бо про ціну вже домовились.');
  await reader.locator('.poll-form button').click();
  await reader.locator('.poll-bar').first().waitFor();
  assert.deepEqual((await reader.locator('.poll-bar .number').allInnerTexts()).map((text) => text.replace(/\s/g, ' ')), ['0 % · 0', '100 % · 1', '0 % · 0']);
  assert.match(await reader.locator('.poll-reasons').innerText(), /Бо про ціну вже домовились/);
});

test('comments answer one another in place', async () => {
  await reader.fill('#text', 'А якщо він **мовчить**?');
  await reader.locator('#answer button').click();
  await reader.waitForURL(/#c\d+$/);
  await author.reload();
  const first = author.locator('.comment').first();
  await first.getByText('Відповісти').first().click();
  await first.locator('textarea').fill('Тоді мовчу й я.');
  await first.locator('form button').click();
  await author.waitForURL(/#c\d+$/);
  assert.deepEqual(await author.locator('.comment').evaluateAll((all) => all.map((one) => one.className.match(/depth-(\d)/)[1])), ['0', '1']);
  assert.equal(await author.locator('.comment strong').innerText(), 'мовчить');
  const own = author.locator('.comment').nth(1);
  await own.getByText('Змінити', { exact: true }).click();
  await own.locator('textarea').last().fill('Тоді мовчу й я, до десяти.');
  await own.locator('form button').last().click();
  await author.locator('.comment .prose', { hasText: 'до десяти' }).waitFor();
  assert.match(await author.locator('#comments-title').innerText(), /2 коментарі/);
});

test('a changed post says what changed', async () => {
  await author.goto(post);
  await author.keyboard.press('e');
  await author.waitForURL('**/edit');
  await author.fill('#body', (await author.inputValue('#body')).replace('з чим порівнюють', 'з чим саме порівнюють'));
  await author.getByRole('button', { name: 'Зберегти' }).click();
  await author.waitForURL(/\/posts\/\d+$/);
  await reader.goto(post);
  await reader.getByText('змінено щойно').click();
  await reader.waitForURL('**/history');
  assert.deepEqual(await reader.locator('.difference ins').allInnerTexts(), ['саме ']);
  assert.equal(await reader.locator('.difference del').count(), 0);
  await reader.locator('.versions a').nth(1).click();
  await reader.waitForURL(/version=1/);
});

test('it is found as one types, whichever way it is written', async () => {
  await reader.goto('/posts');
  for (const [typed, found] of [['ПЕРЕСТАВ', 1], ['дорого відповід', 1], ['порівн', 1], ['заперечен', 1], ['порівн неможливо', 0]]) {
    await reader.fill('#q', '');
    await reader.locator('#q').pressSequentially(typed);
    await reader.waitForFunction((n) => [...document.querySelectorAll('.post-line-title')].filter((title) => title.textContent.includes('Як я перестав')).length === n, found);
  }
  await reader.fill('#q', 'порівн');
  await reader.locator('#found mark').first().waitFor();
  assert.equal(await reader.locator('#found mark').first().innerText(), 'порівнюють');
});

test('a client’s name is noticed before others read it', async () => {
  const client = await author.evaluate(async () => (await (await fetch('/clients?segment=b2c', { headers: { accept: 'application/json' } })).json()).clients
    .find((one) => one.kind === 'person' && one.name.trim().includes(' ')).name);
  await author.goto('/posts/new');
  await author.fill('#title', 'Один випадок');
  await author.fill('#body', `Учора ${client} погодилась.`);
  await author.getByRole('button', { name: 'Опублікувати' }).click();
  await author.locator('.named', { hasText: client }).waitFor();
  await author.locator('label.chip', { hasText: 'Аргумент' }).click();
  await author.getByRole('button', { name: 'Опублікувати' }).click();
  await author.getByText('Картку, що називає клієнта, не публікуємо').waitFor();
  assert.equal(await author.locator('[name=anyway]').count(), 0);
  await author.fill('#body', 'Учора власниця трьох магазинів погодилась.');
  await author.getByRole('button', { name: 'Опублікувати' }).click();
  await author.waitForURL(/\/posts\/\d+$/);
});

test('a post is deleted, and says so', async () => {
  await author.goto(`${new URL(author.url()).pathname}/edit`);
  const address = new URL(author.url()).pathname.replace('/edit', '');
  await author.locator('[data-confirm-yes]').click();
  await author.locator('#confirm [value=yes]').click();
  await author.waitForURL('**/posts');
  const gone = await reader.request.get(address);
  assert.equal(gone.status(), 410);
  assert.match(await gone.text(), /Цей допис видалено/);
});

test('without a script it is written by buttons', async () => {
  const context = await reader.context().browser().newContext({ baseURL: server.url, javaScriptEnabled: false, locale: 'uk-UA' });
  await context.addCookies(await author.context().cookies());
  const page = await context.newPage();
  await page.goto('/posts/new');
  await page.fill('#title', 'Без скриптів');
  await page.fill('#body', '**Так**');
  await page.getByRole('button', { name: 'Переглянути' }).click();
  assert.equal(await page.locator('#preview strong').innerText(), 'Так');
  assert.equal(await page.inputValue('#title'), 'Без скриптів');
  await page.getByRole('button', { name: 'Зберегти чернетку' }).click();
  await page.waitForURL(/\/posts\/\d+\/edit$/);
  await page.getByRole('button', { name: 'Опублікувати' }).click();
  await page.waitForURL(/\/posts\/\d+$/);
  assert.equal(await page.locator('.post-body strong').innerText(), 'Так');
  await context.close();
});
