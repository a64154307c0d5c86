/* Recall: what was reckoned lately, not to be reckoned again: small answers by their questions, both plain bytes. The oldest make room. What is kept is only ever a
 * copy of what could be reckoned, so losing it costs time alone. Thread-safe. */
#ifndef STURGEON_APP_RECALL_H
#define STURGEON_APP_RECALL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct recall;

enum { RECALL_BYTES = 8192 }; /* of a question and its answer together; a longer one is not kept */
#define RECALL_ALWAYS INT64_MAX

struct recall *recall_new(size_t room); /* answers */
void recall_free(struct recall *recall);
void recall_forget(struct recall *recall);

/* An answer stands while its `run` is that of whoever asks, or is RECALL_ALWAYS. Question: no padding that is not zero. */
void recall_keep(struct recall *recall, const void *question, size_t question_bytes, int64_t run, const void *answer, size_t answer_bytes);
/* answer: room for RECALL_BYTES. */
bool recall_find(struct recall *recall, const void *question, size_t question_bytes, int64_t run, void *answer, size_t *ret_bytes);

#endif
