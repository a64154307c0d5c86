// `sturgeon bargain`: the cases of tests/core/bargain, real tables, what it says to people, and mistakes told by their place. TAP.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const [binary, cases] = process.argv.slice(2).map((path) => resolve(path));
const shared = join(process.env.STURGEON_SHARED ?? '', 'data/bargain');
const folder = mkdtempSync(join(tmpdir(), 'bargain-'));
const file = join(folder, 'table.json');
let made = 0, failed = 0;
function shows(name, ok, detail = '') {
	made++;
	if (!ok) failed++;
	console.log(`${ok ? 'ok' : 'not ok'} ${made} - ${name}`);
	if (!ok) console.log(`# ${String(detail).slice(0, 2000).replaceAll('\n', '\n# ')}`);
}
const run = (args, input) => spawnSync(binary, ['bargain', ...args], { encoding: 'utf8', input, maxBuffer: 1 << 28, timeout: 60000 });
function solve(table, ...args) {
	writeFileSync(file, JSON.stringify(table));
	const done = run([file, ...args]);
	if (done.status !== 0) throw new Error(`${done.status ?? done.signal}: ${done.stderr}`);
	return JSON.parse(done.stdout);
}

// ---- Cases ----

const NONE = { all_forbidden: 'every package holds a forbidden pair', below_ours: 'no package reaches our limit', below_theirs: 'no package reaches their limit', apart: 'each limit can be reached, both together cannot' };

function read(text) {
	const table = { currency: 'UAH', variables: [], forbidden: [] }, wanted = [];
	for (const line of text.split('\n')) {
		const [word, ...rest] = line.trim().split(/\s+/);
		if (!word || word.startsWith('#')) continue;
		if (/^\s/.test(line)) table.variables.at(-1).options.push({ name: word, ours: Number(rest[0]), theirs: Number(rest[1]) });
		else if (word === 'limit' || word === 'their_limit') table[word] = Number(rest[0]);
		else if (word === 'variable') table.variables.push({ name: rest[0], price: rest[1] === 'price', options: [] });
		else if (word === 'forbid') table.forbidden.push(rest.map((pair) => pair.split('=')));
		else if (word === 'now') table.now = Object.fromEntries(rest.map((pair) => pair.split('=')));
		else wanted.push([word, ...rest]);
	}
	return { table, wanted };
}

function wrong({ table, wanted }) {
	const point = (at) => `${at.ours}/${at.theirs}`, step = (at) => `${at.variable}=${at.option}`;
	const found = solve(table, '--frontier', '--ladder');
	for (const [word, ...rest] of wanted) {
		let is;
		if (word === 'packages') is = String(found.packages);
		else if (word === 'frontier') is = found.frontier.map(point).join(' ');
		else if (word === 'none') is = Object.keys(NONE).find((key) => NONE[key] === found.none);
		else if (word === 'shortfall') is = String(found.now.shortfall);
		else if (word === 'lifts') is = found.now.changes.map(step).join(' ');
		else if (word === 'together') is = found.now.together.map(step).join(' ');
		else if (word === 'ladder') is = found.ladder.map(step).join(' ');
		else if (word === 'trade') is = [rest[0], ...solve(table, '--trade', rest[0]).trade.map(({ ask }) => Object.entries(ask).map((pair) => pair.join('=')).join('+'))].join(' ');
		else if (word === 'offers') is = solve(table, '--offers', String(rest.length)).offers.map(point).join(' ');
		else if (found[word]) is = [point(found[word]), ...rest.slice(1).filter((pair) => found[word].package[pair.split('=')[0]] === pair.split('=')[1])].join(' ');
		if (is !== rest.join(' ')) return `${word}: ${is}\nwanted ${rest.join(' ')}`;
	}
	return wanted.length ? '' : 'it expects nothing';
}

for (const name of readdirSync(cases).filter((name) => name.endsWith('.case')).sort()) {
	let words;
	try {
		words = wrong(read(readFileSync(join(cases, name), 'utf8')));
	} catch (error) {
		words = error.message;
	}
	shows(`bargain__${name.replace('.case', '')}`, !words, words);
}

