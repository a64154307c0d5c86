// The table of a negotiation in the browser (assets/bargain/bargain.js over table.wasm) gives what `sturgeon bargain --json` gives, on drawn tables and on real ones.
//   node table_same.mjs TABLE.wasm STURGEON
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { Bargain, BargainError, WHAT } from '../../assets/bargain/bargain.js';

const [wasmPath, binary] = process.argv.slice(2).map((path) => resolve(path));
const shared = join(process.env.STURGEON_SHARED ?? '', 'data/bargain');
const folder = mkdtempSync(join(tmpdir(), 'table-'));
const wasm = readFileSync(wasmPath);
if (WebAssembly.Module.imports(new WebAssembly.Module(wasm)).length) throw new Error('the table must need no imports');
const bargain = await Bargain.from(wasm);

let made = 0, failed = 0;
function shows(name, ok, detail = '') {
	made++;
	if (!ok) failed++;
	console.log(`${ok ? 'ok' : 'not ok'} ${made} - ${name}`);
	if (!ok) console.log(`# ${String(detail).slice(0, 1500).replaceAll('\n', '\n# ')}`);
}

let seed = 20261125;
const below = (n) => { // mulberry32: the same stream on every machine
	seed = seed + 0x6D2B79F5 | 0;
	let t = Math.imul(seed ^ seed >>> 15, 1 | seed);
	t = t + Math.imul(t ^ t >>> 7, 61 | t) ^ t;
	return ((t ^ t >>> 14) >>> 0) % n;
};
const of = (list) => list[below(list.length)];

function drawn() {
	const unit = of([1, 1, 1000, 12345]), ranged = below(2);
	const variables = Array.from({ length: 1 + below(6) }, (_, v) => ({
		name: `v${v}`, price: below(4) === 0,
		options: Array.from({ length: 1 + below(5) }, (_, o) => {
			const ours = (below(13) - 6) * unit, theirs = below(2) ? -ours + (below(5) - 2) * unit : (below(13) - 6) * unit;
			return { name: `o${o}`, ours, ...(ranged && below(3) ? { low: theirs - below(4) * unit, high: theirs + below(4) * unit } : { theirs }) };
		}),
	}));
	const any = () => Object.fromEntries(variables.map((variable) => [variable.name, of(variable.options).name]));
	const forbidden = variables.length < 2 ? [] : Array.from({ length: below(5) }, () => {
		const a = below(variables.length), b = (a + 1 + below(variables.length - 1)) % variables.length;
		return [a, b].map((v) => [variables[v].name, of(variables[v].options).name]);
	});
	const events = ranged ? Array.from({ length: below(4) }, () => (below(3) ? { offered: any(), stands: any() } : { refused: any() })) : [];
	return { currency: 'UAH', limit: (below(20) - 14) * unit, their_limit: (below(20) - 14) * unit, variables, forbidden, now: any(), events };
}

const forBrowser = (table) => ({
	...table,
	variables: table.variables.map((variable) => ({ id: variable.name, price: variable.price, options: variable.options.map(({ name, ...rest }) => ({ id: name, ...rest })) })),
	events: (table.events ?? []).map((event) => (event.offered ? { by: 'them', package: event.offered, stands: event.stands } : { by: 'us', refused: true, package: event.refused })),
});

// What the browser says, in the words of the command.
function browser(table, solved, trade, check, n) {
	const named = (choice) => Object.fromEntries(table.variables.map((variable, v) => [variable.name, variable.options[choice[v]].name]));
	const point = (at) => at && { ours: at.ours, theirs: at.theirs, package: named(at.choice) };
	const change = ({ variable, option, ...rest }) => ({ variable: table.variables[variable].name, option: table.variables[variable].options[option].name, ...rest });
	const checked = (of, { ours, theirs, allowed, efficient, shortfall, changes, together }) =>
		({ ours, theirs, package: of, allowed, efficient, shortfall, ...(shortfall ? { changes: changes.map(change), together: together.map(change) } : {}) });
	const full = (of) => Object.fromEntries(table.variables.map((variable) => [variable.name, of?.[variable.name] ?? variable.options[0].name]));
	const told = {
		packages: Number(solved.packages), frontier_points: solved.frontier.length, both_accept: solved.to - solved.from, exact: solved.exact, frontier: solved.frontier.map(point),
		...Object.fromEntries(['nash', 'kalai', 'egalitarian', 'sum'].map((name) => [name, solved[name] === null ? null : point(solved.frontier[solved[name]])])),
		ladder: solved.ladder.map(change), offers: solved.offers(n).map(point),
		trade: solved.trades(...trade).map(({ ask, ours, theirs }) => ({ ask: Object.fromEntries(ask.map(change).map(({ variable, option }) => [variable, option])), ours, theirs })),
		check: checked(full(check), solved.check(check)),
	};
	if (table.now) told.now = checked(full(table.now), { ...solved.value, ...solved });
	const spread = solved.ranges.flat().some(({ low, high }) => low < high);
	if (spread || table.events?.some((event) => event.offered)) {
		told.learned = {
			ranges: Object.fromEntries(table.variables.map((variable, v) => [variable.name, Object.fromEntries(variable.options.map((option, o) => [option.name, [solved.ranges[v][o].low, solved.ranges[v][o].high]]))])),
			packages: solved.frontier.slice(solved.from, solved.to).map((at) => ({ ...point(at), efficient: solved.verdict(at.choice) })),
			ask: solved.questions().map(({ variable, ...rest }) => ({ variable: table.variables[variable].name, ...rest })),
			contradicted: solved.contradicted,
		};
	}
	return told;
}

