// Every route of openapi.json, asked in every way that makes no sense: nothing fails, and everything derived is right afterwards. TAP.
//   monkey.mjs STURGEON [SECONDS] [SEED]
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const [, , program, seconds = '8', seed = '1'] = process.argv;
const binary = resolve(program);
const folder = mkdtempSync(join(tmpdir(), 'sturgeon-monkey-'));
const db = join(folder, 'demo.db');
const password = 'осетер-2026';

// xorshift32: the same seed asks the same questions
let state = Number(seed) | 1;
const random = () => {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
  return (state >>> 0) / 2 ** 32;
};
const pick = (list) => list[Math.floor(random() * list.length)];
const upTo = (n) => Math.floor(random() * (n + 1));

const made = spawnSync(binary, ['demo', '--db', db, '--seed', '4', '--password', password], { encoding: 'utf8' });
if (made.status !== 0) throw new Error(made.stderr);
const server = spawn(binary, ['serve', '--db', db, '--listen', '127.0.0.1:0', '--quiet'], { stdio: ['ignore', 'ignore', 'pipe'] });
let log = '', ended = null;
const over = new Promise((done) => server.once('exit', (code, signal) => done((ended = code ?? signal))));
const url = await new Promise((done) => server.stderr.on('data', (chunk) => {
  log += chunk;
  const found = /"url":"([^"]+)\/"/.exec(log);
  if (found) done(found[1]);
}));
const cookies = (reply) => (reply.headers.get('set-cookie') ?? '').split(/, (?=sturgeon)/).map((c) => c.split(';')[0]);

async function logIn(login) {
  const form = cookies(await fetch(`${url}/login`))[0];
  const reply = await fetch(`${url}/login`, { method: 'POST', redirect: 'manual', headers: { cookie: form }, body: new URLSearchParams({ csrf: form.split('=')[1], login, password }) });
  const cookie = cookies(reply).find((c) => c.startsWith('sturgeon='));
  const { csrf } = await (await fetch(`${url}/session`, { headers: { cookie } })).json();
  return { cookie, 'x-csrf-token': csrf };
}
const people = await Promise.all(['admin', 'maryna', 'olena'].map(logIn));
const json = async (path) => (await fetch(url + path, { headers: { ...people[0], accept: 'application/json' } })).json();

// Ids that there are, by the name of the list in which they stand.
const ids = {};
const harvest = (value, key = '') => {
  if (Array.isArray(value)) for (const one of value) harvest(one, key);
  else if (value && typeof value === 'object') {
    for (const [k, v] of Object.entries(value)) {
      if (k === 'id' && Number.isInteger(v)) (ids[key] ??= []).push(v);
      harvest(v, k);
    }
  }
};
for (const path of ['/desk', '/clients', '/deals', '/team', '/products', '/calendar', '/advisor']) harvest(await json(path));
const all = Object.values(ids).flat();
const idFor = (name) => pick(Object.entries(ids).filter(([key]) => key.startsWith(name.slice(0, 4))).flatMap(([, list]) => list).concat(all.slice(0, 5)));

const texts = ['', '0', '1', '-1', '9223372036854775807', '9223372036854775808', 'a', 'я'.repeat(130), 'x'.repeat(3000), "' OR 1=1 --", '<script>alert(1)</script>', '{{x}}', '%s%n%p',
  '\u202e\u0000x', '🐟'.repeat(50), '\n\n', '2026-11-25', '0001-01-01', '9999-12-31', '2026-02-30', '2026-11-25T10:00', '12 000', '1e9', '-0', 'NaN', 'null', 'Київ’', 'a;b\n1;2', '../..', '//evil',
  '\uFEFF', '(', '*', '"', '-', 'NEAR(a b)', '٣', 'ﬀ', 'a'.repeat(120)];

function value(schema, name) {
  const x = random();
  if (schema.enum && x < 0.7) return pick(schema.enum);
  if (schema.type === 'integer' && x < 0.75) return String(schema.minimum === 1 && random() < 0.8 ? idFor(name) : pick([0, 1, 5, 50, schema.minimum ?? 0, schema.maximum ?? 99]));
  if (schema.format === 'date' && x < 0.7) return pick(['2026-11-25', '2026-12-01', '1970-01-01', '9999-12-31']);
  if (schema.format === 'date-time' && x < 0.7) return pick(['2026-11-25T10:00', '2026-12-01T08:30:00Z', '9999-12-31T23:59', '0001-01-01T00:00']);
  return pick(texts);
}

const kinds = ['began', 'step', 'said', 'skipped', 'answered', 'note', 'motive_on', 'motive_off', 'signal_on', 'signal_off', 'objection', 'method', 'part', 'mode', 'mode_kept', 'undo', 'ended',
  'outcome', 'proposed', 'contract', 'paid', 'next', 'nonsense'];
