// The end of a server: what it answered is on disk, what it did not take it says so, whether it was asked to end or killed.
import { after, before, test } from 'node:test';
import assert from 'node:assert/strict';
import { Server, dataFile, cookies } from './support.mjs';

let data, server, cookie, csrf;
const form = (fields) => new URLSearchParams(fields).toString();
const headers = () => ({ cookie, 'x-csrf-token': csrf, accept: 'application/json', 'content-type': 'application/x-www-form-urlencoded' });

before(async () => {
  data = dataFile();
  server = await new Server(data.path).start();
  const page = await fetch(`${server.url}/start`, { headers: { accept: 'text/html' } });
  const formCookie = cookies(page)[0];
  const made = await fetch(`${server.url}/start`, {
    method: 'POST', redirect: 'manual', headers: { cookie: formCookie, 'content-type': 'application/x-www-form-urlencoded' },
    body: form({ csrf: formCookie.split('=')[1], company: 'Річка', team: 'Продажі', name: 'Олена', login: 'olena', password: 'осетер-2026', zone: 'Europe/Kyiv', currency: 'UAH', country: '380' }),
  });
  assert.equal(made.status, 303);
  cookie = cookies(made).find((c) => c.startsWith('sturgeon='));
  csrf = (await (await fetch(`${server.url}/session`, { headers: { cookie } })).json()).csrf;
});
after(async () => {
  await server.stop();
  data.remove();
});

// Writes from many sides until the server is gone; what was answered 201, and every other status.
async function crowd(end) {
  const taken = [], statuses = new Map();
  let n = 0, gone = false;
  const one = async (who) => {
    while (!gone) {
      const name = `${end} ${who} ${n++}`;
      try {
        const answer = await fetch(`${server.url}/team/invitations`, { method: 'POST', headers: headers(), body: form({ name, role: 'manager' }) });
        statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
        if (answer.status === 201) taken.push(name);
        if (answer.status === 503) return;
        await answer.arrayBuffer();
      } catch {
        return; // no server any more
      }
    }
  };
  const all = Promise.all(Array.from({ length: 24 }, (_, i) => one(i)));
  for (let waited = 0; taken.length < 200 && waited < 20000; waited += 20) await new Promise((resolve) => setTimeout(resolve, 20));
  await server.stop(end);
  gone = true;
  await all;
  return { taken, statuses };
}

for (const end of ['SIGTERM', 'SIGKILL']) {
  test(`${end}: every answered write is there afterwards`, async () => {
    const { taken, statuses } = await crowd(end);
    assert.ok(taken.length >= 200, `only ${taken.length} writes were made`);
    for (const status of statuses.keys()) assert.ok([201, 503].includes(status), `an answer of ${status}`);
    if (end === 'SIGTERM') assert.equal(server.process.exitCode, 0, server.log);
    await server.start();
    const team = await (await fetch(`${server.url}/team`, { headers: headers() })).json();
    const there = new Set(team.invitations.map((i) => i.name));
    assert.deepEqual(taken.filter((name) => !there.has(name)), []);
  });
}
