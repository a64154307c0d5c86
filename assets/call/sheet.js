// Objections: the list that is chosen from by typing, and the card of the one in hand: at most three lines, in their order.
import { h, find, findAll, icon, word, percent, fold, cardBy } from './dom.js';
import { PARTS, METHODS, OBJECTIONS } from './engine.js';
import { drawCard } from './position.js';

const partValue = (part, method) => PARTS.indexOf(part) + 8 * METHODS.indexOf(method);
const after = (state, name) => state >= OBJECTIONS.indexOf(name);

export class Sheet {
	// view(): the View; act(kind, item, value): an event.
	constructor({ practice, view, cases, offer, act, changed }) {
		Object.assign(this, { practice, view, offer, act, changed }); // practice: the client himself says whether he agrees
		this.cases = new Map(cases.map((one) => [`${one.objection_id}.${one.method}`, one]));
		this.open = false; // the list to choose from
		this.looked = 0;   // the position whose card is looked at, though it is not in hand
		this.method = 'argue';
		this.answer = 0;   // which of the answers, by success
		this.chosen = 0;
	}

	// ---- What the card holds ----

	methods(objection) {
		return METHODS.filter((method) => method === 'argue' || (method === 'three_arguments' ? this.view.answers(objection.id).length >= 3 : this.cases.has(`${objection.id}.${method}`)));
	}

	// {part, text, item, said} in the order in which they are said
	lines(objection) {
		const { item, state } = objection, answers = this.view.answers(objection.id);
		const line = (part, text, by, said) => ({ part, text, item: by, said });
		if (this.method === 'three_arguments') return answers.slice(0, 3).map((answer, i) => line('argue', answer.text, answer.id, objection.argued > i));
		const composed = this.method !== 'argue', best = answers[this.answer % Math.max(1, answers.length)], by = composed || !best ? objection.id : best.id;
		const list = composed ? [] : [line('clarify', item.clarify ?? '', by, after(state, 'clarified'))];
		list.push(line('agree', item.agree ?? '', by, after(state, 'agreed')));
		list.push(line('argue', composed ? word(`case.${objection.id}.${this.method}`) : best?.text ?? '', by, after(state, 'argued')));
		const complete = line('complete', item.complete ?? '', by, after(state, 'completed'));
		// Three lines: what completes takes the place of what was argued.
		if (!complete.text) return list;
		return composed ? [...list, complete] : after(state, 'argued') ? [...list.slice(0, 2), complete] : list;
	}

	share(objection) {
		const composed = this.cases.get(`${objection.id}.${this.method}`)?.share;
		if (composed) return composed;
		const answers = this.view.answers(objection.id), best = answers[this.answer % Math.max(1, answers.length)];
		return this.method === 'argue' && best ? wilson(best.worked, best.used) : null;
	}

	// Whose card the answer is.
	by(objection) {
		const answers = this.view.answers(objection.id);
		return this.method === 'argue' ? answers[this.answer % Math.max(1, answers.length)] : null;
	}

	// What a similar case rests on.
	known(objection) {
		const similar = this.method === 'similar_case' && this.cases.get(`${objection.id}.similar_case`);
		return similar ? `${word('similar', similar)} · ` : null;
	}

	// ---- Keys ----

	show() {
		this.open = true;
		this.chosen = 0;
		this.changed();
		if (!matchMedia('(pointer: coarse)').matches) find('.sheet [type=search]')?.focus(); // no keyboard over the list on a phone
	}

	look(position) {
		this.looked = position;
		this.changed();
	}

	hide() {
		this.open = false;
		this.looked = 0;
		this.changed();
	}

	choose(id = Number(findAll('.objection-list button')[this.chosen]?.dataset.id)) {
		if (!id) return this.unheard(find('.sheet [type=search]')?.value.trim());
		this.open = false;
		this.looked = 0;
		this.method = 'argue';
		this.answer = 0;
		document.activeElement?.blur();
		this.act('objection', id, 0);
		return undefined;
	}

	// One that the playbook does not have: it is noted, so that the team finds an answer.
	unheard(text) {
		if (text && this.act('note', 0, 0, word('quote', { text }))) this.hide();
	}

	move(by) {
		const n = findAll('.objection-list button').length;
		if (!n) return;
		this.chosen = (this.chosen + by + n) % n;
		this.mark();
	}

