// content/journals/: what is written in the demo company, read as an editor would read it. TAP, no packages needed. Its form is told in src/app/demo_text.h.
import { readFileSync, readdirSync } from "node:fs";

const root = new URL("../../content/journals/", import.meta.url);
const files = readdirSync(root).sort();

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

// ---- Reading them ----

const posts = [], people = new Map(), communities = new Map(), lines = [];
for (const file of files) {
	let community = "-", sink = null, post;
	readFileSync(new URL(file, root), "utf8").split("\n").forEach((line, i) => {
		lines.push({ where: `${file}:${i + 1}`, line });
		if (!line.startsWith("%")) {
			sink?.push(line);
			return;
		}
		const [, word, rest] = /^%(>+|\S+) ?(.*)$/.exec(line);
		const typed = rest.split(" ");
		sink = null;
		if (word === "person") people.set(typed[0], typed.slice(2).join(" "));
		else if (word === "community") communities.set(typed[0], { name: typed.slice(1).join(" "), about: [], rules: [] });
		else if (word === "about" || word === "rules") sink = [...communities.values()].at(-1)[word];
		else if (word === "in") community = rest;
		else if (word === "post") {
			post = { key: typed[0], author: typed[1], kind: typed[2], worth: Number(typed[3]), language: typed[4] ?? "uk", community, tags: [], body: [], edited: null,
				comments: [], options: [], answers: [] };
			posts.push(post);
		} else if (word === "line") post.line = rest;
		else if (word === "card") post.card = Object.fromEntries(typed.map((one) => one.split("=")));
		else if (word === "tags") post.tags = rest.split(", ");
		else if (word === "title") [post.title, sink] = [rest, post.body];
		else if (word === "edit") sink = post.edited = [];
		else if (word === "poll") post.question = rest;
		else if (word === "option") post.options.push(rest);
		else if (word === "says") post.answers.push({ place: Number(typed[1]), reason: typed.slice(2).join(" ") });
		else if (word === "because") post.answers.push({ place: Number(typed[0]), reason: typed.slice(1).join(" ") });
		else if (word.startsWith(">")) post.comments.push({ author: rest, body: sink = [] });
	});
}
const text = (list) => list.join("\n").trim();
const words = (string) => string.match(/[\p{L}\p{N}’]+/gu) ?? [];
const cards = posts.filter((post) => post.kind !== "article");
const articles = posts.filter((post) => post.kind === "article");

// ---- How much there is ----

shows("six communities, each with what it is about, rules and a name", (need) => {
	need(communities.size === 6, `${communities.size}`);
	for (const [key, { name, about, rules }] of communities) need(name && text(about).length > 60 && text(rules).length > 100, key);
});

shows("a dozen people write, each several times", (need) => {
	const writers = new Set(posts.map((post) => post.author));
	need(writers.size >= 12, `${writers.size}`);
	for (const writer of writers) {
		need(people.has(writer), `${writer} is nobody`);
		need(posts.filter((post) => post.author === writer).length >= 3, `${writer} wrote less than three`);
	}
});

shows("at least 120 posts of every kind, most of them in Ukrainian, in every community", (need) => {
	need(posts.length >= 120, `${posts.length} posts`);
	for (const [kind, least] of [["article", 60], ["opener", 10], ["question", 10], ["answer", 10], ["argument", 8], ["story", 6], ["concession", 8]])
		need(posts.filter((post) => post.kind === kind).length >= least, `few of ${kind}`);
	const english = posts.filter((post) => post.language === "en").length / posts.length;
	need(english > 0.08 && english < 0.25, `${english} in English`);
	for (const key of communities.keys()) need(posts.filter((post) => post.community === key).length >= 15, `few in ${key}`);
	need(posts.filter((post) => post.edited).length >= 2, "few were edited");
});

shows("most cards have a line short enough to be said, and say where: an answer to which objection, a question at which level", (need) => {
	need(cards.filter((post) => post.line).length >= cards.length * 0.8, "few lines");
	for (const post of cards.filter(({ line }) => line)) {
		need(post.line.length <= 170, `${post.key}: ${post.line.length} letters`);
		need(post.kind !== "answer" || post.card?.objection, `${post.key}: an answer to nothing`);
		need(post.kind !== "question" || post.card?.level, `${post.key}: of no level`);
	}
	need(articles.every((post) => !post.line), "an article is no card");
});

shows("at least 150 comments in threads", (need) => {
	const comments = posts.flatMap((post) => post.comments);
	need(comments.length >= 150, `${comments.length}`);
	for (const comment of comments) need(people.has(comment.author) && text(comment.body), `a comment of ${comment.author}`);
});

shows("polls with options and reasons; one of them asks what every company should ask itself (L2)", (need) => {
	const polls = posts.filter((post) => post.question);
	need(polls.length >= 4, `${polls.length}`);
	for (const poll of polls) {
		need(poll.options.length >= 3 && poll.question.endsWith("?"), poll.key);
		for (const { place, reason } of poll.answers) need(place >= 1 && place <= poll.options.length && reason, `${poll.key}: ${reason}`);
		need(poll.answers.length >= 6, `${poll.key}: few reasons`);
	}
	need(polls.some((poll) => poll.title === "У вас продажі чи переговори? І чому?"), "the question of L2");
});

// ---- How it is written ----

