// Amounts as people type them, and as they are said: what base/money.c and base/say.c do, for what is drawn while one types. The server reads again what is sent.
const uk = document.documentElement.lang !== 'en';
const MULTIPLES = [[/^(тисяч|тис\.?|к|k)/i, 1e3], [/^(мільйон\S*|млн\.?|mln|m|м)/i, 1e6], [/^млрд\.?/i, 1e9]];
const SIGNS = { UAH: '₴', USD: '$', EUR: '€', GBP: '£', PLN: 'zł' };

// Minor units; null where it is no amount. "" is null, too. whole: what a share is of.
export function amount(text, whole = null) {
	const match = /^\s*([-−])?\s*[₴$€£]?\s*(\d[\d\s'_.,]*)(.*)$/u.exec(text.replace(/[\u00a0\u202f\u2009]/g, ' '));
	if (!match) return null;
	const [, minus, number, rest] = match;
	const digits = number.replace(/[\s'_]/g, '');
	const last = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','));
	const factor = MULTIPLES.find(([word]) => word.test(rest.trim()))?.[1] ?? 1;
	const groups = last >= 0 && digits.length - last - 1 === 3 && factor === 1;
	const plain = groups || last < 0 ? digits.replace(/[.,]/g, '') : `${digits.slice(0, last).replace(/[.,]/g, '')}.${digits.slice(last + 1)}`;
	const value = Number(plain) * (minus ? -1 : 1);
	if (!Number.isFinite(value)) return null;
	if (rest.trim().startsWith('%')) return whole === null ? null : Math.round(whole * value / 100);
	return Math.round(value * factor * 100);
}

const grouped = (n) => String(n).replace(/\B(?=(\d{3})+$)/g, uk ? '\u202f' : ',');

export function short(minor, signs = false) {
	const units = [[1e11, 'млрд', 'B'], [1e8, 'млн', 'M'], [1e5, 'тис.', 'k'], [100, '', '']];
	const left = Math.abs(minor);
	const [unit, ukWord, enWord] = units.find(([u]) => left >= u) ?? units[3];
	const whole = Math.floor(left / unit);
	const decimals = unit === 100 || whole < 10 ? 2 : whole < 1000 ? 1 : 0;
	const [int, part] = (Math.round(left / unit * 10 ** decimals) / 10 ** decimals).toFixed(decimals).split('.');
	const rest = (part ?? '').replace(/0+$/, '');
	const sign = left && minor < 0 ? '−' : left && signs ? '+' : '';
	return `${sign}${grouped(int)}${rest ? (uk ? ',' : '.') + rest : ''}${ukWord ? (uk ? `\u00a0${ukWord}` : enWord) : ''}`;
}

export function money(minor, currency) {
	const sign = SIGNS[currency] ?? currency;
	const left = Math.abs(minor);
	const cents = left % 100 ? (uk ? ',' : '.') + String(left % 100).padStart(2, '0') : '';
	const number = grouped(Math.floor(left / 100)) + cents;
	const before = !uk && SIGNS[currency] && currency !== 'PLN';
	return `${minor < 0 ? '−' : ''}${before ? sign : ''}${number}${before ? '' : `\u00a0${sign}`}`;
}
