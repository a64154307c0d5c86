// The table of the deal in a running call (N6–N9): where the talk stands, the draft, the limit, the ladder, ready answers. The same as src/app/call_trade.c
// makes, by the same engine (call/haggle.js). It comes after the page: until then the panel has the limit and the sums, without ladder and ready answers.
import { Haggle } from './haggle.js';

const LETTERS = 'ABCDEFGHIJKLOPQRSTVWXYZ'; // less those that note, undo and change the mode
const QUICK = 9, LADDER = 10, PRICES = 2, TRADES = 3;
const SPEAKS = ['asked', 'refused', 'put', 'declined'];

// The options that have digits: all, or of many nine that stand evenly; which of them, 0 none.
function quick(n, o) {
	if (n <= QUICK) return o + 1;
	for (let i = 0; i < QUICK; i++) if (Math.floor((i * (n - 1) + (QUICK - 1) / 2) / (QUICK - 1)) === o) return i + 1;
	return 0;
}

export class Trade {
	// What computes the ladder and the answers.
	async load(url) {
		if (this.missing || this.haggle) return;
		this.haggle = await Haggle.open(url, this.known);
		if (!this.haggle) this.missing = 'table';
	}

	// known: the page's `bargain`; engine: of the call.
	constructor(known, engine) {
		this.known = known;
		this.engine = engine;
		this.variables = known.variables;
		this.index = new Map(known.variables.map((variable, v) => [variable.id, v]));
		this.missing = !known.variables.length ? 'table' : known.has_limit ? null : 'limit';
		this.haggle = null;
		this.follow();
	}

	option(v, value) {
		return this.variables[v].options.findIndex((option) => option.id === value);
	}

	// Where the talk stands now, by the call's own engine.
	follow() {
		const { known } = this;
		this.stands = [...known.now];
		this.terms = new Map(this.engine.list('N_TERMS', 'TERM_VARIABLE', 'TERM_STANDS', 'TERM_DRAFT', 'TERM_ASKED', 'TERM_WAITS', 'TERM_REFUSED')
			.map(([variable, stands, draft, asked, waits, refused]) => [variable, { stands, draft, asked, waits, refused }]));
		for (const [variable, term] of this.terms) this.lay(this.stands, variable, term.stands);
		this.draft = [...this.stands];
		for (const [variable, term] of this.terms) this.lay(this.draft, variable, term.draft);
		this.open = this.engine.what.DRAFT_OPEN() === 1;
	}

	lay(choice, variable, value) {
		const v = this.index.get(variable), o = v === undefined || !value ? -1 : this.option(v, value);
		if (o >= 0) choice[v] = o;
	}

	// What it brings us against where we stand; null where there is no such thing on the table.
	amount(kind, variable, value) {
		if (!SPEAKS.includes(kind)) return 0;
		this.follow();
		const v = this.index.get(variable);
		if (v === undefined) return null;
		if (kind === 'declined' || !value) return 0;
		const o = this.option(v, value);
		return o < 0 ? null : this.variables[v].options[o].ours - this.variables[v].options[this.stands[v]].ours;
	}

	// Why the draft is not offered (N9); null where it may be.
	below() {
		if (this.missing) return { shortfall: 0, forbidden: false, together: false, changes: [] };
		const check = this.haggle?.check(this.draft) ?? { shortfall: Math.max(0, this.known.limit - this.value(this.draft).ours), allowed: true, together: false, changes: [] };
		if (check.allowed && !check.shortfall) return null;
		return {
			shortfall: check.shortfall, forbidden: !check.allowed, together: check.together && check.changes.length > 0,
			changes: check.changes.map(({ variable: v, option: o, ours, theirs }, i) => ({ n: i + 1, by: this.by(v, o), ours, theirs, do: this.doing('put', v, o === this.stands[v] ? -1 : o) })),
		};
	}

