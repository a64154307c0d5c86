// Everything in the demo company can be opened: each client, deal, conversation and product tells of itself, as a page and as a model.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { Server, dataFile } from './support.mjs';

let data, server, headers;
before(async () => {
  data = dataFile({ demo: true });
  server = await new Server(data.path).start();
  const lead = data.people.find((p) => p.role === 'lead');
  const form = (await fetch(`${server.url}/login`, { headers: { accept: 'text/html' } })).headers.getSetCookie()[0].split(';')[0];
  const answer = await fetch(`${server.url}/login`, {
    method: 'POST', redirect: 'manual', headers: { cookie: form, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ csrf: form.split('=')[1], login: lead.login, password: lead.password }).toString(),
  });
  headers = { cookie: answer.headers.getSetCookie().find((c) => c.startsWith('sturgeon=')).split(';')[0] };
});
after(async () => {
  await server.stop();
  data.remove();
});

// Goes from page to page by the links that `further` finds; how many pages of each kind there are.
async function walk(from, further) {
  const seen = new Set(from), kinds = new Map();
  for (const path of seen) { // grows as it goes
    const page = await fetch(server.url + path, { headers: { ...headers, accept: 'text/html' } });
    assert.equal(page.status, 200, path);
    const html = await page.text();
    for (const [, href] of html.matchAll(further)) seen.add(href.replaceAll('&amp;', '&'));
    const [, kind, id] = /^\/(\w+)\/(\d+)(?:\?|$)/.exec(path) ?? [];
    if (!id) continue;
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
    const model = await (await fetch(server.url + path, { headers: { ...headers, accept: 'application/json' } })).text();
    assert.ok(model.includes(`"id":${id}`), `${path}: ${model.slice(0, 200)}`);
    assert.ok(!/="(undefined|null|NaN)"|<title>[^<]*: ·/.test(html), `${path} has a hole in it`);
  }
  return kinds;
}

test('every address that the pages give leads to a page and to a model with its id', async () => {
  const kinds = await walk(['/desk?whose=team', '/clients', '/deals/list?whose=team', '/deals?whose=team', '/calendar?whose=team', '/products'],
    /href="(\/(?:clients|deals|calls|products)(?:\/\d+|\?[^"#]*|\/list\?[^"#]*))"/g);
  assert.ok(kinds.get('clients') === 60 && kinds.get('calls') > 250 && kinds.get('deals') > 100 && kinds.get('products') === 3, JSON.stringify([...kinds]));
});

test('so do the addresses of its journals, of the top and of the rating', async () => {
  const kinds = await walk(['/top', '/posts', '/journals', '/journals?kind=blogger', '/rating?span=all', '/rating?who=communities&span=all', '/moderation'],
    /href="(\/(?:posts|journals)\/\d+|\/posts\/\d+\/(?:heat|history)|\/posts\?[^"#]*after=[^"#]*|\/rating\/\d+\?span=all)"/g);
  assert.ok(kinds.get('posts') >= 120 && kinds.get('journals') >= 20 && kinds.get('rating') >= 14, JSON.stringify([...kinds]));
});

test('a post says what its author wrote, with its links, its comments and its poll', async () => {
  const model = async (path) => (await fetch(server.url + path, { headers: { ...headers, accept: 'application/json' } })).json();
  const { posts } = await model(`/posts?q=${encodeURIComponent('продажі чи переговори')}`);
  const asked = posts.find((post) => post.title === 'У вас продажі чи переговори? І чому?');
  const html = await (await fetch(`${server.url}/posts/${asked.id}`, { headers: { ...headers, accept: 'text/html' } })).text();
  assert.match(html, /<a [^>]*href="\/posts\/\d+"[^>]*>порахував<\/a>/);
  assert.ok(!html.includes('post:'));
  const { poll } = await model(`/posts/${asked.id}`);
  assert.equal(poll.options.length, 5);
  assert.ok(poll.answers >= 20);
});
