/* Deal fixture: clients, products, deals and conversations written straight into the data, for tests of pages that show many of them, so
 * that a test of one page depends on no other. */
#ifndef STURGEON_TESTS_DEAL_FIXTURE_H
#define STURGEON_TESTS_DEAL_FIXTURE_H

#include "web_fixture.h"

int64_t fixture_client(struct web *web, const struct person *owner, const char *name, const char *segment);
int64_t fixture_product(struct web *web, const char *name);
/* value_minor −1 and day −1: none. */
int64_t fixture_deal(struct web *web, const struct person *owner, int64_t client_id, const char *title, int64_t value_minor, const char *stage, int32_t close_day);
/* Planned; ended where ended_at is not 0. */
int64_t fixture_call(struct web *web, const struct person *owner, int64_t client_id, int64_t deal_id, int number, int64_t planned_at, int64_t ended_at,
		     const char *purpose, const char *promised);

/* What an ended conversation has shown: JSON as call_evidence has it; missed: the client did not come. */
void fixture_shown(struct web *web, int64_t call_id, const char *shown, bool missed);

/* What is derived from conversations is made again from their events; false where something else had been kept. */
bool fixture_rebuild(struct web *web);

/* Any one number of the data, as a test checks it: `sql` has one column. */
int64_t fixture_number(struct web *web, const char *sql);

#endif
