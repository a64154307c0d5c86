// A running call → what stands on the screen. The same as src/app/call_view.c makes for the first paint.
import { STEPS, MODES, MOTIVES, HINTS, OUTCOMES, motiveWords } from './engine.js';
import { word } from './dom.js';

const ASKS = ['question', 'probe', 'term'];
const LONG = 64; // characters: what is longer is set smaller

export class View {
	constructor(engine, known) {
		this.engine = engine;
		this.known = known;
		this.items = new Map(known.items.map((item) => [item.id, item]));
		this.signals = new Map(known.signals.map((signal) => [signal.id, signal]));
	}

	text(id) {
		const item = this.items.get(id);
		return item?.text ?? (item?.benefit ? word('so', { benefit: item.benefit }) : '');
	}

	hints() {
		return this.engine.list('N_HINTS', 'HINT_KIND', 'HINT_ITEM', 'HINT_VALUE', 'HINT_MOTIVES').map(([kind, id, value, motives]) => {
			const hint = { kind: HINTS[kind], item: this.items.get(id) ?? null, value: HINTS[kind] === 'end' ? OUTCOMES[value] : value ? STEPS[value] : '', motives: motiveWords(motives) };
			hint.words = hint.kind === 'step' && hint.value === 'motives' && MODES[this.engine.what.MODE()] === 'negotiation' ? 'terms' : hint.value;
			hint.act = hint.kind === 'item' && ASKS.includes(hint.item?.kind) ? 'question' : hint.kind;
			hint.long = (hint.item?.text ?? '').length > LONG;
			this.doing(hint, id, value);
			return hint;
		});
	}

	doing(hint, id, value) {
		const { what } = this.engine;
		const does = {
			begin: `began 0 ${what.ADVISED()}`, item: `said ${id} 0`, step: `step 0 ${value}`, no_point: `step 0 ${value}`, objection: `objection ${id} 0`,
			no_motive: value ? `step 0 ${value}` : null, contract: `contract 0 ${this.known.amount_minor}`, payment: `payment 0 ${what.CONTRACT_MINOR()}`,
		};
		hint.do = does[hint.kind] ?? null;
		hint.skip = ['item', 'step', 'objection', 'contract', 'payment'].includes(hint.kind) ? `skipped ${hint.kind === 'item' ? id : 0} 0` : null;
		hint.close = hint.kind === 'end' ? hint.value : null;
	}

	// events: all of them, in order; those that stand are named by the engine's log.
	said(events) {
		const began = this.engine.what.BEGAN_AT();
		const lines = [];
		const find = (id) => lines.findLast((line) => line.id === id);
		for (const [seq] of this.engine.list('N_LOG', 'LOG_SEQ')) {
			const event = events[seq - 1];
			const line = (what, text) => {
				lines.push({ what, id: event.item ?? 0, at_s: began ? Math.max(0, Math.floor((event.at - began) / 1e6)) : 0, text });
				return lines.at(-1);
			};
			switch (event.kind) {
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

	answers(objection) {
		return this.known.items.filter((item) => item.kind === 'answer' && item.objection_id === objection).sort((a, b) => a.order - b.order || a.id - b.id);
	}

	make(events, now) {
		const { what, c } = this.engine;
		this.engine.next();
		const step = what.STEP(), began = what.BEGAN_AT(), mode = began ? what.MODE() : what.ADVISED();
		const [ask, ...after] = this.hints();
		return {
			step: STEPS[step], began, ended: what.ENDED_AT(), mode: MODES[mode], advised: MODES[what.ADVISED()],
			sure: mode === what.ADVISED() ? what.SURE() : 1 - what.SURE(),
			proposed: what.PROPOSED() ? MODES[what.PROPOSED() - 1] : null, propose: what.PROPOSE(),
			wishBuy: Math.round(what.WISH_BUY()), wishSell: Math.round(what.WISH_SELL()), threshold: Math.round(what.THRESHOLD()), because: this.because(),
			steps: STEPS.slice(1, 7).map((key, i) => ({ key, n: i + 1, current: step === i + 1, done: began > 0 && step !== i + 1 && (i === 0 || (what.VISITED() >> (i + 1)) % 2 === 1) })),
			motives: MOTIVES.map((key, i) => ({ key, value: i, on: (what.MOTIVES() >> i) % 2 === 1 })),
			signals: this.known.signals.map((signal) => ({ id: signal.id, on: c.engine_signal_on(signal.id) === 1 })),
			prepare: step ? [] : this.known.items.filter((item) => item.kind === 'preparation').sort((a, b) => a.order - b.order || a.id - b.id).map((item) => item.text),
			ask, after, said: this.said(events), answering: this.answering(), objection: this.objection(),
			contract: what.CONTRACT_AT() ? what.CONTRACT_MINOR() : null, paid: what.PAID_AT() ? what.PAID_MINOR() : null, nextAt: what.NEXT_AT(),
			spent: c.engine_step_spent(step, now) / 1e6, budget: what.BUDGET_S(step),
		};
	}
}
