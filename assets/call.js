// The call: somebody has a phone at the ear. What is pressed changes the screen at once, by the server's own code in WebAssembly; the server
// hears of it when it can (call/outbox.js). Without this file the page's forms do the same, a reload at a time.
import { Engine, OUTCOMES } from './call/engine.js';
import { Outbox, eventId } from './call/outbox.js';
import { View } from './call/view.js';
import { Sheet } from './call/sheet.js';
import { Offer, packageWords } from './call/offer.js';
import { Trade } from './call/trade.js';
import { draw, clock } from './call/draw.js';
import { listen } from './call/keys.js';
import { h, find, findAll, part, word, useIcons, amount, field, local, setText, toast } from './call/dom.js';

export class Call {
	constructor(place, known, engine, trade) {
		this.place_ = place;
		this.id = place.dataset.call;
		this.base_ = place.dataset.base; // /calls/123
		this.known = known;
		this.engine = engine;
		this.trade = trade;
		this.view_ = new View(engine, known, trade);
		this.base = known.events.map(fromServer); // what the server knows
		this.outbox = new Outbox({
			call: this.id, base: this.base_, member: place.dataset.member, seq: this.base.length ? known.events.at(-1).seq : 0, csrf: find('meta[name=csrf]').content,
			changed: () => this.sign(), taken: (answer) => this.taken(answer),
		});
		this.outbox.known(new Set(this.base.map((event) => event.id)));
		this.offer = new Offer({ act: (what) => this.perform(what), changed: () => this.draw() });
		this.sheet = new Sheet({ practice: Boolean(place.dataset.practice), view: this.view_, cases: known.cases, offer: this.offer, act: (...event) => this.happen(...event), changed: () => this.draw() });
		this.closing = part('close') ? this.dressClose(part('close')) : null;
		this.rebuild();
		document.addEventListener('submit', (event) => this.submitted(event));
		document.addEventListener('click', (event) => this.clicked(event));
		this.draft();
		listen(this);
		setInterval(() => this.tick(), 1000);
		this.draw();
		this.outbox.push();
		this.haggle();
		place.dataset.ready = 'yes';
	}

	// ---- Events ----

	now() {
		const at = (Date.now() + this.outbox.lag) * 1000;
		this.last = Math.max(at, (this.last ?? 0) + 1000); // two events have two moments
		return this.last;
	}

	rebuild() {
		this.events = this.all();
		this.engine.start(this.events);
	}

	all() {
		return [...this.base, ...this.outbox.unsent];
	}

	// True where it was taken.
	happen(kind, item = 0, value = 0, text = '') {
		if (this.follower) return false;
		const amount = this.trade.amount(kind, item, value);
		if (amount === null || (kind === 'offered' && this.refused(value))) return false;
		const event = { id: eventId(), kind, at: this.now(), item, value, text, amount };
		const result = this.engine.apply(event, this.events.length + 1);
		if (result !== 'applied') {
			if (result === 'nothing') toast(word('nothing'));
			return false;
		}
		this.events.push(event);
		this.outbox.add(event);
		if (kind === 'undone') toast(word('undone'));
		if (kind === 'offered') this.offer.side = 'they'; // said: now it is their turn
		this.propose();
		this.draw();
		if (kind === 'ended') this.over();
		return true;
	}

	// An offer below the limit is not made (N9); the panel says by how much, and what lifts it back.
	refused(value) {
		this.trade.follow();
		if (!this.trade.open || (this.engine.what.DRAFT_GIVES() === 1 && !value)) return false; // the machine has its own words for these
		if (!this.trade.below()) return false;
		this.offer.show();
		return true;
	}

	// The ladder and the ready answers come when the page is there: at once in a negotiation, otherwise when there is time.
	async haggle() {
		if (document.readyState !== 'complete') await new Promise((done) => { addEventListener('load', done, { once: true }); });
		await new Promise((done) => { setTimeout(done, 200); });
		for (let wait = 1000; ; wait *= 2) {
			try {
				await this.trade.load(this.place_.dataset.haggle);
				this.draw();
				this.place_.dataset.trade = 'yes';
				return;
			} catch {
				await new Promise((done) => { setTimeout(done, Math.min(wait, 30000)); }); // the network: it is asked again
			}
		}
	}

