// The page on which a post is written. It works without this file: buttons save, preview and publish. With it the draft keeps itself (on the server; in this browser
// while the network is away), marks and pictures are put in by buttons, keys, pasting and dropping.
const find = (selector, from = document) => from.querySelector(selector);
const findAll = (selector, from = document) => [...from.querySelectorAll(selector)];
const csrf = () => find('meta[name=csrf]').content;
const toast = (words) => document.dispatchEvent(new CustomEvent('toast', { detail: words }));
const toasts = find('.toasts');

const form = find('#write');
const body = find('#body');
const state = find('.write-state');
const { member, published } = form.dataset;
let { post } = form.dataset;

// ---- What is typed is kept at once in this browser, until the server has it ----

const fields = ['kind', 'title', 'body', 'community', 'tags', 'language', 'poll_question', 'poll_closes', 'line', 'playbook', 'objection', 'variety', 'level', 'question_type', 'family'];
const key = () => `write ${member} ${post || 'new'}`;
function typed() {
	const data = new FormData(form);
	return Object.fromEntries([...fields.map((name) => [name, data.get(name) ?? '']), ['option', data.getAll('option').filter(Boolean)], ['motives', data.getAll('motives')]]);
}
const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
const storage = {
	read() { try { return JSON.parse(localStorage.getItem(key())); } catch { return null; } },
	write(value) { try { localStorage.setItem(key(), JSON.stringify(value)); } catch { /* full, or not allowed: the server still has it */ } },
	drop() { try { localStorage.removeItem(key()); } catch { /* not allowed */ } },
};

function put(values) {
	for (const name of fields) {
		const radios = findAll(`[name=${name}][type=radio]`, form);
		if (radios.length) radios.forEach((radio) => { radio.checked = radio.value === values[name]; });
		else if (form.elements[name] && values[name] !== undefined) form.elements[name].value = values[name];
	}
	if (values.motives) findAll('[name=motives]', form).forEach((box) => { box.checked = values.motives.includes(box.value); });
	const options = findAll('[name=option]:not([readonly])', form);
	(values.option ?? []).forEach((words, i) => { if (options[i]) options[i].value = words; });
	body.dispatchEvent(new Event('input', { bubbles: true }));
}

const asSent = typed(); // what the server sent: what it has, or what was refused
let onServer = asSent;

// ---- The server gets a draft when one pauses ----

let timer = 0, sending = false, leaving = false;
const clock = () => new Date().toLocaleTimeString(document.documentElement.lang, { hour: '2-digit', minute: '2-digit' });

async function save() {
	const now = typed();
	if (published || sending || leaving || same(now, onServer) || !(now.title.trim() || now.body.trim() || now.line.trim())) return;
	sending = true;
	try {
		const data = new URLSearchParams(new FormData(form));
		if (!post) data.delete('post');
		const answer = await fetch('/posts/draft', { method: 'POST', body: data, headers: { 'X-CSRF-Token': csrf(), Accept: 'application/json' } });
		if (answer.ok) {
			const was = key();
			const { post: { id } } = await answer.json();
			if (!post) {
				post = String(id);
				form.elements.post.value = post;
				form.action = `/posts/${post}/edit`;
				history.replaceState(null, '', form.action);
				localStorage.removeItem(was);
			}
			onServer = now;
			if (same(typed(), now)) storage.drop();
			state.textContent = `${form.dataset.saved} · ${clock()}`;
		} else {
			state.textContent = (await answer.json().catch(() => ({}))).mistake_list?.[0]?.text ?? '';
		}
	} catch {
		state.textContent = form.dataset.kept;
		timer = setTimeout(save, 5000); // the network may be back
	} finally {
		sending = false;
	}
	if (!same(typed(), onServer)) later(1500);
}
function later(wait) {
	clearTimeout(timer);
	timer = setTimeout(save, wait);
}
form.addEventListener('input', () => {
	storage.write(typed());
	later(1200);
});
addEventListener('online', () => later(0));
form.addEventListener('submit', (event) => {
	if (event.defaultPrevented) return;
	clearTimeout(timer);
	leaving = true;
	sessionStorage.setItem('written', key()); // the next page (here or app.js) sees whether it got there
});
addEventListener('pageshow', () => { leaving = false; });

// ---- Marks ----

function replace(from, until, words, selectFrom, selectUntil) {
	body.focus();
	body.setSelectionRange(from, until);
	// the browser's own way keeps undoing possible
	if (!document.execCommand('insertText', false, words)) body.setRangeText(words, from, until, 'end');
	body.setSelectionRange(selectFrom, selectUntil);
	body.dispatchEvent(new Event('input', { bubbles: true }));
}
function around(mark) {
	const { selectionStart: from, selectionEnd: until, value } = body;
	const inside = value.slice(from, until);
	if (value.slice(from - mark.length, from) === mark && value.slice(until, until + mark.length) === mark) {
		replace(from - mark.length, until + mark.length, inside, from - mark.length, until - mark.length);
	} else {
		replace(from, until, `${mark}${inside}${mark}`, from + mark.length, until + mark.length);
	}
}
function lines(mark) {
	const { selectionStart, selectionEnd, value } = body;
	const from = value.lastIndexOf('\n', selectionStart - 1) + 1;
	const end = value.indexOf('\n', selectionEnd);
	const until = end < 0 ? value.length : end;
	const old = value.slice(from, until).split('\n');
	const all = old.every((line) => line.startsWith(mark));
	const words = old.map((line) => (all ? line.slice(mark.length) : mark + line)).join('\n');
	replace(from, until, words, from + words.length, from + words.length);
}
function link() {
	const { selectionStart: from, selectionEnd: until, value } = body;
	const words = value.slice(from, until);
	const place = from + words.length + 3;
	replace(from, until, `[${words}]()`, words ? place : from + 1, words ? place : from + 1);
}
const marks = { bold: () => around('**'), italic: () => around('*'), heading: () => lines('## '), quote: () => lines('> '), list: () => lines('- '), link };
const keys = { KeyB: 'bold', KeyI: 'italic', KeyK: 'link' };

