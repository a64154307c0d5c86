/* JSON place: in which line of a JSON text something stands, for telling mistakes in what was read without a mistake of syntax. */
#ifndef STURGEON_APP_JSON_PLACE_H
#define STURGEON_APP_JSON_PLACE_H

#include <stddef.h>

struct json_step {
	const char *key;                /* of an object; NULL: the index of an array */
	size_t index;
};

/* The line, from 1, where the value at the end of the path begins; where the path leads nowhere, that of the last value on it. The text must be sound JSON. O(n). */
int json_place_line(const char *bytes, size_t n, const struct json_step *path, int n_path);

#endif
