// The core of a call in WebAssembly (assets/wasm/engine.c): events in, numbers out. The lists below are the enums of the C sources, in
// their order; a test compares them.
export const EVENTS = ['none', 'began', 'step', 'said', 'skipped', 'answered', 'note', 'motive_on', 'motive_off', 'signal_on', 'signal_off', 'objection',
	'objection_part', 'objection_closed', 'objection_left', 'mode_proposed', 'mode_accepted', 'mode_kept', 'mode_set', 'contract', 'payment', 'promised',
	'planned', 'undone', 'ended', 'interest_on', 'interest_off', 'asked', 'refused', 'declined', 'put', 'offered'];
export const ITEMS = ['preparation', 'opener', 'question', 'point', 'probe', 'objection', 'answer', 'close', 'term', 'interest', 'spin', 'concession'];
export const LEVELS = ['situational', 'specifying', 'detailing', 'situation', 'problem', 'implication', 'direct'];
export const CLOSES = ['contract', 'payment', 'alternative'];
export const OPENERS = ['small_talk', 'compliment', 'topic', 'story', 'association'];
export const VARIETIES = ['', 'compliance', 'negotiation']; // of what is neither
export const METHODS = ['argue', 'similar_case', 'everyone', 'three_arguments'];
export const PARTS = ['clarify', 'agree', 'argue', 'complete'];
export const MODES = ['sale', 'negotiation'];
export const MOTIVES = ['safety', 'economy', 'prestige', 'comfort'];
export const OUTCOMES = ['none', 'won', 'lost', 'next', 'no_answer'];
export const STEPS = ['planned', 'preparation', 'contact', 'motives', 'presentation', 'objections', 'closing', 'ended'];
export const HINTS = ['none', 'begin', 'item', 'step', 'no_motive', 'no_point', 'objection', 'contract', 'payment', 'alternative', 'end', 'position', 'offer', 'trade',
	'return', 'say_offer'];
export const RESULTS = ['applied', 'not_begun', 'begun', 'over', 'same', 'malformed', 'order', 'no_objection', 'no_proposal', 'no_contract', 'no_next', 'nothing',
	'full', 'no_return', 'below_limit'];
export const OBJECTIONS = ['raised', 'clarified', 'agreed', 'argued', 'completed', 'answered', 'left'];
export const WHAT = ['STEP', 'MODE', 'PROPOSED', 'PROPOSE', 'ADVISED', 'MOTIVES', 'BEGAN_AT', 'ENDED_AT', 'OUTCOME', 'STEP_SINCE', 'STEP_SPENT', 'VISITED',
	'CONTRACT_AT', 'CONTRACT_MINOR', 'PAID_AT', 'PAID_MINOR', 'NEXT_AT', 'N_SAID', 'SAID_ITEM', 'SAID_AT', 'SAID_AS', 'SAID_STEP', 'N_OBJECTIONS',
	'OBJECTION_ITEM', 'OBJECTION_STATE', 'OBJECTION_ANSWER', 'OBJECTION_METHOD', 'OBJECTION_ARGUED', 'IN_HAND', 'N_PROMISES', 'N_NOTES', 'UNANSWERED',
	'WISH_BUY', 'WISH_SELL', 'THRESHOLD', 'SURE', 'N_HINTS', 'HINT_KIND', 'HINT_ITEM', 'HINT_VALUE', 'HINT_MOTIVES', 'N_REASONS', 'REASON_INDEX',
	'REASON_POINTS', 'EVIDENCE', 'N_LOG', 'LOG_SEQ', 'LOG_KIND', 'BUDGET_S', 'WANTED', 'N_INTERESTS', 'INTEREST_ITEM', 'INTEREST_POSITION', 'N_OFFERED', 'N_ASKED', 'N_FOR_NOTHING',
	'DRAFT_OPEN', 'DRAFT_GIVES', 'N_TERMS', 'TERM_VARIABLE', 'TERM_STANDS', 'TERM_DRAFT', 'TERM_DRAFT_AMOUNT', 'TERM_ASKED', 'TERM_WAITS', 'TERM_REFUSED'];

const index = (list, word) => Math.max(0, list.indexOf(word));
const variety = (item) => (item.kind === 'opener' ? index(OPENERS, item.variety) : item.kind === 'close' ? index(CLOSES, item.variety) : index(VARIETIES, item.variety));
// What the steps are called in a negotiation: src/app/call_view.c.
const NEGOTIATION_STEPS = { preparation: 'terms', contact: 'person', motives: 'interests', presentation: 'justification', objections: 'arguments', closing: 'trade' };
export const stepWords = (mode, step) => (mode === 'negotiation' && NEGOTIATION_STEPS[step]) || step;
export const motiveWords = (mask) => MOTIVES.filter((_, i) => mask & (1 << i));

export class Engine {
	// known: the "engine" part of the call's model.
	static async open(url, known) {
		const answer = await fetch(url);
		if (!answer.ok) throw new Error(`engine: ${answer.status}`);
		const { instance } = await WebAssembly.instantiate(await answer.arrayBuffer(), {});
		instance.exports._initialize?.();
		return new Engine(instance.exports, known);
	}

	constructor(exports, known) {
		this.c = exports;
		const belief = atob(known.belief), size = belief.length;
		const bytes = new Uint8Array(exports.memory.buffer, exports.engine_bytes(), size);
		for (let i = 0; i < size; i++) bytes[i] = belief.charCodeAt(i);
		if (!exports.engine_belief(size)) throw new Error('engine: the belief was refused');
		exports.engine_wish_sell(known.wish_sell);
		known.before.forEach((value, i) => exports.engine_evidence(i, value));
		for (const signal of known.signals) exports.engine_signal(signal.id, signal.index);
		for (const item of known.items)
			exports.engine_item(item.id, index(ITEMS, item.kind), index(LEVELS, item.level), 0, variety(item), item.motives, item.objection_id ?? 0, item.order);
		for (const term of known.terms ?? []) exports.engine_term(term.variable, term.stands, term.asked);
		exports.engine_offers(known.offers ?? 0);
		for (const item of known.heard) exports.engine_heard(item);
		this.what = Object.fromEntries(WHAT.map((name, i) => [name, (at = 0) => exports.engine_number(i, at)]));
		this.start([]);
	}

	// The call from its first event. An event: {kind, at (µs), item, value, amount}; its number is its place in the list, from 1.
	start(events) {
		this.c.engine_start();
		events.forEach((event, i) => this.apply(event, i + 1));
		this.c.engine_next();
	}

	// "applied", or why not.
	apply(event, seq) {
		return RESULTS[this.c.engine_event(seq, event.at, EVENTS.indexOf(event.kind), event.item ?? 0, event.value ?? 0, event.amount ?? 0)];
	}

	next() {
		this.c.engine_next();
	}

	list(count, ...names) {
		return Array.from({ length: this.what[count]() }, (_, i) => names.map((name) => this.what[name](i)));
	}
}