const tools = find('.write-tools');
tools.hidden = false;
tools.addEventListener('click', (event) => marks[event.target.closest('[data-mark]')?.dataset.mark]?.());
body.addEventListener('keydown', (event) => {
	if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && keys[event.code]) {
		event.preventDefault();
		marks[keys[event.code]]();
	}
	if (event.key !== 'Enter' || event.shiftKey || event.ctrlKey || event.isComposing) return;
	// a list goes on; an empty point ends it
	const { selectionStart: at, selectionEnd, value } = body;
	const from = value.lastIndexOf('\n', at - 1) + 1;
	const point = /^(\s*(?:[-*>]|\d+\.) )(.*)$/.exec(value.slice(from, at));
	if (!point || at !== selectionEnd) return;
	event.preventDefault();
	if (!point[2].trim()) return void replace(from, at, '', from, from);
	const next = point[1].replace(/\d+/, (n) => String(Number(n) + 1));
	replace(at, at, `\n${next}`, at + 1 + next.length, at + 1 + next.length);
});
// A title is one line.
find('#title').addEventListener('keydown', (event) => {
	if (event.key !== 'Enter' || event.isComposing) return;
	event.preventDefault();
	body.focus();
});

// ---- Pictures ----

async function bring(file) {
	if (file.size > 2 << 20) return toast(form.dataset.large);
	const place = `![${form.dataset.bringing}]()`;
	const at = body.selectionEnd;
	const gap = at && body.value[at - 1] !== '\n' ? '\n\n' : '';
	const words = `${gap}${place}\n\n`;
	replace(at, at, words, at + words.length, at + words.length);
	const data = new FormData();
	data.append('picture', file, file.name || 'picture');
	let line = '';
	try {
		const answer = await fetch('/pictures', { method: 'POST', body: data, headers: { 'X-CSRF-Token': csrf(), Accept: 'application/json' } });
		const said = await answer.json();
		if (answer.ok) line = said.picture.markdown;
		else toast(said.mistake_list?.[0]?.text ?? toasts.dataset.failed);
	} catch {
		toast(toasts.dataset.offline);
	}
	const from = body.value.indexOf(place);
	if (from >= 0) {
		const { selectionStart, selectionEnd } = body;
		const moved = (position) => (position > from ? position - place.length + line.length : position);
		body.setRangeText(line, from, from + place.length, 'preserve');
		body.setSelectionRange(moved(selectionStart), moved(selectionEnd));
		body.dispatchEvent(new Event('input', { bubbles: true }));
	}
	return undefined;
}
async function bringAll(files) {
	for (const file of [...files].filter((one) => one.type.startsWith('image/'))) await bring(file);
}
find('[data-picture]').addEventListener('change', async (event) => {
	await bringAll(event.target.files);
	event.target.value = '';
});
body.addEventListener('paste', (event) => {
	const files = [...event.clipboardData.files];
	if (!files.some((file) => file.type.startsWith('image/')) || event.clipboardData.getData('text/plain')) return;
	event.preventDefault();
	bringAll(files);
});
body.addEventListener('dragover', (event) => {
	if (![...event.dataTransfer.types].includes('Files')) return;
	event.preventDefault();
	body.classList.add('over');
});
for (const over of ['dragleave', 'drop']) body.addEventListener(over, () => body.classList.remove('over'));
body.addEventListener('drop', (event) => {
	if (!event.dataTransfer.files.length) return;
	event.preventDefault();
	bringAll(event.dataTransfer.files);
});

// ---- The poll: one more line as long as there is room ----

find('.poll-options').addEventListener('input', (event) => {
	const all = findAll('[name=option]');
	if (event.target !== all.at(-1) || all.length >= 10) return;
	const more = event.target.cloneNode();
	more.value = '';
	event.target.after(more);
});

// ---- What had not got to the server the last time ----

const before = sessionStorage.getItem('written');
const likely = (values) => JSON.stringify([values?.title.trim(), values?.body.replace(/[ \t]+$/gm, '').trim()]);
if (before && post) {
	try {
		if (likely(JSON.parse(localStorage.getItem(before))) === likely(asSent)) localStorage.removeItem(before);
	} catch { /* not allowed, or not ours */ }
}
sessionStorage.removeItem('written');

const kept = storage.read();
if (kept && !same(kept, asSent)) {
	const note = find('.write-back');
	find('span', note).textContent = form.dataset.lost;
	note.hidden = false;
	put(kept);
	find('[data-forget]', note).addEventListener('click', () => {
		note.hidden = true;
		put(asSent);
		storage.drop();
	});
} else {
	storage.drop();
}
