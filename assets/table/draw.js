// The picture of a table: the same as app/bargain_picture.c draws for the first sight of the page.
import { short } from './amount.js';

const EDGE = 5;
const DOTS = 160;
const STAR = 'M0-10 2.9-3.5 10-2.8 4.7 2 6.2 9 0 5.3-6.2 9-4.7 2-10-2.8-2.9-3.5Z';
const svg = 'http://www.w3.org/2000/svg';

function node(name, attributes = {}, ...children) {
	const made = document.createElementNS(svg, name);
	for (const [key, value] of Object.entries(attributes)) if (value !== null) made.setAttribute(key, value);
	made.append(...children);
	return made;
}

const axis = (low, high, turned) => ({
	low, high,
	take(minor) { this.low = Math.min(this.low, minor); this.high = Math.max(this.high, minor); },
	at(minor) { const at = EDGE + (100 - 2 * EDGE) * (minor - this.low) / (this.high - this.low); return Math.round((turned ? 100 - at : at) * 100) / 100; },
	has(minor) { return minor >= this.low && minor <= this.high; },
	marks() {
		const rough = (this.high - this.low) / 4;
		const ten = 10 ** Math.floor(Math.log10(rough));
		const step = ten * (rough / ten < 1.5 ? 1 : rough / ten < 3.5 ? 2 : rough / ten < 7.5 ? 5 : 10);
		const all = [];
		for (let at = Math.ceil(this.low / step) * step; at <= this.high; at += step) all.push(at);
		return all;
	},
});

// What must be seen: as axes_find in C.
function axes({ points, now, draft, ask, limit, target, their }) {
	const x = axis(now.ours, now.ours, false);
	const y = axis(now.theirs, now.theirs, true);
	for (const spot of [draft, ask]) if (spot) { x.take(spot.ours); y.take(spot.theirs); }
	if (limit !== null) x.take(limit);
	if (target !== null) x.take(target);
	if (their !== null) y.take(their);
	if (points.length) x.take(points[0].ours);
	const least = x.low - (x.high - x.low) * (limit === null ? 1.5 : 0.35);
	for (const point of points) {
		if (point.ours < least) break;
		x.take(point.ours);
		y.take(point.theirs);
	}
	if (limit !== null && limit - x.low < 0.06 * (x.high - x.low)) x.low = limit - 0.06 * (x.high - x.low);
	if (x.high - x.low < 100) x.high = x.low + 100;
	if (y.high - y.low < 100) y.high = y.low + 100;
	return { x, y };
}

const beside = (at, gap) => (at > 70 ? { x: -gap, 'text-anchor': 'end' } : { x: gap });