const LATIN_IN_CYRILLIC = /[A-Za-z][\u0400-\u04ff]|[\u0400-\u04ff][A-Za-z]/;
shows("type is set as a printer would", (need) => {
	for (const { where, line } of lines) {
		if (/^%(post|card|in|span|ago|moderators|readers|person|team|community|ban) /.test(line)) continue;
		need(!/["'`]/.test(line), `${where}: a straight quotation mark: ${line.slice(0, 80)}`);
		need(!/\.\.\.| - |--(?!-)(?<!-{3})/.test(line.replace(/[-: |]*\|[-: |]*$/, "")), `${where}: three dots or a hyphen for a dash: ${line.slice(0, 80)}`);
		need(!/  |\s$/.test(line), `${where}: a space too many: ${line.slice(0, 80)}`);
		need(!/[^|] [,;:!?]|[^| ] \.(?!\d)/.test(line), `${where}: a space before a mark: ${line.slice(0, 80)}`);
		need(!/(?<![\d.,])\d{1,3} \d{3}(?!\d)|\d %/.test(line), `${where}: a number that may break: ${line.slice(0, 80)}`);
		need(!LATIN_IN_CYRILLIC.test(line), `${where}: two alphabets in a word: ${line.slice(0, 80)}`);
		need(!/[ыэъё]/i.test(line), `${where}: a letter that Ukrainian has not: ${line.slice(0, 80)}`);
	}
	for (const post of posts) {
		const all = [post.title, text(post.body), text(post.edited ?? [])].join("\n");
		for (const [opens, closes] of ["«»", "“”", "()", "[]"])
			if (!(opens === "“" && post.language === "uk") && !(opens === "(" && /^\d+\)/m.test(all)))
				need(all.split(opens).length === all.split(closes).length, `${post.key}: ${opens} without ${closes}`);
		need((all.match(/\*\*/g) ?? []).length % 2 === 0, `${post.key}: bold that does not end`);
	}
});

shows("titles are short, different, and do not end with a full stop; two to four tags at most eight", (need) => {
	const titles = new Map();
	for (const post of posts) {
		need(post.title && post.title.length <= 80 && !/[^.]\.$/.test(post.title), `${post.key}: ${post.title}`);
		need(!titles.has(post.title), `${post.title} twice`);
		titles.set(post.title, post);
		need(post.tags.length >= 1 && post.tags.length <= 8 && new Set(post.tags).size === post.tags.length, `${post.key}: tags`);
	}
});

shows("an article takes a minute or two; whoever writes well writes more than a paragraph", (need) => {
	for (const post of articles) {
		const n = words(text(post.body)).length;
		need(n <= 420 && n >= (post.worth >= 5 ? 65 : 15), `${post.key}: ${n} words`);
	}
});

shows("a card can be read aloud in a call as it stands", (need) => {
	for (const post of cards) {
		const body = text(post.body);
		const n = words(body).length;
		need(n >= 9 && n <= (post.kind === "story" ? 100 : 75), `${post.key}: ${n} words`);
		need(!/[#*|>[\]]|\n/.test(body), `${post.key}: marks that nobody says`);
		need(/[.?!»]$/.test(body), `${post.key}: no end`);
		if (post.kind === "question") need(body.endsWith("?"), `${post.key}: a question asks`);
		if (post.kind === "answer" && post.language === "uk") need(/^«.*»$/.test(post.title), `${post.key}: its title is the objection: ${post.title}`);
		if (post.kind === "concession") need(/[Нн]атомість|[Дд]ля цього|[Ii]n return/.test(body), `${post.key}: nothing is asked back`);
		// No pressure, no promises for others, no crowd that is not there.
		need(!/тільки сьогодні|лише сьогодні|останній шанс|усі (так )?(беруть|роблять|купують)|гарантую|only today|last chance|everyone (does|buys)/i.test(body), `${post.key}: it presses`);
	}
});

shows("a personal cut is refused wherever it is spoken of, and taken to the lead", (need) => {
	for (const post of posts) {
		const all = [post.title, text(post.body), ...post.comments.map((comment) => text(comment.body))].join("\n");
		need(!/відкат|kickback|bribe|хабар/i.test(all), `${post.key}: it is named, not only recognised`);
		if (!/особист\p{L}* винагород/iu.test(all)) continue;
		need(post.kind !== "concession", `${post.key}: a concession`);
		need(/немає|не даємо|відмовля/.test(all) && /керівни|Марин/.test(all), `${post.key}: no refusal, or nobody told`);
	}
});

shows("no two posts share eight words in a row", (need) => {
	const seen = new Map();
	for (const post of posts) {
		const all = words(text(post.body).toLowerCase());
		for (let i = 0; i + 8 <= all.length; i++) {
			const run = all.slice(i, i + 8).join(" ");
			const other = seen.get(run);
			need(!other || other === post.key, `${other} and ${post.key}: ${run}`);
			seen.set(run, post.key);
		}
	}
	const comments = posts.flatMap((post) => post.comments.map((comment) => text(comment.body))).filter((comment) => words(comment).length > 2);
	for (const comment of comments) need(comments.indexOf(comment) === comments.lastIndexOf(comment), `twice: ${comment}`);
});

shows("links lead to posts that are there", (need) => {
	const keys = new Set(posts.map((post) => post.key));
	need(keys.size === posts.length, "a key stands twice");
	for (const { where, line } of lines) for (const [, key] of line.matchAll(/\]\(post:([^)]*)\)/g)) need(keys.has(key), `${where}: ${key}`);
	for (const { where, line } of lines) need(!/https?:|www\./.test(line), `${where}: an address outside`);
});

console.log(`1..${made}`);
process.exit(failed ? 1 : 0);
