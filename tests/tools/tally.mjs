// tools/tally.mjs counts what passed, what failed, and what ended before it could say so. TAP.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const [script] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'sturgeon-tally-'));
const browser = (fail) => `# tests 3\n# pass ${3 - fail}\n# fail ${fail}\n# cancelled 0\n# skipped 0\n`;
const rows = [
  ['all_passed', [['a', 'OK', '1..2\nok 1\nok 2 - x\n'], ['plain', 'OK', '']], browser(0), '6 passed, 0 failed, 0 skipped'],
  ['one_failed', [['a', 'FAIL', '1..2\nok 1\nnot ok 2 - x\n']], browser(0), '4 passed, 1 failed, 0 skipped'],
  ['crashed_after_its_last_ok', [['a', 'ERROR', '1..3\nok 1\nok 2\n']], browser(0), '5 passed, 1 failed, 0 skipped'],
  ['too_slow', [['a', 'TIMEOUT', '']], browser(0), '3 passed, 1 failed, 0 skipped'],
  ['left_out', [['a', 'OK', '1..2\nok 1 # SKIP not here\nok 2\n'], ['b', 'SKIP', '']], browser(0), '4 passed, 0 failed, 2 skipped'],
  ['a_browser_test_failed', [['plain', 'OK', '']], browser(1), '3 passed, 1 failed, 0 skipped'],
  ['the_browser_broke_off', [['plain', 'FAIL', '']], 'ok 1\n', '0 passed, 2 failed, 0 skipped'],
];
console.log(`1..${rows.length}`);
let bad = 0;
rows.forEach(([name, log, tap, last], i) => {
  writeFileSync(join(folder, 'log.json'), log.map(([n, result, stdout]) => JSON.stringify({ name: n, result, stdout })).join('\n') + '\n');
  writeFileSync(join(folder, 'browser.tap'), tap);
  const done = spawnSync(process.execPath, [script, join(folder, 'log.json'), join(folder, 'browser.tap')], { encoding: 'utf8' });
  const said = done.stdout.trimEnd().split('\n').at(-1);
  const good = said === last && done.status === (/ 0 failed/.test(last) ? 0 : 1);
  if (!good) bad++;
  console.log(`${good ? 'ok' : 'not ok'} ${i + 1} - tally__${name}`);
  if (!good) console.log(`# ${done.status}: ${said}${done.stderr.replaceAll('\n', '\n# ')}`);
});
rmSync(folder, { recursive: true });
process.exitCode = bad ? 1 : 0;
