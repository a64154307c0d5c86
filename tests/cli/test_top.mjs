// `sturgeon top replay` beside a model that knows nothing of how it is done, on drawn histories; `top observe` beside a plain computation, on hand-made and on real
// tops; mistakes told by line. TAP.
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { resolve } from "node:path";

const binary = resolve(process.argv[2]);
const shared = process.env.STURGEON_SHARED;
const run = (args, input = "") => spawnSync(binary, ["top", ...args], { encoding: "utf8", input, maxBuffer: 1 << 28, timeout: 60000 });

let made = 0;
let failed = 0;
function shows(name, ok, detail = "") {
	made++;
	if (!ok) failed++;
	console.log(`${ok ? "ok" : "not ok"} ${made} - ${name}`);
	if (!ok) console.log(`# ${String(detail).slice(0, 2000).replaceAll("\n", "\n# ")}`);
}
const told = (done) => `${done.status ?? done.signal}: ${done.stdout}${done.stderr}`;
const table = (text) => {
	const [head, ...lines] = text.trim().split("\n").map((line) => line.split(","));
	return lines.map((line) => Object.fromEntries(head.map((name, i) => [name, line[i]])));
};

// A stream of numbers that is the same everywhere (mulberry32).
function drawn(seed) {
	const next = () => {
		seed = (seed + 0x6d2b79f5) | 0;
		let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
		t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
		return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
	};
	return { int: (low, high) => low + Math.floor(next() * (high - low + 1)), of: (list) => list[Math.floor(next() * list.length)] };
}

// ---- Replay ----

// Seconds that each post held each position, by the definition: at every instant all heats are summed anew and sorted.
function model(rows, { k, half, floor, late, mode }) {
	const order = rows.map((_, i) => i).sort((a, b) => rows[a].time - rows[b].time || a - b);
	const gone = new Set(), stands = new Map();
	for (const i of order) {
		const key = `${rows[i].voter} ${rows[i].post}`;
		if (rows[i].weight !== "-1") stands.set(key, [...(stands.get(key) ?? []), i]);
		else {
			gone.add(i);
			const back = stands.get(key)?.pop();
			if (back !== undefined) gone.add(back);
		}
	}
	const seen = new Set(), given = new Map(), votes = [];
	for (const i of order) {
		if (gone.has(i)) continue;
		const { time, voter, post, author, published, weight } = rows[i];
		const again = seen.has(`${voter} ${post}`), pair = `${voter} ${author}`;
		let w = 1;
		if (mode !== "plain") {
			w = 0;
			if (!again && voter !== author) {
				const before = (given.get(pair) ?? []).filter((t) => time - t <= 30 * 86400);
				w = 1 / (before.length + 1);
				given.set(pair, [...before, time]);
			}
			seen.add(`${voter} ${post}`);
		}
		if (weight !== "") w = Number(weight);
		if (w > 0 && time - published <= late) votes.push({ time, post, w });
	}
	const end = Math.max(...rows.map((r) => r.time));
	const posts = new Map(rows.map((r) => [r.post, r.published]));
	const heat = (post, t) => {
		const own = votes.filter((v) => v.post === post && v.time <= t);
		if (!own.length) return -Infinity;
		const m = Math.max(...own.map((v) => v.time));
		return m / half + Math.log2(own.reduce((sum, v) => sum + v.w * 2 ** ((v.time - m) / half), 0));
	};
	const instants = new Set([end]);
	for (const { time } of votes) {
		instants.add(time);
		for (const post of posts.keys()) {
			const out = half * (heat(post, time) - Math.log2(floor));
			if (out > time && out < end) instants.add(Math.round(out * 1e6) / 1e6);
		}
	}
	const held = {}, sorted = [...instants].sort((a, b) => a - b);
	for (let i = 0; i + 1 < sorted.length; i++) {
		const middle = (sorted[i] + sorted[i + 1]) / 2;
		const there = [...posts].map(([post, published]) => ({ post, published, heat: Math.round(heat(post, sorted[i]) * 1e9) / 1e9 }))
			.filter((p) => 2 ** (p.heat - middle / half) >= floor)
			.sort((a, b) => b.heat - a.heat || a.published - b.published || a.post - b.post);
		there.slice(0, k).forEach((p, at) => { held[`${p.post} ${at + 1}`] = (held[`${p.post} ${at + 1}`] ?? 0) + sorted[i + 1] - sorted[i]; });
	}
	return held;
}