	mark() {
		findAll('.objection-list button').forEach((button, i) => {
			button.setAttribute('aria-selected', String(i === this.chosen));
			if (i === this.chosen) button.scrollIntoView({ block: 'nearest' });
		});
		const search = find('.sheet [type=search]'), chosen = findAll('.objection-list button')[this.chosen];
		if (search) search.setAttribute('aria-activedescendant', chosen?.id ?? '');
	}

	say(objection, line) {
		if (line && !line.said) this.act('objection_part', line.item, partValue(line.part, this.method));
	}

	// The next line; after the last the client has agreed. In a negotiation first the questions, then our answers.
	enter(objection, position) {
		if (position) {
			const spin = position.spin.find((one) => one.next), answer = position.answers.find((one) => !one.said);
			if (spin) this.act('said', spin.id, 0);
			else if (position.held && answer) this.act('objection_part', answer.id, PARTS.indexOf('argue'));
			else if (position.held) this.agreed(objection, true);
			else this.hide();
			return;
		}
		const next = this.lines(objection).find((line) => !line.said);
		if (next) this.say(objection, next);
		else this.agreed(objection);
	}

	// Whom a question has brought to agree has let the position be clarified.
	agreed(objection, negotiates) {
		if (this.practice) return void this.act('objection_left', objection.id, 0);
		const clarified = objection.state >= OBJECTIONS.indexOf('clarified');
		if (clarified || (negotiates && this.act('objection_part', objection.id, PARTS.indexOf('clarify')))) this.act('objection_closed', objection.id, 0);
	}

	otherMethod(objection, by = 1) {
		const methods = this.methods(objection);
		this.method = methods[(methods.indexOf(this.method) + by + methods.length) % methods.length];
		this.changed();
	}

	otherAnswer() {
		this.answer++;
		this.changed();
	}

	// ---- Drawing ----

	draw({ objection, position, cut, objections, negotiates, trade }) {
		const call = find('#call'), old = find('.sheet', call);
		const key = position ? JSON.stringify(['position', position, cut]) : objection ? JSON.stringify(['card', objection.id, objection.state, objection.argued, this.method, this.answer, objection.mirror]) : this.open ? 'list' : this.trading(trade) ? this.offer.key(trade) : '';
		call.classList.toggle('sheet-open', Boolean(key));
		if ((old?.dataset.key ?? '') === key && (old || !key)) return;
		if (!key) {
			old.remove();
			return;
		}
		const made = position ? this.position(position, cut, objection) : objection ? this.card(objection) : this.open ? this.list(objections, negotiates) : this.offer.make(trade, new Map(this.view.trade.variables.map(({ id, options }) => [id, options])));
		made.dataset.key = key;
		made.dataset.about = key.startsWith('["trade"') ? this.offer.about(trade) : key.startsWith('["position"') ? `position ${position.id}` : '';
		if (old) {
			const from = old.dataset.about === made.dataset.about ? find('.sheet-body', old)?.scrollTop : 0;
			made.classList.add('still');
			old.replaceWith(made);
			if (old.className === made.className) find('.sheet-body', made).scrollTop = from;
		} else call.append(made);
	}

	trading(trade) {
		return this.offer.open && Boolean(trade) && !trade.missing;
	}

	position(position, cut, objection) {
		return h('section', { class: 'sheet', 'aria-label': word('positions') }, drawCard(position, cut, {
			practice: this.practice, act: this.act, enter: () => this.enter(objection, position), agreed: () => this.agreed(objection, true), shareText: (answer) => shareOf(wilson(answer.worked, answer.used), answer), close: () => this.hide(),
		}));
	}

