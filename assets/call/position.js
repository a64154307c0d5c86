// The card of a position (N3, N5): what may stand behind it, its SPIN questions, two of our answers. The same as src/app/call_position.c makes.
import { LEVELS, OBJECTIONS, PARTS } from './engine.js';
import { h, icon, word } from './dom.js';

const LETTERS = 'ASDFGHJKL'; // of the interests: a row under the fingers
const ANSWERS = 2;

const inOrder = (a, b) => a.order - b.order || a.id - b.id;

export function behind(view, position) {
	const found = new Set(view.found().filter(([, at]) => at === position).map(([id]) => id));
	return view.known.items.filter((item) => item.kind === 'interest' && (item.objection_id ?? 0) === position).sort(inOrder).slice(0, LETTERS.length)
		.map((item, i) => ({ id: item.id, position, key: LETTERS[i], text: item.text, on: found.has(item.id), cut: item.variety === 'compliance' }));
}

// A line a level: of several questions the next one, the one said, the position's own, the general one.
function spin(view, position) {
	const next = view.engine.c.engine_spin(position);
	const said = new Set(view.engine.list('N_SAID', 'SAID_ITEM', 'SAID_AS').filter(([, as]) => as !== 0).map(([id]) => id));
	const rank = (item) => (item.id === next ? 4 : said.has(item.id) ? 3 : item.objection_id ? 2 : 1);
	return LEVELS.slice(3).map((level) => view.known.items.filter((item) => item.kind === 'spin' && item.level === level && (!item.objection_id || item.objection_id === position))
		.sort((a, b) => rank(b) - rank(a) || inOrder(a, b))[0]).filter(Boolean)
		.map((item) => ({ id: item.id, level: item.level, text: item.text, said: said.has(item.id), next: item.id === next }));
}

// Said since the position was raised last.
function argued(view, events, position) {
	const log = view.engine.list('N_LOG', 'LOG_SEQ').map(([seq]) => events[seq - 1]);
	const from = log.findLastIndex((event) => event.kind === 'objection' && event.item === position);
	return new Set(log.slice(from + 1).filter((event) => event.kind === 'objection_part' && event.value % 8 === PARTS.indexOf('argue')).map((event) => event.item));
}

export function card(view, events, position) {
	const item = view.items.get(position), hand = view.objection();
	if (item?.kind !== 'objection') return null;
	const held = hand?.id === position, said = held ? argued(view, events, position) : new Set();
	return {
		id: position, text: item.text, variety: item.variety ?? '', held, clarified: held && hand.state >= OBJECTIONS.indexOf('clarified'), interests: behind(view, position), spin: spin(view, position),
		answers: view.answers(position).slice(0, ANSWERS).map((answer, i) => ({ id: answer.id, n: i + 1, text: answer.text, worked: answer.worked, used: answer.used, author: answer.author, top: answer.top, said: said.has(answer.id) })),
	};
}

export const cutNote = (cut, part) => h('p', { class: `${part ? 'call-cut ' : ''}note note-bad`, 'data-part': part }, icon('shield-alert'), h('span', {}, h('b', {}, word('cut')), ' ', word('cut_do'), cut.say ? [' ', h('q', {}, cut.say)] : null));

export const interestButton = (one, attributes = {}) => h('button', { class: `tick-button${one.cut ? ' cut' : ''}`, form: 'do', name: 'do', value: `interest_${one.on ? 'off' : 'on'} ${one.id} ${one.position}`, 'data-id': one.id, 'aria-pressed': String(one.on), ...attributes },
	attributes['data-key'] ? h('kbd', {}, one.key) : null, one.cut ? icon('shield-alert') : null, one.text);

// act(kind, item, value); shareText: how often an answer held, in words; close: it is looked at no more.
export function drawCard(position, cut, { practice, act, enter, agreed, shareText, close }) {
	const next = position.spin.find((one) => one.next);
	return [
		h('div', { class: 'sheet-body', tabindex: '0' },
			h('article', { class: 'objection position' },
				h('header', { class: 'objection-head' }, h('h2', {}, word('quote', { text: position.text })), position.variety === 'argument' ? h('span', { class: 'tag' }, word('argument')) : null),
				h('div', { class: 'position-behind' },
					h('h3', { id: 't-behind' }, word('behind')),
					h('div', { class: 'ticks', role: 'group', 'aria-labelledby': 't-behind' }, position.interests.length
						? position.interests.map((one) => interestButton(one, { 'data-key': one.key })) : h('span', { class: 'quiet' }, word('behind_none'))),
					cut ? cutNote(cut) : null),
				position.spin.length ? h('ol', { class: 'spin', 'aria-label': 'SPIN' }, position.spin.map((one) => h('li', { class: one.said ? 'done' : one.next ? 'line-next' : null, onclick: () => !one.said && act('said', one.id, 0) },
					h('span', { class: 'verb' }, word(`level.${one.level}`)), h('p', { class: 'words' }, one.text)))) : null,
				h('ol', { class: 'two-answers', 'aria-label': word('answers') }, position.answers.map((answer) => h('li', { class: answer.said ? 'done' : null, onclick: () => position.held && !answer.said && act('objection_part', answer.id, PARTS.indexOf('argue')) },
					h('kbd', {}, String(answer.n)), h('p', { class: 'words' }, answer.text), h('p', { class: 'success' }, shareText(answer))))))),
		h('div', { class: 'sheet-foot' },
			next || position.held ? h('button', { class: 'button', type: 'button', onclick: enter }, word(next ? 'asked' : position.answers.some((answer) => !answer.said) ? 'said' : 'agrees'), ' ', h('kbd', {}, '⏎')) : null,
			position.held && !practice ? h('button', { class: 'button-quiet', type: 'button', onclick: agreed }, word('agrees'), ' ', h('kbd', {}, 'Y')) : null,
			position.held ? h('button', { class: 'button-plain', type: 'button', onclick: () => act('objection_left', position.id, 0) }, word('left'), ' ', h('kbd', {}, 'Esc'))
				: h('button', { class: 'button-plain', type: 'button', onclick: close }, word('close'), ' ', h('kbd', {}, 'Esc'))),
	];
}
