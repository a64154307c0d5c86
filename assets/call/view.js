// A running call → what stands on the screen. The same as src/app/call_view.c makes for the first paint.
import { STEPS, MODES, MOTIVES, HINTS, OUTCOMES, motiveWords, stepWords } from './engine.js';
import { card, behind } from './position.js';
import { word } from './dom.js';

const ASKS = ['question', 'probe', 'term', 'spin'];
const OWN_TAG = ['question', 'spin', 'opener'];
const NEGOTIATION_HINTS = { no_motive: 'no_interest', no_point: 'no_reason', objection: 'position_stands' };
const LONG = 64; // characters: what is longer is set smaller

export class View {
	constructor(engine, known, trade) {
		this.engine = engine;
		this.trade = trade;
		this.known = known;
		this.items = new Map(known.items.map((item) => [item.id, item]));
		this.signals = new Map(known.signals.map((signal) => [signal.id, signal]));
	}

	text(id) {
		const item = this.items.get(id);
		return item?.text ?? (item?.benefit ? word('so', { benefit: item.benefit }) : '');
	}

	hints(mode) {
		return this.engine.list('N_HINTS', 'HINT_KIND', 'HINT_ITEM', 'HINT_VALUE', 'HINT_MOTIVES').map(([kind, id, value, motives]) => {
			const hint = { kind: HINTS[kind], item: this.items.get(id) ?? null, value: HINTS[kind] === 'end' ? OUTCOMES[value] : value ? STEPS[value] : '', motives: motiveWords(motives) };
			hint.words = hint.kind === 'step' ? stepWords(mode, hint.value) : hint.kind === 'end' ? hint.value : (mode === 'negotiation' && NEGOTIATION_HINTS[hint.kind]) || hint.kind;
			hint.act = hint.kind === 'item' && ASKS.includes(hint.item?.kind) ? 'question' : hint.kind === 'no_motive' ? hint.words : hint.kind;
			hint.step_tag = this.engine.what.STEP() !== 0 && !(hint.kind === 'item' && OWN_TAG.includes(hint.item?.kind));
			hint.long = (hint.item?.text ?? '').length > LONG;
			hint.about = ['trade', 'return'].includes(hint.kind) ? this.trade.names(id, value) : null;
			this.doing(hint, id, value, mode);
			return hint;
		});
	}

	doing(hint, id, value, mode) {
		const { what } = this.engine;
		const does = {
			begin: `began 0 ${what.ADVISED()}`, item: `said ${id} 0`, step: `step 0 ${value}`, no_point: `step 0 ${value}`, objection: `objection ${id} 0`,
			no_motive: value ? `step 0 ${value}` : null, contract: `contract 0 ${this.amount(mode)}`, say_offer: 'offered 0 0', payment: `payment 0 ${what.CONTRACT_MINOR()}`,
		};
		hint.do = does[hint.kind] ?? null;
		hint.open = hint.kind === 'position' ? `position=${id}` : ['offer', 'trade', 'return'].includes(hint.kind) ? 'trade=1' : null;
		hint.skip = ['item', 'step', 'objection', 'contract', 'payment', 'position', 'offer'].includes(hint.kind) ? `skipped ${hint.kind === 'item' ? id : 0} 0`
			: hint.kind === 'trade' ? `declined ${id} 0` : null;
		hint.close = hint.kind === 'end' ? hint.value : null;
	}

	// What the deal is worth; in a negotiation at the price that stands.
	amount(mode) {
		return mode === 'negotiation' ? this.trade.price(this.known.value_minor, this.known.amount_minor) : this.known.amount_minor;
	}

	// events: all of them, in order; those that stand are named by the engine's log.
	said(events) {
		const began = this.engine.what.BEGAN_AT();
		const lines = [], story = new Map();
		const find = (id) => lines.findLast((line) => line.id === id);
		for (const [seq] of this.engine.list('N_LOG', 'LOG_SEQ')) {
			const event = events[seq - 1];
			const line = (what, text) => {
				lines.push({ what, id: event.item ?? 0, at_s: began ? Math.max(0, Math.floor((event.at - began) / 1e6)) : 0, text });
				return lines.at(-1);
			};
			const told = this.trade.tell(story, event);
			if (told) {
				const { text, minor, nothing } = told;
				Object.assign(line(event.kind, text), { minor, nothing });
				continue;
			}
			switch (event.kind) {
			case 'interest_on': line('interest', this.text(event.item)); break;
			case 'said': line('said', this.text(event.item)); break;
			case 'answered': (find(event.item) ?? line('said', this.text(event.item))).answer = event.text ?? ''; break;
			case 'note': line('note', event.text ?? ''); break;
			case 'promised': line('promised', event.text ?? ''); break;
			case 'objection': line('objection', this.text(event.item)); break;
			case 'objection_closed': if (find(event.item)) find(event.item).ended = 'answered'; break;
			case 'objection_left': if (find(event.item)) find(event.item).ended = 'left'; break;
			default: break;
			}
		}
		return lines;
	}