	propose() {
		const mode = this.engine.what.PROPOSE();
		if (mode) this.happen('mode_proposed', 0, mode - 1);
	}

	// What a button sends: "said 123 0".
	// Or a ready trade: "put 1 2, put 3 4".
	perform(what, text = '') {
		return what.split(', ').every((one) => {
			const [kind, item, value] = one.split(' ');
			return this.happen(kind, Number(item ?? 0), Number(value ?? 0), text);
		});
	}

	// The server has answered. What it has from elsewhere, or did not take, makes the call anew.
	taken(answer) {
		const known = new Set(this.base.map((event) => event.id)), mine = new Set(this.events.map((event) => event.id));
		const fresh = answer.events.filter((event) => !known.has(event.id)).map(fromServer);
		this.base.push(...fresh);
		const foreign = fresh.some((event) => !mine.has(event.id)), refused = answer.results.some((result) => result.result !== 'applied');
		if (foreign || refused) {
			this.rebuild();
			this.draw();
			const why = answer.results.find(({ result }) => result === 'below_limit' || result === 'no_return')?.result;
			if (why) toast(word(`refused.${why}`));
		} else {
			this.events = this.all();
		}
		if (this.view.ended) this.over();
	}

	over() {
		if (!this.outbox.unsent.length) location.replace(this.base_);
	}

	// Another window has taken over.
	follow() {
		this.follower = true;
		this.outbox.stop();
	}

	// ---- Drawing ----

	draw() {
		const now = (Date.now() + this.outbox.lag) * 1000;
		this.view = this.view_.make(this.events, now, this.sheet.looked);
		draw(this.view, now);
		this.sheet.draw(this.view);
		this.place_.classList.toggle('ended', Boolean(this.view.ended));
	}

	tick() {
		if (!this.view.began || this.view.ended) return;
		const now = (Date.now() + this.outbox.lag) * 1000;
		this.view.spent = this.engine.c.engine_step_spent(this.engine.what.STEP(), now) / 1e6;
		clock(this.view, now);
	}

	// Quiet while all goes well; a second of sending is no news.
	sign() {
		const place = part('unsent'), n = this.outbox.unsent.length;
		if (!place || this.follower) return;
		if (this.outbox.state === 'login') place.replaceChildren(h('a', { href: `/login?next=${this.base_}` }, word('login', { n })));
		else setText(place, n && this.outbox.state !== 'sending' && this.outbox.tries + (this.outbox.state === 'refused') > 0 ? word('unsent', { n }) : '');
	}

	// ---- Pressing ----

	submitted(event) {
		const { target: form, submitter } = event;
		if (form.id === 'do') {
			event.preventDefault();
			if (submitter?.dataset.act === 'when') this.plan();
			else if (submitter?.dataset.act === 'open') this.open(submitter.value);
			else if (submitter?.dataset.act === 'amount') this.amount(submitter.value);
			else if (submitter?.dataset.act === 'close') this.close(submitter.dataset.outcome);
			else if (submitter?.dataset.act === 'worked') this.worked();
			else if (submitter) this.press(submitter);
		} else if (form === part('note')) {
			event.preventDefault();
			this.keepNote(form);
		} else if (form === this.closing) {
			event.preventDefault();
			this.finish();
		}
	}

	// What a rung of the ladder puts is seen in the panel: there it says what to ask for it.
	press(button) {
		this.offer.letter = '';
		if (button.closest('.rungs')) this.offer.show('we');
		this.perform(button.value);
	}

	clicked(event) {
		const act = event.target.closest?.('#call [data-act]');
		if (act?.dataset.act === 'objections') this.objections();
		else if (act?.dataset.act === 'trade') this.bargain();
		else if (act?.dataset.act === 'close' && act.matches('a')) this.close();
		else if (act?.dataset.act === 'back') this.leaveClose();
		else return;
		event.preventDefault();
	}