function history(seed) {
	const r = drawn(seed), posts = new Map(), rows = [];
	const rules = { k: r.of([1, 2, 3, 5, 50]), half: r.of([3600, 43200, 600]), floor: r.of([2, 1, 3]), late: r.of([7 * 86400, 20000]), mode: r.of(["plain", "t8", "weights"]) };
	for (let i = r.int(1, 100); i > 0; i--) {
		const time = 1700000000 + r.int(0, 60000), post = r.int(1, 12);
		if (!posts.has(post)) posts.set(post, { author: `a${r.int(1, 4)}`, published: 1700000000 + r.int(-5000, 20000) });
		const { author, published } = posts.get(post);
		rows.push({ time, voter: r.int(0, 9) ? `r${r.int(1, 9)}` : author, post, author, published, weight: rules.mode === "weights" ? r.of(["1", "2", "0.5", "-1", ""]) : "" });
	}
	return { rules, rows: r.int(0, 1) ? rows.sort((a, b) => a.time - b.time) : rows };
}

const csv = (rows) => `time,voter,post,author,published,weight\n${rows.map((r) => Object.values(r).join(",")).join("\n")}\n`;
const options = ({ k, half, floor, late, mode }) => ["--k", String(k), "--half-life", `${half}s`, "--floor", String(floor), "--late", `${late}s`, ...(mode === "plain" ? ["--plain"] : [])];

let wrong = "";
for (let seed = 1; seed <= 60 && !wrong; seed++) {
	const { rules, rows } = history(seed);
	const done = run(["replay", ...options(rules), "--out", "tenure", "-"], csv(rows));
	const held = model(rows, rules), said = {};
	for (const t of table(done.stdout)) said[`${t.post} ${t.position}`] = (said[`${t.post} ${t.position}`] ?? 0) + (t.to - t.from);
	for (const key of new Set([...Object.keys(held), ...Object.keys(said)]))
		if (!(Math.abs((held[key] ?? 0) - (said[key] ?? 0)) < 1e-4)) wrong ||= `seed ${seed} ${JSON.stringify(rules)}: post and position ${key}: ${held[key]} by definition, ${said[key]} said. ${done.stderr}`;
}
shows("replay__is_what_sorting_all_posts_at_every_instant_gives", !wrong, wrong);

{
	// The rating is the tenures summed up.
	const { rules, rows } = history(3);
	const all = options({ ...rules, k: 5, floor: 0.01, mode: "plain" });
	const tenures = table(run(["replay", ...all, "--out", "tenure", "-"], csv(rows)).stdout), rating = table(run(["replay", ...all, "--out", "rating", "-"], csv(rows)).stdout);
	const place = {}, time = {};
	for (const t of tenures) {
		time[t.author] = (time[t.author] ?? 0) + (t.to - t.from);
		place[t.author] = (place[t.author] ?? 0) + (t.to - t.from) / 3600 / Math.log2(Number(t.position) + 1);
	}
	const good = rating.length > 1 && rating.every((r) => Math.abs(r.time_s - (time[r.author] ?? 0)) < 1e-6 && Math.abs(r.place_h - (place[r.author] ?? 0)) < 1e-9 && Math.abs(r.rating - r.entered - r.place_h) < 1e-9);
	shows("replay__rating_is_the_tenures_summed_up", good, JSON.stringify({ rating, time, place }));
	const now = table(run(["replay", ...all, "--out", "top", "-"], csv(rows)).stdout);
	shows("replay__top_holds_each_position_once", now.length > 0 && now.every((r, i) => Number(r.position) === i + 1) && now.length === rating.reduce((n, r) => n + Number(r.now), 0), JSON.stringify(now));
	const at = 1700000000 + 30000, then = table(run(["replay", ...all, "--out", "top", "--at", String(at), "-"], csv(rows)).stdout);
	const held = tenures.filter((t) => t.from <= at && t.to > at).sort((a, b) => a.position - b.position);
	shows("replay__top_of_a_past_moment_is_who_held_it", then.map((r) => r.post).join() === held.map((t) => t.post).join(), JSON.stringify({ then, held }));
	const cut = table(run(["replay", ...all, "--from", "1700010000", "--to", "1700020000", "--out", "tenure", "-"], csv(rows)).stdout);
	shows("replay__a_span_cuts_what_is_held", cut.length > 0 && cut.every((t) => t.from >= 1700010000 && t.to <= 1700020000 && t.from < t.to), JSON.stringify(cut));
}

