// The content of practice: scenarios, what simulated clients say, how typed words are recognised: its shape, and that every line is written as one speaks. TAP.
import { readFileSync, readdirSync } from "node:fs";

const root = new URL("../../content/", import.meta.url);
const load = (path) => JSON.parse(readFileSync(new URL(path, root), "utf8"));

const MOTIVES = ["safety", "economy", "prestige", "comfort"];
const CHARACTERS = ["hurried", "talkative", "suspicious", "friendly", "send_me"];
const STRATEGIES = ["boulware", "linear", "conceder", "tit", "tit_absolute", "tit_averaged"];
const LINE_MAX = 140;

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

function fields(need, value, where, names, optional = []) {
	need(value !== null && typeof value === "object" && !Array.isArray(value), `${where}: not an object`);
	const missing = names.filter((name) => !(name in value));
	const strange = Object.keys(value).filter((name) => !names.includes(name) && !optional.includes(name));
	need(!missing.length, `${where}: lacks ${missing}`);
	need(!strange.length, `${where}: has ${strange}`);
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
		need(!/TODO|\?\?|[<>]/.test(line), `${at}: unfinished: ${line}`);
		const holes = line.match(/\{[^}]*\}?/g) ?? [];
		need(holes.every((hole) => ["{item}", "{variable}", "{option}"].includes(hole)), `${at}: a hole: ${line}`);
	}
	need(JSON.stringify((text.uk.match(/\{\w+\}/g) ?? []).sort()) === JSON.stringify((text.en.match(/\{\w+\}/g) ?? []).sort()), `${where}: not the same holes`);
	need(/[а-щьюяєіїґ]/i.test(text.uk), `${where}.uk: no Cyrillic`);
	need(!/[ыэъёЫЭЪЁ]/.test(text.uk), `${where}.uk: a letter that Ukrainian has not: ${text.uk}`);
	need(!/[а-яєіїґ][a-z]|[a-z][а-яєіїґ]/i.test(text.uk.replaceAll(/\{\w+\}/g, "")), `${where}.uk: mixed alphabets: ${text.uk}`);
	need(!/[а-яєіїґ]/i.test(text.en), `${where}.en: Cyrillic: ${text.en}`);
}

const words = load("practice/words.json");
shows("what clients say: every act has two variants or more, and nothing in it tells a man from a woman", (need) => {
	for (const [act, by] of Object.entries(words)) {
		need("any" in by, `${act}: nothing for any character`);
		need(Object.keys(by).every((name) => name === "any" || CHARACTERS.includes(name)), `${act}: a strange character: ${Object.keys(by)}`);
		if (act !== "takes_cut") need(by.any.length >= 2, `${act}: ${by.any.length} variants`);
		const lines = Object.values(by).flat();
		need(new Set(lines.map((line) => line.uk)).size === lines.length, `${act}: a line twice`);
		for (const [character, list] of Object.entries(by))
			for (const [i, line] of list.entries()) {
				fields(need, line, `${act}.${character}.${i}`, ["uk", "en"]);
				said(need, line, `${act}.${character}.${i}`);
				need(/[.?!]$|\}$/.test(line.uk) && /[.?!]$|\}$/.test(line.en), `${act}.${character}.${i}: ends with a mark: ${line.uk}`);
				need(!/(^|[^а-яєіїґ])я\s+(\S+\s+)?\S+(ав|ив|ів|ала|ила|іла)(?=[^а-яєіїґ]|$)/i.test(line.uk), `${act}: ${line.uk} is said by a man or a woman`);
			}
	}
	for (const character of CHARACTERS) need(Object.values(words).filter((by) => character in by).length >= 4, `${character} says little in a manner of his own`);
});

const span = (need, value, where) => need(Array.isArray(value) && value.length === 2 && value.every(Number.isInteger) && value[0] <= value[1], `${where}: ${value}`);