	keepNote(form) {
		const input = find('[name=text]', form), text = input.value.trim();
		if (text && !(this.view.answering ? this.happen('answered', this.view.answering, 0, text) : this.happen('note', 0, 0, text))) return;
		input.value = '';
		sessionStorage.removeItem(`draft.${this.id}`);
		input.blur();
	}

	// "This worked": what was said last, or what is typed into the note, becomes a draft of a card; somebody else's card gets a vote.
	worked() {
		if (this.place_.dataset.practice) return false;
		const note = part('note'), text = note ? find('[name=text]', note).value.trim() : '';
		const last = this.engine.list('N_LOG', 'LOG_SEQ').map(([seq]) => this.events[seq - 1]).findLast(({ kind, value }) => kind === 'said' || kind === 'answered' || (kind === 'objection_part' && value % 8 === 2));
		if (!text && !last) toast(word('worked.nothing'));
		else this.keepWorked(text, text ? 0 : last.item);
		if (text && this.happen('note', 0, 0, text)) { // his own words, not the client's answer
			find('[name=text]', note).value = '';
			sessionStorage.removeItem(`draft.${this.id}`);
			document.activeElement?.blur();
		}
		return true;
	}
	async keepWorked(text, item) {
		try {
			for (let wait = 0; wait < 20 && this.outbox.unsent.length; wait++) await new Promise((done) => { setTimeout(done, 100); }); // the server is to know where the talk stands
			const answer = await fetch(`/calls/${this.id}/worked`, {
				method: 'POST', body: new URLSearchParams({ text, ...(item ? { item } : {}) }), headers: { 'X-CSRF-Token': this.outbox.csrf, Accept: 'application/json' },
			});
			toast(word(`worked.${answer.ok ? (await answer.json()).done : 'away'}`));
		} catch {
			toast(word('worked.away'));
		}
	}

	// A note half written survives a reload.
	draft() {
		const input = find('[name=text]', part('note') ?? document.createElement('form'));
		if (!input) return;
		input.value ||= sessionStorage.getItem(`draft.${this.id}`) ?? '';
		input.addEventListener('input', () => sessionStorage.setItem(`draft.${this.id}`, input.value));
	}

	plan() {
		const at = new Date(part('when').value).getTime();
		if (Number.isNaN(at) || at <= Date.now()) part('when').focus();
		else this.happen('planned', 0, at * 1000);
	}

	amount(what) {
		const minor = amount(part('amount').value || '0'), [kind] = what.split(' ');
		if (Number.isNaN(minor)) part('amount').focus();
		else if (this.happen(kind, 0, minor)) document.activeElement?.blur();
	}

	// ---- What the keys do (call/keys.js) ----

	get place() {
		if (this.closing) return 'closing';
		if (this.view.position) return 'position';
		if (this.view.objection) return 'card';
		if (this.sheet.open) return 'palette';
		return this.sheet.trading(this.view.trade) ? 'trade' : 'talk';
	}