// ---- Real tables ----

if (existsSync(join(shared, 'expected.json'))) {
	const bad = Object.entries(JSON.parse(readFileSync(join(shared, 'expected.json'), 'utf8'))).filter(([name, expected]) => {
		const found = JSON.parse(run([join(shared, `${name}.json`), '--json', '--frontier']).stdout);
		const nash = found.nash && [found.nash.ours, found.nash.theirs];
		return found.packages !== expected.packages || found.frontier.length !== expected.frontier_points || found.both_accept !== expected.frontier_points_both_accept
			|| JSON.stringify(nash) !== JSON.stringify(expected.nash) || !found.exact || (nash === null && !found.none);
	});
	shows('bargain__matches_the_real_tables', !bad.length, bad.map(([name]) => name));
} else {
	shows('bargain__matches_the_real_tables # SKIP they are not here', true);
}

// ---- What a list is made of ----

const steps = (n, price) => ({ name: `v${n}`, price, options: [{ name: 'a', ours: 0, theirs: 0 }, { name: 'b', ours: -1 - n, theirs: 2 + n }] });
const large = { variables: Array.from({ length: 60 }, (_, n) => ({ name: `v${n}`, options: Array.from({ length: 10 }, (_, o) => ({ name: `o${o}`, ours: o, theirs: -o })) })) };
let found = solve(large);
shows('bargain__counts_past_what_a_number_holds', found.packages === `1${'0'.repeat(60)}` && found.frontier_points === 541 && found.exact, JSON.stringify(found).slice(0, 300));
found = solve({ variables: [steps(0), steps(1)], now: { v0: 'b' } }, '--ladder', '--offers', '2', '--trade', 'v1=b');
shows('bargain__prints_what_is_asked_and_no_more', 'ladder' in found && 'offers' in found && 'trade' in found && !('check' in found) && !('learned' in found) && typeof found.seconds === 'number', JSON.stringify(found));
writeFileSync(join(folder, 'package.json'), JSON.stringify({ v1: 'b' }));
found = solve({ limit: 0, variables: [steps(0), steps(1)] }, '--check', join(folder, 'package.json')).check;
shows('bargain__refuses_a_package_below_the_limit', found.shortfall === 2 && found.changes[0].variable === 'v1' && found.allowed === true && found.efficient === true, JSON.stringify(found));
const ranged = { name: 'price', price: true, range: { from: 900, to: 1000, step: 25, points: [{ at: 900, ours: 0, theirs: 501 }, { at: 1000, ours: 500, theirs: 0 }] } };
found = solve({ variables: [ranged] }, '--frontier');
shows('bargain__takes_a_number_as_a_variable', found.packages === 5 && found.frontier[1].package.price === '975' && found.frontier[1].ours === 375 && found.frontier[1].theirs === 125, JSON.stringify(found));
found = solve({
	variables: [{ name: 'a', options: [{ name: 'x', ours: 10, theirs: 0 }, { name: 'y', ours: 0, low: 0, high: 100 }] }, { name: 'b', options: [{ name: 'x', ours: 10, theirs: 0 }, { name: 'y', ours: 0, low: 0, high: 100 }] }],
	events: [{ offered: { a: 'y', b: 'y' } }, { offered: { a: 'y' } }], library: [{ name: 'training', options: [{ name: 'none', ours: 0, theirs: 0 }, { name: 'day', ours: 5, theirs: 20 }] }],
});
shows('bargain__learns_from_what_they_give_up', found.learned.ranges.a.y[0] > 0 && found.learned.ranges.b.y[1] < 100 && found.learned.contradicted === 0, JSON.stringify(found.learned));
shows('bargain__names_what_is_not_on_the_table_yet', found.pie.length === 1 && found.pie[0].option === 'day' && found.pie[0].theirs === 20, JSON.stringify(found.pie));
found = run(['-', '--json'], JSON.stringify({ variables: [steps(0)] }));
shows('bargain__reads_standard_input', found.status === 0 && JSON.parse(found.stdout).packages === 2, found.stderr);

