// A team cannot see another's: neither by looking, nor by searching, nor by an address that somebody sent.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { Server, closeBrowser, dataFile, logIn, openPage } from './support.mjs';

let data, server, ours, theirs;

before(async () => {
  data = dataFile({ demo: true });
  const { password } = data.people[0];
  server = await new Server(data.path).start();
  // A second team, its lead invited by link.
  const admin = await openPage(server);
  await logIn(admin, 'admin', password);
  await admin.goto('/team');
  const teams = admin.locator('form[action="/team/teams"]');
  await teams.evaluate((form) => form.closest('details')?.setAttribute('open', ''));
  await teams.locator('[name=name]').fill('Захід');
  await teams.locator('[name=name]').press('Enter');
  await admin.locator('section', { has: admin.locator('#teams') }).getByText('Захід').waitFor();
  const link = await admin.evaluate(async () => {
    const { teams } = await (await fetch('/team', { headers: { accept: 'application/json' } })).json();
    const { csrf } = await (await fetch('/session')).json();
    const made = await fetch('/team/invitations', {
      method: 'POST', headers: { accept: 'application/json', 'x-csrf-token': csrf },
      body: new URLSearchParams({ name: 'Зоряна Захід', role: 'lead', team: teams.find((t) => t.name === 'Захід').id }),
    });
    return (await made.json()).fresh.path;
  });
  theirs = await openPage(server, { offlineErrors: true });
  await theirs.goto(link);
  await theirs.fill('[name=login]', 'zoriana');
  await theirs.fill('[name=password]', password);
  await theirs.press('[name=password]', 'Enter');
  await theirs.waitForURL('**/desk');
  ours = await openPage(server);
  await logIn(ours, 'olena', password);
});
after(async () => {
  await closeBrowser();
  await server.stop();
  data.remove();
});

test('what one team sees on its pages, the other sees on none of them', async () => {
  const model = async (page, path) => page.evaluate(async (p) => (await fetch(p, { headers: { accept: 'application/json' } })).json(), path);
  const names = (await model(ours, '/clients')).clients.map((c) => c.name);
  assert.ok(names.length > 10);
  for (const path of ['/desk?whose=team', '/clients', `/clients?q=${encodeURIComponent(names[0])}`, '/deals?whose=team', '/deals/list?whose=team', '/calendar?whose=team', '/advisor', '/team']) {
    await theirs.goto(path);
    const text = await theirs.locator('main').innerText();
    for (const name of names) assert.ok(!text.includes(name), `${path} shows «${name}»`);
  }
});

test('an address of the other team’s leads to a page that says so, and tells nothing', async () => {
  const seen = new Set();
  for (const start of ['/desk?whose=team', '/clients', '/deals', '/products', '/calendar?whose=team']) {
    await ours.goto(start);
    for (const href of await ours.locator('main a[href]').evaluateAll((links) => links.map((a) => a.getAttribute('href')))) if (/^\/(clients|deals|calls|products)\/\d/.test(href)) seen.add(href);
  }
  assert.ok([...seen].some((h) => h.startsWith('/calls/')) && [...seen].some((h) => h.startsWith('/clients/')) && [...seen].some((h) => h.startsWith('/deals/')));
  for (const href of [...seen].slice(0, 60)) {
    const answer = await theirs.goto(href);
    assert.equal(answer.status(), 404, href);
  }
});
