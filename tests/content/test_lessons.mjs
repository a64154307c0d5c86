// content/lessons/: the course, read as an editor would read it. TAP, no packages needed. The form is told in content/lessons/README.md.
import { readFileSync, readdirSync } from "node:fs";

const root = new URL("../../content/lessons/", import.meta.url);
const scenarios = new URL("../../content/scenarios/", import.meta.url);
const files = readdirSync(root).filter((file) => file !== "README.md").sort();
const LANGUAGES = ["en", "uk"];

let made = 0;
let failed = 0;
function shows(name, check) {
	const mistakes = [];
	check((ok, message) => ok || mistakes.push(message));
	made++;
	if (mistakes.length) failed++;
	console.log(`${mistakes.length ? "not ok" : "ok"} ${made} - ${name}`);
	for (const mistake of mistakes.slice(0, 20)) console.log(`# ${mistake}`);
}

// ---- Reading them: another reader than the program's own, so that the two watch each other ----

function read(file) {
	const text = readFileSync(new URL(file, root), "utf8");
	const [, title, head, body, quiz] = /^# (.+)\n((?:\w+: .*\n)+)\n([^]*?)\n# .+\n([^]*)$/.exec(text) ?? [];
	if (!title) return { file, text, broken: true };
	const fields = Object.fromEntries(head.trim().split("\n").map((line) => /^(\w+): (.*)$/.exec(line).slice(1)));
	const questions = quiz.split(/^## /m).slice(1).map((block) => {
		const [question, ...lines] = block.trimEnd().split("\n");
		const choices = [];
		for (const line of lines.filter((one) => one.trim())) {
			const begun = /^- \[([x ])\] (.+)$/.exec(line);
			if (begun) choices.push({ right: begun[1] === "x", text: begun[2], why: "" });
			else choices.at(-1).why += line.trim();
		}
		return { question, choices };
	});
	return { file, text, title, fields, body, questions };
}

const [, ...names] = ["", ...new Set(files.map((file) => file.split(".")[0]))];
const lessons = names.map((name) => ({ name, ...Object.fromEntries(LANGUAGES.map((language) => [language, files.includes(`${name}.${language}.md`) ? read(`${name}.${language}.md`) : null])) }));
const each = (check) => lessons.forEach((lesson) => LANGUAGES.forEach((language) => lesson[language] && check(lesson[language], language, lesson)));

shows("twelve lessons, each in both languages, numbered from one", (need) => {
	need(lessons.length === 12, `${lessons.length} lessons`);
	lessons.forEach(({ name, en, uk }, i) => {
		need(en && uk, `${name}: a language is missing`);
		need(name.startsWith(String(i + 1).padStart(2, "0") + "_"), `${name} is not number ${i + 1}`);
	});
	need(files.every((file) => /^\d\d_[a-z_]+\.(en|uk)\.md$/.test(file)), `names: ${files.filter((file) => !/^\d\d_[a-z_]+\.(en|uk)\.md$/.test(file))}`);
	need(new Set(names.map((name) => name.slice(3))).size === names.length, "a key twice");
});

shows("every lesson fits the form", (need) => {
	each(({ file, broken, fields, title }) => {
		if (broken) return need(false, `${file}: title, fields, text, quiz`);
		need(Object.keys(fields).every((field) => ["Summary", "Method", "Mode", "Practice"].includes(field)), `${file}: ${Object.keys(fields)}`);
		need(fields.Summary.length > 20 && fields.Summary.length < 140, `${file}: its summary has ${fields.Summary.length} letters`);
		need(title.length < 60, `${file}: a long title`);
	});
});