{
	const summary = JSON.parse(run(["replay", "--out", "summary", "-"], "time,voter,post,author\n2026-11-25T10:00:00Z,a,x,b\n2026-11-25T10:00:01Z,a,x,b\n").stdout);
	shows("replay__summary_counts", summary.events === 2 && summary.ignored === 1 && summary.posts === 1 && summary.peak_memory_bytes > 0, JSON.stringify(summary));
	const iso = table(run(["replay", "--out", "tenure", "--to", "2026-11-25T11:00:00Z", "-"], "time,voter,post,author,community\n2026-11-25T10:00:00Z,a,x,\"b, the author\",c\n2026-11-25T10:00:00Z,d,x,b,c\n2026-11-25T10:00:00Z,e,x,b,c\n").stdout.replace("\"b, the author\"", "b"));
	shows("replay__speaks_the_times_it_was_given", iso.length === 1 && iso[0].from === "2026-11-25T10:00:00Z" && iso[0].to === "2026-11-25T11:00:00Z" && iso[0].community === "c", JSON.stringify(iso));
}

for (const [name, text, about] of [
	["no_columns", "", /line 1/],
	["a_column_that_is_not_there", "time,voter,post\n", /author/],
	["a_time_that_is_none", "time,voter,post,author\n1,a,b,c\nyesterday,a,b,c\n", /line 3.*time/],
	["a_field_too_few", "time,voter,post,author\n1,a,b\n", /line 2/],
	["a_weight_below_minus_one", "time,voter,post,author,weight\n1,a,b,c,-2\n", /line 2.*weight/],
	["an_open_quote", "time,voter,post,author\n1,\"a,b,c\n", /line 2.*quote/],
	["an_empty_post", "time,voter,post,author\n1,a,,c\n", /line 2.*post/],
]) {
	const done = run(["replay", "--out", "tenure", "-"], text);
	shows(`replay__refuses_${name}`, done.status === 2 && about.test(done.stderr) && !done.stdout, told(done));
}
for (const args of [["--out", "nothing"], [], ["--out", "top", "--k", "0"], ["--out", "top", "--k", "1001"], ["--out", "top", "--half-life", "soon"], ["--out", "top", "--floor", "-1"], ["--out", "rating", "--from", "20", "--to", "10"]])
	shows(`replay__refuses_${args.join("_") || "nothing_wanted"}`, run(["replay", ...args, "-"], "time,voter,post,author\n").status === 2);

// ---- Observe ----

// The plain computation: every row holds its position until the next snapshot, at most `gap`; the last one for no time; a row that stands twice is one. A row is in
// the span [from, to] where it begins by its end and ends after its beginning; a post has entered where its first row is in it.
function observed(rows, { by = "author", gap = 3600, from = -Infinity, to = Infinity, k = 1000 } = {}) {
	const times = [...new Set(rows.map((r) => Number(r.time)))].sort((a, b) => a - b), next = new Map(times.map((t, i) => [t, times[i + 1]])), last = times.at(-1);
	const end = to === Infinity ? last : to;
	const figures = new Map(), first = new Map(), stay = new Map();
	const sorted = [...new Map(rows.map((r) => [`${r.time} ${r.position} ${r.post}`, r])).values()].filter((r) => Number(r.position) <= k).sort((a, b) => a.time - b.time);
	for (const { time, position, post, [by]: who } of sorted) {
		const begin = Number(time), p = Number(position), still = begin === last && end <= last, until = still ? Infinity : Math.min(next.get(begin) ?? begin, begin + gap);
		if (!first.has(post)) first.set(post, begin);
		if (begin > end || until <= from || !who) continue;
		if (!figures.has(who)) figures.set(who, { posts: new Set(), entered: new Set(), now: 0, time: 0, places: new Map(), best: Infinity, weighed: 0, longest: 0, met: [] });
		const a = figures.get(who), s = stay.get(post), begun = Math.max(begin, from), over = Math.min(until, end);
		a.posts.add(post);
		if (first.get(post) >= from) a.entered.add(post);
		a.time += over - begun;
		a.places.set(p, (a.places.get(p) ?? 0) + over - begun);
		a.weighed += (over - begun) * p;
		a.best = Math.min(a.best, p);
		a.now += until > end;
		a.met.push(p);
		stay.set(post, { from: s?.to === begun ? s.from : begun, to: over });
		a.longest = Math.max(a.longest, over - stay.get(post).from);
	}
	return figures;
}