	// What the deal is worth at the price that stands; where it has no value, the price itself.
	price(value, otherwise) {
		this.follow();
		let conceded = 0, price = 0;
		this.variables.forEach((variable, v) => {
			if (!variable.price) return;
			price += variable.options[this.stands[v]].ours;
			conceded += variable.options[this.stands[v]].ours - variable.options[variable.starts].ours;
		});
		return value ? Math.max(0, value + conceded) : price > 0 ? price : otherwise;
	}

	// ---- In words ----

	names(variable, value) {
		const v = this.index.get(variable);
		if (v === undefined) return { variable: '', option: '' };
		return { variable: this.variables[v].name, option: this.variables[v].options[this.option(v, value)]?.name ?? '' };
	}

	words(variable, value) {
		const { variable: name, option } = this.names(variable, value);
		return option ? `${name}: ${option}` : name;
	}

	// What is told of an event; null where it is no part of the dance. story: what was put since our last offer, a Map.
	tell(story, event) {
		switch (event.kind) {
		case 'put':
			if (event.value) story.set(event.item, event);
			else story.delete(event.item);
			return null;
		case 'asked':
		case 'refused': return { text: this.words(event.item, event.value), minor: event.amount ?? 0 };
		case 'declined': return { text: this.words(event.item, 0), minor: 0 };
		case 'offered': {
			const puts = [...story.values()];
			story.clear();
			return { text: puts.map((put) => this.words(put.item, put.value)).join('; '), minor: puts.reduce((sum, put) => sum + (put.amount ?? 0), 0), nothing: event.value === 1 };
		}
		default: return null;
		}
	}

	by(v, o) {
		return { variable: this.variables[v].name, option: this.variables[v].options[o].name };
	}

	doing(kind, v, o) {
		return `${kind} ${this.variables[v].id} ${o < 0 ? 0 : this.variables[v].options[o].id}`;
	}

	// ---- For the screen ----

	asked(v) {
		const { id, waits, asked } = this.variables[v], term = this.terms.get(id);
		let o = -1;
		if (term?.asked) o = term.waits ? this.option(v, term.asked) : -1;
		else if (!term && waits && !this.engine.what.N_OFFERED()) o = asked ?? -1;
		return o === this.stands[v] ? -1 : o;
	}

	refused(v) {
		const term = this.terms.get(this.variables[v].id);
		return term?.refused ? this.option(v, term.refused) : this.variables[v].refused ?? -1;
	}

	change(v, o) {
		const { options } = this.variables[v], was = options[this.stands[v]];
		return { ours: options[o].ours - was.ours, theirs: options[o].theirs - was.theirs };
	}

	variable(v) {
		const { id, name, price, range, options } = this.variables[v], stands = this.stands[v], asked = this.asked(v), refused = this.refused(v);
		return {
			id, letter: LETTERS[v] ?? '', name, price, range, decline_do: asked >= 0 ? this.doing('declined', v, -1) : null, refuse_do: this.doing('refused', v, this.draft[v]),
			options: options.map((option, o) => {
				const n = quick(options.length, o), draft = o === this.draft[v] && o !== stands;
				if (!option.id || (!n && o !== stands && o !== this.draft[v] && o !== asked)) return null;
				return {
					value: option.id, n, name: option.name, ...this.change(v, o), stands: o === stands, draft, asked: o === asked, refused: o === refused,
					put_do: this.doing('put', v, draft || o === stands ? -1 : o), ask_do: this.doing('asked', v, o),
				};
			}).filter(Boolean),
		};
	}

	ladder(room) {
		const list = [];
		let prices = 0;
		for (const { variable: v, option: o, cost, worth } of this.haggle.ladder(this.stands)) {
			const { price } = this.variables[v], n = quick(this.variables[v].options.length, o);
			if (!n || (price ? ++prices > PRICES : list.length >= LADDER)) continue;
			list.push({ letter: LETTERS[v] ?? '', n, by: this.by(v, o), cost, worth, price, over: cost > room, do: this.doing('put', v, o) });
		}
		return list;
	}

