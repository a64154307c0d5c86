// Pages and ticks under load, beside nginx serving a static file of the same size in the same run:
//   node bench/web/web.mjs [SECONDS]        needs build/, wrk, nginx; takes some minutes, most of it making the data (kept in build/bench.db)
// Everything stays on 127.0.0.1. Each figure is for 64 connections; the load generator shares the machine's cores with what it measures.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync, copyFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const seconds = Number(process.argv[2] ?? 8);
const folder = mkdtempSync(join(tmpdir(), 'sturgeon-bench-'));
const binary = join(root, 'build', 'sturgeon');
const kept = join(root, 'build', `bench-${new Date().toISOString().slice(0, 10)}.db`); // a desk is full of today only on the day it was made for
const db = join(folder, 'bench.db');
const running = [];

const sh = (command, args) => {
  const done = spawnSync(command, args, { encoding: 'utf8' });
  if (done.stderr) process.stderr.write(done.stderr);
  if (done.status !== 0) throw new Error(`${command} ${args.join(' ')}: ${done.stderr || done.stdout}`);
  return done.stdout;
};
// A connection that the server closed while it was idle is tried anew.
const ask = (url, options) => fetch(url, options).catch(() => fetch(url, options));
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const resident = (pid) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;

function wrk(url, headers, script) {
  const args = ['-t1', '-c64', `-d${seconds}s`, '--latency', ...Object.entries(headers).flatMap(([k, v]) => ['-H', `${k}: ${v}`]), ...(script ? ['-s', script] : []), url];
  const out = sh('wrk', args);
  const ms = (text) => (text.endsWith('us') ? parseFloat(text) / 1000 : text.endsWith('ms') ? parseFloat(text) : parseFloat(text) * 1000);
  return {
    perSecond: Number(/Requests\/sec:\s+([\d.]+)/.exec(out)[1]), p50: ms(/^\s+50%\s+(\S+)/m.exec(out)[1]), p99: ms(/^\s+99%\s+(\S+)/m.exec(out)[1]),
    bad: Number(/Non-2xx or 3xx responses: (\d+)/.exec(out)?.[1] ?? 0), said: /SAID (.*)/.exec(out)?.[1],
  };
}

async function serve() {
  const began = process.hrtime.bigint();
  const child = spawn(binary, ['serve', '--db', db, '--listen', '127.0.0.1:0', '--quiet'], { stdio: ['ignore', 'ignore', 'pipe'] });
  running.push(child);
  const url = await new Promise((resolve, reject) => {
    let log = '';
    child.stderr.on('data', (chunk) => {
      const found = /"url":"([^"]+)\/"/.exec((log += chunk));
      if (found) resolve(found[1]);
    });
    child.on('exit', () => reject(new Error(log)));
  });
  return { url, child, startMs: Number(process.hrtime.bigint() - began) / 1e6 };
}

async function nginx(files) {
  const port = 18000 + Math.floor(Math.random() * 2000), conf = join(folder, 'nginx.conf');
  for (const [name, body] of Object.entries(files)) writeFileSync(join(folder, name), body);
  writeFileSync(conf, `worker_processes 2; daemon off; pid ${folder}/nginx.pid; error_log ${folder}/error.log;
events { worker_connections 1024; }
http { access_log off; sendfile on; keepalive_requests 100000000; client_body_temp_path ${folder}; proxy_temp_path ${folder}; fastcgi_temp_path ${folder}; uwsgi_temp_path ${folder}; scgi_temp_path ${folder};
server { listen 127.0.0.1:${port}; root ${folder}; } }
`);
  const child = spawn('nginx', ['-c', conf, '-p', folder], { stdio: 'ignore' });
  running.push(child);
  await wait(500);
  return `http://127.0.0.1:${port}`;
}

const row = (name, ours, peer) =>
  console.log(`${name.padEnd(22)} ${ours.perSecond.toFixed(0).padStart(8)}/s  p50 ${ours.p50.toFixed(2).padStart(7)} ms  p99 ${ours.p99.toFixed(2).padStart(7)} ms` +
    (peer ? `   nginx ${peer.perSecond.toFixed(0).padStart(8)}/s  p99 ${peer.p99.toFixed(2).padStart(6)} ms   ratio ${(ours.perSecond / peer.perSecond).toFixed(3)}` : '') +
    (ours.bad ? `   ${ours.bad} BAD ANSWERS` : ''));

