// A post's life in the top: pointed at, or by the arrow keys, the picture says at which place the post stood, from when to when. What it says stands in the
// table below it, which is there without this file.
const find = (selector, from = document) => from.querySelector(selector);

function life(figure) {
	const picture = find('svg', figure);
	const cursor = find('.life-cursor', figure);
	const said = find('[data-life-said]', figure);
	const quiet = said.textContent;
	const [from, to] = [Date.parse(figure.dataset.from), Date.parse(figure.dataset.to)];
	const stays = [...find('.life-stays tbody', figure.parentElement).rows].filter((row) => row.cells.length === 4).map((row) => {
		const times = row.querySelectorAll('time');
		return {
			from: Date.parse(times[0].dateTime), to: times[1] ? Date.parse(times[1].dateTime) : Infinity,
			words: `${row.cells[2].textContent} · ${row.cells[0].textContent} – ${row.cells[1].textContent}`,
		};
	});
	let chosen = -1;

	function show(at, stay) {
		const x = `${Math.max(0, Math.min(100, (at - from) / (to - from) * 100))}%`;
		cursor.setAttribute('x1', x);
		cursor.setAttribute('x2', x);
		cursor.removeAttribute('hidden');
		said.textContent = stay ? stay.words : '–';
	}
	function rest() {
		cursor.setAttribute('hidden', '');
		said.textContent = quiet;
	}
	function choose(place) {
		chosen = Math.max(0, Math.min(stays.length - 1, place));
		const stay = stays[chosen];
		show((Math.max(stay.from, from) + Math.min(stay.to, to)) / 2, stay);
		figure.setAttribute('aria-valuenow', chosen + 1);
		figure.setAttribute('aria-valuetext', stay.words);
	}

	if (!stays.length) return;
	figure.addEventListener('pointermove', (event) => {
		const box = picture.getBoundingClientRect();
		const at = from + (event.clientX - box.left) / box.width * (to - from);
		show(at, stays.find((stay) => stay.from <= at && at < stay.to));
	});
	figure.addEventListener('pointerleave', rest);
	figure.addEventListener('blur', rest);
	figure.addEventListener('keydown', (event) => {
		const steps = { ArrowLeft: chosen - 1, ArrowRight: chosen + 1, Home: 0, End: stays.length - 1 };
		if (!(event.key in steps) || event.ctrlKey || event.metaKey || event.altKey) return;
		event.preventDefault();
		event.stopPropagation();
		choose(chosen < 0 && event.key === 'ArrowLeft' ? stays.length - 1 : steps[event.key]);
	});
	figure.tabIndex = 0;
	figure.role = 'slider';
	figure.ariaLabel = figure.dataset.label;
	picture.ariaHidden = 'true';
	figure.setAttribute('aria-valuemin', 1);
	figure.setAttribute('aria-valuemax', stays.length);
	figure.setAttribute('aria-valuenow', stays.length);
	figure.setAttribute('aria-valuetext', stays.at(-1).words);
}

for (const figure of document.querySelectorAll('[data-life]')) life(figure);
