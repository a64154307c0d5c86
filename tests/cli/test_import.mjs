// `sturgeon import` as it is typed: what it prints, its exit codes. TAP.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const [binary] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "sturgeon-import-"));
const db = join(folder, "a.db");
const run = (...args) => spawnSync(binary, args, { encoding: "utf8" });
const file = (name, text) => {
	writeFileSync(join(folder, name), text);
	return join(folder, name);
};

let made = 0;
let failed = 0;
function shows(name, ok, detail) {
	made++;
	if (!ok) failed++;
	console.log(`${ok ? "ok" : "not ok"} ${made} - ${name}`);
	if (!ok) console.log(`# ${String(detail).replaceAll("\n", "\n# ")}`);
}

run("demo", "--db", db, "--seed", "5");
const clients = file("clients.csv", "ПІБ;Тел.;Місто\nНова Людина;067 000 11 22;Львів\n;;Київ\n");
const deals = file("deals.csv", "Client,Stage,Amount,Close Date\nНова Людина,Closed Won,1200,2026-01-10\nНова Людина,Purple,5,\n");

let r = run("import", "clients", clients, "--db", db, "--preview");
shows("import_clients__previews", r.status === 0 && /ПІБ +name/.test(r.stdout) && /Тел\. +phone/.test(r.stdout) && /Місто +note_named/.test(r.stdout)
	&& r.stdout.includes("row 3: Nobody to call") && r.stdout.includes("2 rows: 1 new clients") && r.stdout.includes("Nothing was written"), r.stdout + r.stderr);
r = run("import", "clients", clients, "--db", db, "--map", "місто=tags");
shows("import_clients__takes_with_a_column_said", r.status === 0 && /Місто +tags/.test(r.stdout) && r.stdout.includes("1 new clients"), r.stdout + r.stderr);
r = run("import", "clients", clients, "--db", db);
shows("import_clients__doubles_nothing", r.status === 0 && r.stdout.includes("2 rows: 0 new clients"), r.stdout + r.stderr);
r = run("import", "deals", deals, "--db", db, "--as", "maryna");
shows("import_deals__takes_and_teaches", r.status === 0 && /Purple +not known/.test(r.stdout) && r.stdout.includes("1 new deals") && r.stdout.includes("has learnt from 1"), r.stdout + r.stderr);

for (const [name, args, says] of [
	["no_file", [join(folder, "nowhere.csv")], "nowhere.csv"],
	["no_table", [file("empty.csv", "\n")], "There are no rows"],
	["no_such_column", [clients, "--map", "Nothing=name"], "there is no column"],
	["no_such_field", [clients, "--map", "ПІБ=surname"], "--map wants COLUMN=FIELD"],
	["two_for_one", [clients, "--map", "Тел.=name"], "Two columns"],
	["no_words", [], "a FILE is wanted"],
]) {
	r = run("import", "clients", ...args, "--db", db);
	shows(`import_clients__exits_2_where_there_is_${name}`, r.status === 2 && r.stderr.includes(says) && r.stderr.includes("Usage:"), `${r.status} ${r.stdout}${r.stderr}`);
}
r = run("import", "clients", clients, "--db", db, "--as", "nobody");
shows("import_clients__exits_1_where_nobody_logs_in_so", r.status === 1 && r.stderr.includes("nobody logs in so"), r.stderr);
r = run("check", "--db", db);
shows("import_clients__leaves_what_is_derived_equal", r.status === 0, r.stdout + r.stderr);

rmSync(folder, { recursive: true });
console.log(`1..${made}`);
process.exit(failed ? 1 : 0);