// Draws it all anew; returns where each point lies, for pointing at: [{at, left, top}] in per cent.
export function draw(plot, words, model) {
	const { points, now, draft, ask, nash, limit, target, their, walk } = model;
	const { x, y } = axes(model);
	const marks = plot.querySelector('.picture-marks');
	marks.replaceChildren(
		...x.marks().flatMap((m) => [node('line', { x1: `${x.at(m)}%`, x2: `${x.at(m)}%`, y1: 0, y2: '100%' }), node('text', { x: `${x.at(m)}%`, y: '100%', dy: -6, 'text-anchor': 'middle' }, short(m))]),
		...y.marks().flatMap((m) => [node('line', { x1: 0, x2: '100%', y1: `${y.at(m)}%`, y2: `${y.at(m)}%` }), node('text', { x: 0, y: `${y.at(m)}%`, dx: 6, dy: -5 }, short(m))]),
	);
	const edge = (minor, name) => node('line', { class: `${name}-edge`, x1: `${x.at(minor)}%`, x2: `${x.at(minor)}%`, y1: 0, y2: '100%' });
	const said = (minor, name, word) => node('text', { class: `${name}-text`, x: `${x.at(minor)}%`, y: 16, ...(x.at(minor) > 70 ? { dx: -5, 'text-anchor': 'end' } : { dx: 5 }) }, `${word} ${short(minor)}`);
	const ground = [];
	if (limit !== null && their !== null) ground.push(node('rect', { class: 'zone', x: `${x.at(limit)}%`, y: '0%', width: `${Math.max(0, 100 - x.at(limit))}%`, height: `${Math.max(0, y.at(their))}%` }));
	if (limit !== null) {
		for (const [name, fill] of [['wall', null], ['wall-hatch', 'url(#hatch)']]) ground.push(node('rect', { class: name, x: 0, y: 0, width: `${x.at(limit)}%`, height: '100%', fill }));
		ground.push(edge(limit, 'wall'));
	}
	if (their !== null) {
		ground.push(node('line', { class: 'their-edge', x1: 0, x2: '100%', y1: `${y.at(their)}%`, y2: `${y.at(their)}%` }),
			node('text', { class: 'their-text', x: '100%', y: `${y.at(their)}%`, dx: -6, dy: 14, 'text-anchor': 'end' }, `${words.their} ${short(their)}`));
	}
	if (target !== null) ground.push(edge(target, 'target'), said(target, 'target', words.target));
	if (limit !== null) ground.push(said(limit, 'wall', words.limit));
	plot.querySelector('.picture-ground').replaceChildren(...ground);
	const seen = points.map((point, at) => ({ ...point, at })).filter((point) => x.has(point.ours) && y.has(point.theirs));
	plot.querySelector('.picture-line path').setAttribute('d', seen.filter((_, i) => i % (1 + Math.floor(seen.length / 800)) === 0 || i + 1 === seen.length)
		.map((p, i) => `${i ? 'L' : 'M'}${(x.at(p.ours) * 10).toFixed(1)} ${(y.at(p.theirs) * 10).toFixed(1)}`).join(''));
	const apart = seen.length > DOTS ? 180 / DOTS : 0;
	let left = -100;
	let top = -100;
	const spots = seen.map(({ at, ours, theirs }) => ({ at, left: x.at(ours), top: y.at(theirs) }));
	const dots = spots.filter((spot, i) => {
		if (Math.abs(spot.left - left) + Math.abs(spot.top - top) < apart && i + 1 < spots.length) return false;
		({ left, top } = spot);
		return true;
	});
	plot.querySelector('.picture-dots').replaceChildren(...dots.map((spot) => node('circle', { cx: `${spot.left}%`, cy: `${spot.top}%`, r: 3.5 })));
	const sign = (value, name, shape, word, gap, dy) => {
		const at = x.at(value.ours);
		const made = node('svg', { class: `sign sign-${name}`, x: `${at}%`, y: `${y.at(value.theirs)}%` }, shape);
		if (word) made.append(node('text', { ...beside(at, gap), y: dy }, word));
		return made;
	};
	const signs = [];
	if (ask) signs.push(sign(ask, 'ask', node('path', { d: 'M0-7 7 0 0 7-7 0Z' }), words.ask, 11, 4));
	if (nash !== null && points[nash]) signs.push(sign(points[nash], 'nash', node('path', { d: STAR }), words.nash, 14, -6));
	signs.push(sign(now, 'now', node('circle', { r: 7 }), words.now, 12, 15));
	if (draft) signs.push(sign(draft, `draft${limit !== null && draft.ours < limit ? ' below' : ''}`, node('circle', { r: 5.5 }), words.draft, 11, -9));
	if (walk !== null && points[walk]) {
		const at = { left: x.at(points[walk].ours), top: y.at(points[walk].theirs) };
		signs.unshift(node('g', { class: 'sign-walk' }, node('line', { x1: `${at.left}%`, x2: `${at.left}%`, y1: `${at.top}%`, y2: '100%' }), node('line', { x1: 0, x2: `${at.left}%`, y1: `${at.top}%`, y2: `${at.top}%` }),
			node('circle', { cx: `${at.left}%`, cy: `${at.top}%`, r: 9 })));
	}
	plot.querySelector('.picture-signs').replaceChildren(...signs);
	return spots;
}
