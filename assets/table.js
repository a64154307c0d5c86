// The table of a negotiation: the picture follows what is chosen and typed, and can be walked along; packages lead into the draft. Without this file the page is what it was
// when it was opened, and its forms do all the same.
import { Bargain } from './bargain/bargain.js';
import { amount, money, short } from './table/amount.js';
import { draw } from './table/draw.js';

const find = (selector, from = document) => from.querySelector(selector);
const findAll = (selector, from = document) => [...from.querySelectorAll(selector)];
const table = JSON.parse(find('#table-data')?.textContent ?? 'null');
const picture = find('#picture');
const plot = picture && find('.picture-plot', picture);
const words = picture?.dataset ?? {};
const offer = find('#offer');

let engine = null;  // a promise, from when it is first needed
let solved = null;  // the engine's answer to the table as it is
let walk = null;    // the point of the frontier that is looked at
let spots = [];
const state = { now: table?.now ?? [], draft: null };

const sum = (choice) => choice.reduce((all, o, v) => ({ ours: all.ours + table.variables[v].options[o].ours, theirs: all.theirs + table.variables[v].options[o].theirs }), { ours: 0, theirs: 0 });
const limitOf = () => (table.has_limit ? table.limit : null);
const theirOf = () => (table.has_their_limit ? table.their_limit : null);

// ---- The picture ----

function asked() {
	const choice = table.variables.map((variable, v) => variable.asked ?? state.now[v]);
	return choice.some((o, v) => o !== state.now[v]) ? sum(choice) : null;
}

function redraw() {
	if (!plot || !solved) return;
	const draft = state.draft?.some((o, v) => o !== state.now[v]) ? sum(state.draft) : null;
	spots = draw(plot, words, {
		points: solved.frontier, now: sum(state.now), draft, ask: asked(), nash: table.has_limit && table.has_their_limit ? solved.nash : null,
		limit: limitOf(), target: table.target, their: theirOf(), walk,
	});
}

async function solve() {
	engine ??= Bargain.open(words.wasm);
	const bargain = await engine;
	try {
		solved = bargain.solve({ limit: table.limit, their_limit: table.their_limit, forbidden: table.forbidden, now: state.now,
			variables: table.variables.map(({ id, price, options }) => ({ id, price, options: options.map(({ id: option, ours, theirs, low = theirs, high = theirs }) => ({ id: option, ours, theirs, low, high })) })) });
	} catch {
		return; // a table that cannot be computed with stays as it was drawn
	}
	walk = walk === null ? null : Math.min(walk, solved.frontier.length - 1);
	redraw();
}
const ready = async () => { if (!solved) await solve(); return solved !== null; };

// ---- Walking along it ----

const element = (name, className, ...children) => {
	const made = document.createElement(name);
	if (className) made.className = className;
	made.append(...children);
	return made;
};

function changes(choice) {
	const all = choice.map((o, v) => ({ v, o })).filter(({ v, o }) => o !== state.now[v]).map(({ v, o }) => {
		const { name, options } = table.variables[v];
		const was = options[state.now[v]];
		return { name, option: options[o].name, ours: options[o].ours - was.ours, theirs: options[o].theirs - was.theirs };
	});
	const give = (c) => c.ours < 0 || (c.ours === 0 && c.theirs > 0);
	return { gives: all.filter(give), takes: all.filter((c) => !give(c)) };
}

const said = (list) => list.map((c) => `${c.name}: ${c.option}`).join(', ');

function side(title, list) {
	const items = list.map((c) => element('li', '', element('span', 'swap', element('span', 'swap-text', `${c.name}: `, element('b', '', c.option), ' ',
		element('span', 'swap-worth', `${short(c.ours, true)} / `, element('span', 'theirs', short(c.theirs, true)))))));
	return element('div', 'deal-side', element('span', 'overline', title), element('ul', '', ...items));
}

function show(at) {
	if (at < 0 || at >= solved.frontier.length) return;
	walk = at;
	const point = solved.frontier[at];
	const { gives, takes } = changes(point.choice);
	const below = table.has_limit && point.ours < table.limit;
	const now = sum(state.now);
	const head = element('div', 'walk-head', element('b', '', money(point.ours, words.currency)), element('span', 'theirs', `${short(point.theirs - now.theirs, true)} ${words.them}`));
	const parts = [head, element('p', 'small quiet', solved.verdict(point.choice) === 'surely' ? words.surely : words.may)];
	if (gives.length) parts.push(side(words.give, gives));
	if (takes.length) parts.push(side(words.take, takes));
	if (!gives.length && !takes.length) parts.push(element('p', 'quiet', words.same));
	if (below) parts.push(element('p', 'bad', words.below));
	else if (offer && find('.offer-foot') && (gives.length || takes.length)) {
		const button = element('button', 'button small', words.propose);
		button.type = 'button';
		button.addEventListener('click', () => propose(point.choice));
		parts.push(button);
	}
	find('#walk')?.replaceChildren(...parts);
	plot.setAttribute('aria-valuenow', solved.frontier.length - 1 - at);
	plot.setAttribute('aria-valuetext', [`${money(point.ours, words.currency)} ${words.us}, ${money(point.theirs, words.currency)} ${words.them}`, gives.length ? `${words.give}: ${said(gives)}` : '',
		takes.length ? `${words.take}: ${said(takes)}` : '', below ? words.below : ''].filter(Boolean).join('. '));
	redraw();
}

