// `sturgeon demo` as it is typed: what it prints, its exit codes, and that what it made is whole. TAP.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const [binary] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "sturgeon-demo-"));
const db = join(folder, "demo.db");
const run = (...args) => spawnSync(binary, args, { encoding: "utf8" });

let made = 0;
let failed = 0;
function shows(name, ok, detail) {
	made++;
	if (!ok) failed++;
	console.log(`${ok ? "ok" : "not ok"} ${made} - ${name}`);
	if (!ok) console.log(`# ${detail}`);
}

const demo = run("demo", "--db", db, "--seed", "5", "--now", "2026-11-25T08:30:00Z");
const password = demo.stdout.trim().split("\n").at(-1).trim();
shows("demo__says_what_it_made_and_who_can_log_in", demo.status === 0 && /^Demo company: 60 clients, \d+ deals, (2[89]|3[012])\d conversations\.\nIts journals: 1\d\d posts, \d+ comments and \d+ votes of \d+ people\.$/m.test(demo.stdout)
	&& ["admin", "maryna", "olena", "taras", "iryna"].every((login) => new RegExp(`^ +${login} `, "m").test(demo.stdout)), demo.stdout + demo.stderr);
shows("demo__makes_a_password_that_can_be_read", /^[a-km-np-z2-9]{12}$/.test(password), password);

const check = run("check", "--db", db);
shows("demo__passes_the_check", check.status === 0 && check.stdout.includes("integrity") && !check.stdout.includes("DIFFERENT"), check.stdout + check.stderr);

const again = run("demo", "--db", db);
shows("demo__does_not_touch_a_company_that_is_there", again.status === 1 && again.stderr.includes("there is a company in this file already") && again.stdout === "", again.stderr);

const given = run("demo", "--db", join(folder, "given.db"), "--password", "вудка-і-гачок");
shows("demo__takes_a_password", given.status === 0 && given.stdout.trim().endsWith("вудка-і-гачок"), given.stdout + given.stderr);

for (const [args, says] of [
	[["--seed", "many"], "--seed wants a whole number"],
	[["--now", "soon"], "--now wants a moment"],
	[["--password", "short"], "at least 8 characters"],
	[["--what"], "--what"],
]) {
	const done = run("demo", "--db", join(folder, "none.db"), ...args);
	shows(`demo__says_the_mistake: ${says}`, done.status === 2 && done.stderr.includes(says) && done.stdout === "", `${done.status}: ${done.stderr}`);
}

console.log(`1..${made}`);
rmSync(folder, { recursive: true });
process.exit(failed ? 1 : 0);
