// A practice on the call's own screen: the same keys and cards. What the client does comes from the server at once, with his words; here nothing is entered for him.
import { Call, lead } from './call.js';
import { h, find, part, word, icon, toast } from './call/dom.js';
import { OBJECTIONS, PARTS } from './call/engine.js';
import { eventId } from './call/outbox.js';

const THEIRS = ['objection_closed', 'asked', 'refused', 'answered', 'note'];
const ASKED = ['contract', 'payment', 'undone', 'words']; // what comes of these the server says
const SPOKEN = ['said', 'objection_part', 'offered', 'declined', 'contract', 'payment', 'words'];

class Practice extends Call {
	constructor(...known) {
		super(...known);
		Object.defineProperty(this.offer, 'side', { get: () => 'we', set() {} }); // what they ask they say themselves
		this.view_.objections = () => this.standing();
		this.draw();
	}

	// ---- Events ----

	happen(kind, item = 0, value = 0, text = '') {
		if (this.finished || this.follower) return false;
		if (THEIRS.includes(kind) || (kind === 'objection' && !this.standing().some(({ id }) => id === item))) {
			toast(word('theirs'));
			return false;
		}
		if (!ASKED.includes(kind)) return super.happen(kind, item, value, text);
		this.outbox.add({ id: eventId(), kind, at: this.now(), item, value, text, amount: 0 });
		this.draw();
		return true;
	}

	all() {
		return [...this.base, ...this.outbox.unsent.filter(({ kind }) => !ASKED.includes(kind))];
	}

	// Objections left standing can be come back to.
	standing() {
		return this.engine.list('N_OBJECTIONS', 'OBJECTION_ITEM', 'OBJECTION_STATE').filter(([, state]) => OBJECTIONS[state] === 'left').map(([id]) => this.view_.items.get(id)).filter(Boolean);
	}

	taken(answer) {
		this.talk = answer.talk;
		if (answer.over) this.finished = true;
		super.taken(answer);
		if (answer.results.some(({ result }) => result === 'nothing')) toast(word('nothing'));
		this.drawTalk();
	}

	// His last words are read first; then the page of how it went.
	over() {
		this.finished = true;
	}

	// ---- Drawing ----

	draw() {
		super.draw();
		this.drawTalk();
	}

	sign() {
		super.sign();
		if (this.view) this.drawTalk();
	}

	pending({ kind, item, value, text }) {
		const { items } = this.view_, part_ = PARTS[value % 8];
		if (kind === 'words') return text;
		if (kind === 'said' || part_ === 'argue') return this.view_.text(item);
		if (kind === 'objection_part') return (items.get(items.get(item)?.objection_id) ?? items.get(item))?.[part_] ?? '';
		return { contract: word('sign'), payment: word('pay'), offered: `${word('what.offered')}…`, declined: word('what.declined') }[kind];
	}

	drawTalk() {
		const place = part('talk'), says = part('says');
		if (!place) return;
		const lines = (this.talk ?? this.known.talk), unsent = this.outbox.unsent.filter(({ kind }) => SPOKEN.includes(kind));
		const last = unsent.length ? -1 : lines.findLastIndex(({ who }) => who === 'client'), waits = this.outbox.tries > 0;
		const key = JSON.stringify([lines.length, unsent.map(({ id }) => id), waits, this.finished]);
		if (place.dataset.key === key) return;
		place.dataset.key = key;
		place.replaceChildren(...lines.filter((_, i) => i !== last).map((line) => this.line(line)), ...unsent.map((event) => h('li', { class: 'talk-me' }, h('p', {}, this.pending(event)))));
		place.scrollTop = place.scrollHeight;
		if (last >= 0) says.replaceChildren(...lines[last].words.map((text) => h('p', {}, text)));
		else says.replaceChildren(waits ? h('p', { class: 'says-waits' }, word('waiting')) : h('p', { class: 'says-dots', 'aria-hidden': 'true' }, h('i'), h('i'), h('i')));
		if (this.finished) this.drawOver();
	}

	line({ who, what, text = '', word: of, words, heard }) {
		if (who === 'client') return h('li', { class: 'talk-client' }, words.map((one) => h('p', {}, one)));
		return h('li', { class: 'talk-me' }, h('p', {}, ['offered', 'declined'].includes(what) ? [h('b', {}, `${word(`what.${what}`)}:`), ' '] : null, text, of === 'nothing' ? [' ', h('em', {}, word('for_nothing_said'))] : null),
			heard ? h('span', { class: heard.act === 'none' ? 'heard heard-not' : 'heard' }, this.heard(heard)) : null);
	}

	heard({ act, type, level, motives, clarifies, table }) {
		const what = clarifies ? [word('clarifies')] : [word(`heard.${act}`), type && word(`question_type.${type}`), level && word(`level.${level}`)];
		return `${word('heard')} ${[...what, ...motives.map((key) => word(`motive_short.${key}`))].filter(Boolean).join(', ')}${table ? `. ${word('lay')}` : ''}`;
	}

	drawOver() {
		const ask = part('ask');
		if (!ask || ask.dataset.key === 'over') return;
		ask.dataset.key = 'over';
		ask.replaceChildren(h('div', { class: 'ask-actions' }, h('div', { class: 'ask-buttons', 'data-part': 'buttons' }, h('a', { class: 'button big', href: this.base_ }, icon('graduation-cap'), word('over'), ' ', h('kbd', {}, '⏎')))));
		part('after').replaceChildren();
		part('note').hidden = true;
	}

	// ---- Pressing ----

	keepNote(form) {
		const input = find('[name=text]', form), text = input.value.trim();
		if (!text || !this.happen('words', 0, 0, text)) return;
		input.value = '';
		sessionStorage.removeItem(`draft.${this.id}`);
		if (!matchMedia('(pointer: coarse)').matches) input.blur();
	}

	// By a hint at once; by the key it is asked first.
	close(outcome) {
		if (this.outbox.unsent.length) toast(word('waiting'));
		else if (outcome) find('#end').submit();
		else find('[form=end]').click();
		return true;
	}

	get place() {
		return this.finished ? 'talk' : super.place;
	}
}

const place = find('#call');
if (place) lead(place, Practice).catch((error) => console.error(error));
