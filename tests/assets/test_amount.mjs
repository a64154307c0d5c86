// What a browser makes of an amount while it is typed is what the server makes of it when it is sent: the spellings of tests/base/test_money.c, by assets/table/amount.js.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
globalThis.document = { documentElement: { lang: 'uk' } };
const { amount, money, short } = await import(join(root, 'assets/table/amount.js'));
const source = readFileSync(join(root, 'tests/base/test_money.c'), 'utf8');
const text = (c) => JSON.parse(`"${c}"`);
const table = (name) => source.slice(source.indexOf(`static void ${name}(`)).split('good[] = {')[1].split('};')[0];

const tests = {
	'amount: takes what people type, as the server does'() {
		const rows = [...table('money_parse__takes_what_people_type').matchAll(/\{"((?:[^"\\]|\\.)*)", (-?\d+)\}/g)];
		assert.ok(rows.length > 20);
		for (const [, typed, minor] of rows) assert.equal(amount(text(typed)), Number(minor), typed);
	},
	'amount: takes shares of the deal, as the server does'() {
		const rows = [...table('money_parse_of__takes_shares_of_the_deal').matchAll(/\{"((?:[^"\\]|\\.)*)", (-?\d+), (-?\d+)\}/g)];
		assert.ok(rows.length > 10);
		for (const [, typed, whole, minor] of rows) assert.equal(amount(text(typed), Number(whole) < 0 ? null : Number(whole)), Number(minor), typed);
	},
	'amount: what is none is none'() {
		for (const typed of ['', ' ', 'abc', 'три', '-', '%']) assert.equal(amount(typed, 100), null, typed);
		assert.equal(amount('3 %'), null);
	},
	'short and money: as base/say.c says them'() {
		const same = (said, expected) => assert.equal(said.replace(/\u00a0/g, '_').replace(/\u202f/g, '~'), expected);
		same(short(950000, true), '+9,5_тис.');
		same(short(9625000), '96,3_тис.');
		same(short(-200000, true), '−2_тис.');
		same(short(75050), '750,5');
		same(short(0, true), '0');
		same(short(200000000000), '2_млрд');
		same(money(1200000, 'UAH'), '12~000_₴');
		same(money(1200050, 'UAH'), '12~000,50_₴');
		same(money(-5, 'EUR'), '−0,05_€');
	},
};

console.log(`1..${Object.keys(tests).length}`);
let n = 0;
for (const [name, run] of Object.entries(tests)) {
	n++;
	try {
		run();
		console.log(`ok ${n} - ${name}`);
	} catch (error) {
		console.log(`not ok ${n} - ${name}\n# ${String(error.message).replace(/\n/g, '\n# ')}`);
		process.exitCode = 1;
	}
}