	// The last question said aloud and not answered yet: what is noted next is its answer.
	answering() {
		const last = this.engine.list('N_SAID', 'SAID_ITEM', 'SAID_AS').findLast(([, as]) => as !== 0);
		return last && last[1] === 1 && [...ASKS, 'opener'].includes(this.items.get(last[0])?.kind) ? last[0] : 0;
	}

	because() {
		const { words } = this.known;
		return this.engine.list('N_REASONS', 'REASON_INDEX', 'REASON_POINTS').map(([index, points]) => ({
			text: (this.engine.what.EVIDENCE(index) ? words[index]?.text : words[index]?.absent) ?? '', points,
		})).filter((reason) => reason.text).slice(0, 3);
	}

	objection() {
		const { what, c } = this.engine;
		const at = what.IN_HAND() - 1;
		if (at < 0) return null;
		const id = what.OBJECTION_ITEM(at);
		return { id, item: this.items.get(id), state: what.OBJECTION_STATE(at), argued: what.OBJECTION_ARGUED(at), mirror: motiveWords(c.engine_mirror(id)) };
	}

	// What was found, behind which position.
	found() {
		return this.engine.list('N_INTERESTS', 'INTEREST_ITEM', 'INTEREST_POSITION');
	}

	// Of the position that the talk is about, and all that was found.
	interests() {
		const position = this.engine.c.engine_position(), list = behind(this, position);
		for (const [id, at] of this.found())
			if (!list.some((one) => one.id === id && at === position)) list.push({ id, position: at, key: '', text: this.text(id), on: true, cut: this.items.get(id)?.variety === 'compliance' });
		return list;
	}

	cut() {
		const item = this.found().map(([id]) => this.items.get(id)).find((one) => one?.variety === 'compliance');
		return item ? { text: item.text, say: item.say ?? '' } : null;
	}

	// Those that this mode hears, in the playbook's order: arguments belong to negotiations alone.
	objections(mode) {
		return this.known.items.filter((item) => item.kind === 'objection' && (mode === 'negotiation' || item.variety !== 'argument')).sort((a, b) => a.order - b.order || a.id - b.id);
	}

	// Ideas of what to give, not used yet.
	ideas() {
		const said = new Set(this.engine.list('N_SAID', 'SAID_ITEM').map(([id]) => id));
		return this.known.items.filter((item) => item.kind === 'concession' && !said.has(item.id)).sort((a, b) => a.order - b.order || a.id - b.id).slice(0, 2);
	}

	answers(objection) {
		return this.known.items.filter((item) => item.kind === 'answer' && item.objection_id === objection).sort((a, b) => a.order - b.order || a.id - b.id);
	}

	// look: the position whose card is looked at while none is in hand.
	make(events, now, look = 0) {
		const { what, c } = this.engine;
		this.engine.next();
		const step = what.STEP(), began = what.BEGAN_AT(), mode = began ? what.MODE() : what.ADVISED();
		const [ask, ...after] = this.hints(MODES[mode]), objection = this.objection(), negotiates = MODES[mode] === 'negotiation';
		return {
			step: STEPS[step], stepWords: stepWords(MODES[mode], STEPS[step]), negotiates, began, ended: what.ENDED_AT(), mode: MODES[mode], advised: MODES[what.ADVISED()],
			sure: mode === what.ADVISED() ? what.SURE() : 1 - what.SURE(),
			proposed: what.PROPOSED() ? MODES[what.PROPOSED() - 1] : null, propose: what.PROPOSE(),
			wishBuy: Math.round(what.WISH_BUY()), wishSell: Math.round(what.WISH_SELL()), threshold: Math.round(what.THRESHOLD()), because: this.because(),
			steps: STEPS.slice(1, 7).map((key, i) => ({ key, words: stepWords(MODES[mode], key), n: i + 1, current: step === i + 1, done: began > 0 && step !== i + 1 && (i === 0 || (what.VISITED() >> (i + 1)) % 2 === 1) })),
			motives: MOTIVES.map((key, i) => ({ key, value: i, on: (what.MOTIVES() >> i) % 2 === 1 })),
			signals: this.known.signals.map((signal) => ({ id: signal.id, on: c.engine_signal_on(signal.id) === 1 })),
			prepare: step ? [] : this.known.items.filter((item) => item.kind === 'preparation' && (MODES[mode] === 'negotiation' || item.variety !== 'negotiation')).sort((a, b) => a.order - b.order || a.id - b.id).map((item) => item.text),
			ask, after, said: this.said(events), answering: this.answering(), objection, cut: this.cut(), interests: negotiates ? this.interests() : [],
			position: negotiates ? card(this, events, objection?.id ?? look) : null, objections: this.objections(MODES[mode]),
			trade: negotiates ? { ...this.trade.make(), ideas: this.ideas() } : null, amount: this.amount(MODES[mode]),
			contract: what.CONTRACT_AT() ? what.CONTRACT_MINOR() : null, paid: what.PAID_AT() ? what.PAID_MINOR() : null, nextAt: what.NEXT_AT(),
			spent: c.engine_step_spent(step, now) / 1e6, budget: what.BUDGET_S(step),
		};
	}
}
