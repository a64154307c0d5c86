// The table of a negotiation in the browser: the server's own engine (core/bargain, through assets/wasm/table.c) in WebAssembly, fast enough to be asked at every
// keystroke. A test holds its answers to those of `sturgeon bargain`.
//
//   const bargain = await Bargain.open(url);            // url: {{asset:table.wasm}}
//   const table = bargain.solve({
//     limit: 0, their_limit: 0,                         // money everywhere: whole minor units
//     variables: [{ id: 'delivery', price: false, options: [{ id: 'ours', ours: -200000, theirs: 900000 }, …] }, …],
//     forbidden: [[['delivery', 'ours'], ['term', '14']], …],   // pairs of (variable id, option id); may be missing
//     now: { delivery: 'ours', … },                     // where we stand, or [option index, …]; what it does not name has its first option; may be missing
//     events: [{ by: 'them', package: …, stands: … }, { by: 'us', refused: true, package: … }],   // learnt from; may be missing
//   });
// An option may have `low` and `high` (between which what it is worth to them is thought to be) instead of `theirs`, or beside it; with both, theirs is their middle, rounded down.
// A package is a list of option indexes, one a variable (`choice`), in every answer; a question takes that or { variable id: option id }.
// A table that cannot be computed with: solve throws a BargainError, .reason one of REASONS.
//
// What a solved table knows at once:
//   packages      how many there are, as decimal digits (a string)
//   exact, epsilon   epsilon 0: the frontier is exact; otherwise no package gives them more and us more than epsilon more than a point here
//   frontier      [{ ours, theirs, choice }], ours descending; choice is computed when it is read
//   nash, kalai, egalitarian, sum   index into frontier; null where no package is accepted by both, and then `none` (a word of NONE) says why; otherwise none is null
//   from, to      frontier.slice(from, to) are the points both accept
//   value         { ours, theirs } of now; allowed (holds no forbidden pair), efficient (nothing betters it), shortfall (below our limit by that; 0: may be proposed)
//   changes       single changes of now that lift it back to the limit, cheapest for them first: [{ variable, option, ours, theirs }] (indexes, and what each adds)
//   together      where no single one does: several, one after the other; [] where nothing does
//   ladder        steps down from now: [{ variable, option, cost, worth, price }], cheapest first, price last
//   ranges        [[{ low, high }, …], …] of the options after the events; contradicted: how many claims of theirs could not be true by the ranges before
// And what is computed when it is asked (each about this table, also when another was solved since):
//   trades(variable, option, from = now)   what to ask back for it: [{ ask: [{ variable, option }, …], ours, theirs }]
//   offers(n = 3, aim)       n packages equal for us within 1 % of our room: [{ ours, theirs, choice }]; aim: ours of now where it reaches the limit, otherwise of Nash
//   check(package)           { ours, theirs, allowed, efficient, shortfall, changes, together } of any package; steps(package): the ladder from it
//   verdict(package)         'not', 'may' or 'surely': efficient for none, some, or all values within the ranges
//   questions()              what to ask about: [{ variable, settles, doubt }], those that settle most first
export const REASONS = ['', 'empty', 'too_large', 'bad_forbidden', 'tied', 'full', 'not_whole', 'unknown_name', 'upside_down'];
export const NONE = [null, 'all_forbidden', 'below_ours', 'below_theirs', 'apart'];
export const VERDICTS = ['not', 'may', 'surely'];
export const SOLUTIONS = ['nash', 'kalai', 'egalitarian', 'sum'];
export const WHAT = ['EPSILON', 'POINTS', 'OURS', 'THEIRS', 'CHOICE', 'SOLUTION', 'NONE', 'FROM', 'TO', 'CHECK_OURS', 'CHECK_THEIRS', 'CHECK_ALLOWED', 'CHECK_EFFICIENT', 'SHORTFALL',
	'CHANGES', 'CHANGE_VARIABLE', 'CHANGE_TO', 'CHANGE_OURS', 'CHANGE_THEIRS', 'TOGETHER', 'TOGETHER_VARIABLE', 'TOGETHER_TO', 'TOGETHER_OURS', 'TOGETHER_THEIRS',
	'STEPS', 'STEP_VARIABLE', 'STEP_TO', 'STEP_COST', 'STEP_WORTH', 'TRADES', 'TRADE_OURS', 'TRADE_THEIRS', 'TRADE_ASKS', 'TRADE_VARIABLE', 'TRADE_TO',
	'OFFERS', 'OFFER_OURS', 'OFFER_THEIRS', 'OFFER_CHOICE', 'QUESTIONS', 'QUESTION_VARIABLE', 'QUESTION_SETTLES', 'QUESTION_DOUBT', 'LOW', 'HIGH'];