try {
  if (!existsSync(kept)) {
    console.log('making 100,000 clients and 1,000,000 call events …');
    writeFileSync(`${kept}.json`, sh(join(root, 'build', 'bench', 'bench_seed'), [kept]));
  }
  const seeded = JSON.parse(readFileSync(`${kept}.json`, 'utf8'));
  console.log(`${seeded.clients} clients, ${seeded.deals} deals, ${seeded.calls} calls, ${seeded.events} call events`);
  copyFileSync(kept, db); // ticks are written to the copy
  const { url, child, startMs } = await serve();
  console.log(`start ${startMs.toFixed(0)} ms (process to listening), resident ${resident(child.pid).toFixed(1)} MB`);
  const cookie = `sturgeon=${seeded.sessions[0]}`;
  const json = async (path) => (await ask(url + path, { headers: { cookie, accept: 'application/json' } })).json();
  const csrf = (await json('/session')).csrf;
  const clients = await json('/clients');
  const client = clients.clients[0].id, deal = (await json('/deals/list')).deals[0].id;
  const pages = process.argv[3] === 'ticks' ? {} : { desk: '/desk', clients: '/clients', 'clients, a search': '/clients?q=%D0%BA%D0%BE%D0%B2%D0%B0%D0%BB', 'clients, a phone': '/clients?q=67%2012', 'a client': `/clients/${client}`, 'a deal': `/deals/${deal}`, board: '/deals', deals: '/deals/list', calendar: '/calendar' };
  const bodies = {};
  for (const [name, path] of Object.entries(pages)) {
    const answer = await ask(url + path, { headers: { cookie, accept: 'text/html' } });
    if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`);
    bodies[`${name.replace(/\W+/g, '-')}.html`] = await answer.text();
  }
  const peer = await nginx(bodies);
  for (const [name, path] of Object.entries(pages)) {
    const file = `${name.replace(/\W+/g, '-')}.html`;
    row(`${name} (${(bodies[file].length / 1024).toFixed(0)} K)`, wrk(url + path, { cookie, accept: 'text/html' }), wrk(`${peer}/${file}`, {}));
  }
  console.log(`resident after pages ${resident(child.pid).toFixed(1)} MB`);

  // Ticks: each request one event into one of the running calls, durable when answered.
  // A call holds at most a thousand events, so many calls run at once.
  const calls = [], form = { cookie, 'x-csrf-token': csrf, 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' };
  for (const { id } of clients.clients.slice(0, 20)) {
    for (let i = 0; i < 12; i++) {
      const body = new URLSearchParams({ client: id, deal: '0', day: new Date(Date.now() + 864e5 * (1 + i)).toISOString().slice(0, 10) }).toString();
      const answer = await ask(`${url}/calls/new`, { method: 'POST', headers: form, body });
      if (answer.status !== 200) throw new Error(`a call was not planned: ${answer.status} ${await answer.text()}`);
    }
    calls.push(...(await json(`/clients/${id}`)).planned.filter((c) => !c.began_at).map((c) => c.id));
  }
  const events = { cookie, 'x-csrf-token': csrf, 'content-type': 'application/json', accept: 'application/json' };
  for (const call of calls) {
    const body = JSON.stringify({ events: [{ id: 'bench-began', kind: 'began', item: 0, value: 0 }], after: 0 });
    const answer = await (await ask(`${url}/calls/${call}/events`, { method: 'POST', headers: events, body })).json();
    if (answer.results[0].result !== 'applied') throw new Error(`${call} did not begin: ${JSON.stringify(answer)}`);
  }
  const script = join(folder, 'tick.lua');
  writeFileSync(script, `
local calls = {${calls.map((id) => `"${id}"`).join(',')}}
local n, run = 0, "${Date.now().toString(36)}"
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Accept"] = "application/json"
wrk.headers["X-CSRF-Token"] = "${csrf}"
wrk.headers["Cookie"] = "${cookie}"
request = function()
  n = n + 1
  local call = calls[n % #calls + 1]
  local turn = math.floor(n / #calls)
  local body = string.format('{"events":[{"id":"%s-%d","kind":"%s","value":%d,"item":0}],"after":999999}', run, n, turn % 2 == 0 and "motive_on" or "motive_off", math.floor(turn / 2) % 4)
  return wrk.format("POST", "/calls/" .. call .. "/events", nil, body)
end
local seen = {}
response = function(status, headers, body)
  if status ~= 200 and not seen[status] then
    seen[status] = true
    io.stderr:write(status, " ", body, "\\n")
  end
end
`);
  const before = (await json(`/calls/${calls[0]}`)).engine.events.length;
  row(`a tick (${calls.length} calls)`, wrk(url, {}, script));
  const after = (await json(`/calls/${calls[0]}`)).engine.events.length;
  console.log(`events of the first call ${before} → ${after}`);
  const metrics = await (await ask(`${url}/metrics`)).text();
  const figure = (name) => Number(new RegExp(`^${name} (\\d+)`, 'm').exec(metrics)[1]);
  console.log(`ticks a commit ${(figure('sturgeon_writes_total') / figure('sturgeon_commits_total')).toFixed(1)}, resident ${resident(child.pid).toFixed(1)} MB`);
} finally {
  for (const child of running) child.kill();
  await wait(300);
  rmSync(folder, { recursive: true, force: true });
}
