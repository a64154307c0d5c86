// `sturgeon practise`: the scenarios, the table, a scripted manager watched, a talk by hand, mistakes. TAP.
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";

const binary = resolve(process.argv[2]);
const run = (args, input = "") => spawnSync(binary, ["practise", ...args], { encoding: "utf8", input, maxBuffer: 1 << 26, timeout: 60000 });

let made = 0;
let failed = 0;
function shows(name, ok, detail = "") {
	made++;
	if (!ok) failed++;
	console.log(`${ok ? "ok" : "not ok"} ${made} - ${name}`);
	if (!ok) console.log(`# ${String(detail).slice(0, 2000).replaceAll("\n", "\n# ")}`);
}
const told = (done) => `${done.status ?? done.signal}: ${done.stdout}${done.stderr}`;

const KEYS = ["crm_phone", "crm_three", "mall_card", "own_share", "service_contract"];
const listed = run(["--language", "en"]);
shows("without a scenario it lists them", listed.status === 0 && KEYS.every((key) => listed.stdout.includes(key)) && listed.stdout.includes("A card in the shopping mall"), told(listed));

// Over 1,000 clients the right conversation wins clearly: its interval stands above the wrong one's by a wide gap, in every scenario.
const GAP = 15;
const table = run(["--table", "--seeds", "1000"]);
const rows = table.stdout.trim().split("\n").slice(1).map((line) => line.match(/^(\w+) +(sale|negotiation) +([\d.]+) % \( *([\d.]+) - +([\d.]+)\) +([\d.]+) % \( *([\d.]+) - +([\d.]+)\)$/));
for (const line of table.stdout.trim().split("\n")) console.log(`# ${line}`);
shows("the table has every scenario", table.status === 0 && rows.length === KEYS.length && rows.every(Boolean) && KEYS.every((key) => rows.some((row) => row[1] === key)), told(table));
for (const [, key, , right, low, , wrong, , high] of rows.filter(Boolean))
	shows(`${key}: of 1,000 clients the right conversation wins ${right} %, the wrong one ${wrong} %`, Number(low) > Number(high) + GAP, told(table));

for (const key of KEYS) {
	for (const way of ["sale", "negotiation", "wrong"]) {
		const one = run([key, "--seed", "7", "--auto", way, "--language", "uk"]);
		const other = run([key, "--seed", "7", "--auto", way, "--language", "uk"]);
		shows(`${key}, ${way}: it is played to its end, the same twice`, one.status === 0 && one.stdout === other.stdout && one.stdout.includes("Оцінка:") && !/[{}]/.test(one.stdout), told(one));
	}
}
const talks = [1, 2, 3, 4].map((seed) => run(["mall_card", "--seed", String(seed), "--auto", "sale", "--language", "en"]).stdout);
shows("another seed is another client", new Set(talks).size === talks.length, talks[0]);
shows("in English nothing is Ukrainian", talks.every((text) => !/[а-яєіїґ]/i.test(text)), talks[0]);

const hand = run(["mall_card", "--seed", "2", "--language", "uk"], "1\nЯк ви зараз платите за продукти?\nm 2\ns 6\nend\n");
shows("by hand: a card, own words, a tick, a step, the end", hand.status === 0 && hand.stdout.includes("[мотив: економія]") && hand.stdout.includes("Оцінка:"), told(hand));
const cut = run(["own_share", "--language", "uk"], "Добре, вам особисто п’ять відсотків.\n1\n");
shows("offering a personal cut ends it at once", cut.status === 0 && cut.stdout.includes("практику не складено"), told(cut));
const silent = run(["crm_phone", "--language", "en"]);
shows("where nothing is typed it ends, too", silent.status === 0 && silent.stdout.includes("Score:"), told(silent));

for (const [args, why] of [
	[["no_such"], "there is no scenario"],
	[["mall_card", "--seed", "x"], "--seed wants a number"],
	[["mall_card", "--auto", "gently"], "--auto is sale, negotiation or wrong"],
	[["--table", "--seeds", "0"], "--seeds wants"],
	[["mall_card", "--table"], "--table is of every scenario"],
	[["mall_card", "--language", "de"], "--language is uk or en"],
	[["mall_card", "crm_three"], "crm_three"],
]) {
	const done = run(args);
	shows(`${args.join(" ")}: the mistake is told`, done.status === 2 && done.stderr.includes(why), told(done));
}

console.log(`1..${made}`);
process.exitCode = failed ? 1 : 0;