const events = () => ({
  events: Array.from({ length: upTo(30) }, () => ({
    id: Array.from({ length: 4 }, () => Math.floor(random() * 2 ** 32).toString(16)).join('-'), kind: pick(kinds), at: pick([Date.now(), 0, -1, 2 ** 60, '2026-11-25T10:00:00Z', null]),
    item: pick([null, 0, 1, -5, pick(all)]), value: pick([null, 0, 1, 2, 3, 255, -1, 2 ** 40]), text: pick([null, '', 'так', 'я'.repeat(2500)]),
  })), after: pick([0, 1, 5, -1, 2 ** 40, 'x']),
});
const nonsense = (depth = 0) => {
  const x = random();
  if (depth > 4 || x < 0.4) return pick([null, true, 0, 1, -1, 2 ** 53, 1.5, 1e308, '', 'a', 'я'.repeat(50), pick(all), 'began', 'said', 'ended']);
  if (x < 0.7) return Array.from({ length: upTo(6) }, () => nonsense(depth + 1));
  return Object.fromEntries(Array.from({ length: upTo(6) }, () => [pick(['events', 'id', 'kind', 'at', 'item', 'value', 'text', 'after', 'a']), nonsense(depth + 1)]));
};

function body(content) {
  const [type, { schema }] = Object.entries(content)[0];
  if (type === 'application/json') return { headers: { 'content-type': type }, body: JSON.stringify(pick([nonsense, events, events])()) };
  const form = type.startsWith('multipart') ? new FormData() : new URLSearchParams();
  for (const [name, one] of Object.entries(schema.properties ?? {})) {
    if (random() < 0.1) continue;
    if (one.format === 'binary') form.append(name, new Blob([`Name;Phone;Value\n${Array.from({ length: 30 }, () => `${pick(texts)};${pick(texts)};${pick(texts)}`).join('\n')}`]), 'a.csv');
    else if (one.type === 'array') for (let i = upTo(5); i; i--) form.append(name, pick(texts));
    else form.append(name, value(one, name));
  }
  return { headers: {}, body: form };
}

// What would send the monkey away or lock it out, and what is left to other tests.
const spared = (path) => ['/logout', '/login', '/start', '/me/password'].includes(path) || path.includes('/members/');
const { paths } = await json('/openapi.json');
const routes = Object.entries(paths).filter(([path]) => !spared(path)).flatMap(([path, operations]) => Object.entries(operations).map(([method, operation]) => ({ path, method, operation })));

const bad = [], statuses = {};
let asked = 0;
const end = Date.now() + Number(seconds) * 1000;
while (Date.now() < end && ended === null && bad.length < 10) {
  const { path, method, operation } = pick(routes);
  let address = path;
  const query = new URLSearchParams();
  for (const parameter of operation.parameters ?? []) {
    if (parameter.in === 'path') address = address.replace(`{${parameter.name}}`, encodeURIComponent((parameter.schema.type === 'integer' && random() < 0.85 ? String(idFor(parameter.name)) : value(parameter.schema, parameter.name)) || 'x'));
    else if (random() < 0.8) query.append(parameter.name, value(parameter.schema, parameter.name).slice(0, 200));
  }
  if (String(query)) address += `?${query}`;
  const sent = method === 'post' ? body(operation.requestBody.content) : { headers: {} };
  const headers = { ...pick(people), ...pick([{}, { accept: 'application/json' }, { 'hx-request': 'true' }]), ...sent.headers };
  asked++;
  try {
    const reply = await fetch(url + address, { method: method.toUpperCase(), redirect: 'manual', headers, body: sent.body });
    const text = await reply.text();
    statuses[reply.status] = (statuses[reply.status] ?? 0) + 1;
    if (reply.status >= 500) bad.push(`${method} ${address}: ${reply.status} ${text.slice(0, 300)}`);
    if (reply.headers.get('content-type')?.startsWith('text/html') && text.includes('<script>alert(1)</script>')) bad.push(`${method} ${address}: what was typed is a script in the page`);
  } catch (error) {
    bad.push(`${method} ${address.slice(0, 300)}: ${error.cause ?? error}`);
  }
}
const shows = (i, name, good, detail) => {
  console.log(`${good ? 'ok' : 'not ok'} ${i} - ${name}`);
  if (!good) console.log(`# ${String(detail).replaceAll('\n', '\n# ')}`);
  return good;
};
console.log('1..4');
console.log(`# seed ${seed}: ${asked} requests: ${JSON.stringify(statuses)}`);
let good = shows(1, 'monkey__nothing_fails', bad.length === 0, bad.join('\n'));
good = shows(2, 'monkey__and_much_is_done', (statuses[200] ?? 0) > asked / 10 && (statuses[303] ?? 0) > 5, JSON.stringify(statuses)) && good;
server.kill();
await over;
good = shows(3, 'monkey__the_server_ends_cleanly', ended === 0, `${ended}: ${log}`) && good;
const check = spawnSync(binary, ['check', '--db', db], { encoding: 'utf8' });
good = shows(4, 'monkey__what_is_derived_is_right', check.status === 0, check.stdout + check.stderr) && good;
rmSync(folder, { recursive: true });
process.exitCode = good ? 0 : 1;