for (const file of readdirSync(new URL("scenarios/", root)).sort()) {
	const at = file.replace(".json", "");
	const scenario = load(`scenarios/${file}`);
	const book = load(`playbooks/${scenario.playbook}.json`);
	const sale = scenario.mode === "sale";
	const keys = new Map(book.objections.map((objection) => [objection.key, objection]));

	shows(`${at}: its fields`, (need) => {
		const both = ["key", "mode", "playbook", "name", "about", "person", "wish", "patience", "characters", "favours", "situation", "talk", "learns"];
		fields(need, scenario, at, [...both, ...(sale ? ["budget", "motives"] : ["interests", "table", "spread", "rounds", "their_limit", "aspiration", "strategies"])], ["known"]);
		const signals = load("signals.json").map((signal) => signal.key);
		for (const key of scenario.known ?? []) need(signals.includes(key), `known: no signal ${key}`);
		need(scenario.key === at, `key ${scenario.key}`);
		need(["sale", "negotiation"].includes(scenario.mode), scenario.mode);
		for (const field of ["name", "person"]) said(need, scenario[field], field, 60);
		said(need, scenario.about, "about", 200);
		said(need, scenario.learns, "learns", 120);
		need([1, 2].includes(scenario.talk), `talk ${scenario.talk}`);
		fields(need, scenario.wish, "wish", ["mean", "sd"]);
		span(need, scenario.patience, "patience");
		need(scenario.patience[0] >= 10 && scenario.patience[1] <= 60, `patience ${scenario.patience}`);
		need(Object.keys(scenario.characters).every((name) => CHARACTERS.includes(name)) && Object.keys(scenario.characters).length === CHARACTERS.length, "characters");
		for (const [character, key] of Object.entries(scenario.favours)) need(CHARACTERS.includes(character) && keys.has(key), `favours ${character}: ${key}`);
		for (const [i, line] of scenario.situation.entries()) said(need, line, `situation.${i}`);
		need(scenario.situation.length >= 2, "situation: one variant");
	});

	if (sale)
		shows(`${at}: every motive can be told in two ways`, (need) => {
			need(JSON.stringify(Object.keys(scenario.motives).sort()) === JSON.stringify([...MOTIVES].sort()), `${Object.keys(scenario.motives)}`);
			for (const [motive, lines] of Object.entries(scenario.motives)) {
				need(lines.length >= 2, `${motive}: ${lines.length}`);
				for (const [i, line] of lines.entries()) said(need, line, `${motive}.${i}`);
			}
			span(need, scenario.budget, "budget");
		});
	else
		shows(`${at}: interests of the playbook, and a table on which both can win`, (need) => {
			const interests = new Map(book.objections.flatMap((objection) => objection.interests.map((interest) => [interest.key, { ...interest, objection: objection.key }])));
			const { variables } = scenario.table;
			const names = variables.map((variable) => variable.key);
			for (const interest of scenario.interests) {
				const known = interests.get(interest.key);
				need(known, `${interest.key}: the playbook has no such interest`);
				const cut = known?.risk === "compliance";
				fields(need, interest, interest.key, ["key", "percent", ...(cut ? [] : ["stress", "problem", "feels", "says"])]);
				need(interest.percent > 0 && interest.percent <= 100, `${interest.key}: ${interest.percent} %`);
				if (cut) continue;
				for (const [variable, percent] of Object.entries(interest.stress)) need(names.includes(variable) && percent > 100, `${interest.key}: stress ${variable} ${percent}`);
				for (const part of ["problem", "feels", "says"]) {
					need(interest[part].length >= 1, `${interest.key}: no ${part}`);
					for (const [i, line] of interest[part].entries()) said(need, line, `${interest.key}.${part}.${i}`);
				}
			}
			const fair = scenario.interests.filter((interest) => interests.get(interest.key)?.risk !== "compliance");
			need(fair.length >= 2, `${fair.length} interests`);
			need(new Set(fair.map((interest) => interests.get(interest.key)?.objection)).size === fair.length, "two interests behind one position");
			need(variables.filter((variable) => variable.price).length === 1, "one variable is the price");
			let ours = 0;
			let gain = 0;
			for (const variable of variables) {
				said(need, variable.name, `variable ${variable.key}`, 40);
				const start = variable.options.filter((option) => option.starts);
				need(start.length === 1 && start[0].ours === 0 && start[0].theirs === 0, `${variable.key}: starts at ${JSON.stringify(start)}`);
				for (const option of variable.options) {
					fields(need, option, `${variable.key}.${option.key}`, ["key", "name", "ours", "theirs"], ["starts"]);
					said(need, { uk: `${option.name.uk} гривень`, en: option.name.en }, `${variable.key}.${option.key}`, 60);
				}
				const best = variable.options.reduce((a, b) => (a.ours + a.theirs >= b.ours + b.theirs ? a : b));
				ours += best.ours;
				gain += best.ours + best.theirs;
				if (variable.price) need(variable.options.every((option) => option.ours + option.theirs === 0), "price is a straight exchange");
			}
			need(gain > 0 && ours >= scenario.table.limit, `the package of the greatest sum is below our limit: ${ours}`);
			for (const field of ["spread", "rounds", "their_limit"]) span(need, scenario[field], field);
			need(scenario.their_limit[1] < scenario.aspiration && scenario.aspiration <= 1000, "their limit and what they ask first");
			need(Object.keys(scenario.strategies).every((name) => STRATEGIES.includes(name)), "strategies");
		});
}

for (const language of ["uk", "en"])
	shows(`${language}: patterns of what is heard are of one alphabet, each once`, (need) => {
		const heard = load(`heard/${language}.json`);
		const groups = Object.entries(heard).filter(([name]) => name !== "fillers");
		need(JSON.stringify(groups.map(([name]) => name)) === JSON.stringify(["act", "type", "funnel", "spin", "close", "motive"]), `${groups.map(([name]) => name)}`);
		for (const [group, by] of groups)
			for (const [name, list] of Object.entries(by)) {
				const where = `${group}.${name}`;
				need(new Set(list).size === list.length, `${where}: a pattern twice: ${list.filter((one, i) => list.indexOf(one) !== i)}`);
				for (const pattern of list) {
					need(/^[1-9] \S/.test(pattern), `${where}: no weight: ${pattern}`);
					need(language === "uk" ? !/[a-zыэъё]/i.test(pattern) : !/[а-яєіїґ]/i.test(pattern), `${where}: a strange letter: ${pattern}`);
					// Compared as folded: no apostrophes, no dashes, small letters.
					need(!/['’ʼ-]/.test(pattern) && pattern === pattern.toLowerCase(), `${where}: never found: ${pattern}`);
				}
			}
	});

console.log(`1..${made}`);
process.exitCode = failed ? 1 : 0;
