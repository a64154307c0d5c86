// `sturgeon advisor eval` as it is typed: what it prints, and its exit codes. TAP.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const [binary] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "sturgeon-eval-"));
const file = (name, bytes) => {
	writeFileSync(join(folder, name), bytes);
	return join(folder, name);
};
const evaluate = (...args) => spawnSync(binary, ["advisor", "eval", ...args], { encoding: "utf8" });

let made = 0;
let failed = 0;
function shows(name, ok, detail) {
	made++;
	if (!ok) failed++;
	console.log(`${ok ? "ok" : "not ok"} ${made} - ${name}`);
	if (!ok) console.log(`# ${detail}`);
}

const rows = Array.from({ length: 400 }, (_, i) => `${i % 3 ? "так" : "ні"};${(i * 37) % 11},5;${i};${i % 3 ? "won" : "lost"}`);
const table = ["сигнал;ціна;номер;підсумок", ...rows, ""].join("\n");
const csv = file("deals.csv", table);
const gz = file("deals.csv.gz", gzipSync(table));
const plain = evaluate(csv, "--outcome", "підсумок", "--yes", "won", "--drop", "номер");
const model = plain.status === 0 ? JSON.parse(plain.stdout) : {};
shows("eval__prints_json", plain.status === 0 && model.rows_trained === 200 && model.rows_tested === 200 && model.features === 3, plain.stdout + plain.stderr);
shows("eval__learns_what_tells_apart", model.auc === 1 && model.log_loss < 0.2 && model.brier < 0.05 && model.seconds >= 0, plain.stdout);
shows("eval__reliability_has_ten_bins_that_hold_every_row",
	model.reliability?.length === 10 && model.reliability.reduce((sum, bin) => sum + bin.n, 0) === 200, plain.stdout);
const again = evaluate("--sep=;", "--train", "first70", `--outcome=підсумок`, "--yes", "won", gz);
shows("eval__takes_gzip_first70_and_a_separator", again.status === 0 && JSON.parse(again.stdout).rows_trained === 280, again.stderr);

const mistakes = [
	[[csv, "--outcome", "nope", "--yes", "won"], 'no column "nope"'],
	[[csv, "--outcome", "підсумок", "--yes", "never"], 'no training row has "never"'],
	[[csv, "--outcome", "підсумок", "--yes", "won", "--drop", "nope"], 'no column "nope"'],
	[[csv, "--outcome", "підсумок"], "--yes VALUE"],
	[[csv, "--outcome", "підсумок", "--yes", "won", "--train", "odd"], "even or first70"],
	[[csv, "--outcome", "підсумок", "--yes", "won", "--sep", "ab"], "one character"],
	[[csv, "--outcome", "підсумок", "--yes", "won", "--what"], "--what"],
	[["--outcome", "підсумок", "--yes", "won"], "which file"],
];
for (const [args, says] of mistakes) {
	const done = evaluate(...args);
	shows(`eval__says_the_mistake: ${says}`, done.status === 2 && done.stderr.includes(says) && done.stdout === "", `${done.status}: ${done.stderr}`);
}
const absent = evaluate(join(folder, "absent.csv"), "--outcome", "y", "--yes", "1");
shows("eval__a_file_that_is_not_there_is_the_worlds_fault", absent.status === 1 && absent.stderr.includes("absent.csv"), absent.stderr);

console.log(`1..${made}`);
rmSync(folder, { recursive: true });
process.exit(failed ? 1 : 0);
