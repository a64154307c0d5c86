// Counts what a test run's reports say: tally.mjs TESTLOG.json BROWSER.tap names what failed and prints "N passed, N failed, N skipped" as its last line.
// Meson's log has each program's own lines and how it ended: one that crashed or was too slow after its last "ok" has failed all the same (its JUnit report
// does not say so).
import { existsSync, readFileSync } from 'node:fs';

const [log, tap] = process.argv.slice(2);
let passed = 0, failed = 0, skipped = 0;
const fails = (n, name) => {
  failed += n;
  console.log(`failed: ${name}`);
};

const read = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : '');
if (!read(log)) fails(1, 'the tests of the build did not run');
for (const line of read(log).split('\n').filter(Boolean)) {
  const { name, result, stdout = '' } = JSON.parse(line);
  const lines = stdout.split('\n').filter((l) => /^(not )?ok\b/.test(l));
  const bad = lines.filter((l) => l.startsWith('not ok'));
  const left = lines.filter((l) => /^ok\b.*# skip/i.test(l)).length;
  const good = result === 'OK' || result === 'SKIP' || result === 'EXPECTEDFAIL';
  passed += lines.length - bad.length - left + (good && lines.length === 0 && result !== 'SKIP');
  skipped += left + (result === 'SKIP' && lines.length === 0);
  if (bad.length) fails(bad.length, `${name}: ${bad.join(', ')}`);
  else if (!good) fails(1, `${name} (${result.toLowerCase()})`);
}
const report = read(tap);
const count = (word) => Number(new RegExp(`^# ${word} (\\d+)$`, 'm').exec(report)?.[1] ?? 0);
passed += count('pass');
skipped += count('skipped');
failed += count('fail') + count('cancelled');
if (!/^# tests \d+$/m.test(report)) fails(1, 'the browser tests broke off');

console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed ? 1 : 0;
