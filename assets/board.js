// The board of deals: cards move by dragging, and by Shift and an arrow; what came of a deal is asked in a dialog. The board works without this file: each card has a
// menu of stages. What the server answers is the truth: after each move the board is asked for again.
const find = (selector, from = document) => from.querySelector(selector);
const findAll = (selector, from = document) => [...from.querySelectorAll(selector)];
const csrf = () => find('meta[name=csrf]').content;
const toasts = find('.toasts');
const toast = (words) => document.dispatchEvent(new CustomEvent('toast', { detail: words }));

const stages = () => [...findAll('#board .stage'), ...findAll('#board .stage-end')]; // in the order of Shift and the arrows
const cardOf = (id) => find(`#board [data-deal="${CSS.escape(id)}"]`);
const linkOf = (card) => find('.deal-title a', card);
const nameOf = (stage) => find('h2', stage).textContent.trim();
const ends = ['won', 'lost'];

function say(words) {
	const said = find('#said');
	said.textContent = '';
	requestAnimationFrame(() => { said.textContent = words; });
}

// The same page's fragment, as the filter asks for it.
async function again(id) {
	const board = find('.board');
	const { scrollLeft } = board;
	const answer = await fetch(location.href, { headers: { 'HX-Request': 'true' } });
	if (!answer.ok) throw new Error(answer.status);
	const focused = document.activeElement?.closest('[data-deal]')?.dataset.deal ?? id;
	find('#board').outerHTML = await answer.text();
	find('.board').scrollLeft = scrollLeft;
	const card = focused && cardOf(focused);
	if (card) linkOf(card).focus({ preventScroll: true });
}

async function ask(id, stage) {
	const dialog = find('#finish');
	const back = location.pathname + location.search;
	const answer = await fetch(`/deals/${id}/finish?stage=${stage}&back=${encodeURIComponent(back)}`, { headers: { 'HX-Request': 'true' } });
	if (!answer.ok) throw new Error(answer.status);
	dialog.innerHTML = await answer.text();
	dialog.addEventListener('close', () => { const card = cardOf(id); if (card) linkOf(card).focus(); }, { once: true });
	dialog.showModal();
}

find('#finish').addEventListener('click', (event) => {
	if (!event.target.closest('[data-close]')) return;
	event.preventDefault(); // a link elsewhere; here the board is where one goes back to
	find('#finish').close();
});

let busy = false;
async function move(card, stage) {
	const id = card.dataset.deal;
	const to = stage.dataset.stage;
	if (busy || card.closest('[data-stage]') === stage) return;
	busy = true;
	try {
		if (ends.includes(to)) {
			await ask(id, to);
		} else {
			find('.stage-list', stage).prepend(card); // at once; the server says where it belongs
			card.scrollIntoView({ block: 'nearest', inline: 'nearest' });
			linkOf(card).focus({ preventScroll: true });
			say(`${linkOf(card).textContent}: ${nameOf(stage)}`);
			const answer = await fetch(`/deals/${id}/stage`, {
				method: 'POST', body: new URLSearchParams({ stage: to }), headers: { 'X-CSRF-Token': csrf(), Accept: 'application/json' },
			});
			if (!answer.ok) {
				const problem = await answer.json().catch(() => ({}));
				throw Object.assign(new Error(answer.status), { words: problem.mistake_list?.[0]?.text ?? problem.title });
			}
			await again(id);
		}
	} catch (error) {
		toast(error.words ?? (error instanceof TypeError ? toasts.dataset.offline : toasts.dataset.failed));
		await again(id).catch(() => {});
	} finally {
		busy = false;
	}
}

// ---- Dragging ----

let dragged = null;
document.addEventListener('dragstart', (event) => {
	dragged = event.target.closest?.('[data-deal]');
	if (!dragged) return;
	event.dataTransfer.effectAllowed = 'move';
	event.dataTransfer.setData('text/plain', linkOf(dragged).textContent);
	dragged.classList.add('dragging');
});
document.addEventListener('dragend', () => {
	dragged?.classList.remove('dragging');
	for (const stage of stages()) stage.classList.remove('over');
	dragged = null;
});
document.addEventListener('dragover', (event) => {
	const over = dragged && event.target.closest('[data-stage]');
	for (const stage of stages()) stage.classList.toggle('over', stage === over && stage !== dragged?.closest('[data-stage]'));
	if (over) event.preventDefault();
});
document.addEventListener('drop', (event) => {
	const stage = dragged && event.target.closest('[data-stage]');
	if (!stage) return;
	event.preventDefault();
	move(dragged, stage);
});

// ---- The menu of a card ----

document.addEventListener('submit', (event) => {
	const card = event.submitter?.closest('[data-deal]');
	if (!card) return;
	event.preventDefault();
	event.submitter.closest('details').open = false;
	move(card, find(`#board [data-stage="${event.submitter.value}"]`));
});

// ---- Keys ----

const sideways = { ArrowRight: 1, ArrowLeft: -1 };
const upright = { ArrowDown: 1, ArrowUp: -1 };

document.addEventListener('keydown', (event) => {
	const card = event.target.closest?.('[data-deal]');
	if (!card || event.ctrlKey || event.metaKey || event.altKey || event.target.closest('.deal-moves')) return;
	const all = stages();
	const stage = card.closest('[data-stage]');
	const step = sideways[event.key];
	const cards = findAll('[data-deal]', stage);
	if (step && event.shiftKey) {
		const next = all[all.indexOf(stage) + step];
		if (next) move(card, next);
	} else if (step) {
		const place = cards.indexOf(card);
		for (let i = all.indexOf(stage) + step; all[i]; i += step) {
			const there = findAll('[data-deal]', all[i]);
			if (!there.length) continue;
			linkOf(there[Math.min(place, there.length - 1)]).focus();
			break;
		}
	} else if (upright[event.key] && !event.shiftKey) {
		const next = cards[cards.indexOf(card) + upright[event.key]];
		if (next) linkOf(next).focus();
	} else {
		return;
	}
	event.preventDefault();
});
