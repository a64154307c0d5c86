// The engine in WebAssembly and the same sources compiled natively give the same on random events: states to the bit, figures of the
// advisor to 1e-9 (the two C libraries round exp and erfc differently in the last place).
//   node engine_same.mjs ENGINE.wasm NATIVE
import { readFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';

const [wasmPath, nativePath] = process.argv.slice(2);
const RUNS = 24, EVENTS = 150, KINDS = 32, NUMBERS = 66, SCALARS = 10, WIDE = 40;

let seed = 20261125;
const below = n => { // mulberry32: the same stream on every machine
	seed = seed + 0x6D2B79F5 | 0;
	let t = Math.imul(seed ^ seed >>> 15, 1 | seed);
	t = t + Math.imul(t ^ t >>> 7, 61 | t) ^ t;
	return ((t ^ t >>> 14) >>> 0) % n;
};

function script() {
	const lines = [['w', 60 + below(40)]];
	for (let i = 0; i < 6; i++) lines.push(['e', 1 + below(17), below(3)]);
	for (let i = 1; i < 18; i++) lines.push(['g', 7000 + i, i]);
	for (let i = 0; i < 50; i++) lines.push(['i', 2 ** 52 + i, below(11), below(7), below(4), below(5), below(16), below(3) ? 0 : 2 ** 52 + below(50), below(5)]);
	for (let i = 0; i < 6; i++) lines.push(['t', 9000 + i, 1 + below(3), below(3)]);
	lines.push(['o', below(2)]);
	for (let i = 0; i < 5; i++) lines.push(['h', 2 ** 52 + below(50)]);
	lines.push(['s'], ['v', 1, 1.79e15, 1, 0, below(2), 0]);
	for (let i = 0, at = 1.79e15; i < EVENTS; i++) {
		at += below(9e6) - 1e6;
		let kind = below(KINDS + 1), value = below(8) - 1, item = 2 ** 52 + below(51);
		if (kind === 24 && below(10)) kind = 23;
		if (kind === 9 || kind === 10) item = 7001 + below(18);
		if (kind >= 27 && kind <= 30) item = 9000 + below(8);
		if (kind === 12) value = below(4) + 8 * below(4);
		if (!below(8)) item = 0;
		lines.push(['v', i + 2, at, kind, item, value, below(2001) - 1000]);
	}
	return lines;
}

const module = await WebAssembly.compile(readFileSync(wasmPath));
if (WebAssembly.Module.imports(module).length) throw new Error('the engine must need no imports');

function led(instance, lines, hex) {
	const e = instance.exports, rows = [];
	const size = hex.length / 2;
	const memory = new Uint8Array(e.memory.buffer, e.engine_bytes(), size);
	for (let i = 0; i < size; i++) memory[i] = parseInt(hex.substr(2 * i, 2), 16);
	if (!e.engine_belief(size)) throw new Error('the belief was refused');
	for (const [word, ...a] of lines) {
		if (word === 'w') e.engine_wish_sell(...a);
		else if (word === 'e') e.engine_evidence(...a);
		else if (word === 'g') e.engine_signal(...a);
		else if (word === 'i') e.engine_item(...a);
		else if (word === 'h') e.engine_heard(...a);
		else if (word === 't') e.engine_term(...a);
		else if (word === 'o') e.engine_offers(...a);
		else if (word === 's') e.engine_start();
		else {
			const row = [e.engine_event(...a)];
			e.engine_next();
			for (let what = 0; what < NUMBERS; what++)
				for (let i = 0; i < (what < SCALARS ? 1 : WIDE); i++) row.push(e.engine_number(what, i));
			row.push(e.engine_mirror(a[3]), e.engine_signal_on(a[3]), e.engine_step_spent(e.engine_number(0, 0), a[1]), e.engine_spin(a[3]), e.engine_position());
			rows.push(row);
		}
	}
	return rows;
}

let bad = 0, rowsSeen = 0, applied = 0, modes = new Set();
for (let run = 0; run < RUNS; run++) {
	const lines = script();
	const native = spawnSync(nativePath, [String(run + 1)], { input: lines.map(l => l.join(' ')).join('\n') + '\n', encoding: 'utf8', maxBuffer: 1 << 28 });
	if (native.status !== 0) throw new Error(`native engine: ${native.status} ${native.stderr}`);
	const [hex, ...out] = native.stdout.trim().split('\n');
	const instance = await WebAssembly.instantiate(module, {});
	instance.exports._initialize?.();
	const rows = led(instance, lines, hex);
	if (rows.length !== out.length) bad++;
	out.forEach((line, i) => {
		const there = line.split(' ').map(Number), here = rows[i];
		rowsSeen++;
		applied += here[0] === 0;
		modes.add(here[2]);
		const same = there.length === here.length && there.every((x, j) => x === here[j] || (!(Number.isInteger(x) && Number.isInteger(here[j])) && Math.abs(x - here[j]) <= 1e-9 * Math.max(1, Math.abs(x))));
		if (!same && bad++ < 3) console.log(`# run ${run} event ${i}: differ at ${there.findIndex((x, j) => x !== here[j])}`);
	});
}
console.log('1..2');
console.log(`${bad ? 'not ok' : 'ok'} 1 - engine__wasm_and_native_give_the_same # ${rowsSeen} states`);
console.log(`${applied > rowsSeen / 5 && modes.size === 2 ? 'ok' : 'not ok'} 2 - engine__the_stream_is_not_vacuous # ${applied} applied`);
process.exit(bad ? 1 : 0);
