// The main top with 100,000 posts and a million votes: its pages one after another, and what a vote's way to 1,000 listening pages takes.
//   node bench/web/top.mjs [LISTENERS]      needs build/ and wrk; the data is kept in build/bench-top-DAY.db
// Everything stays on 127.0.0.1; the load generator and the listeners share the machine's cores with what they measure.
import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const listeners = Number(process.argv[2] ?? 1000);
const folder = mkdtempSync(join(tmpdir(), 'sturgeon-bench-'));
const day = new Date().toISOString().slice(0, 10);
const kept = join(root, 'build', `bench-top-${day}.db`);
const db = join(folder, 'top.db');

const sh = (command, args) => {
  const done = spawnSync(command, args, { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`${command} ${args.join(' ')}: ${done.stderr || done.stdout}`);
  return done.stdout;
};
if (!existsSync(kept)) {
  const making = `${kept}.part`;
  rmSync(making, { force: true });
  const { sessions } = JSON.parse(sh(join(root, 'build', 'bench', 'bench_seed'), [making, '--clients', '10', '--events', '10']));
  process.stderr.write(sh(join(root, 'build', 'bench', 'bench_seed_top'), [making]));
  renameSync(making, kept);
  writeFileSync(`${kept}.sessions`, `${sessions[0]} ${sessions[1]}`);
}
copyFileSync(kept, db);
const [mine, other] = readFileSync(`${kept}.sessions`, 'utf8').trim().split(' ');

const child = spawn(join(root, 'build', 'sturgeon'), ['serve', '--db', db, '--listen', '127.0.0.1:0', '--quiet'], { stdio: ['ignore', 'ignore', 'pipe'] });
const url = await new Promise((resolve, reject) => {
  let log = '';
  child.stderr.on('data', (chunk) => {
    const found = /"url":"([^"]+)\/"/.exec((log += chunk));
    if (found) resolve(found[1]);
  });
  child.on('exit', () => reject(new Error(log)));
});
const resident = () => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))[1]) / 1024;
const headers = (session) => ({ Cookie: `sturgeon=${session}`, Accept: 'application/json' });
const ask = async (path, session = mine) => (await fetch(url + path, { headers: headers(session) })).json();

try {
  await new Promise((resolve) => setTimeout(resolve, 1500)); // the rating is read meanwhile, as it is after any start
  const top = await ask('/top');
  const past = new Date(Date.now() - 30 * 86400000).toISOString();
  const pages = { top: '/top', 'as of a month ago': `/top?as_of=${past}`, 'why here': `/posts/${top.rows[0].id}/heat`, 'a post': `/posts/${top.rows[0].id}` };
  for (const [name, path] of Object.entries(pages)) {
    const out = sh('wrk', ['-t1', '-c1', '-d3s', '--latency', '-H', `Cookie: sturgeon=${mine}`, url + path]);
    const bytes = Number((await fetch(url + path, { method: 'HEAD', headers: { Cookie: `sturgeon=${mine}`, 'Accept-Encoding': 'gzip' } })).headers.get('content-length'));
    console.log(`${name.padEnd(20)} p50 ${/^\s+50%\s+(\S+)/m.exec(out)[1]}  p99 ${/^\s+99%\s+(\S+)/m.exec(out)[1]}  ${(bytes / 1024).toFixed(1)} KB gzipped`);
  }

  // Listeners: each a socket that counts what it is told.
  const before = resident();
  const port = Number(new URL(url).port);
  const told = new Array(listeners).fill(0), at = new Array(listeners).fill(0);
  const sockets = [];
  for (let i = 0; i < listeners; i++) {
    const socket = connect(port, '127.0.0.1', () => socket.write(`GET /top/live HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\nCookie: sturgeon=${mine}\r\n\r\n`));
    socket.on('data', (chunk) => {
      if (!chunk.includes('data: {')) return;
      told[i]++;
      at[i] = performance.now();
    });
    sockets.push(socket);
  }
  const until = async (good) => { while (!good()) await new Promise((resolve) => setTimeout(resolve, 5)); };
  await until(() => told.every((n) => n >= 1));
  console.log(`${listeners} listeners: ${((resident() - before) * 1024 / listeners).toFixed(1)} KB each`);
  const { csrf } = await ask('/session', other);
  const ways = [];
  for (let round = 0; round < 10; round++) {
    const had = told.slice();
    const began = performance.now();
    await fetch(`${url}/posts/${top.rows[10 + round].id}/vote`, { method: 'POST', headers: { ...headers(other), 'X-CSRF-Token': csrf, 'Content-Type': 'application/x-www-form-urlencoded' } });
    await until(() => told.every((n, i) => n > had[i]));
    ways.push(Math.max(...at) - began);
    await new Promise((resolve) => setTimeout(resolve, 1200)); // until the places too have been told
  }
  ways.sort((a, b) => a - b);
  console.log(`from a vote until the last of ${listeners} pages knows: median ${ways[5].toFixed(0)} ms, worst ${ways[9].toFixed(0)} ms`);
  const ended = performance.now();
  const over = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await over;
  console.log(`SIGTERM with ${listeners} listeners: ended after ${(performance.now() - ended).toFixed(0)} ms`);
  for (const socket of sockets) socket.destroy();
} finally {
  child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
}
