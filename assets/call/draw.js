// Draws a view (view.js) into the places that the page has. Only what changed is touched, and nothing changes its place.
import { h, find, findAll, part, setText, setAttribute, icon, word, percent, duration, field, local, gain, cardBy } from './dom.js';
import { drawLadder } from './offer.js';
import { cutNote, interestButton } from './position.js';

const quote = (text) => word('quote', { text });

const whole = (text) => text.charAt(0).toUpperCase() + text.slice(1);
// What is set large does not part a number from what it counts, nor leave a short word at the end of a line.
const bound = (text) => text.replace(/(\d)\s(?=[\d\p{L}])/gu, '$1\u00a0').replace(/(?<=^|[\s\u00a0(«“])(\p{L}{1,2})\s/gu, '$1\u00a0');

function hintWords(hint) {
	const words = word(`${{ step: 'hint_step', end: 'hint_end' }[hint.kind] ?? 'hint'}.${hint.words}`);
	return hint.item ? `${quote(hint.item.text)}. ${words}` : words;
}

export function hintText(hint) {
	if (hint.item && hint.kind === 'item') return hint.item.benefit ? word('so', { benefit: hint.item.benefit }) : hint.item.text;
	const words = hintWords(hint);
	return hint.about ? `${hint.about.variable}: ${hint.about.option}. ${words}` : words;
}

function mode(view) {
	const place = part('mode'), chip = find('.mode', place);
	if (place.dataset.mode !== view.mode) {
		place.dataset.mode = view.mode;
		chip.className = `mode mode-${view.mode}`;
		chip.replaceChildren(icon(view.mode === 'sale' ? 'trending-up' : 'scale'), word(`mode.${view.mode}`), ' ', h('span', { class: 'sure' }));
	}
	setText(find('.sure', chip), percent(view.sure));
	setText(find('.reason', place), view.because.map((reason) => reason.text).join('; '));
}

function wish(view) {
	const place = part('wish'), [sell, buy] = findAll('svg', place), [sellValue, buyValue] = findAll('.wish-value', place);
	setAttribute(place, 'data-mode', view.mode);
	setAttribute(place, 'aria-label', word('wishes', { sell: view.wishSell, wish: view.wishBuy, threshold: view.threshold }));
	setAttribute(find('rect', sell), 'width', view.wishSell);
	setAttribute(find('rect', buy), 'width', view.wishBuy);
	for (const name of ['x1', 'x2']) setAttribute(find('line', buy), name, view.threshold);
	setText(sellValue, String(view.wishSell));
	setText(buyValue, String(view.wishBuy));
}

function rail(view) {
	findAll('li', part('rail')).forEach((li, i) => {
		const step = view.steps[i], button = find('button', li), sign = find('.step', li);
		li.className = step.done ? 'done' : '';
		setText(find('.name', li), word(`step.${step.words}`));
		if (step.current) setAttribute(button, 'aria-current', 'step');
		else button.removeAttribute('aria-current');
		if (sign.dataset.done === String(step.done)) return;
		sign.dataset.done = step.done;
		sign.replaceChildren(step.done ? icon('check') : String(step.n));
	});
}

function said(view) {
	const place = part('said'), key = JSON.stringify([view.said, view.prepare]);
	if (place.dataset.key === key) return;
	place.dataset.key = key;
	place.tabIndex = view.prepare.length ? 0 : -1; // what is prepared may need scrolling on a small screen
	place.replaceChildren(...view.prepare.map((text, i) => h('li', { class: 'said-prepare' }, h('time', { 'aria-hidden': 'true' }, String(i + 1)), h('span', {}, text))), ...view.said.slice(-12).map((line) => h('li', { class: `said-${line.what}` },
		h('time', {}, duration(line.at_s)),
		h('span', {},
			['promised', 'interest', 'asked', 'refused', 'declined', 'offered'].includes(line.what) ? `${word(`said.${line.what}`)}: ` : null,
			line.what === 'objection' ? quote(line.text) : line.text,
			line.minor ? [' ', h('b', { class: 'sum' }, gain(line.minor))] : null,
			line.nothing ? [' ', h('em', {}, word('for_nothing_said'))] : null,
			line.ended ? [' ', h('em', { class: line.ended }, word(`objection_ended.${line.ended}`))] : null,
			line.answer ? h('span', { class: 'answer' }, line.answer) : null))));
}

function tags(view) {
	const { ask } = view, item = ask.kind === 'item' ? ask.item : null, list = [];
	const tag = (text) => list.push(h('span', { class: 'tag' }, text));
	if (item?.level) tag(word(`level.${item.level}`));
	if (item?.question_type) tag(word(`question_type.${item.question_type}`));
	if (item?.kind === 'opener') tag(word(`variety.${item.variety}`));
	if (ask.step_tag) tag(word(`step.${view.stepWords}`));
	return [...list, ...ask.motives.map((key) => h('span', { class: 'tag tag-accent' }, word(`motive_short.${key}`))), cardBy(item)].filter(Boolean);
}

// The moments that are offered at once: today in two hours or at five, tomorrow at ten.
export function moments(now) {
	const today = new Date(now + 2 * 3600e3), tomorrow = new Date(now + 24 * 3600e3);
	today.setMinutes(0, 0, 0);
	tomorrow.setHours(10, 0, 0, 0);
	return [['today', today], ['tomorrow', tomorrow]].filter(([name, at]) => name !== 'today' || (at.getHours() < 20 && at.getDate() === new Date(now).getDate()));
}

function buttons(view, now) {
	const { ask } = view, list = [];
	const main = (attributes) => h('button', { class: 'button big', form: 'do', name: 'do', ...attributes }, word(`hint_do.${ask.act}`), ' ', h('kbd', {}, '⏎'));
	if (ask.kind === 'alternative') {
		const when = h('input', { class: 'input', type: 'datetime-local', 'aria-label': word('hint.alternative'), value: local(moments(now).at(-1)[1]), 'data-part': 'when' });
		list.push(main({ value: 'planned', 'data-act': 'when' }), h('div', { class: 'ask-when' },
			moments(now).map(([name, at]) => h('button', { class: 'chip', type: 'button', onclick: () => { when.value = local(at); } }, `${word(name)} ${String(at.getHours()).padStart(2, '0')}:00`)), when));
		return list;
	}
	const money = ask.kind === 'contract' || ask.kind === 'payment';
	if (money) list.push(main({ value: ask.do, 'data-act': 'amount' }));
	else if (ask.do) list.push(main({ value: ask.do }));
	else if (ask.open) list.push(main({ value: ask.open, 'data-act': 'open' }));
	else if (ask.close) list.push(main({ value: 'close', 'data-act': 'close', 'data-outcome': ask.close }));
	if (ask.skip)
		list.push(h('button', { class: 'button-quiet big', form: 'do', name: 'do', value: ask.skip }, icon('arrow-right'), h('span', { class: 'label-wide' }, word(`hint_skip.${ask.act}`)), ' ', h('kbd', {}, '→')));
	if (money) list.push(h('input', { class: 'input ask-amount', inputmode: 'decimal', autocomplete: 'off', 'aria-label': word('amount'), 'data-part': 'amount', value: field(Number(ask.do.split(' ')[2])) }));
	return list;
}

function ask(view, now) {
	const place = part('ask'), hint = view.ask;
	if (!hint) return;
	const key = JSON.stringify([view.step, view.mode, hint.kind, hint.words, hint.about, hint.item?.id, hint.do, hint.skip, hint.motives, Boolean(hint.close)]);
	if (place.dataset.key !== key) {
		place.dataset.key = key;
		find('.ask-kind', place).replaceChildren(...tags(view));
		for (const old of findAll('.ask-text, .ask-point', place)) old.remove();
		const point = hint.kind === 'item' && hint.item?.benefit;
		const text = h('p', { class: point || hint.long || hint.kind !== 'item' ? 'ask-text long' : 'ask-text' }, bound(hint.about ? hintWords(hint) : hintText(hint)));
		find('.ask-kind', place).after(...(point ? [h('p', { class: 'ask-point' }, whole(hint.item.characteristic), ' ', h('span', {}, `→ ${hint.item.advantage}`))] : hint.about ? [h('p', { class: 'ask-point' }, hint.about.variable, ' ', h('span', {}, `→ ${hint.about.option}`))] : []), text);
		part('buttons').replaceChildren(...buttons(view, now));
	}
	setAttribute(find('[name=text]', part('note')), 'placeholder', word(view.answering ? 'answer' : 'note'));
}

function after(view) {
	const place = part('after'), lines = view.after.map(hintText), key = JSON.stringify(lines);
	if (place.dataset.key === key) return;
	place.dataset.key = key;
	place.replaceChildren(...lines.map((line) => h('li', {}, line)));
}

function ticks(view) {
	const motives = new Map(view.motives.map((motive) => [String(motive.value), motive]));
	for (const button of findAll('button', part('motives'))) {
		const { on } = motives.get(button.dataset.value);
		setAttribute(button, 'aria-pressed', on);
		button.value = `motive_${on ? 'off' : 'on'} 0 ${button.dataset.value}`;
	}
	const signals = new Map(view.signals.map((signal) => [String(signal.id), signal.on]));
	for (const button of findAll('button', part('signals'))) {
		const on = signals.get(button.dataset.id);
		setAttribute(button, 'aria-pressed', on);
		button.value = `signal_${on ? 'off' : 'on'} ${button.dataset.id} 0`;
	}
	const other = find('[data-act=mode]');
	if (other) other.value = `mode_set 0 ${view.mode === 'sale' ? 1 : 0}`;
}

// What may stand behind the position, and what was found (N3). A personal cut is said on the screen as long as it is ticked.
function interests(view) {
	const place = part('interests'), key = JSON.stringify(view.interests), cut = part('cut');
	if (view.cut && !cut) find('.call-stage').prepend(cutNote(view.cut, 'cut'));
	else if (!view.cut) cut?.remove();
	if (!view.negotiates || place.dataset.key === key) return;
	place.dataset.key = key;
	place.replaceChildren(...(view.interests.length ? view.interests.map((one) => interestButton(one)) : [h('span', { class: 'quiet' }, word('interests_none'))]));
}

function proposal(view) {
	const call = find('#call'), old = find('.propose', call);
	if (!view.proposed || view.ended) return old?.remove();
	const why = whole(`${view.because.map((reason) => `${reason.text} (${reason.points > 0 ? '+' : '−'}${Math.round(Math.abs(reason.points))})`).join(', ')}. ${word('wish', { wish: view.wishBuy, threshold: view.threshold })}`);
	const title = `${word(`propose.${view.proposed}`)}: ${percent(view.sure < 0.5 ? 1 - view.sure : view.sure)}`;
	if (old) {
		setText(find('h2', old), title);
		return setText(find('p', old), why);
	}
	return call.append(propose(view, title, why));
}
function propose(view, title, why) {
	return h('section', { class: 'propose', role: 'alertdialog', 'aria-labelledby': 'propose-title', 'aria-describedby': 'propose-why' },
		h('div', {}, h('h2', { id: 'propose-title' }, title), h('p', { id: 'propose-why' }, why)),
		h('div', { class: 'actions' },
			h('button', { class: 'button', form: 'do', name: 'do', value: 'mode_accepted 0 0' }, word(`propose_accept.${view.proposed}`), ' ', h('kbd', {}, 'M')),
			h('button', { class: 'button-plain', form: 'do', name: 'do', value: 'mode_kept 0 0' }, word(`propose_keep.${view.mode}`), ' ', h('kbd', {}, 'Esc'))));
}

export function clock(view, now) {
	setText(part('timer'), duration(view.began ? (now - view.began) / 1e6 : 0));
	const budget = part('budget');
	setText(budget, view.budget ? `${word(`step.${view.stepWords}`)} ${duration(view.spent)} / ${duration(view.budget)}` : '');
	budget.classList.toggle('over', view.budget > 0 && view.spent > view.budget);
}

export function draw(view, now) {
	setAttribute(find('#call'), 'data-mode', view.mode);
	mode(view);
	wish(view);
	rail(view);
	if (part('after')) { // the page of the close has the head and no stage
		if (part('said')) said(view);
		ask(view, now / 1000);
		after(view);
		ticks(view);
		interests(view);
		if (view.trade) drawLadder(view.trade);
	}
	proposal(view);
	clock(view, now);
}