// Where a walk begins: Nash, otherwise what is nearest to where we stand.
function begin() {
	if (walk !== null) return walk;
	if (solved.nash !== null && table.has_limit && table.has_their_limit) return solved.nash;
	const now = sum(state.now).ours;
	return solved.frontier.reduce((best, p, i) => (Math.abs(p.ours - now) < Math.abs(solved.frontier[best].ours - now) ? i : best), 0);
}

async function step(key) {
	if (!await ready() || !solved.frontier.length) return;
	const last = solved.frontier.length - 1;
	const from = begin();
	const to = { ArrowRight: from - 1, ArrowUp: from + 1, ArrowLeft: from + 1, ArrowDown: from - 1, PageUp: from + 10, PageDown: from - 10, Home: last, End: 0 }[key];
	show(walk === null ? from : Math.max(0, Math.min(last, to)));
}

async function nearest(event) {
	if (!await ready()) return;
	const box = plot.getBoundingClientRect();
	const far = (spot) => Math.hypot(spot.left * box.width / 100 - (event.clientX - box.left), spot.top * box.height / 100 - (event.clientY - box.top));
	const best = spots.reduce((a, b) => (a === null || far(b) < far(a) ? b : a), null);
	if (best && best.at !== walk && (event.type !== 'pointermove' || far(best) < 60)) show(best.at);
}

function walkable() {
	plot.setAttribute('role', 'slider');
	plot.setAttribute('tabindex', '0');
	plot.setAttribute('aria-label', words.walk);
	plot.setAttribute('aria-valuemin', 0);
	plot.setAttribute('aria-valuemax', Math.max(1, Number(words.points) - 1));
	plot.setAttribute('aria-valuenow', 0);
	plot.setAttribute('aria-valuetext', words.walk);
	plot.addEventListener('pointermove', (event) => event.pointerType === 'mouse' && nearest(event));
	plot.addEventListener('pointerdown', nearest);
	plot.addEventListener('keydown', (event) => {
		if (/^(Arrow|Page|Home|End)/.test(event.key)) {
			event.preventDefault();
			step(event.key);
		} else if (event.key === 'Enter') {
			event.preventDefault();
			find('#walk button')?.click();
		}
	});
	// From nowhere else in particular the arrows walk, too.
	document.addEventListener('keydown', (event) => {
		if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !/^Arrow(Left|Right)$/.test(event.key) || find('dialog[open]')) return;
		if (event.target !== document.body && event.target.id !== 'main') return;
		event.preventDefault();
		plot.focus({ preventScroll: true });
		step(event.key);
	});
}

// ---- The draft ----

const fields = () => findAll('[data-variable]', offer);
const valueOf = (put) => Number(put.split(':')[1]);

function chosen() {
	return fields().map((field, v) => {
		const put = find('input:checked, select', field)?.value;
		const at = put ? table.variables[v].options.findIndex((option) => option.id === valueOf(put)) : -1;
		return at < 0 ? state.now[v] : at;
	});
}

function choose(choice) {
	fields().forEach((field, v) => {
		const { id, options } = table.variables[v];
		const put = `${id}:${options[choice[v]].id}`;
		const select = find('select', field);
		if (select) select.value = put;
		else for (const radio of findAll('input[type=radio]', field)) radio.checked = radio.value === put;
	});
	drafted();
}

// A draft outlives a reload, a ticked hint, a look at another page; not its own offer, and not a table on which we stand elsewhere since.
const place = table && `sturgeon.draft.${table.deal}`;
const puts = (choice) => choice.map((o, v) => `${table.variables[v].id}:${table.variables[v].options[o].id}`);
const stored = (act) => { try { return act(sessionStorage); } catch { return null; } }; // a browser that keeps nothing keeps no draft either

function keep() {
	if (state.draft.some((o, v) => o !== state.now[v])) stored((kept) => kept.setItem(place, JSON.stringify({ now: puts(state.now), draft: puts(state.draft) })));
	else stored((kept) => kept.removeItem(place));
}

function recall() {
	const kept = JSON.parse(stored((all) => all.getItem(place)) ?? 'null');
	if (!kept || location.search.includes('put=') || find('#refusal') || kept.now.join() !== puts(state.now).join()) return;
	const choice = kept.draft.map((put, v) => table.variables[v].options.findIndex((option) => `${table.variables[v].id}:${option.id}` === put));
	if (choice.every((o) => o >= 0)) choose(choice);
}