function same(rows, rating, asked = {}) {
	const by = asked.by ?? "author", figures = observed(rows, asked), order = [];
	if (rating.length !== figures.size) return `${rating.length} in the rating, not ${figures.size}`;
	for (const [who, a] of figures) {
		const place = [...a.places].reduce((sum, [p, seconds]) => sum + seconds / 3600 / Math.log2(p + 1), 0);
		order.push({ who, rating: a.entered.size + place, place });
		a.place = place;
		a.mean = a.time ? a.weighed / a.time : a.met.reduce((sum, p) => sum + p) / a.met.length;
	}
	order.sort((a, b) => (Math.abs(a.rating - b.rating) < 1e-9 ? (Math.abs(a.place - b.place) < 1e-9 ? (a.who < b.who ? -1 : 1) : b.place - a.place) : b.rating - a.rating));
	const near = (text, x) => Math.abs(Number(text) - x) <= 1e-12 * Math.max(1, x);
	for (const [i, r] of rating.entries()) {
		const a = figures.get(r[by]);
		const good = a && Number(r.rank) === i + 1 && r[by] === order[i].who && Number(r.posts) === a.posts.size && Number(r.entered) === a.entered.size && Number(r.time_s) === a.time &&
			Number(r.longest_s) === a.longest && Number(r.best) === a.best && Number(r.now) === a.now && near(r.place_h, a.place) && near(r.rating, a.entered.size + a.place) && near(r.mean_position, a.mean);
		if (!good) return JSON.stringify({ r, expected: order[i], a: { ...a, posts: a?.posts.size, entered: a?.entered.size } });
	}
	return "";
}