shows("each is 400 to 700 words, with a dialogue, and says what to try", (need) => {
	each(({ file, body }) => {
		const words = body.split(/\s+/).filter((word) => /\p{L}/u.test(word)).length;
		need(words >= 380 && words <= 720, `${file}: ${words} words`);
		need((body.match(/^> \*\*[^*]+:\*\* /gm) ?? []).length >= 2, `${file}: no dialogue`);
		need(/^## (Спробуйте зараз|Try it now)$/m.test(body), `${file}: nothing to try`);
		need(/^## (Де спотикаються|Where people stumble|Що псує|What spoils it)$/m.test(body) || file.startsWith("11_"), `${file}: does not say what goes wrong`);
	});
});

shows("quizzes: three to five questions, at least two answers, each with why", (need) => {
	each(({ file, questions }) => {
		need(questions.length >= 3 && questions.length <= 5, `${file}: ${questions.length} questions`);
		questions.forEach(({ question, choices }, i) => {
			const where = `${file}: question ${i + 1}`;
			need(/[?…»”]$/.test(question), `${where} does not ask: ${question}`);
			need(choices.length >= 2 && choices.length <= 6, `${where}: ${choices.length} answers`);
			need(choices.some((choice) => choice.right) && choices.some((choice) => !choice.right), `${where}: none right, or all`);
			need(new Set(choices.map((choice) => choice.text)).size === choices.length, `${where}: an answer twice`);
			for (const choice of choices) need(choice.why.length > 20 && /[.!?…]$/.test(choice.why), `${where}: why of “${choice.text}”: ${choice.why}`);
		});
		need(questions.some(({ choices }) => choices.filter((choice) => choice.right).length > 1), `${file}: no question with several right answers`);
	});
});

shows("both languages ask the same: questions, answers, what is right, practice, mode, rows of the method", (need) => {
	for (const { name, en, uk } of lessons) {
		const shape = ({ questions }) => JSON.stringify(questions.map(({ choices }) => choices.map((choice) => choice.right)));
		need(shape(en) === shape(uk), `${name}: ${shape(en)} and ${shape(uk)}`);
		for (const field of ["Method", "Mode", "Practice"]) need(en.fields[field] === uk.fields[field], `${name}: ${field}`);
		const sections = ({ body }) => body.match(/^(## |\|)/gm)?.length ?? 0;
		need(sections(en) === sections(uk), `${name}: ${sections(en)} headings and rows in English, ${sections(uk)} in Ukrainian`);
		const figures = ({ body }) => (body.match(/\|[^|\n]*\d[^|\n]*(?=\|)/g) ?? []).map((cell) => cell.replace(/[^\d−+]/g, "")).join();
		need(figures(en) === figures(uk), `${name}: other figures in the tables`);
	}
});

shows("every practice scenario exists, and every one of them is practised in some lesson", (need) => {
	const known = readdirSync(scenarios).map((file) => file.replace(".json", ""));
	const used = new Set(lessons.map(({ uk }) => uk.fields.Practice));
	for (const key of used) need(known.includes(key), `no scenario ${key}`);
	for (const key of known) need(used.has(key), `nobody practises ${key}`);
	for (const { name, uk } of lessons) {
		const { mode } = JSON.parse(readFileSync(new URL(`${uk.fields.Practice}.json`, scenarios)));
		need(!uk.fields.Mode || uk.fields.Mode === mode, `${name}: a lesson of the ${uk.fields.Mode} practises a ${mode}`);
	}
});

shows("together they teach the whole method", (need) => {
	const rows = new Set(lessons.flatMap(({ uk }) => uk.fields.Method.split(", ")));
	const wanted = [...Array(8).keys()].map((i) => `C${i + 1}`).concat([...Array(6).keys()].map((i) => `S${i + 1}`), [...Array(9).keys()].map((i) => `N${i + 1}`), ["L1", "L2", "L3", "L4"]);
	for (const row of wanted) need(rows.has(row), `nobody teaches ${row}`);
});

shows("Ukrainian is written as Ukrainian is", (need) => {
	lessons.forEach(({ uk: { file, text } }) => {
		text.split("\n").forEach((line, i) => {
			const where = `${file}:${i + 1}`;
			const said = line.replace(/^(Summary|Method|Mode|Practice): ?/, "");
			need(!/['"“”„]/.test(said), `${where}: a straight apostrophe or strange quotes: ${line}`);
			need(!/[ыэъёЫЭЪЁ]/.test(said), `${where}: a strange letter: ${line}`);
			need(!/[а-яєіїґ][a-z]|[a-z][а-яєіїґ]/i.test(said), `${where}: two alphabets in a word: ${line}`);
			need(!/ - /.test(said) || /^- \[/.test(said), `${where}: a hyphen for a dash: ${line}`);
			need(!/(приймати участь|на протязі|слідуючий|самий кращий|відноситься до|в якості|получ|являється|по крайній мірі|співпада|любий клієнт|на рахунок того)/i.test(said), `${where}: a calque: ${line}`);
		});
	});
});

shows("English is all English", (need) => {
	lessons.forEach(({ en: { file, text } }) => {
		text.split("\n").forEach((line, i) => {
			need(!/[а-яєіїґ]/i.test(line), `${file}:${i + 1}: Cyrillic: ${line}`);
			need(!/['"«»]/.test(line), `${file}:${i + 1}: a straight apostrophe or strange quotes: ${line}`);
		});
	});
});

shows("a personal cut is refused wherever it is named", (need) => {
	const lesson = lessons.find(({ name }) => name.endsWith("_interests"));
	need(/не служать/.test(lesson.uk.body) && /керівникові/.test(lesson.uk.body), "uk: refused, and told to the lead");
	need(/not served/.test(lesson.en.body) && /team lead/.test(lesson.en.body), "en: refused, and told to the lead");
});

// A reader who adds up must come to the same: each package is the sum of its variables, and what is said to lie on the table does.
shows("the tables of the lesson on win–win agree with one another and with its words", (need) => {
	const lesson = lessons.find(({ name }) => name.endsWith("_win_win"));
	const number = (cell) => Number(cell.replace("−", "-").replace("+", ""));
	for (const { file, body } of [lesson.en, lesson.uk]) {
		const rows = body.split("\n").filter((line) => line.startsWith("| ")).map((line) => line.split("|").slice(1, -1).map((cell) => cell.trim()));
		const variables = new Map(rows.filter(([name]) => /^.: /.test(name)).map(([name, us, them]) => [name[0], [number(us), number(them)]]));
		const packages = rows.filter(([name]) => /^.(, .)*$/.test(name)).map(([name, us, them, sum]) => ({ names: name.split(", "), us: number(us), them: number(them), sum: number(sum) }));
		need(variables.size === 4 && packages.length === 4, `${file}: ${variables.size} variables, ${packages.length} packages`);
		for (const { names, us, them, sum } of packages) {
			const [ours, theirs] = [0, 1].map((side) => names.reduce((total, name) => total + variables.get(name)[side], 0));
			need(us === ours && them === theirs && sum === us + them, `${file}: ${names}: ${us}, ${them}, ${sum}; not ${ours}, ${theirs}`);
		}
		const every = [...Array(2 ** variables.size).keys()].map((set) => [...variables.values()].reduce(([us, them], [a, b], i) => (set >> i & 1 ? [us + a, them + b] : [us, them]), [0, 0]));
		const left = Math.max(...every.filter(([, them]) => them >= packages[0].them).map(([us]) => us)) - packages[0].us;
		need(left === 5 && /left five thousand|залишив п’ять тисяч/.test(body), `${file}: ${left} lie on the table`);
		const nash = Math.max(...every.filter(([us, them]) => us >= 0 && them >= 0).map(([us, them]) => us * them));
		need(nash === 64, `${file}: the greatest product is ${nash}`);
	}
});

console.log(`1..${made}`);
process.exitCode = failed ? 1 : 0;