function propose(choice) {
	choose(choice);
	offer.requestSubmit(find('[value=ours]', offer));
}

async function drafted() {
	state.draft = chosen();
	keep();
	fields().forEach((field, v) => field.classList.toggle('variable-changed', state.draft[v] !== state.now[v]));
	const value = sum(state.draft);
	const now = sum(state.now);
	const box = find('#offer-sum');
	const below = table.has_limit && value.ours < table.limit;
	if (box) {
		box.classList.toggle('below', below);
		const line = element('p', '', element('b', '', money(value.ours, words.currency)), ' ', element('span', 'faint', `${words.us}, ${short(value.ours - now.ours, true)}`), ' · ',
			element('span', 'theirs', short(value.theirs - now.theirs, true)), ' ', element('span', 'faint', words.them));
		box.replaceChildren(line);
		if (below) box.append(element('p', 'bad small', `${words.below} (${short(value.ours - table.limit, true)})`));
	}
	if (await ready()) redraw();
}

// A link that leads to this page with a draft: no need to go anywhere.
function draftLink(event) {
	const link = event.target.closest('a[href*="/bargain?put="]');
	if (!link || !offer || event.ctrlKey || event.metaKey || event.shiftKey) return;
	event.preventDefault();
	const choice = [...state.now];
	for (const put of new URL(link.href).searchParams.getAll('put')) {
		const v = table.variables.findIndex((variable) => variable.id === Number(put.split(':')[0]));
		const o = v < 0 ? -1 : table.variables[v].options.findIndex((option) => option.id === valueOf(put));
		if (o >= 0) choice[v] = o;
	}
	choose(choice);
	find('[value=ours]', offer).focus();
}

// ---- Forms beside the picture ----

function limitsTyped(form) {
	const read = (name) => amount(form.elements[name].value, table.value);
	const limit = read('limit');
	const their = read('their_limit');
	Object.assign(table, { has_limit: limit !== null, limit: limit ?? 0, has_their_limit: their !== null, their_limit: their ?? 0, target: read('target') });
	solve();
}

const middle = (low, high) => Math.floor((low + high) / 2);

// The lines of the form as options; of a range all its numbers.
function linesTyped(form) {
	const step = Number(form.elements.step.value) || 0;
	const lines = findAll('.option-line:not(.option-line-head)', form).map((line) => {
		const [name, ours, low, high] = ['option_name', 'ours', 'low', 'high'].map((field) => find(`[name=${field}]`, line).value.trim());
		const least = amount(low, table.value) ?? 0;
		return { id: find('[name=option]', line).value, name, ours: amount(ours, table.value) ?? 0, theirs: middle(least, high ? amount(high, table.value) ?? least : least), starts: find('[name=starts]', line).checked };
	}).filter((line) => line.name);
	if (!step) return lines.map((line, i) => ({ ...line, id: Number(line.id) || -1 - i }));
	const points = lines.map((line) => ({ ...line, x: Number(line.name) })).filter((line) => Number.isInteger(line.x));
	const all = [];
	for (let i = 0; i + 1 < points.length; i++) {
		const [a, b] = [points[i], points[i + 1]];
		const on = (from, to, x) => from + Math.round((to - from) * (x - a.x) / (b.x - a.x));
		for (let x = a.x; x < b.x + (i + 2 === points.length ? 1 : 0) && all.length < 200; x += step)
			all.push({ id: x + 1, name: String(x), ours: on(a.ours, b.ours, x), theirs: on(a.theirs, b.theirs, x), starts: (x === a.x && a.starts) || (x === b.x && b.starts) });
	}
	return all;
}

const before = table && { variables: [...table.variables], now: [...table.now] };
function variableTyped(form) {
	const options = linesTyped(form);
	const index = Number(form.dataset.index);
	table.variables = [...before.variables];
	state.now = [...before.now];
	if (options.length) {
		const at = index < 0 ? table.variables.length : index;
		const stood = index < 0 ? null : before.variables[index].options[before.now[index]].id;
		const starts = options.findIndex((option) => option.starts);
		const stands = options.findIndex((option) => option.id === stood);
		table.variables[at] = { ...(before.variables[at] ?? { id: -1, asked: null, price: false }), options };
		table.forbidden = index < 0 ? table.forbidden : [];
		state.now[at] = stands >= 0 ? stands : Math.max(0, starts);
	}
	solve();
}

if (table) {
	if (plot && table.variables.length) walkable();
	if (offer) {
		offer.addEventListener('change', drafted);
		offer.addEventListener('submit', () => stored((kept) => kept.removeItem(place)));
		document.addEventListener('click', draftLink);
		state.draft = chosen();
		recall();
	}
	for (const form of findAll('form[data-form]')) {
		if (plot) form.addEventListener('input', () => (form.dataset.form === 'limits' ? limitsTyped(form) : variableTyped(form)));
	}
	find('[data-focus]')?.focus();
}