{
	const text = "time,position,post,author\n1000,1,a,x\n1000,2,b,y\n1000,2,b,y\n4000,1,b,y\n4000,2,a,x\n20000,1,c,x\n";
	const rating = table(run(["observe", "--out", "rating", "-"], text).stdout);
	shows("observe__is_the_plain_computation_by_hand", same(table(text), rating) === "", same(table(text), rating));
	const x = rating.find((r) => r.author === "x");
	shows("observe__the_last_snapshot_is_entry_and_no_time", x?.posts === "2" && x.time_s === "6600" && x.now === "1", JSON.stringify(rating));
	const shuffled = run(["observe", "--out", "rating", "-"], `time,position,post,author\n${text.trim().split("\n").slice(1).reverse().join("\n")}\n`).stdout;
	shows("observe__any_order_of_rows_is_the_same", shuffled === run(["observe", "--out", "rating", "-"], text).stdout);
	const two = run(["observe", "--out", "rating", "-"], "time,position,post,author\n1,1,a,x\n1,1,b,y\n");
	shows("observe__refuses_two_posts_at_one_position", two.status === 2 && /line 3.*position 1/.test(two.stderr), told(two));
	for (const [name, rows, about] of [
		["position_0", "1,0,a,x\n", /line 2.*position/],
		["position_1001", "1,1001,a,x\n", /line 2.*position/],
		["half_a_position", "1,1.5,a,x\n", /line 2.*position/],
		["one_post_twice", "1,1,b,y\n1,2,a,x\n1,3,a,x\n", /line 4.*post a/],
		["no_time", "soon,1,a,x\n", /line 2.*time/],
		["no_post", "1,1,,x\n", /line 2.*post/],
	]) {
		const done = run(["observe", "--out", "rating", "-"], `time,position,post,author\n${rows}`);
		shows(`observe__refuses_${name}`, done.status === 2 && about.test(done.stderr) && !done.stdout, told(done));
	}
	shows("observe__wants_its_columns", /author/.test(run(["observe", "--out", "rating", "-"], "time,position,post\n1,1,a\n").stderr));
	for (const to of ["20000", "20001", "4000", "3000", "900"]) {
		const asked = { to: Number(to) }, spanned = run(["observe", "--out", "rating", "--to", to, "-"], text).stdout;
		shows(`observe__to_${to}_is_the_plain_computation`, same(table(text), table(spanned), asked) === "", same(table(text), table(spanned), asked) + spanned);
	}
	shows("observe__to_the_last_event_is_what_no_end_is", run(["observe", "--out", "rating", "--to", "20000", "-"], text).stdout === run(["observe", "--out", "rating", "-"], text).stdout);
	const k1 = table(run(["observe", "--out", "rating", "--k", "1", "-"], text).stdout);
	shows("observe__k_leaves_out_what_was_lower", same(table(text), k1, { k: 1 }) === "", same(table(text), k1, { k: 1 }));
	const top = (...at) => table(run(["observe", "--out", "top", ...at, "-"], text).stdout).map((r) => `${r.position}${r.post}`).join();
	shows("observe__top_of_a_moment", top() === "1c" && top("--at", "20000") === "1c" && top("--at", "20001") === "" && top("--at", "1000") === "1a,2b" && top("--at", "7599") === "1b,2a" && top("--at", "7600") === "" &&
		top("--at", "999") === "", [top(), top("--at", "20001"), top("--at", "7599")].join(" | "));
	const tenures = run(["observe", "--out", "tenure", "-"], "time,position,post,author,community\n2026-11-25T10:00:00Z,1,\"a, or b\",\"x \"\"y\"\"\",c\n2026-11-25T10:10:00Z,1,\"a, or b\",x,c\n2026-11-25T10:20:00Z,2,\"a, or b\",x,c\n2026-11-25T10:20:00.5Z,2,\"a, or b\",x,c\n").stdout;
	shows("observe__tenures_are_told_whole_as_they_were_timed", tenures === "post,author,community,position,from,to\n\"a, or b\",\"x \"\"y\"\"\",c,1,2026-11-25T10:00:00Z,2026-11-25T10:20:00Z\n\"a, or b\",\"x \"\"y\"\"\",c,2,2026-11-25T10:20:00Z,2026-11-25T10:20:00.500000Z\n", tenures);
}

const real = shared && `${shared}/data/top/front_page_2020.csv.gz`;
if (real && existsSync(real)) {
	const text = gunzipSync(readFileSync(real)).toString(), rows = table(text);
	const problem = same(rows, table(run(["observe", "--out", "rating", real]).stdout));
	shows("observe__is_the_plain_computation_on_a_real_front_page", !problem, problem);
	const times = [...new Set(rows.map((r) => Number(r.time)))];
	for (const asked of [{ gap: 600 }, { gap: 1e9 }, { from: 1606000000.5, to: 1607000000.25 }, { from: times[1000], to: times[2000] }, { from: times[5] }, { to: times[30], k: 10 }]) {
		const args = Object.entries(asked).flatMap(([name, value]) => [`--${name}`, name === "gap" ? `${value}s` : String(value)]);
		const wrong = same(rows, table(run(["observe", "--out", "rating", ...args, real]).stdout), asked);
		shows(`observe__is_the_plain_computation_with ${args.join(" ")}`, !wrong, wrong);
	}
	// Communities: as if each post had been published in one of five, or in none.
	const community = (post) => (post % 6 ? `c${post % 6}` : ""), placed = rows.map((r) => ({ ...r, community: community(Number(r.post)) }));
	const input = `community,time,position,post,author\n${placed.map((r) => [r.community, r.time, r.position, r.post, r.author].join(",")).join("\n")}\n`;
	const wrong = same(placed, table(run(["observe", "--out", "communities", "-"], input).stdout), { by: "community" });
	shows("observe__is_the_plain_computation_of_communities", !wrong, wrong);
} else {
	console.log(`ok ${++made} - observe__is_the_plain_computation_on_a_real_front_page # SKIP the real front page is not here`);
}

console.log(`1..${made}`);
process.exit(failed ? 1 : 0);
