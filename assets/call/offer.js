// The trade on the screen: the ladder that is always in sight, and the panel in which an offer of either side is two keys: a letter for the variable, a digit
// for its option. Inside it letters mean variables; Esc leaves it.
import { h, find, part, setText, setAttribute, icon, word, short, gain, cardBy } from './dom.js';

const by = ({ variable, option }) => h('span', { class: 'by' }, `${variable} `, h('b', {}, option));
const sums = ({ ours, theirs }) => [h('span', { class: 'sum' }, word('us', { sum: gain(ours) })), ' ', h('span', { class: 'sum theirs' }, word('them', { sum: gain(theirs) }))];
const list = (several) => several.flatMap((one, i) => (i ? [', ', by(one)] : [by(one)]));
const press = (attributes, ...children) => h('button', { form: 'do', name: 'do', ...attributes }, ...children);

export function drawLadder(trade) {
	const place = part('trade'), key = JSON.stringify(trade);
	if (place.dataset.key === key) return;
	place.dataset.key = key;
	if (trade.missing) {
		place.replaceChildren(h('div', { class: 'trade-missing' }, h('p', {}, word(`missing.${trade.missing}`)), h('a', { class: 'button-quiet small', href: `/deals/${trade.deal_id}/bargain` }, word(`missing_do.${trade.missing}`))));
		return;
	}
	const room = find('.room', place);
	if (!room) return; // the page came without a table: it is loaded anew to have one
	setText(find('[data-part=room]', room), short(trade.room));
	setAttribute(find('.room-stands', room), 'width', trade.room_share);
	setAttribute(find('.room-draft', room), 'width', trade.draft_share);
	setAttribute(find('svg', room), 'aria-label', word('room', { ours: short(trade.ours), limit: short(trade.limit) }));
	setText(find('.room-ours', room), word('stand_at', { ours: short(trade.ours) }));
	if (trade.ladder) find('.rungs', place).replaceChildren(...(trade.ladder.length ? trade.ladder.map((step) => h('li', { class: [step.price && 'price', step.over && 'over'].filter(Boolean).join(' ') },
		press({ value: step.do, disabled: step.over }, h('kbd', {}, step.letter + step.n), by(step.by), h('span', { class: 'sum' }, `−${short(step.cost)}`), h('span', { class: 'sum theirs' }, gain(step.worth)))))
		: [h('li', { class: 'quiet' }, word('ladder_none'))]));
}

// Ideas of what to give that are cards: what was given so is said by pressing it.
const idea = (item) => h('li', {}, press({ value: `said ${item.id} 0` }, icon('lightbulb'), item.text), cardBy(item));

export const packageWords = (trade) => {
	const better = trade.better();
	return [h('p', { class: 'package' }, list(trade.package)),
		better ? h('p', { class: 'note' }, word('better', { ours: gain(better.ours), theirs: gain(better.theirs) }), ' ', word('change'), ' ', list(better.package)) : h('p', { class: 'note note-good' }, word('on_frontier'))];
};

export class Offer {
	// act(what): "put 1 2, put 3 4"; changed(): something of the panel is another.
	constructor({ act, changed }) {
		Object.assign(this, { act, changed });
		this.open = false;
		this.side = 'they';
		this.letter = '';
	}

	show(side = this.side) {
		this.open = true;
		this.side = side;
		this.letter = '';
		this.changed();
	}

	hide() {
		this.open = false;
		this.letter = '';
		this.changed();
	}

	turn() {
		this.side = this.side === 'they' ? 'we' : 'they';
		this.changed();
	}

	// ---- Keys. trade: what Trade.make gave ----

	back() {
		if (!this.letter) return this.hide();
		this.letter = '';
		return this.changed();
	}

	pick(letter, trade) {
		if (!trade.variables.some((variable) => variable.letter === letter)) return false;
		this.letter = this.letter === letter ? '' : letter;
		this.changed();
		if (this.letter) find('.variables tr.picked')?.scrollIntoView({ block: 'nearest' });
		return true;
	}