// ---- Mistakes ----

const option = '{"name": "x", "ours": 1, "theirs": 1}', variable = `{"name": "a", "options": [${option}]}`;
const deep = `${'['.repeat(100000)}${']'.repeat(100000)}`;
const mistakes = {
	'': /line 1/,
	'{\n"variables": [\n}': /line 3/,
	'{"variables": [NaN]}': /line 1/,
	[`{"limit": 99999999999999999999, "variables": [${variable}]}`]: /line 1: too big integer/,
	[`{"limit": 1.5, "variables": [${variable}]}`]: /"limit" is to be a whole number/,
	[`{"limit": 4000000000000000000, "variables": [${variable}]}`]: /"limit" is too large/,
	[`{"limit": null, "variables": [${variable}]}`]: /"limit" is to be a whole number/,
	[`{"variables": ${deep}}`]: /line 1/,
	'[]': /an object is wanted/,
	'{}': /"variables" is to be a list/,
	'{"variables": []}': /"variables" is to be a list/,
	'{"variables": [{"name": "a", "options": []}]}': /variable 1 \(a\): "options" is to be a list/,
	'{"variables": [{"options": []}]}': /variable 1: it has no "name"/,
	'{"variables": [{"name": "a"}]}': /variable 1 \(a\)/,
	'{"variables": [7]}': /variable 1: an object is wanted/,
	[`{"variables": [{"name": "a", "price": 1, "options": [${option}]}]}`]: /variable 1 \(a\): "price" is to be true or false/,
	'{"variables": [{"name": "a", "options": [{"name": "x", "ours": 1}]}]}': /variable 1 \(a\), option 1: "theirs" is missing/,
	'{"variables": [{"name": "a", "options": [{"name": "x", "ours": "1", "theirs": 2}]}]}': /option 1: "ours" is to be a whole number/,
	'{"variables": [{"name": "a", "options": [{"name": "x", "ours": 9223372036854775807, "theirs": -9223372036854775808}]}]}': /so large that their sum/,
	[`{"variables": [{"name": "a", "options": [${option}, ${option}]}]}`]: /variable 1 \(a\), option 2: there is one named "x" already/,
	[`{"variables": [${variable}, ${variable}]}`]: /variable 2: there is one named "a" already/,
	[`{"variables": [${variable}], "forbiden": []}`]: /no such key as "forbiden"/,
	'{"variables": [{"name": "a", "options": [{"name": "x", "our": 1, "theirs": 1}]}]}': /no such key as "our"/,
	'{"a": 1, "a": 2}': /line 1: duplicate object key/,
	[`{"variables": [${variable}], "forbidden": [[["a", "x"], ["b", "x"]]]}`]: /forbidden pair 1: there is no variable "b"/,
	[`{"variables": [${variable}], "forbidden": [[["a", "x"], ["a", "y"]]]}`]: /forbidden pair 1: "a" has no option "y"/,
	[`{"variables": [${variable}], "forbidden": [[["a", "x"], ["a", "x"]]]}`]: /forbidden pair 1: both are of "a"/,
	[`{"variables": [${variable}], "forbidden": [[["a", "x"]]]}`]: /forbidden pair 1/,
	[`{"variables": [${variable}], "forbidden": 5}`]: /"forbidden" is to be a list/,
	[`{"variables": [${variable}], "now": {"b": "x"}}`]: /now: there is no variable "b"/,
	[`{"variables": [${variable}], "now": {"a": "z"}}`]: /now: "a" has no option "z"/,
	[`{"variables": [${variable}], "now": []}`]: /now: an object/,
	'{"variables": [{"name": "a", "options": [{"name": "x", "ours": 1, "low": 5, "high": 1}]}]}': /"low" is above "high"/,
	'{"variables": [{"name": "p", "range": {"from": 0, "to": 10, "step": 0, "points": []}}]}': /"step" is to be above 0/,
	[`{"variables": [${variable}], "events": [{"offered": {"a": "q"}}]}`]: /event 1: "a" has no option "q"/,
};
const untold = Object.entries(mistakes).map(([text, words]) => {
	writeFileSync(file, text);
	const done = run([file, '--json']);
	return done.status === 2 && done.stdout === '' && words.test(done.stderr) ? '' : `${text.slice(0, 150)}\n${done.status ?? done.signal} ${done.stderr}`;
}).filter(Boolean);
shows(`bargain__tells_each_of_${Object.keys(mistakes).length}_mistakes_by_its_place`, !untold.length, untold.join('\n'));

