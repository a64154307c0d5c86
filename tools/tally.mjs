// Counts what a test run's reports say: tally.mjs JUNIT.xml BROWSER.tap prints "N passed, N failed, N skipped" as its last line.
import { readFileSync } from 'node:fs';

const [junit, tap] = process.argv.slice(2);
let passed = 0, failed = 0, skipped = 0;

for (const suite of readFileSync(junit, 'utf8').matchAll(/<testcase\b[^>]*?(\/>|>([\s\S]*?)<\/testcase>)/g)) {
  const inside = suite[2] ?? '';
  if (/<(failure|error)\b/.test(inside)) failed++;
  else if (/<skipped\b/.test(inside)) skipped++;
  else passed++;
}
const count = (text, word) => Number(new RegExp(`^# ${word} (\\d+)$`, 'm').exec(text)?.[1] ?? 0);
const report = readFileSync(tap, 'utf8');
passed += count(report, 'pass');
failed += count(report, 'fail') + count(report, 'cancelled');
skipped += count(report, 'skipped');
if (!/^# tests \d+$/m.test(report)) failed++; // the run itself broke off

console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed ? 1 : 0;