	list(items, negotiates) {
		const name = word(negotiates ? 'positions' : 'objections');
		const list = h('ul', { class: 'objection-list', id: 'objection-list', role: 'listbox', 'aria-label': name });
		const fill = (typed) => {
			const wanted = fold(typed), found = items.filter((item) => fold(item.text).includes(wanted));
			list.replaceChildren(...found.map((item) => h('li', { role: 'presentation' }, h('button', { type: 'button', role: 'option', id: `objection-${item.id}`, 'data-id': item.id, onclick: () => this.choose(item.id) }, word('quote', { text: item.text }), item.variety === 'argument' ? h('small', {}, word('argument')) : null))));
			if (!found.length) list.replaceChildren(h('li', { class: 'quiet' }, word(negotiates ? 'none_position' : 'none')));
			this.chosen = 0;
			this.mark();
		};
		const input = h('input', { class: 'input', type: 'search', role: 'combobox', 'aria-expanded': 'true', 'aria-controls': 'objection-list', 'aria-autocomplete': 'list', 'aria-label': word('find'), placeholder: word('find'), autocomplete: 'off', oninput: (event) => fill(event.target.value) });
		queueMicrotask(() => fill(''));
		return h('section', { class: 'sheet', 'aria-label': name },
			h('div', { class: 'sheet-head' }, h('span', { class: 'input-icon' }, icon('message-circle-warning'), input), h('button', { class: 'button-plain', type: 'button', onclick: () => this.hide() }, word('close'), ' ', h('kbd', {}, 'Esc'))),
			h('div', { class: 'sheet-body' }, list));
	}

	card(objection) {
		const lines = this.lines(objection), next = lines.find((line) => !line.said), share = this.share(objection), methods = this.methods(objection);
		const names = objection.mirror.map((key) => h('b', {}, word(`motive_short.${key}`)));
		return h('section', { class: 'sheet', 'aria-label': word('objections') },
			h('div', { class: 'sheet-body', tabindex: '0' },
				h('article', { class: 'objection' },
					h('header', { class: 'objection-head' },
						h('h2', {}, word('quote', { text: objection.item?.text ?? '' })),
						h('p', { class: 'mirror' }, names.length ? [`${word('mirrors')} `, names.flatMap((name, i) => (i ? [', ', name] : [name]))] : null)),
					objection.item?.variety === 'compliance' ? h('p', { class: 'note note-bad' }, word('risk')) : null,
					h('ol', { class: 'answer-lines' }, lines.map((line, i) => h('li', { class: line.said ? 'done' : line === next ? 'line-next' : null, 'data-n': line.part === 'complete' && this.method === 'argue' ? 4 : i + 1, onclick: () => this.say(objection, line) },
						h('span', { class: 'verb' }, word(`answer_part.${line.part}`)), h('p', { class: 'words' }, line.text)))),
					h('p', { class: 'success' }, this.known(objection), share ? shareOf(share, this.by(objection)) : null))),
			h('div', { class: 'sheet-foot' },
				h('button', { class: 'button', type: 'button', onclick: () => this.enter(objection) }, word(next ? 'said' : 'agrees'), ' ', h('kbd', {}, '⏎')),
				next && !this.practice && after(objection.state, 'clarified') ? h('button', { class: 'button-quiet', type: 'button', onclick: () => this.agreed(objection) }, word('agrees'), ' ', h('kbd', {}, 'Y')) : null,
				h('button', { class: 'button-plain', type: 'button', onclick: () => this.act('objection_left', objection.id, 0) }, word('left'), ' ', h('kbd', {}, 'Esc')),
				methods.length > 1 ? h('div', { class: 'chips', role: 'group', 'aria-label': word('other') }, methods.map((method) => h('button', { class: 'chip', type: 'button', 'aria-pressed': String(method === this.method), onclick: () => { this.method = method; this.changed(); } }, word(`objection_method.${method}`))), h('span', { class: 'keys faint small' }, h('kbd', {}, 'Tab'))) : null));
	}
}

// Of a card that was hardly used: whose it is, and why it stands here all the same.
function shareOf(share, item) {
	const by = cardBy(item, share.few);
	return by ? (share.few ? by : [shareText(share), ' · ', by]) : shareText(share);
}

function shareText(share) {
	if (share.few) return share.n ? word('few', { n: share.n }) : word('untried');
	const whole = (x) => String(Math.round(x * 100));
	return word('worked', { worked: share.worked, n: share.n, share: percent(share.share), low: whole(share.low), high: whole(share.high) });
}

// Wilson's interval at 95 %, as src/base/share.c has it; fewer than five say nothing.
function wilson(worked, n) {
	if (n < 5) return { few: true, n };
	const z = 1.959963984540054, p = worked / n, middle = (p + z * z / (2 * n)) / (1 + z * z / n), half = (z * Math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))) / (1 + z * z / n);
	return { worked, n, share: p, low: Math.max(0, middle - half), high: Math.min(1, middle + half), few: false };
}