export class BargainError extends Error {
	constructor(reason) {
		super(`bargain: ${reason}`);
		this.reason = reason;
	}
}

export class Bargain {
	static async open(url) {
		const answer = await fetch(url);
		if (!answer.ok) throw new Error(`bargain: ${answer.status}`);
		return Bargain.from(await answer.arrayBuffer());
	}

	static async from(bytes) {
		const { instance } = await WebAssembly.instantiate(bytes, {});
		instance.exports._initialize();
		return new Bargain(instance.exports);
	}

	constructor(exports) {
		this.c = exports;
		this.what = Object.fromEntries(WHAT.map((name, i) => [name, (at = 0, of = 0) => exports.table_number(i, at, of)]));
	}

	solve(table) {
		return new Table(this, table);
	}

	list(count, ...names) {
		return Array.from({ length: this.what[count]() }, (_, i) => names.map((name) => this.what[name](i)));
	}

	text(at) {
		const bytes = new Uint8Array(this.c.memory.buffer, at);
		return String.fromCharCode(...bytes.subarray(0, bytes.indexOf(0)));
	}
}

const changed = ([variable, option, ours, theirs]) => ({ variable, option, ours, theirs });

class Table {
	#engine;
	#table;
	#index;
	#now;

	constructor(engine, table) {
		this.#engine = engine;
		this.#table = structuredClone(table); // what is asked later is about the table as it was
		this.#index = new Map(this.#table.variables.map((variable, v) => [variable.id, { v, options: new Map(variable.options.map((option, o) => [option.id, o])) }]));
		this.#now = this.#package(this.#table.now ?? {});
		sound(this.#table);
		this.#load();
		const w = engine.what;
		this.packages = engine.text(engine.c.table_count());
		this.epsilon = w.EPSILON();
		this.exact = this.epsilon === 0;
		this.frontier = Array.from({ length: w.POINTS() }, (_, i) => this.#point(i));
		SOLUTIONS.forEach((name, i) => { const at = w.SOLUTION(i); this[name] = at < 0 ? null : at; });
		this.none = NONE[w.NONE()];
		this.from = w.FROM();
		this.to = w.TO();
		const { ours, theirs, ...check } = this.check(this.#now);
		Object.assign(this, { value: { ours, theirs } }, check);
		this.ladder = this.steps(this.#now);
		this.ranges = this.#table.variables.map((variable, v) => variable.options.map((_, o) => ({ low: w.LOW(v, o), high: w.HIGH(v, o) })));
	}

	trades(variable, option, from = this.#now) {
		const w = this.#about(from).what;
		this.#engine.c.table_trade(variable, option);
		return Array.from({ length: w.TRADES() }, (_, i) => ({
			ask: Array.from({ length: w.TRADE_ASKS(i) }, (_, j) => ({ variable: w.TRADE_VARIABLE(i, j), option: w.TRADE_TO(i, j) })), ours: w.TRADE_OURS(i), theirs: w.TRADE_THEIRS(i),
		}));
	}

	offers(n = 3, aim = this.#aim()) {
		const w = this.#load().what;
		this.#engine.c.table_offers(n, aim);
		return Array.from({ length: w.OFFERS() }, (_, i) => ({ ours: w.OFFER_OURS(i), theirs: w.OFFER_THEIRS(i), choice: this.#table.variables.map((_, v) => w.OFFER_CHOICE(i, v)) }));
	}

	check(of) {
		const engine = this.#about(of), w = engine.what;
		engine.c.table_check();
		return {
			ours: w.CHECK_OURS(), theirs: w.CHECK_THEIRS(), allowed: w.CHECK_ALLOWED() === 1, efficient: w.CHECK_EFFICIENT() === 1, shortfall: w.SHORTFALL(),
			changes: engine.list('CHANGES', 'CHANGE_VARIABLE', 'CHANGE_TO', 'CHANGE_OURS', 'CHANGE_THEIRS').map(changed),
			together: engine.list('TOGETHER', 'TOGETHER_VARIABLE', 'TOGETHER_TO', 'TOGETHER_OURS', 'TOGETHER_THEIRS').map(changed),
		};
	}

	steps(from) {
		const engine = this.#about(from);
		engine.c.table_ladder();
		return engine.list('STEPS', 'STEP_VARIABLE', 'STEP_TO', 'STEP_COST', 'STEP_WORTH')
			.map(([variable, option, cost, worth]) => ({ variable, option, cost, worth, price: !!this.#table.variables[variable].price }));
	}

	verdict(of) {
		return VERDICTS[this.#about(of).c.table_verdict()];
	}

	questions() {
		const engine = this.#load();
		engine.c.table_questions();
		return engine.list('QUESTIONS', 'QUESTION_VARIABLE', 'QUESTION_SETTLES', 'QUESTION_DOUBT').map(([variable, settles, doubt]) => ({ variable, settles, doubt }));
	}

	#aim() {
		if (this.#table.now && this.shortfall === 0) return this.value.ours;
		return this.nash === null ? this.#table.limit ?? 0 : this.frontier[this.nash].ours;
	}

	#point(i) {
		const w = this.#engine.what, table = this, point = { ours: w.OURS(i), theirs: w.THEIRS(i) };
		let choice;
		Object.defineProperty(point, 'choice', {
			enumerable: true,
			get() {
				if (!choice) {
					table.#load();
					choice = table.#table.variables.map((_, v) => w.CHOICE(i, v));
				}
				return choice;
			},
		});
		return point;
	}

	#place(variable, option) {
		const known = this.#index.get(variable), at = known?.options.get(option);
		if (at === undefined) throw new BargainError('unknown_name');
		return [known.v, at];
	}

	#package(of) {
		const { variables } = this.#table;
		if (Array.isArray(of)) {
			if (of.length !== variables.length || of.some((o, v) => !(Number.isInteger(o) && o >= 0 && o < variables[v].options.length))) throw new BargainError('unknown_name');
			return of;
		}
		const choice = variables.map(() => 0);
		for (const [variable, option] of Object.entries(of)) {
			const [v, o] = this.#place(this.#index.has(variable) ? variable : Number(variable), option);
			choice[v] = o;
		}
		return choice;
	}

	#choose(second, choice) {
		choice.forEach((option, variable) => this.#engine.c.table_choose(second, variable, option));
	}

	// The engine, with this table in it and the package chosen.
	#about(of) {
		const engine = this.#load();
		this.#choose(0, this.#package(of));
		return engine;
	}

	// The engine, with this table in it.
	#load() {
		const engine = this.#engine, table = this.#table, c = engine.c;
		if (engine.loaded === this) return engine;
		engine.loaded = null;
		c.table_begin(table.limit ?? 0, table.their_limit ?? 0);
		for (const variable of table.variables) {
			c.table_variable(variable.price ? 1 : 0);
			for (const option of variable.options) c.table_option(option.ours, option.theirs ?? 0, option.low ?? option.theirs, option.high ?? option.theirs);
		}
		for (const [[variable, option], [other, other_option]] of table.forbidden ?? []) c.table_forbid(...this.#place(variable, option), ...this.#place(other, other_option));
		if (!c.table_learn()) throw new BargainError('upside_down');
		for (const event of table.events ?? []) {
			this.#choose(0, this.#package(event.package));
			if (event.by === 'them') {
				this.#choose(1, this.#package(event.stands ?? this.#now));
				c.table_offered();
			} else if (event.refused) {
				c.table_refused();
			}
		}
		this.contradicted = c.table_learned();
		const reason = c.table_solve();
		if (reason) throw new BargainError(REASONS[reason]);
		engine.loaded = this;
		return engine;
	}
}

// Doubles hold whole numbers up to 2^53: no sum of a package may pass that.
function sound(table) {
	const whole = (value) => { if (!Number.isSafeInteger(value)) throw new BargainError('not_whole'); return Math.abs(value); };
	whole(table.limit ?? 0);
	whole(table.their_limit ?? 0);
	let most = 0;
	for (const variable of table.variables) {
		let here = 0;
		for (const { ours, theirs, low, high } of variable.options) {
			if ((low === undefined) !== (high === undefined)) throw new BargainError('not_whole');
			for (const value of [ours, low === undefined ? theirs : low, high ?? 0]) here = Math.max(here, whole(value));
		}
		most += here;
	}
	if (!table.variables.length || table.variables.some((variable) => !variable.options.length)) throw new BargainError('empty');
	if (!Number.isSafeInteger(most)) throw new BargainError('too_large');
}