	enter() {
		if (this.view.objection || this.view.position) this.sheet.enter(this.view.objection, this.view.position);
		else find('.button', part('buttons'))?.click();
	}
	skip() {
		find('.button-quiet', part('buttons'))?.click();
		return true;
	}
	step(n) {
		this.happen('step', 0, n);
		if (n === 6) this.bargain();
		return true;
	}
	note() {
		find('[name=text]', part('note'))?.focus();
		return true;
	}
	mode() {
		if (this.view.proposed) this.happen('mode_accepted');
		else this.happen('mode_set', 0, this.view.mode === 'sale' ? 1 : 0);
		return true;
	}
	undo() {
		this.happen('undone');
		return true;
	}
	objections() {
		if (this.view.began && !this.view.ended) this.sheet.show();
		return true;
	}
	// The card of the position that the talk is about, to tick what stands behind it.
	interests() {
		const position = this.engine.c.engine_position();
		if (this.view.negotiates && position) this.sheet.look(position);
		return true;
	}
	// What a hint's button opens: "position=123", "trade=1".
	open(what) {
		const [name, value] = what.split('=');
		if (name === 'position') this.sheet.look(Number(value));
		else this.bargain(this.view.ask.kind === 'offer' ? 'we' : 'they');
	}
	// The panel of the trade. Where there is no table yet its place on the screen says what to do first.
	bargain(side) {
		if (!this.view.trade || !this.view.began || this.view.ended) return true;
		find('.dock-panels')?.scrollTo?.({ left: part('trade').offsetLeft - find('.dock-panels').offsetLeft });
		if (!this.view.trade.missing) this.offer.show(side);
		return true;
	}
	interest(letter) {
		const one = this.view.position.interests.find(({ key }) => key === letter);
		if (one) this.happen(one.on ? 'interest_off' : 'interest_on', one.id, one.position);
		return Boolean(one);
	}
	answer(n) {
		const answer = this.view.position.answers[n - 1];
		if (answer && this.view.position.held && !answer.said) this.happen('objection_part', answer.id, 2);
		return true;
	}
	otherQuestion() {
		const next = this.view.position.spin.find((one) => one.next);
		if (next) this.happen('skipped', next.id);
		return true;
	}
	choose() {
		this.sheet.choose();
		return true;
	}
	move(by) {
		this.sheet.move(by);
		return true;
	}
	line(n) {
		this.sheet.say(this.view.objection, this.sheet.lines(this.view.objection)[n - 1]);
		return true;
	}
	otherAnswer() {
		this.sheet.otherAnswer();
		return true;
	}
	agreed() {
		if (this.view.objection) this.sheet.agreed(this.view.objection, this.view.negotiates);
		return true;
	}
	// One Tab from the talk is the note, from a card the next method; from anywhere else Tab is Tab.
	tab(focus) {
		if (focus && focus !== document.body && focus.id !== 'main') return false;
		if (this.place === 'position') return false;
		if (this.place === 'trade') {
			this.offer.turn();
			return true;
		}
		if (this.place === 'card') this.sheet.otherMethod(this.view.objection);
		else if (this.place === 'talk') this.note();
		else return false;
		return true;
	}
	back(focus) {
		if (this.closing) return this.leaveClose();
		if (this.view.objection) return this.happen('objection_left', this.view.objection.id);
		if (this.sheet.open || this.sheet.looked) this.sheet.hide();
		else if (this.place === 'trade' && !focus?.matches('input')) this.offer.back();
		else if (focus?.matches('input, textarea, select')) focus.blur();
		else if (this.view.proposed) this.happen('mode_kept');
		else return false;
		return true;
	}

	// ---- The end ----

	close(outcome = this.view.contract !== null ? 'won' : this.view.nextAt ? 'next' : this.view.began ? '' : 'no_answer') {
		if (this.closing || this.view.ended) return true;
		const form = find('#call-close').content.firstElementChild.cloneNode(true);
		for (const section of findAll('.call-stage, .call-dock')) section.hidden = true;
		this.place_.append(form);
		this.closing = this.dressClose(form);
		const chosen = outcome && find(`[value=${outcome}]`, form);
		if (chosen) chosen.checked = true;
		document.activeElement?.blur();
		return true;
	}

	dressClose(form) {
		const { contract, paid, nextAt, began, trade, amount: worth } = this.view ?? {}, place = find('[data-part=package]', form);
		if (place) place.hidden = !trade || Boolean(trade.missing);
		if (place && trade && !trade.missing) place.replaceChildren(...packageWords(trade));
		if (trade && contract === null) find('[name=contract]', form).value = field(worth);
		form.noValidate = true;
		findAll('.outcome', form).forEach((label, i) => label.append(h('kbd', {}, String(i + 1))));
		if (contract !== undefined && contract !== null) find('[name=contract]', form).value = field(contract);
		if (paid !== undefined && paid !== null) find('[name=paid]', form).value = field(paid);
		if (nextAt) find('[name=next]', form).value = local(new Date(nextAt / 1000));
		if (began === 0) for (const value of ['won', 'next', 'lost']) find(`[value=${value}]`, form).disabled = true;
		return form;
	}