	trades(v, o) {
		const give = this.doing('put', v, o), change = this.change(v, o);
		if (change.ours >= 0) return [{ n: 1, gives: this.by(v, o), asks: [], ...change, do: give }];
		if (!this.haggle) return [];
		const trades = this.haggle.answers(this.stands, v, o);
		return (trades.length ? trades : this.returns(v, change)).map(({ ask, ours, theirs }, i) => ({
			n: i + 1, gives: this.by(v, o), asks: ask.map((one) => this.by(one.variable, one.option)), ours, theirs,
			do: [give, ...ask.map((one) => this.doing('put', one.variable, one.option))].join(', '),
		}));
	}

	// Nothing they have makes up for it: then what brings us most, one by one.
	returns(given, { ours, theirs }) {
		return this.variables.flatMap((variable, v) => (v === given ? [] : variable.options.map((option, o) => ({ v, o, id: option.id, ...this.change(v, o) }))))
			.filter((one) => one.ours > 0 && one.id).sort((a, b) => b.ours - a.ours || b.theirs - a.theirs || a.v - b.v || a.o - b.o).slice(0, TRADES)
			.map((one) => ({ ask: [{ variable: one.v, option: one.o }], ours: ours + one.ours, theirs: theirs + one.theirs }));
	}

	drafted() {
		if (!this.open) return null;
		const gives = [], takes = [], total = { ours: 0, theirs: 0 };
		this.draft.forEach((o, v) => {
			if (o === this.stands[v]) return;
			const { ours, theirs } = this.change(v, o);
			total.ours += ours;
			total.theirs += theirs;
			(ours < 0 || (ours === 0 && theirs > 0) ? gives : takes).push(this.by(v, o));
		});
		return { gives, takes, ...total, gives_only: this.engine.what.DRAFT_GIVES() === 1, below: this.below() };
	}

	// N7: what gives both more than what stands; of several the greatest sum.
	better() {
		const choice = this.haggle?.better(this.stands);
		if (!choice) return null;
		const stands = this.value(this.stands), { ours, theirs } = this.value(choice);
		return { ours: ours - stands.ours, theirs: theirs - stands.theirs, package: choice.map((o, v) => (o === this.stands[v] ? null : this.by(v, o))).filter(Boolean) };
	}

	value(choice) {
		return choice.reduce((sum, o, v) => ({ ours: sum.ours + this.variables[v].options[o].ours, theirs: sum.theirs + this.variables[v].options[o].theirs }), { ours: 0, theirs: 0 });
	}

	make() {
		this.follow();
		const { known, missing } = this;
		if (missing) return { missing, deal_id: known.deal };
		const stands = this.value(this.stands), draft = this.value(this.draft), start = this.value(this.variables.map(({ starts }) => starts));
		const top = Math.max(stands.ours, start.ours, known.target ?? -Infinity);
		const share = (ours) => (ours <= known.limit || top <= known.limit ? 0 : ours >= top ? 100 : Math.trunc(((ours - known.limit) / (top - known.limit)) * 100));
		const waiting = this.variables.map((_, v) => [v, this.asked(v)]).filter(([, o]) => o >= 0), gives = this.engine.what.DRAFT_GIVES() === 1;
		const given = this.draft.findIndex((o, v) => o !== this.stands[v] && this.change(v, o).ours < 0);
		return {
			missing: null, deal_id: known.deal, limit: known.limit, ours: stands.ours, theirs: stands.theirs, room: stands.ours - known.limit, room_share: share(stands.ours), draft_share: share(draft.ours),
			variables: this.variables.map((_, v) => this.variable(v)), ladder: this.haggle ? this.ladder(stands.ours - known.limit) : null, draft: this.drafted(),
			asks: waiting.map(([v, o]) => ({ by: this.by(v, o), ...this.change(v, o), do: this.doing('declined', v, -1) })),
			trades: waiting.length && !this.open ? this.trades(...waiting[0]) : gives && given >= 0 ? this.trades(given, this.draft[given]) : [],
			better: () => this.better(), package: this.stands.map((o, v) => this.by(v, o)),
		};
	}
}
