/* Demo people: the invented clients of the demo company: 30 companies, ten people who work at them, 20 private persons.
 *
 * Every name is made up, every phone is of an unassigned code with 555 01xx, every address is of example.com. Deterministic: the same
 * stream gives the same people. Strings live in the arena or for ever. */
#ifndef STURGEON_APP_DEMO_PEOPLE_H
#define STURGEON_APP_DEMO_PEOPLE_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/rng.h"

#define DEMO_COMPANIES 30
#define DEMO_CONTACTS 10
#define DEMO_PRIVATE 20
#define DEMO_CLIENTS (DEMO_COMPANIES + DEMO_CONTACTS + DEMO_PRIVATE)

enum demo_trade { DEMO_CARD, DEMO_CRM, DEMO_SERVICE, DEMO_TRADES }; /* as the playbooks: "card", "crm", "service" */
extern const char *const demo_trade_keys[DEMO_TRADES];

struct demo_person {
	const char *name, *position, *source, *phone, *email, *tag; /* "" where there is none */
	int company;           /* index of the company he works at; −1 */
	bool b2b;
	enum demo_trade trade; /* what he is sold first */
};

/* Companies first, then those who work at some of them, then private persons. */
void demo_people_make(struct arena *arena, struct rng *rng, struct demo_person ret_people[DEMO_CLIENTS]);

#endif
