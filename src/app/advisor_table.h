/* Advisor table: any CSV with an outcome column as evidence that a belief can learn from, and be tested on.
 *
 * Columns   numbers where every training value that is not empty reads as one ("1,5" too, unless the comma separates): standardised to mean 0 and standard
 *           deviation 1 over the training rows; otherwise words, one flag a word of the training rows. A column that is the same in all of
 *           them says nothing and is left out.
 * No evidence (0): an empty cell, a word that no training row had, a number where the column's are none.
 * Rows      numbered from 0, header and unreadable rows not counted. ADVISOR_TRAIN_EVEN trains on rows 0, 2, 4 … and tests on 1, 3, 5 …;
 *           ADVISOR_TRAIN_FIRST70 on the first 70 % and tests on the rest.
 *
 * Memory: about 8 bytes a cell beside the file; the file is at most ADVISOR_TABLE_BYTES unpacked. */
#ifndef STURGEON_APP_ADVISOR_TABLE_H
#define STURGEON_APP_ADVISOR_TABLE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/err.h"

#define ADVISOR_TABLE_BYTES ((size_t)256 << 20)
#define ADVISOR_TABLE_FEATURES_MAX 2000

enum advisor_train { ADVISOR_TRAIN_EVEN, ADVISOR_TRAIN_FIRST70 };

struct advisor_table_spec {
	const char *path; /* .gz or plain */
	const char *outcome, *yes; /* the column, and the value that means that it happened; any other means that it did not */
	const char *const *drop;
	int drops;
	enum advisor_train train;
	char separator; /* 0: guessed */
};

struct advisor_table_column;

struct advisor_table {
	size_t rows, trained;  /* usable rows; those of them to train on */
	size_t passed_over;    /* unreadable, or of another number of fields than the header */
	int features;          /* numbers in x, x[0] = 1 among them */
	int columns;           /* those that say something */
	enum advisor_train train;
	struct advisor_table_column *column;
	double *cell;          /* rows × columns: a standardised number, or the index of a word among its column's; NaN: no evidence */
	bool *happened;        /* rows */
};

/* ERR_IO: the file cannot be read. ERR_SYNTAX, ERR_LIMIT: what is asked does not fit the table (no such column, only one kind of outcome in the training
 * rows, too many words …); err->text tells the user what to change. On an error *ret_table needs no advisor_table_done. */
MUST_CHECK enum err advisor_table_read(const struct advisor_table_spec *spec, struct advisor_table *ret_table, struct error *err);
void advisor_table_done(struct advisor_table *table);

void advisor_table_row(const struct advisor_table *table, size_t row, double *ret_x);
bool advisor_table_trains(const struct advisor_table *table, size_t row);

#endif
