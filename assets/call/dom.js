// Small hands: elements made and changed without a framework; words and figures in the reader's language.
export const find = (selector, from = document) => from.querySelector(selector);
export const findAll = (selector, from = document) => [...from.querySelectorAll(selector)];
export const part = (name) => find(`[data-part="${name}"]`);

// h('p', {class: 'x', onclick}, 'words', child)
export function h(tag, attributes = {}, ...children) {
	const element = document.createElement(tag);
	for (const [name, value] of Object.entries(attributes)) {
		if (value === undefined || value === null || value === false) continue;
		if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
		else element.setAttribute(name, value === true ? '' : value);
	}
	element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
	return element;
}

export function setText(element, text) {
	if (element && element.textContent !== text) element.textContent = text;
}
export function setAttribute(element, name, value) {
	if (element && element.getAttribute(name) !== String(value)) element.setAttribute(name, value);
}

let icons = '';
export const useIcons = (address) => { icons = address; };
export function icon(name) {
	const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
	svg.setAttribute('class', 'icon');
	svg.setAttribute('aria-hidden', 'true');
	const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
	use.setAttribute('href', `${icons}#${name}`);
	svg.append(use);
	return svg;
}

// Words stand in <template id="call-words">; {names} in them are filled in.
let words = null;
export function word(key, values = {}) {
	if (!words) {
		words = new Map();
		for (const line of findAll('[data-w], [data-case]', find('#call-words').content)) words.set(line.dataset.w ?? `case.${line.dataset.case}`, line.textContent);
	}
	return (words.get(key) ?? key).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

export const language = () => document.documentElement.lang || 'uk';
export const percent = (share) => `${share <= 0 ? 0 : share >= 1 ? 100 : Math.min(99, Math.max(1, Math.round(share * 100)))}${language() === 'uk' ? '\u00a0' : ''}%`;
export function duration(seconds) {
	const s = Math.max(0, Math.floor(seconds)), two = (n) => String(n).padStart(2, '0');
	return s < 3600 ? `${two(Math.floor(s / 60))}:${two(s % 60)}` : `${Math.floor(s / 3600)}:${two(Math.floor(s / 60) % 60)}:${two(s % 60)}`;
}
// Money in little room, without its sign: src/base/say.c say_short. gain: with + where it adds.
export function short(minor, signs = false) {
	const uk = language() === 'uk', left = Math.abs(minor);
	const [unit, name] = [[1e11, uk ? 'млрд' : 'B'], [1e8, uk ? 'млн' : 'M'], [1e5, uk ? 'тис.' : 'k'], [100, '']].find(([size]) => left >= size) ?? [100, ''];
	const whole = Math.floor(left / unit), decimals = unit === 100 || whole < 10 ? 2 : whole < 1000 ? 1 : 0, scale = 10 ** decimals, parts = Math.floor((left * scale * 2 + unit) / (unit * 2));
	const figures = new Intl.NumberFormat(uk ? 'uk-UA' : 'en-GB', { maximumFractionDigits: decimals }).format(parts / scale);
	return `${parts && minor < 0 ? '−' : signs && parts ? '+' : ''}${figures}${name ? (uk ? '\u00a0' : '') + name : ''}`;
}
export const gain = (minor) => short(minor, true);
export const moment = (ms) => new Intl.DateTimeFormat(language() === 'uk' ? 'uk-UA' : 'en-GB', { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' }).format(ms);
export const field = (minor) => (minor ? (minor % 100 ? (minor / 100).toFixed(2) : String(minor / 100)) : '');

// "12 000,50" → 1200050; NaN where it is no amount.
export function amount(text) {
	const plain = text.replace(/[\s\u00a0\u202f]/g, '').replace(',', '.');
	return /^\d+(\.\d{1,2})?$/.test(plain) ? Math.round(Number(plain) * 100) : NaN;
}

// A moment as <input type="datetime-local"> has it.
export function local(date) {
	const two = (n) => String(n).padStart(2, '0');
	return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

// How people write and search: case and apostrophes aside.
export const fold = (text) => text.normalize('NFKC').toLowerCase().replace(/[’ʼ'`′‘"“”«»]/g, '').replace(/\s+/g, ' ').trim();

// Whose card it is, and why it stands here; null where it is none.
export function cardBy(item, why = true) {
	if (!item?.author) return null;
	return h('span', { class: 'card-by', title: word('card.why') }, h('a', { href: `/posts/${item.id}`, target: '_blank', rel: 'noopener' }, item.author), ' ',
		why && h('span', { class: 'card-why' }, word(`card.${item.used >= 5 ? 'worked' : item.top ? 'top' : 'new'}`, item)));
}

export const toast = (text) => document.dispatchEvent(new CustomEvent('toast', { detail: text }));
