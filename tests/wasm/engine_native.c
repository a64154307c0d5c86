/* The browser's engine compiled natively: reads a script on standard input, prints what each step gives. The belief comes first,
 * in hexadecimal, made here by the seed in argv[1]. */
#include "../../assets/wasm/engine.c"

#include <stdio.h>
#include <stdlib.h>

#include "base/parse.h"
#include "base/rng.h"

static void belief_make(uint64_t seed)
{
	static double made_storage[BELIEF_DOUBLES(EVIDENCE_MAX)];
	struct evidence_def own[EVIDENCE_BUILTIN + 2];
	struct belief made;
	struct rng rng;
	rng_init(&rng, seed);
	for (int i = 0; i < EVIDENCE_BUILTIN; i++) own[i] = evidence_builtin[i];
	own[EVIDENCE_BUILTIN] = evidence_own("own_one", 1);
	own[EVIDENCE_BUILTIN + 1] = evidence_own("own_two", -1);
	belief_init(&made, own, EVIDENCE_BUILTIN + 2, EVIDENCE_MAX, made_storage);
	for (int deal = 0; deal < 40; deal++) {
		double x[EVIDENCE_MAX] = {1};
		for (int i = 1; i < made.n; i++) x[i] = rng_below(&rng, 4) == 0;
		belief_learn(&made, x, rng_below(&rng, 2));
	}
	belief_encode(&made, bytes);
}

int main(int argc, char **argv)
{
	char line[512];
	int64_t seed = 1;
	if (argc > 1 && !parse_int(argv[1], &seed)) return 2;
	belief_make((uint64_t)seed);
	size_t size = belief_bytes(EVIDENCE_BUILTIN + 2);
	for (size_t i = 0; i < size; i++) printf("%02x", engine_bytes()[i]);
	putchar('\n');
	if (!engine_belief((int)size)) return 1;
	while (fgets(line, sizeof line, stdin)) {
		double a[9] = {0};
		char *at = line + 1;
		for (int i = 0; i < 9; i++) {
			char *end;
			a[i] = strtod(at, &end);
			if (end == at) break;
			at = end;
		}
		switch (line[0]) {
		case 'w': engine_wish_sell(a[0]); break;
		case 'e': engine_evidence((int)a[0], a[1]); break;
		case 'g': engine_signal(a[0], (int)a[1]); break;
		case 'i': engine_item(a[0], (int)a[1], (int)a[2], (int)a[3], (int)a[4], (int)a[5], a[6], (int)a[7]); break;
		case 't': engine_term(a[0], a[1], a[2]); break;
		case 'o': engine_offers((int)a[0]); break;
		case 'h': engine_heard(a[0]); break;
		case 's': engine_start(); break;
		case 'v':
			printf("%d", engine_event(a[0], a[1], (int)a[2], a[3], a[4], a[5]));
			engine_next();
			for (int what = 0; what <= WHAT_TERM_REFUSED; what++) {
				bool once = what < WHAT_STEP_SPENT;
				for (int i = 0; i < (once ? 1 : 40); i++) printf(" %.17g", engine_number(what, i));
			}
			printf(" %d %d %.17g %.17g %.17g\n", engine_mirror(a[3]), engine_signal_on(a[3]), engine_step_spent((int)engine_number(WHAT_STEP, 0), a[1]), engine_spin(a[3]),
				engine_position());
			break;
		default: return 2;
		}
	}
	return 0;
}