const lines = [
	[['{', '"variables": [', '{"name": "a", "options": [{"name": "x", "ours": 1, "theirs": 1}]},', '{"name": "b",', '"options": [', '{"name": "x,}]\\"{", "ours": 1, "theirs": 1},', '{"name": "y", "ours": 1,', '"theirs": "2"}]}]}'], 8],
	[['{"variables": [', variable, '],', '"forbidden": [[["a",', '"x"], ["b", "x"]]]}'], 4],
	[['', '{"variables": [', variable, '],', '"now": {', '"b": "x"}}'], 6],
	[['{"variables": [', `${variable},`, variable, ']}'], 3],
	[['{', `"variables": [${variable}],`, '"limit": {"a": [1,', '2]}, "their_limit": 0}'], 3],
	[['{', `"variables": [${variable}], "forbidden": [],`, '"events": [{"offered": {}, "stands": {"a":"x"}},', '{"refused": {', '"a": "q"}}]}'], 5],
].map(([text, line]) => {
	writeFileSync(file, text.join('\n'));
	const done = run([file]);
	return done.status === 2 && done.stderr.includes(`, line ${line}: `) ? '' : `line ${line}: ${done.stderr}`;
}).filter(Boolean);
shows('bargain__names_the_line_of_a_mistake', !lines.length, lines.join('\n'));

writeFileSync(file, JSON.stringify({ variables: [steps(0)] }));
const usage = [[], [file, '--trade', 'v0=c'], [file, '--trade', 'nothing'], [file, '--offers', '0'], [file, '--offers', 'many'], [file, '--offers', '11'], [file, '--what'], [join(folder, 'absent.json')],
	[file, '--check', join(folder, 'absent.json')], [file, '--check', file]].filter((args) => run(args).status !== 2);
shows('bargain__ends_with_2_on_a_wrong_call', !usage.length, JSON.stringify(usage));

// Linked so tightly that the combinations cannot be listed.
const tied = { variables: Array.from({ length: 20 }, (_, v) => ({ name: `v${v}`, options: Array.from({ length: 10 }, (_, o) => ({ name: `o${o}`, ours: o, theirs: -o })) })), forbidden: [] };
for (let v = 1; v < 20; v++) tied.forbidden.push([[`v${v - 1}`, 'o1'], [`v${v}`, 'o2']]);
writeFileSync(file, JSON.stringify(tied));
found = run([file]);
shows('bargain__says_what_it_cannot_compute', found.status === 2 && /forbidden pairs link/.test(found.stderr), found.stderr);

// On a terminal it speaks in words.
writeFileSync(file, JSON.stringify({ currency: 'UAH', limit: 0, variables: [steps(0), steps(1, true)], now: { v0: 'b' } }));
const typed = spawnSync('script', ['-qec', `'${binary}' bargain '${file}' --ladder --offers 2 --trade v1=b --frontier`, '/dev/null'], { encoding: 'utf8', timeout: 20000 });
if (typed.error) shows('bargain__speaks_in_words_on_a_terminal # SKIP there is no script(1)', true);
else shows('bargain__speaks_in_words_on_a_terminal', typed.status === 0 && /4 packages/.test(typed.stdout) && /Below our limit by/.test(typed.stdout) && /Concessions/.test(typed.stdout) && !typed.stdout.includes('{'), typed.stdout);

rmSync(folder, { recursive: true });
console.log(`1..${made}`);
process.exit(failed ? 1 : 0);
