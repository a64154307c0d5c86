// The company's answer over 100,000 conversations: the first look after a start, then its pages one after another; and the first look after one more conversation has ended.
//   node bench/web/answer.mjs [CALLS]      needs build/; the data is kept in build/bench-answer-CALLS.db
import { spawn, spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const build = process.env.STURGEON_BUILD ?? join(root, 'build');
const calls = Number(process.argv[2] ?? 100000);
const folder = mkdtempSync(join(tmpdir(), 'sturgeon-bench-'));
const kept = join(build, `bench-answer-${calls}.db`);
const db = join(folder, 'answer.db');
const sh = (command, args) => {
  const done = spawnSync(command, args, { encoding: 'utf8' });
  if (done.status !== 0) throw new Error(`${command} ${args.join(' ')}: ${done.stderr || done.stdout}`);
  return done.stdout;
};
if (!existsSync(kept)) {
  const making = `${kept}.part`;
  rmSync(making, { force: true });
  const { sessions } = JSON.parse(sh(join(build, 'bench', 'bench_seed'), [making, '--clients', '10', '--events', '10']));
  sh(join(build, 'bench', 'bench_seed_answer'), [making, String(calls)]);
  renameSync(making, kept);
  writeFileSync(`${kept}.sessions`, sessions.at(-1)); // the lead's
}
copyFileSync(kept, db);
const cookie = `sturgeon=${readFileSync(`${kept}.sessions`, 'utf8').trim()}`;
const child = spawn(join(build, 'sturgeon'), ['serve', '--db', db, '--listen', '127.0.0.1:0', '--quiet'], { stdio: ['ignore', 'ignore', 'pipe'] });
const url = await new Promise((resolve, reject) => {
  let log = '';
  child.stderr.on('data', (chunk) => {
    const found = /"url":"([^"]+)\/"/.exec((log += chunk));
    if (found) resolve(found[1]);
  });
  child.on('exit', (code) => reject(new Error(`the server ended with ${code}: ${log}`)));
});

const take = async (path, accept = 'text/html') => {
  const began = performance.now();
  const reply = await fetch(url + path, { headers: { Cookie: cookie, Accept: accept } });
  const text = await reply.text();
  if (reply.status !== 200) throw new Error(`${path}: ${reply.status}`);
  return { ms: performance.now() - began, bytes: text.length, text };
};
const print = (what, list) => {
  const sorted = list.map((one) => one.ms).sort((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))].toFixed(1);
  console.log(`${what.padEnd(58)} median ${at(0.5).padStart(7)} ms   p95 ${at(0.95).padStart(7)} ms`);
};
print('/answer?span=all, the first after a start', [await take('/answer?span=all')]);
const model = JSON.parse((await take('/answer?span=all', 'application/json')).text);
console.log(`n = ${model.n}`);
for (const path of ['/answer?span=all', '/answer', '/answer?span=365&segment=b2b', model.lead.sale.calls, `${model.lead.sale.calls}&page=500`, '/answer/digest', '/answer/publish?span=all']) {
  const list = [];
  for (let i = 0; i < 40; i++) list.push(await take(path));
  print(path.length > 56 ? `${path.slice(0, 53)}…` : path, list);
}
child.kill();
rmSync(folder, { recursive: true, force: true });
