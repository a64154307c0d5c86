// Of the table what a running call needs, in WebAssembly (assets/wasm/haggle.c). The list is the C source's enum, in its order; a test compares them.
export const HAGGLE = ['SHORTFALL', 'ALLOWED', 'CHANGES', 'CHANGE_VARIABLE', 'CHANGE_TO', 'CHANGE_OURS', 'CHANGE_THEIRS', 'TOGETHER',
	'STEPS', 'STEP_VARIABLE', 'STEP_TO', 'STEP_COST', 'STEP_WORTH',
	'ANSWERS', 'ANSWER_OURS', 'ANSWER_THEIRS', 'ANSWER_ASKS', 'ANSWER_VARIABLE', 'ANSWER_TO', 'BETTER', 'BETTER_TO'];

export class Haggle {
	// known: the page's `bargain`. null where the table cannot be computed with.
	static async open(url, known) {
		const answer = await fetch(url);
		if (!answer.ok) throw new Error(`haggle: ${answer.status}`);
		return Haggle.from(await answer.arrayBuffer(), known);
	}

	static async from(bytes, known) {
		const { instance } = await WebAssembly.instantiate(bytes, {});
		instance.exports._initialize();
		const haggle = new Haggle(instance.exports, known);
		return haggle.c.haggle_sound() ? haggle : null;
	}

	constructor(c, { limit, variables, forbidden }) {
		this.c = c;
		this.number = Object.fromEntries(HAGGLE.map((name, i) => [name, (at = 0, of = 0) => c.haggle_number(i, at, of)]));
		c.haggle_begin(limit);
		for (const variable of variables) {
			c.haggle_variable(variable.price);
			for (const option of variable.options) c.haggle_option(option.ours, option.theirs);
		}
		const place = ([variable, option]) => {
			const v = variables.findIndex(({ id }) => id === variable);
			return [v, variables[v].options.findIndex(({ id }) => id === option)];
		};
		for (const [one, other] of forbidden) c.haggle_forbid(...place(one), ...place(other));
	}

	about(choice) {
		choice.forEach((option, variable) => this.c.haggle_choose(variable, option));
		return this.number;
	}

	// choice: the index of an option of each variable, here and below
	check(choice) {
		const n = this.about(choice);
		this.c.haggle_check();
		return {
			shortfall: n.SHORTFALL(), allowed: n.ALLOWED() === 1, together: n.TOGETHER() === 1,
			changes: Array.from({ length: n.CHANGES() }, (_, i) => ({ variable: n.CHANGE_VARIABLE(i), option: n.CHANGE_TO(i), ours: n.CHANGE_OURS(i), theirs: n.CHANGE_THEIRS(i) })),
		};
	}

	ladder(choice) {
		const n = this.about(choice);
		this.c.haggle_ladder();
		return Array.from({ length: n.STEPS() }, (_, i) => ({ variable: n.STEP_VARIABLE(i), option: n.STEP_TO(i), cost: n.STEP_COST(i), worth: n.STEP_WORTH(i) }));
	}

	answers(choice, variable, option) {
		const n = this.about(choice);
		this.c.haggle_answers(variable, option);
		return Array.from({ length: n.ANSWERS() }, (_, i) => ({
			ask: Array.from({ length: n.ANSWER_ASKS(i) }, (_, j) => ({ variable: n.ANSWER_VARIABLE(i, j), option: n.ANSWER_TO(i, j) })), ours: n.ANSWER_OURS(i), theirs: n.ANSWER_THEIRS(i),
		}));
	}

	// What would be better for both: a choice; null where nothing is.
	better(choice) {
		const n = this.about(choice);
		this.c.haggle_better();
		return n.BETTER() ? choice.map((_, v) => n.BETTER_TO(v)) : null;
	}
}