	digit(n, trade) {
		const variable = trade.variables.find(({ letter }) => letter && letter === this.letter);
		if (variable) return this.choose(variable.options.find((option) => option.n === n));
		const answers = trade.draft?.below ? trade.draft.below.changes : trade.trades;
		if (n === 0 && trade.draft?.gives_only && !trade.draft.below) return this.act('offered 0 1');
		if (trade.draft?.below?.together && n === 1) return this.act(answers.map((answer) => answer.do).join(', '));
		return answers[n - 1] ? this.act(answers[n - 1].do) : undefined;
	}

	choose(option) {
		this.letter = '';
		if (option && !(this.side === 'they' && option.asked)) this.act(this.side === 'they' ? option.ask_do : option.put_do);
		this.changed();
	}

	// They refuse what we offer there; we take it out of the offer, or do not give what they ask.
	no(trade) {
		const variable = trade.variables.find(({ letter }) => letter && letter === this.letter);
		this.letter = '';
		if (!variable) return this.changed();
		const drafted = variable.options.find((option) => option.draft), does = this.side === 'they' ? variable.refuse_do : drafted?.put_do ?? variable.decline_do;
		if (does) this.act(does);
		return this.changed();
	}

	number() {
		const input = find('.variables tr.picked input');
		input?.focus();
		return Boolean(input);
	}

	enter(trade) {
		if (!trade.draft) this.hide();
		else if (!trade.draft.below && !trade.draft.gives_only) this.act('offered 0 0');
		else find('.offer-below, .offer-return')?.animate?.([{ opacity: 0.3 }, { opacity: 1 }], 240);
	}

	// ---- Drawing ----

	// Whether what is spoken of is another: then it is scrolled to.
	about(trade) {
		return JSON.stringify([trade.draft, trade.asks, trade.trades]);
	}

	key(trade) {
		return JSON.stringify(['trade', trade, this.side, this.letter]);
	}

	answer({ n, by: of, gives, asks, ours, theirs, do: does }) {
		return h('li', {}, press({ class: 'trade-answer', value: does }, h('kbd', {}, String(n)), h('span', { class: 'words' }, by(gives ?? of), asks?.length ? [' ', icon('arrow-left-right'), ' ', list(asks)] : null), sums({ ours, theirs })));
	}

	below(below) {
		const lines = [below.forbidden && word('forbidden'), below.shortfall && word('below', { shortfall: short(below.shortfall) }), below.changes.length && word(below.together ? 'lift_together' : 'lift_any')];
		return h('div', { class: 'note note-bad offer-below', role: 'alert' }, h('p', {}, lines.filter(Boolean).join(' ')), h('ul', { class: 'trade-answers' }, below.changes.map((change) => this.answer(change))));
	}

	draft(draft) {
		return [
			h('p', { class: 'offer-words' }, draft.gives.length ? [word('give'), ': ', list(draft.gives)] : null, draft.takes.length ? [draft.gives.length ? ', ' : '', word('take'), ': ', list(draft.takes)] : null),
			h('p', { class: 'offer-sum' }, sums(draft)),
			draft.below ? this.below(draft.below) : draft.gives_only ? h('p', { class: 'offer-return' }, word('in_return')) : null,
		];
	}

	option(variable, option) {
		const { n, name, ours, theirs, stands, draft, asked, refused } = option;
		const state = stands ? 'stands' : draft ? 'draft' : asked ? 'asked' : '';
		return h('li', {}, press({
			class: ['pick', state, refused && 'refused'].filter(Boolean).join(' '), value: this.side === 'they' ? option.ask_do : option.put_do, 'aria-pressed': this.side === 'they' ? String(asked) : String(draft),
		}, n ? h('kbd', {}, String(n)) : null, h('span', {}, name), stands ? h('span', { class: 'quiet' }, word('stands')) : [h('span', { class: 'sum' }, gain(ours)), h('span', { class: 'sum theirs' }, gain(theirs))],
		asked ? h('span', { class: 'of' }, word('they_ask')) : refused ? h('span', { class: 'of' }, word('refused')) : null));
	}

