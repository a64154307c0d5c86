// What every page shares: menus, dialogs, keys, toasts. Every page works without this file; with it, the pages are quicker. Pages with more
// to do bring files of their own: htmx.js where parts of a page change alone, call.js, …
const find = (selector, from = document) => from.querySelector(selector);
const findAll = (selector, from = document) => [...from.querySelectorAll(selector)];
const csrf = () => find('meta[name=csrf]')?.content ?? '';

// ---- Toasts: document.dispatchEvent(new CustomEvent('toast', {detail: 'words'})) from anywhere ----

const toasts = find('.toasts');
function toast(words) {
	if (!toasts || !words) return;
	const line = document.createElement('p');
	line.className = 'toast toast-passing';
	line.textContent = words;
	toasts.append(line);
}
toasts?.addEventListener('animationend', (event) => event.animationName === 'pass' && event.target.remove());
document.addEventListener('toast', (event) => toast(event.detail?.value ?? event.detail));

// Where a page brings htmx (assets/htmx.js)
document.addEventListener('htmx:configRequest', (event) => { event.detail.headers['X-CSRF-Token'] = csrf(); });
document.addEventListener('htmx:sendError', () => toast(toasts?.dataset.offline));
document.addEventListener('htmx:responseError', (event) => {
	const { status, responseText } = event.detail.xhr;
	if (status === 401) return location.reload();
	// what is refused says why: a ban, until when, for what
	const why = status === 403 && find('.note .small', new DOMParser().parseFromString(responseText, 'text/html'));
	toast(why ? why.textContent.trim().replace(/\s+/g, ' ') : toasts?.dataset.failed);
});

// ---- Dialogs: data-open="id"; the answer to data-confirm="words" comes from the dialog #confirm ----

const sure = find('#confirm');
let answer = null;
function ask(words, action, then) {
	if (!sure) return then();
	find('h2', sure).textContent = words;
	const yes = find('[value=yes]', sure);
	yes.textContent = action || yes.dataset.default;
	answer = then;
	sure.returnValue = '';
	sure.showModal();
	return undefined;
}
sure?.addEventListener('close', () => {
	const then = answer;
	answer = null;
	if (sure.returnValue === 'yes') then?.();
});

document.addEventListener('submit', (event) => {
	const form = event.target;
	const asker = event.submitter?.dataset.confirm ? event.submitter : form;
	if (!asker.dataset.confirm || form.dataset.sure) return;
	event.preventDefault();
	event.stopImmediatePropagation();
	ask(asker.dataset.confirm, asker.dataset.confirmYes, () => {
		form.dataset.sure = 'yes';
		form.requestSubmit(event.submitter);
		delete form.dataset.sure;
	});
}, true);
document.addEventListener('htmx:confirm', (event) => {
	if (!event.detail.question) return;
	event.preventDefault();
	ask(event.detail.question, event.detail.elt.dataset.confirmYes, () => event.detail.issueRequest(true));
});

// What was written (write.js) got to the server: its copy in this browser is not needed any more.
try {
	const written = sessionStorage.getItem('written');
	if (written && find('.app') && !find('#write')) { // a page that says what went wrong has neither
		localStorage.removeItem(written);
		sessionStorage.removeItem('written');
	}
} catch { /* a browser that keeps nothing */ }

// ---- Clicks ----

// A link that somebody sends is whole.
for (const link of findAll('[data-link]')) link.textContent = link.href;
const whole = (text) => (text.startsWith('/') ? new URL(text, location.href).href : text);

document.addEventListener('click', (event) => {
	for (const menu of findAll('details.menu[open]')) if (!menu.contains(event.target)) menu.open = false;
	const pressed = event.target.closest('[data-open], [data-close], [data-copy], [data-print]');
	if (!pressed) return;
	const { open, copy } = pressed.dataset;
	if (open) {
		pressed.closest('details.menu')?.removeAttribute('open');
		document.getElementById(open)?.showModal();
	} else if (copy) {
		navigator.clipboard?.writeText(whole(copy)).then(() => toast(toasts?.dataset.copied));
	} else if ('print' in pressed.dataset) {
		window.print();
	} else {
		pressed.closest('dialog')?.close();
	}
});

// The theme changes at once; the server is told and remembers.
document.addEventListener('submit', (event) => {
	const form = event.target;
	const button = event.submitter;
	if (!form.matches('[data-taste]') || button?.name !== 'theme') return;
	event.preventDefault();
	document.documentElement.dataset.theme = button.value;
	for (const other of findAll('[name=theme]', form)) other.setAttribute('aria-pressed', String(other === button));
	fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form, button)), headers: { 'X-CSRF-Token': csrf(), Accept: 'application/json' } })
		.catch(() => toast(toasts?.dataset.offline));
});

// ---- Keys: by the key's place, so that they work in either layout ----

const typing = (element) => element?.closest?.('input:not([type=checkbox], [type=radio], [type=range]), textarea, select, [contenteditable]');
const places = { KeyD: '/desk', KeyC: '/clients', KeyB: '/deals', KeyW: '/calendar', KeyP: '/products', KeyA: '/advisor', KeyM: '/team', KeyT: '/top', KeyR: '/rating', KeyJ: '/posts', KeyL: '/learn' };
let went = -Infinity; // when G was pressed last

const wanted = (element, event) => {
	const key = element.dataset.key;
	return key === event.key || (key.length === 1 && event.code === `Key${key.toUpperCase()}`);
};

document.addEventListener('keydown', (event) => {
	if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
	if (event.key === 'Escape') {
		const menu = find('details.menu[open]');
		if (menu) {
			menu.open = false;
			find('summary', menu).focus();
		}
		return;
	}
	if (typing(event.target) || find('dialog[open]')) return;
	const mark = event.key === '/' || event.code === 'Slash';
	if (event.key === '?' || (mark && event.shiftKey)) {
		event.preventDefault();
		find('#keys')?.showModal();
		return;
	}
	if (performance.now() - went < 1200 && places[event.code]) {
		location.assign(places[event.code]);
		return;
	}
	// Enter belongs to what has the focus, where something has it.
	const free = event.key !== 'Enter' || !event.target.closest('a, button, summary, label, input');
	const pressed = free && findAll('[data-key]').find((element) => wanted(element, event) && element.checkVisibility());
	if (pressed) {
		event.preventDefault();
		if (pressed.matches('input, textarea, select')) pressed.focus();
		else pressed.click();
	} else if (event.code === 'KeyG') {
		went = performance.now();
	} else if (mark) {
		const search = find('main input[type=search]');
		if (search) {
			event.preventDefault();
			search.select();
		}
	}
});
