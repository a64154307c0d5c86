// The starting content: its shape, its counts, and that every line can be said in one breath in both languages. TAP.
import { readFileSync, readdirSync } from "node:fs";

const root = new URL("../../content/", import.meta.url);
const load = (path) => JSON.parse(readFileSync(new URL(path, root), "utf8"));

const MOTIVES = ["safety", "economy", "prestige", "comfort"];
const LEVELS = ["situational", "specifying", "detailing"];
const TYPES = ["open", "closed", "alternative", "focused"];
const SPIN = ["situation", "problem", "implication", "direct"];
const FAMILIES = ["deadline", "cost", "service", "extra_service", "free_product"];
const LINE_MAX = 140; // what one can say in one breath
const READ_MAX = 200; // what one reads: a summary, a lesson; what one tells: a story
const TAKEN_KEYS = "cegmnptu,/?"; // motives, note, mode, undo and objections have these on the call screen, on either layout

let made = 0;
let failed = 0;
function shows(name, check) {
	const wrong = [];
	check((ok, what) => {
		if (!ok) wrong.push(what);
	});
	made++;
	if (wrong.length) failed++;
	console.log(`${wrong.length ? "not ok" : "ok"} ${made} - ${name}`);
	for (const what of wrong) console.log(`# ${what}`);
}

const same = (a, b) => JSON.stringify([...a].sort()) === JSON.stringify([...b].sort());
const isKey = (key) => typeof key === "string" && /^[a-z][a-z0-9_]{0,39}$/.test(key);

// Every object has exactly the fields that it should, so that a slip of the pen is not taken for an absent one.
function fields(need, value, where, names, optional = []) {
	need(value !== null && typeof value === "object" && !Array.isArray(value), `${where}: not an object`);
	const missing = names.filter((name) => !(name in value));
	const strange = Object.keys(value).filter((name) => !names.includes(name) && !optional.includes(name));
	need(!missing.length, `${where}: lacks ${missing}`);
	need(!strange.length, `${where}: has ${strange}`);
}

function motives(need, list, where) {
	need(Array.isArray(list) && list.length > 0 && list.every((m) => MOTIVES.includes(m)), `${where}: motives ${list}`);
	need(new Set(list).size === list.length, `${where}: a motive twice`);
}