	// A range: any of its numbers can be typed.
	field(variable, range) {
		return h('li', {}, h('input', { class: 'input pick-number', inputmode: 'decimal', autocomplete: 'off', 'aria-label': `${variable.name}: ${word('number')}`, placeholder: '=', onkeydown: (event) => {
			if (event.key !== 'Enter') return;
			event.preventDefault();
			event.stopPropagation();
			const typed = event.target.value.replace(/[\s\u00a0]/g, '').replace(',', '.'), value = typed ? Number(typed) + 1 : 0; // as events say it: 0 says nothing
			if (!range.some((option) => option.id === value)) return event.target.setAttribute('aria-invalid', 'true');
			event.target.blur();
			this.letter = '';
			return this.act(`${this.side === 'they' ? 'asked' : 'put'} ${variable.id} ${value}`);
		} }));
	}

	make(trade, ranges) {
		const { draft } = trade, sides = ['they', 'we'];
		return h('section', { class: 'sheet trade-sheet', 'aria-label': word('trade') },
			h('div', { class: 'sheet-head' },
				h('div', { class: 'turns', role: 'group', 'aria-label': word('whose') }, sides.map((side) => h('button', { class: 'turn', type: 'button', 'aria-pressed': String(side === this.side), onclick: () => { this.side = side; this.changed(); } }, word(`side.${side}`)))),
				h('span', { class: 'keys faint small' }, h('kbd', {}, 'Tab')),
				h('button', { class: 'button-plain push', type: 'button', onclick: () => this.hide() }, word('close'), ' ', h('kbd', {}, 'Esc'))),
			h('div', { class: 'sheet-body', tabindex: '0' },
				h('div', { class: 'trade-offer', 'aria-live': 'polite' },
					draft ? this.draft(draft) : trade.asks.map((ask) => h('p', { class: 'offer-ask' }, icon('message-circle-question-mark'), ' ', word('they_ask'), ' ', by(ask.by), ' ', sums(ask), ' ', press({ class: 'button-plain small', value: ask.do }, word('decline')))),
					!draft?.below && trade.trades.length ? h('ul', { class: 'trade-answers' }, trade.trades.map((one) => this.answer(one))) : null,
					!draft && !trade.asks.length ? h('p', { class: 'quiet offer-how' }, word(`how.${this.side}`), ' ', h('span', { class: 'keys' }, word('how_two'))) : null),
				trade.ideas.length ? h('ul', { class: 'ideas', 'aria-label': word('ideas') }, trade.ideas.map(idea)) : null,
				h('table', { class: 'variables', 'aria-label': word('variables') }, h('tbody', {}, trade.variables.map((variable) => h('tr', { class: variable.letter && variable.letter === this.letter ? 'picked' : null },
					h('th', { scope: 'row' }, h('kbd', {}, variable.letter), h('span', {}, variable.name)),
					h('td', {}, h('ul', { class: 'picks' }, variable.options.map((option) => this.option(variable, option)), variable.range ? this.field(variable, ranges.get(variable.id)) : null))))))),
			h('div', { class: 'sheet-foot' },
				draft && !draft.below && !draft.gives_only ? press({ class: 'button', value: 'offered 0 0' }, word('say_offer'), ' ', h('kbd', {}, '⏎')) : null,
				draft && !draft.below && draft.gives_only ? press({ class: 'button-quiet', value: 'offered 0 1' }, word('for_nothing'), ' ', h('kbd', {}, '0')) : null,
				h('span', { class: 'small quiet keys' }, word(this.letter ? 'how_letter' : 'how_keys'))));
	}
}