	leaveClose() {
		this.closing.remove();
		this.closing = null;
		for (const section of findAll('.call-stage, .call-dock')) section.hidden = false;
		if (!part('ask')) location.assign(this.base_);
		return true;
	}

	outcome(n) {
		const input = findAll('[name=outcome]', this.closing)[n - 1];
		if (input && !input.disabled) input.checked = true;
		const first = { won: 'contract', next: 'next', lost: 'reason', no_answer: 'next' }[input?.value];
		if (first === 'reason') find('[name=reason]', this.closing).focus();
		return true;
	}

	complain(name) {
		const input = find(`[name=${name}]`, this.closing);
		input.setAttribute('aria-invalid', 'true');
		input.focus();
		return true;
	}

	finish() {
		const form = this.closing, value = (name) => find(`[name=${name}]`, form).value.trim();
		const outcome = find('[name=outcome]:checked', form)?.value;
		const next = new Date(value('next')).getTime(), contract = amount(value('contract') || '0'), paid = amount(value('paid') || '0');
		if (!outcome) return find('[name=outcome]', form).focus() ?? true;
		if (outcome === 'lost' && !value('reason')) return this.complain('reason');
		if (outcome === 'next' && !(next > Date.now())) return this.complain('next');
		if (outcome === 'won' && Number.isNaN(contract)) return this.complain('contract');
		if (outcome === 'won' && Number.isNaN(paid)) return this.complain('paid');
		if (outcome === 'won' && this.view.contract === null) this.happen('contract', 0, contract);
		if (outcome === 'won' && paid > 0 && this.view.paid === null) this.happen('payment', 0, paid);
		if ((outcome === 'won' || outcome === 'next') && value('promised')) this.happen('promised', 0, 0, value('promised'));
		if ((outcome === 'next' || outcome === 'no_answer') && next > Date.now() && next * 1000 !== this.view.nextAt) this.happen('planned', 0, next * 1000);
		this.happen('ended', 0, OUTCOMES.indexOf(outcome), outcome === 'lost' ? value('reason') : '');
		return true;
	}
}

const fromServer = ({ id, kind, at, item, value, amount: minor, text }) => ({ id, kind, at: Date.parse(at) * 1000, item, value, amount: minor, text: text ?? '' });

// One window leads a call; another waits until that one is closed, or takes over when told to. Whoever takes over begins with what the server has
// and what is kept here.
export async function lead(place, Led) {
	const data = find('#call-data');
	if (!data) return;
	useIcons(place.dataset.icons);
	const known = JSON.parse(data.textContent), { items: columns } = known;
	columns.id.forEach((more, i) => { columns.id[i] = more + (columns.id[i - 1] ?? 0); }); // each is told by what it is more than the one before
	known.items = columns.id.map((_, i) => Object.fromEntries(Object.entries(columns).map(([field, values]) => [field, values[i] ?? undefined])));
	const engine = await Engine.open(place.dataset.wasm, known);
	const trade = new Trade(known.bargain, engine);
	if (!navigator.locks) {
		new Led(place, known, engine, trade);
		return;
	}
	const name = `sturgeon.call.${place.dataset.call}`;
	const here = sessionStorage.getItem(name) === 'here'; // it was told to lead here, and loaded anew
	sessionStorage.removeItem(name);
	let call = null;
	await navigator.locks.request(name, here ? { steal: true } : { ifAvailable: true }, (lock) => {
		if (!lock) return wait(name);
		call = new Led(place, known, engine, trade);
		return new Promise(() => {}); // as long as the page lives
	}).catch(() => {
		call?.follow();
		wait(name);
	});
}

function wait(name) {
	part('unsent')?.replaceChildren(h('span', {}, word('elsewhere')), ' ', h('button', { class: 'button-quiet small', type: 'button', onclick: () => {
		sessionStorage.setItem(name, 'here');
		location.reload();
	} }, word('here')));
	navigator.locks.request(name, () => location.reload());
}

const place = find('#call');
if (place && !place.dataset.practice) lead(place, Call).catch((error) => console.error(error));
