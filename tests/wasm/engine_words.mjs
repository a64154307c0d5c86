// The lists of assets/call/engine.js and haggle.js are the enums of the C sources, in their order. TAP.
import { readFileSync } from 'node:fs';
import * as calls from '../../assets/call/engine.js';
import { HAGGLE } from '../../assets/call/haggle.js';

const engine = { ...calls, HAGGLE };

const root = new URL('../../', import.meta.url);
const read = (path) => readFileSync(new URL(path, root), 'utf8');
const words = read('src/core/playbook/playbook_word.c');
const row = (name) => [...new RegExp(`\\[${name}\\] = \\{([^}]*)\\}`).exec(words)[1].matchAll(/"([^"]+)"/g)].map((m) => m[1]);
const enums = read('assets/wasm/engine.c');
const what = [.../enum engine_what \{([^}]*)\}/.exec(enums)[1].matchAll(/WHAT_(\w+)/g)].map((m) => m[1]);

const pairs = {
	EVENTS: row('WORD_EVENT'), ITEMS: row('WORD_ITEM'), LEVELS: row('WORD_LEVEL'), CLOSES: row('WORD_CLOSE'), OPENERS: row('WORD_OPENER'), METHODS: row('WORD_METHOD'), PARTS: row('WORD_PART'),
	MODES: row('WORD_MODE'), MOTIVES: row('WORD_MOTIVE'), OUTCOMES: row('WORD_OUTCOME'), STEPS: row('WORD_STEP'), HINTS: row('WORD_HINT'),
	RESULTS: row('WORD_RESULT'), OBJECTIONS: row('WORD_OBJECTION'), WHAT: what,
	HAGGLE: [.../enum haggle_what \{([^}]*)\}/.exec(read('assets/wasm/haggle.c'))[1].matchAll(/HAGGLE_(\w+)/g)].map((m) => m[1]),
};
console.log(`1..${Object.keys(pairs).length}`);
let bad = 0;
Object.entries(pairs).forEach(([name, expected], i) => {
	const same = JSON.stringify(engine[name]) === JSON.stringify(expected);
	if (!same) bad++;
	console.log(`${same ? 'ok' : 'not ok'} ${i + 1} - engine_words__${name}`);
	if (!same) console.log(`# ${engine[name]}\n# ${expected}`);
});
process.exit(bad ? 1 : 0);