const NONE = { all_forbidden: 'every package holds a forbidden pair', below_ours: 'no package reaches our limit', below_theirs: 'no package reaches their limit', apart: 'each limit can be reached, both together cannot' };

function compare(table, seen) {
	const given = forBrowser(table), variable = below(table.variables.length), option = below(table.variables[variable].options.length), n = 1 + below(5);
	const check = Object.fromEntries(table.variables.map(({ name, options }) => [name, of(options).name]));
	writeFileSync(join(folder, 'table.json'), JSON.stringify(table));
	writeFileSync(join(folder, 'check.json'), JSON.stringify(check));
	const trade = `${table.variables[variable].name}=${table.variables[variable].options[option].name}`;
	const done = spawnSync(binary, ['bargain', join(folder, 'table.json'), '--json', '--frontier', '--ladder', '--offers', String(n), '--trade', trade, '--check', join(folder, 'check.json')], { encoding: 'utf8', maxBuffer: 1 << 28 });
	if (done.status !== 0) return `${done.status} ${done.stderr}`;
	const { seconds, none, ...there } = JSON.parse(done.stdout), solved = bargain.solve(given);
	const here = browser(table, solved, [variable, option], check, n);
	if (there.learned) there.learned.packages = there.learned.packages.slice(0, 500);
	for (const key of Object.keys({ ...here, ...there })) seen[key] = (seen[key] ?? 0) + (Array.isArray(there[key]) ? there[key].length : there[key] !== null && there[key] !== undefined ? 1 : 0);
	seen.surely = (seen.surely ?? 0) + (there.learned?.packages.filter((at) => at.efficient === 'surely').length ?? 0);
	seen.may = (seen.may ?? 0) + (there.learned?.packages.filter((at) => at.efficient === 'may').length ?? 0);
	if ((NONE[solved.none] ?? undefined) !== none) return `none: ${solved.none} beside ${none}`;
	for (const key of Object.keys({ ...here, ...there }))
		if (!isDeepStrictEqual(here[key], there[key])) return `${key}\n${JSON.stringify(here[key])}\n${JSON.stringify(there[key])}\n${JSON.stringify(table)}`;
	return '';
}

const seen = {};
let wrong = '';
for (let i = 0; i < 150 && !wrong; i++) wrong = compare(drawn(), seen);
shows('bargain__drawn_tables_give_the_same_as_the_command', !wrong, wrong);
const wanted = ['nash', 'ladder', 'trade', 'offers', 'check', 'surely', 'may', 'learned'];
shows('bargain__the_drawn_tables_are_not_vacuous', wanted.every((key) => seen[key] > 20), JSON.stringify(seen));

if (existsSync(shared)) {
	const tables = readdirSync(shared).filter((name) => /_.*\.json$/.test(name)).map((name) => JSON.parse(readFileSync(join(shared, name), 'utf8')));
	wrong = tables.map((table) => compare(table, {})).find(Boolean) ?? '';
	shows('bargain__real_tables_give_the_same_as_the_command', tables.length > 0 && !wrong, wrong);
} else {
	shows('bargain__real_tables_give_the_same_as_the_command # SKIP they are not here', true);
}
rmSync(folder, { recursive: true });

const header = readFileSync(new URL('../../assets/wasm/table.c', import.meta.url), 'utf8');
const words = [.../enum table_what \{([^}]*)\}/.exec(header)[1].matchAll(/TABLE_(\w+)/g)].map((m) => m[1]);
shows('bargain__the_words_are_those_of_the_source', isDeepStrictEqual(words, WHAT), words);

const one = { variables: [{ id: 'a', options: [{ id: 'x', ours: 5, theirs: 1 }, { id: 'y', ours: 1, theirs: 5 }] }] };
const reason = (table) => {
	try {
		bargain.solve(table);
		return null;
	} catch (error) {
		return error instanceof BargainError ? error.reason : String(error);
	}
};
const refused = {
	not_whole: { variables: [{ id: 'a', options: [{ id: 'x', ours: 0.5, theirs: 1 }] }] },
	too_large: { variables: ['a', 'b'].map((id) => ({ id, options: [{ id: 'x', ours: Number.MAX_SAFE_INTEGER, theirs: 1 }] })) },
	empty: { variables: [] },
	unknown_name: { ...one, forbidden: [[['a', 'x'], ['b', 'x']]] },
	bad_forbidden: { ...one, forbidden: [[['a', 'x'], ['a', 'y']]] },
	upside_down: { variables: [{ id: 'a', options: [{ id: 'x', ours: 1, low: 2, high: 1 }] }] },
};
const reasons = Object.fromEntries(Object.keys(refused).map((key) => [key, reason(refused[key])]));
shows('bargain__what_cannot_be_computed_is_refused_by_name', Object.entries(reasons).every(([key, found]) => key === found), JSON.stringify(reasons));

// An earlier table can still be asked after a later one was solved.
const first = bargain.solve(one), second = bargain.solve({ variables: [{ id: 'b', options: [{ id: 'z', ours: 7, theirs: 7 }] }] });
shows('bargain__an_earlier_table_answers_about_itself', first.frontier[1].choice[0] === 1 && second.frontier[0].choice[0] === 0 && first.check({ a: 'y' }).ours === 1, '');

console.log(`1..${made}`);
process.exit(failed ? 1 : 0);
