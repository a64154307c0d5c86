// The top, live: votes, places and arrows change where they stand; the order changes only when the reader asks for it, or does not look. Without this file
// the page is what it was when it was opened.
const find = (selector, from = document) => from.querySelector(selector);
const findAll = (selector, from = document) => [...from.querySelectorAll(selector)];
const list = () => find('.places[data-live]');
const rowOf = (id) => find(`.place[data-post="${CSS.escape(id)}"]`);
const calm = matchMedia('(prefers-reduced-motion: reduce)');

const number = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, document.documentElement.lang === 'en' ? ',' : '\u202f');

// ---- What the page shows of a state: [[post, position an hour ago, votes], …] by position ----

let latest = null;

function moveShow(row, position, was, words) {
	const move = find('.move', row);
	const way = !was ? 'in' : position < was ? 'up' : position > was ? 'down' : 'same';
	const by = Math.abs(was - position);
	move.className = `move move-${way}`;
	move.replaceChildren();
	if (way === 'same') return;
	const said = document.createElement('span');
	said.className = 'only-spoken';
	said.textContent = words[`move${way[0].toUpperCase()}${way.slice(1)}`].replace('{n}', number(by));
	move.append(said);
	if (way === 'in') return;
	const shown = document.createElement('span');
	shown.ariaHidden = 'true';
	shown.textContent = number(by);
	move.append(shown);
}

function rowShow(row, position, hourAgo, votes, words) {
	const was = words.since === 'visit' ? Number(row.dataset.visit) : hourAgo;
	row.classList.toggle('place-moved', position !== Number(row.dataset.position));
	row.classList.remove('place-gone');
	find('.place-number', row).textContent = position;
	moveShow(row, position, was, words);
	const count = find('.vote .count', row);
	if (count && count.textContent !== number(votes)) count.textContent = number(votes);
}

function rowGone(row, words) {
	row.classList.add('place-gone');
	row.classList.remove('place-moved');
	find('.place-number', row).textContent = '–';
	find('.move', row).className = 'move';
	find('.move', row).innerHTML = '';
	const said = document.createElement('span');
	said.className = 'only-spoken';
	said.textContent = words.gone;
	find('.move', row).append(said);
}

// How many of a list stand in the longest part of it that rises: those who have not moved.
function unmoved(positions) {
	const ends = [];
	for (const p of positions) {
		const at = ends.findIndex((end) => end >= p);
		ends[at < 0 ? ends.length : at] = p;
	}
	return ends.length;
}

// Shows it in place; how many posts came, left or overtook others.
function show(state) {
	const words = list().dataset;
	const rows = findAll('.place');
	const places = new Map(state.top.map(([id], i) => [String(id), i]));
	const kept = [];
	for (const row of rows) {
		const place = places.get(row.dataset.post);
		if (place === undefined) {
			rowGone(row, words);
			continue;
		}
		const [, hourAgo, votes] = state.top[place];
		rowShow(row, place + 1, hourAgo, votes, words);
		kept.push(place);
	}
	const room = Number(words.shown) > rows.length ? rows.length : Infinity; // a page of the first hundred does not wait for the hundred and first
	const came = state.top.filter(([id], i) => i < room && !rowOf(String(id))).length;
	return came + (rows.length - kept.length) + (kept.length - unmoved(kept));
}

function take(state) {
	latest = state;
	if (!list()) {
		if (state.top.length) setTimeout(() => location.reload(), 1000); // the top was empty: there is nothing that could be read meanwhile
		return;
	}
	const changes = show(state);
	const bar = find('#top-refresh');
	find('[data-words]', bar).textContent = find('[data-words]', bar).dataset.words.replace('{n}', number(changes));
	bar.hidden = !changes;
	if (changes && document.hidden) bar.dispatchEvent(new Event('refresh'));
}

// ---- The new order: rows go from where they stood to where they stand ----

let stood = new Map();
document.addEventListener('htmx:beforeSwap', (event) => {
	if (event.detail.target.id !== 'top-list') return;
	stood = new Map(findAll('.place').map((row) => [row.dataset.post, row.getBoundingClientRect().top]));
	stood.focus = document.activeElement?.id === 'top-refresh';
});
document.addEventListener('htmx:afterSettle', () => {
	if (!stood.size || !list()) return;
	for (const row of findAll('.place')) {
		const from = stood.get(row.dataset.post);
		if (calm.matches || document.hidden) break;
		const by = from === undefined ? 0 : from - row.getBoundingClientRect().top;
		if (from === undefined) row.animate([{ opacity: 0 }, { opacity: 1 }], { duration: 300 });
		else if (by) row.animate([{ transform: `translateY(${by}px)` }, { transform: 'none' }], { duration: 300, easing: 'cubic-bezier(0.2, 0.8, 0.2, 1)' });
	}
	if (stood.focus) find('.place-title a')?.focus({ preventScroll: true });
	stood = new Map();
	if (latest) take(latest); // it may be newer than the page
});

// ---- Listening: by events; where these do not pass, by asking every few seconds ----

let source = null;
let timer = 0;
let failures = 0;

function sign(word) {
	const place = find('[data-live-sign]');
	if (!place) return;
	const words = find('[data-live-words]', place);
	place.dataset.state = word;
	words.textContent = words.dataset[word];
}

async function ask() {
	try {
		const answer = await fetch('/top/live', { headers: { Accept: 'application/json' } });
		if (answer.status === 401) return;
		if (!answer.ok) throw new Error(answer.status);
		take(await answer.json());
		failures = 0;
		sign('slow');
	} catch {
		failures++;
		sign('off');
	}
	timer = setTimeout(failures ? ask : listen, Math.min(60, 5 * 2 ** failures) * 1000);
}

function listen() {
	clearTimeout(timer);
	source?.close();
	if (!globalThis.EventSource) {
		ask();
		return;
	}
	source = new EventSource('/top/live');
	source.onopen = () => { // who has seen the state is not told it again
		failures = 0;
		sign('on');
	};
	source.onmessage = (event) => take(JSON.parse(event.data));
	source.onerror = () => {
		sign('off');
		if (source.readyState === EventSource.CLOSED) ask(); // otherwise the browser comes again by itself
	};
}

function silent() {
	clearTimeout(timer);
	source?.close();
	source = null;
}

// A page that nobody looks at for long does not hold a connection.
let away = 0;
document.addEventListener('visibilitychange', () => {
	clearTimeout(away);
	if (document.hidden) away = setTimeout(silent, 60000);
	else if (!source) listen();
});
addEventListener('pagehide', silent);
addEventListener('pageshow', (event) => event.persisted && listen());

if (list() || find('#top-list[data-live]')) listen();

// ---- Why here: the sum of the heat, opened in place ----

document.addEventListener('click', async (event) => {
	const link = event.target.closest('a[data-why]');
	if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
	event.preventDefault();
	const box = find('.place-why', link.closest('.place'));
	if (!box.hidden) {
		box.hidden = true;
		link.setAttribute('aria-expanded', 'false');
		return;
	}
	try {
		const few = new URL(link.href);
		few.searchParams.set('few', '1');
		const answer = await fetch(few, { headers: { 'HX-Request': 'true' } });
		if (!answer.ok) throw new Error(answer.status);
		box.innerHTML = await answer.text();
		box.hidden = false;
		link.setAttribute('aria-expanded', 'true');
	} catch {
		location.assign(link.href);
	}
});
for (const link of findAll('a[data-why]')) link.setAttribute('aria-expanded', 'false');