function said(need, text, where, max = LINE_MAX) {
	for (const language of ["uk", "en"]) {
		const line = text[language];
		const at = `${where}.${language}`;
		if (typeof line !== "string" || !line.length) {
			need(false, `${at}: no text`);
			continue;
		}
		need([...line].length <= max, `${at}: ${[...line].length} characters: ${line}`);
		need(line === line.normalize("NFC"), `${at}: not in NFC`);
		need(!/^\s|\s$|\s\s|[\t\n]/.test(line), `${at}: stray space: ${line}`);
		need(!/['"`]/.test(line), `${at}: a straight apostrophe or quote: ${line}`);
		need(!/\s[,.:;?!]/.test(line), `${at}: a space before a mark: ${line}`);
		need(!/ - /.test(line), `${at}: a hyphen for a dash: ${line}`);
		need(!/TODO|\?\?|[{}<>]/.test(line), `${at}: unfinished: ${line}`);
	}
	need(/[а-щьюяєіїґ]/i.test(text.uk), `${where}.uk: no Cyrillic`);
	need(!/[ыэъёЫЭЪЁ]/.test(text.uk), `${where}.uk: a letter that Ukrainian has not: ${text.uk}`);
	// A Latin letter inside a Cyrillic word looks right and is not found by a search.
	need(!/[а-яєіїґ][a-z]|[a-z][а-яєіїґ]/i.test(text.uk), `${where}.uk: mixed alphabets: ${text.uk}`);
	need(!/[а-яєіїґ]/i.test(text.en), `${where}.en: Cyrillic: ${text.en}`);
}

const ends = (text, marks) => ["uk", "en"].every((language) => marks.includes([...text[language]].at(-1)));
const sentence = (need, text, where) => {
	said(need, text, where);
	need(ends(text, ".?!"), `${where}: a sentence ends with a mark: ${text.uk} / ${text.en}`);
};
const question = (need, text, where) => {
	said(need, text, where);
	need(ends(text, "?"), `${where}: a question ends with “?”: ${text.uk} / ${text.en}`);
};

// What no line may say: pressure, and the methods that are true only when drawn from the team's own records.
const NEVER_UK = /тільки сьогодні|лише сьогодні|останній шанс|усі (так )?(беруть|роблять|купують)|гарантую|відкат/i;
const NEVER_EN = /only today|today only|last chance|everyone (does|buys|takes)|everybody (does|buys|takes)|I guarantee|kickback/i;

const files = readdirSync(new URL("playbooks/", root)).sort();
shows("the three playbooks are there", (need) => need(same(files, ["card.json", "crm.json", "service.json"]), `${files}`));

for (const file of files) {
	const book = load(`playbooks/${file}`);
	const at = file.replace(".json", "");
	const b2b = book.segment === "b2b";
	const { product } = book;

	shows(`${at}: the playbook has its fields`, (need) => {
		fields(need, book, at, ["key", "segment", "name", "product", "preparation", "openers", "funnels", "probes", "objections", "terms", "closes", "spin",
			"deal_minor", "variables"]);
		need(book.key === at, `key ${book.key}`);
		need(["b2b", "b2c"].includes(book.segment), `segment ${book.segment}`);
		said(need, book.name, `${at}.name`, 60);
	});

	shows(`${at}: the product is a card of characteristic, advantage and benefit`, (need) => {
		fields(need, product, "product", ["key", "name", "price_minor", "currency", "summary", "features", "course"]);
		need(isKey(product.key), `key ${product.key}`);
		need(Number.isInteger(product.price_minor) && product.price_minor > 0, `price ${product.price_minor}`);
		need(/^[A-Z]{3}$/.test(product.currency), `currency ${product.currency}`);
		said(need, product.name, "product.name", 60);
		said(need, product.summary, "product.summary", READ_MAX);
		need(product.features.length >= 8 && product.features.length <= 10, `${product.features.length} features`);
		for (const feature of product.features) {
			const where = `feature ${feature.key}`;
			fields(need, feature, where, ["key", "motives", "characteristic", "advantage", "benefit"]);
			need(isKey(feature.key), where);
			motives(need, feature.motives, where);
			for (const part of ["characteristic", "advantage", "benefit"]) {
				said(need, feature[part], `${where}.${part}`);
				// They are composed into one sentence (S4), so they begin small and end open.
				need(!/^[А-ЩЮЯЄІЇҐ]/.test(feature[part].uk) && !/^[A-Z][a-z]/.test(feature[part].en), `${where}.${part}: begins with a capital`);
				need(!ends(feature[part], ".?!"), `${where}.${part}: ends with a mark`);
			}
			need(/(^|\P{L})(ви|вас|вам|вами|ваш\p{L}*)(\P{L}|$)/iu.test(feature.benefit.uk) && /\byou(r|rs)?\b/i.test(feature.benefit.en),
				`${where}.benefit is not about the client: ${feature.benefit.uk} / ${feature.benefit.en}`);
		}
		for (const motive of MOTIVES) {
			const n = product.features.filter((feature) => feature.motives.includes(motive)).length;
			need(n >= 2, `${motive}: ${n} features`);
		}
		need(product.course.length >= 5, `${product.course.length} lessons`);
		for (const lesson of product.course) {
			fields(need, lesson, `lesson ${lesson.key}`, ["key", "text"]);
			said(need, lesson.text, `lesson ${lesson.key}`, READ_MAX);
		}
	});

	shows(`${at}: what to look at before dialling, what brings a hidden objection out, what to ask about the terms`, (need) => {
		for (const [name, least] of [["preparation", 3], ["probes", 3], ["terms", 8]]) {
			need(book[name].length >= least, `${book[name].length} of ${name}`);
			for (const line of book[name]) {
				fields(need, line, `${name} ${line.key}`, ["key", "uk", "en"], name === "preparation" ? ["for"] : []);
				if ("for" in line) need(line.for === "negotiation", `${line.key}: for ${line.for}`);
				(name === "preparation" ? sentence : question)(need, line, `${name} ${line.key}`);
			}
		}
	});

	shows(`${at}: openers: small talk and compliments, and for a negotiation topics, stories, associations`, (need) => {
		const least = { small_talk: 3, compliment: 3, topic: 3, story: 3, association: 2 };
		for (const opener of book.openers) {
			fields(need, opener, `opener ${opener.key}`, ["key", "tone", "uk", "en"]);
			said(need, opener, `opener ${opener.key}`, opener.tone === "story" ? READ_MAX : LINE_MAX);
			need(ends(opener, ".?!"), `opener ${opener.key}: a sentence ends with a mark`);
			need(opener.tone in least, `opener ${opener.key}: tone ${opener.tone}`);
			// An answer to “how are you?” is worth hearing when it is more than a word.
			if (opener.tone === "story") need([...opener.uk].length >= 60 && !ends(opener, "?"), `opener ${opener.key}: no story`);
		}
		for (const [tone, n] of Object.entries(least)) need(book.openers.filter((opener) => opener.tone === tone).length >= n, `few of ${tone}`);
	});

	shows(`${at}: what should be ready before a negotiation: the limit, what is asked in return`, (need) => {
		const ready = book.preparation.filter((line) => line.for === "negotiation");
		for (const key of ["prepare_limit", "prepare_return"]) need(ready.some((line) => line.key === key), key);
	});

	shows(`${at}: a funnel of 3–5 questions for each motive, from situational to detailing, every type in it`, (need) => {
		need(same(book.funnels.map((funnel) => funnel.motive), MOTIVES), `${book.funnels.map((funnel) => funnel.motive)}`);
		for (const funnel of book.funnels) {
			fields(need, funnel, `funnel ${funnel.motive}`, ["motive", "questions"]);
			need(funnel.questions.length >= 3 && funnel.questions.length <= 5, `${funnel.motive}: ${funnel.questions.length} questions`);
			const levels = funnel.questions.map((asked) => LEVELS.indexOf(asked.level));
			need(levels.every((level, i) => level >= 0 && (i === 0 || level >= levels[i - 1])), `${funnel.motive}: levels ${levels}`);
			need(new Set(levels).size === 3, `${funnel.motive}: a level is absent`);
			need(same(new Set(funnel.questions.map((asked) => asked.type)), TYPES), `${funnel.motive}: types ${funnel.questions.map((asked) => asked.type)}`);
			for (const asked of funnel.questions) {
				fields(need, asked, `question ${asked.key}`, ["key", "level", "type", "uk", "en"]);
				need(asked.key.startsWith(`${funnel.motive}_`), `question ${asked.key} in ${funnel.motive}`);
				question(need, asked, `question ${asked.key}`);
				if (asked.type === "alternative") need(/ чи /.test(asked.uk) && / or /.test(asked.en), `${asked.key}: an alternative has an “or”`);
			}
		}
	});

	shows(`${at}: seven objections or more, each clarified, agreed with, argued two ways and completed`, (need) => {
		need(book.objections.length >= 7, `${book.objections.length} objections`);
		for (const objection of book.objections) {
			const where = `objection ${objection.key}`;
			fields(need, objection, where, ["key", "uk", "en", "mirrors", "clarify", "agree", "answers", "complete", "interests", "spin"], ["risk", "heard"]);
			if ("heard" in objection) need(objection.heard === "negotiation", `${where}: heard ${objection.heard}`);
			said(need, objection, where, 60);
			motives(need, objection.mirrors, where);
			question(need, objection.clarify, `${where}.clarify`);
			sentence(need, objection.agree, `${where}.agree`);
			need(!ends(objection.agree, "?"), `${where}.agree asks`);
			question(need, objection.complete, `${where}.complete`);
			// Three, so that the method of three arguments has them.
			need(objection.answers.length >= 3, `${where}: ${objection.answers.length} answers`);
			for (const answer of objection.answers) {
				fields(need, answer, `answer ${answer.key}`, ["key", "motives", "uk", "en"]);
				motives(need, answer.motives, `answer ${answer.key}`);
				sentence(need, answer, `answer ${answer.key}`);
			}
			// An objection is the mirror of a need not found: some answer speaks to one that it mirrors.
			need(objection.answers.some((answer) => answer.motives.some((motive) => objection.mirrors.includes(motive))), `${where}: no answer serves what it mirrors`);
		}
		for (const motive of MOTIVES)
			need(book.objections.some((objection) => objection.answers.some((answer) => answer.motives.includes(motive))), `no answer serves ${motive}`);
	});

	shows(`${at}: behind each position four interests or more (behind an argument three), each in words for the client, too`, (need) => {
		for (const objection of book.objections) {
			const least = "heard" in objection ? 3 : 4;
			need(objection.interests.length >= least && objection.interests.length <= 6, `${objection.key}: ${objection.interests.length} interests`);
			for (const interest of objection.interests) {
				const where = `interest ${interest.key}`;
				const cut = "risk" in interest;
				fields(need, interest, where, ["key", "motives", "uk", "en", cut ? "say" : "client"], ["risk"]);
				said(need, interest, where, 70);
				need(!ends(interest, ".?!"), `${where}: ends with a mark`);
				if (cut) {
					need(interest.risk === "compliance" && interest.motives.length === 0, `${where}: served by ${interest.motives}`);
					said(need, interest.say, `${where}.say`, READ_MAX);
					need(/керівник/.test(interest.say.uk) && /lead/.test(interest.say.en), `${where}.say does not lead to the team lead`);
				} else {
					motives(need, interest.motives, where);
					said(need, interest.client, `${where}.client`, 70);
					need(!ends(interest.client, ".?!"), `${where}.client: ends with a mark`);
					need(!/бо[їя]ться|жаліє|страх|шеф/i.test(interest.client.uk), `${where}.client tells a client what we think of him`);
				}
			}
		}
		for (const motive of MOTIVES)
			need(book.objections.some((objection) => objection.interests.some((interest) => interest.motives.includes(motive))), `no interest is served by ${motive}`);
	});

	shows(`${at}: SPIN to each position: situation, problem, implication, direct; general ones besides`, (need) => {
		for (const [name, list] of [["general", book.spin], ...book.objections.map((objection) => [objection.key, objection.spin])]) {
			const levels = list.map((asked) => SPIN.indexOf(asked.level));
			need(levels.every((level, i) => level >= 0 && (i === 0 || level >= levels[i - 1])), `${name}: levels ${levels}`);
			need(new Set(levels).size === SPIN.length, `${name}: a level is absent`);
			for (const asked of list) {
				fields(need, asked, `spin ${asked.key}`, ["key", "level", "uk", "en"]);
				question(need, asked, `spin ${asked.key}`);
			}
		}
	});

	shows(`${at}: trade variables of every family, the price last, where both can win`, (need) => {
		const amount = ([minor, share]) => minor + (share * book.deal_minor) / 10000;
		const families = new Set();
		let gains = 0;
		let asks = 0;
		need(Number.isInteger(book.deal_minor) && book.deal_minor > 0, `deal ${book.deal_minor}`);
		for (const [place, variable] of book.variables.entries()) {
			const where = `variable ${variable.key}`;
			const range = "step" in variable;
			const last = place === book.variables.length - 1;
			fields(need, variable, where, ["key", "family", "uk", "en", "hint", "options"], ["price", "step", "unit"]);
			families.add(variable.family);
			said(need, variable, where, 40);
			said(need, variable.hint, `${where}.hint`, 80);
			need(("price" in variable) === last && (!last || variable.price === true), `${where}: the price is last, and the last is the price`);
			need(range === "unit" in variable, `${where}: a range has a unit`);
			need(variable.options.filter((option) => option.starts === true).length === 1 && variable.options[0].starts === true, `${where}: the start is first`);
			for (const option of variable.options) {
				fields(need, option, where, ["uk", "en", "ours", "theirs"], ["starts", "x"]);
				if (!range) said(need, option, `${where}: ${option.uk}`, 60);
				need(range === Number.isInteger(option.x), `${where}: x ${option.x}`);
				need([option.ours, ...option.theirs].every((pair) => pair.length === 2 && pair.every(Number.isInteger)), `${where}: values`);
				const ours = amount(option.ours);
				const [low, high] = option.theirs.map(amount);
				need(low <= high, `${where}: ${low}…${high}`);
				if (option.starts) need(ours === 0 && low === 0 && high === 0, `${where}: the start is worth 0`);
				else if (!last) need(ours * (low + high) <= 0 || (ours > 0 && low <= 0), `${where}: an option that costs nobody anything is no trade: ${option.uk}`);
				if (!option.starts && !last && ours < 0 && (low + high) / 2 > -ours) gains++;
				if (!option.starts && ours > 0 && -(low + high) / 2 < ours) asks++;
			}
			if (range) {
				const xs = variable.options.map((option) => option.x);
				const down = xs[1] < xs[0];
				need(xs.every((x, i) => i === 0 || (down ? x < xs[i - 1] : x > xs[i - 1])) && xs.every((x) => (x - xs[0]) % variable.step === 0), `${where}: ${xs}`);
			}
		}
		need(same(families, FAMILIES), `families ${[...families]}`);
		need(gains >= 5, `${gains} things that cost us less than they are worth to them`);
		need(asks >= 3, `${asks} things worth asking for`);
	});

	shows(`${at}: a personal cut is a risk that is declined, in B2B alone`, (need) => {
		const risky = book.objections.filter((objection) => "risk" in objection);
		need(risky.every((objection) => objection.risk === "compliance"), "a strange risk");
		need(risky.length === (b2b ? 1 : 0), `${risky.length} of them`);
		for (const objection of risky) {
			const lines = objection.answers.map((answer) => answer.uk).join(" ");
			need(/винагород немає|винагород у нас немає|винагород ми не даємо|винагород не даємо/.test(lines), "no plain refusal");
			need(/керівник/.test(lines) && /керівник/.test(objection.complete.uk), "does not lead to the team lead");
		}
		need(product.course.some((lesson) => lesson.key === "compliance") === b2b, "the course on it");
	});

	shows(`${at}: six closes or more: the contract, the payment, and today or tomorrow`, (need) => {
		need(book.closes.length >= 6, `${book.closes.length} closes`);
		for (const close of book.closes) {
			fields(need, close, `close ${close.key}`, ["key", "form", "uk", "en"]);
			need(["contract", "payment", "alternative"].includes(close.form), `close ${close.key}: ${close.form}`);
			sentence(need, close, `close ${close.key}`);
			if (close.form === "alternative") {
				question(need, close, `close ${close.key}`);
				need(/ чи /.test(close.uk) && / or |this evening, or/.test(close.en), `${close.key}: an alternative has an “or”`);
				need(/завтра/.test(close.uk) && /tomorrow/.test(close.en), `${close.key}: today or tomorrow`);
			}
		}
		for (const form of ["contract", "payment", "alternative"]) need(book.closes.filter((close) => close.form === form).length >= 2, `few of ${form}`);
		const contract = book.closes.filter((close) => close.form === "contract");
		need(contract.some((close) => /договір/.test(close.uk)), "no close proposes the contract");
		for (const close of book.closes.filter((one) => one.form !== "alternative"))
			need(/опла[тч]|рахун|гривень|реквізит|договір/i.test(close.uk), `${close.key}: neither contract nor payment`);
	});

	shows(`${at}: keys are unique and no line stands twice`, (need) => {
		const items = [
			...book.preparation, ...book.openers, ...book.probes, ...book.terms, ...book.funnels.flatMap((funnel) => funnel.questions), ...book.objections,
			...book.objections.flatMap((objection) => [...objection.answers, ...objection.interests, ...objection.spin]), ...book.closes, ...book.spin,
		];
		const lists = { features: product.features, course: product.course, variables: book.variables, items };
		for (const [name, list] of Object.entries(lists)) {
			const kinds = new Map();
			for (const { key } of list) {
				need(isKey(key), `${name}: key ${key}`);
				need(!kinds.has(key), `${name}: ${key} twice`);
				kinds.set(key, true);
			}
		}
		for (const language of ["uk", "en"]) {
			const lines = items.map((item) => item[language]);
			for (const line of lines) need(lines.indexOf(line) === lines.lastIndexOf(line), `twice: ${line}`);
		}
	});

	shows(`${at}: no line presses, boasts or borrows a crowd`, (need) => {
		const walk = (value, where) => {
			if (typeof value !== "object" || value === null) return;
			if ("uk" in value && where !== "product.course.text") {
				need(!NEVER_UK.test(value.uk), `${where}: ${value.uk}`);
				need(!NEVER_EN.test(value.en), `${where}: ${value.en}`);
			}
			for (const [name, inner] of Object.entries(value)) walk(inner, Array.isArray(value) ? where : where ? `${where}.${name}` : name);
		};
		walk(book, "");
	});
}

const signals = load("signals.json");
const SIGNALS = ["bias", "b2b", "second_call", "asked_contract", "compares_suppliers", "named_deadline", "has_budget", "decision_maker",
	"by_recommendation", "own_problem", "asked_price", "send_me_something", "no_need", "objection_unanswered", "missed", "silence"];
// What the program knows of itself from the client and the events is not ticked.
const DERIVED = ["bias", "b2b", "second_call", "objection_unanswered", "missed", "silence"];

shows("signals: those of the evidence table, in its order, each with a reason in both languages", (need) => {
	need(JSON.stringify(signals.map((signal) => signal.key)) === JSON.stringify(SIGNALS), "keys or their order");
	for (const signal of signals) {
		fields(need, signal, signal.key, ["key", "hotkey", "name", "why"], ["absent"]);
		said(need, signal.name, `${signal.key}.name`, 30);
		for (const part of ["why", "absent"]) {
			if (!(part in signal)) continue;
			said(need, signal[part], `${signal.key}.${part}`, 60);
			need(!/^[А-ЩЮЯЄІЇҐA-Z]/.test(signal[part].uk) && !/^[A-Z]/.test(signal[part].en), `${signal.key}.${part}: begins with a capital`);
			need(!ends(signal[part], ".?!"), `${signal.key}.${part}: ends with a mark`);
		}
		if ("absent" in signal) need(signal.absent.uk !== signal.why.uk, `${signal.key}: absent says what why says`);
	}
});

shows("signals: what is ticked has a key of its own, and no other key's", (need) => {
	const letters = signals.filter((signal) => signal.hotkey !== "").map((signal) => signal.hotkey);
	need(new Set(letters).size === letters.length, `${letters}`);
	need(letters.every((letter) => /^[a-z]$/.test(letter) && !TAKEN_KEYS.includes(letter)), `${letters}`);
	for (const signal of signals) need((signal.hotkey === "") === DERIVED.includes(signal.key), `${signal.key}: hotkey “${signal.hotkey}”`);
});

console.log(`1..${made}`);
process.exitCode = failed ? 1 : 0;
