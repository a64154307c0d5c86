// The rating beside DuckDB: node bench/rating/duckdb.mjs build/bench/bench_rating [TENURES] [AUTHORS]
//
// bench_rating draws a history, answers, and writes its tenures; DuckDB is asked for the same (posts, time, place of every author) over the same tenures, in a table in
// memory, with one thread. Processor time on both sides, the best of five; sums must agree. DuckDB comes from npm into a folder outside the source
// ($STURGEON_DUCKDB, without it sturgeon-duckdb in the folder for temporary files), the first time this is run.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const [bench, tenures = "10000000", authors = "100000"] = process.argv.slice(2);
if (!bench) {
	console.error("usage: node bench/rating/duckdb.mjs build/bench/bench_rating [TENURES] [AUTHORS]");
	process.exit(2);
}
const home = resolve(process.env.STURGEON_DUCKDB ?? join(tmpdir(), "sturgeon-duckdb"));
mkdirSync(home, { recursive: true });
if (!existsSync(join(home, "node_modules/@duckdb/node-api"))) execFileSync("npm", ["install", "--no-audit", "--no-fund", "--prefix", home, "@duckdb/node-api@1.5"], { stdio: ["ignore", "ignore", "inherit"] });
const { DuckDBInstance, version } = createRequire(join(home, "from.js"))("@duckdb/node-api");

const folder = mkdtempSync(join(tmpdir(), "sturgeon-bench-"));
try {
	const csv = join(folder, "tenures.csv");
	const said = execFileSync(resolve(bench), [tenures, authors, "--csv", csv], { encoding: "utf8" });
	console.log(said.replace(/^# .*\n/gm, ""));
	const spans = [...said.matchAll(/^(\S.*?)  .*\n# span (\S+) (\S+) (\S+) (\S+)$/gm)].map(([, name, from, to, ms, sum]) => ({ name, from, to, ms: Number(ms), sum: Number(sum) }));

	const db = await (await DuckDBInstance.create(":memory:", { threads: "1" })).connect();
	await db.run(`CREATE TABLE tenure AS SELECT author::INTEGER author, post::INTEGER post, "position"::USMALLINT p, from_at::BIGINT from_at, to_at::BIGINT to_at FROM read_csv('${csv}')`);
	await db.run("CREATE TABLE w AS SELECT range::USMALLINT p, 1 / log2(range + 1) w FROM range(1, 1001)");
	console.log(`DuckDB ${version()}, one thread`);
	console.log("processor, ms      ours      DuckDB     ratio   (by the clock)");
	for (const { name, from, to, ms, sum } of spans) {
		let best = Infinity, clock = Infinity, their = 0;
		for (let i = 0; i < 5; i++) {
			const cpu = process.cpuUsage(), began = performance.now();
			const rows = await (await db.run(`SELECT author, count(DISTINCT post), sum(least(to_at, ${to}) - greatest(from_at, ${from})), sum((least(to_at, ${to}) - greatest(from_at, ${from})) / 3.6e9 * w) place
				FROM tenure JOIN w USING (p) WHERE from_at < ${to} AND to_at > ${from} GROUP BY author`)).getColumns();
			const used = process.cpuUsage(cpu);
			best = Math.min(best, (used.user + used.system) / 1000);
			clock = Math.min(clock, performance.now() - began);
			their = rows[3].reduce((all, place) => all + place, 0);
		}
		const differ = Math.abs(their - sum) > 1e-9 * sum ? "   THE SUMS DIFFER" : "";
		console.log(`${name.padEnd(13)} ${ms.toFixed(3).padStart(9)} ${best.toFixed(1).padStart(11)} ${(best / ms).toFixed(0).padStart(8)}×   ${clock.toFixed(1)}${differ}`);
	}
} finally {
	rmSync(folder, { recursive: true });
}
