#include "app/top_table.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "base/parse.h"
#include "core/top/top.h"
#include "exchange/stamp.h"

enum { NAME_MOST = 1000, COLUMNS_MOST = 64, BLOCK = 1 << 16, AHEAD = 32 };

static void *must(void *memory)
{
	if (!memory) abort();
	return memory;
}

/* ---- The bytes ---- */

struct bytes {
	char *start;
	size_t n;
	bool mapped;
};

static enum err bytes_pour(gzFile file, const char *path, struct bytes *bytes, struct error *err)
{
	size_t room = 1 << 20;
	bytes->start = must(malloc(room));
	for (int n;;) {
		if (room - bytes->n < 1 << 19) bytes->start = must(realloc(bytes->start, room *= 2));
		n = gzread(file, bytes->start + bytes->n, 1 << 19);
		if (n > 0) bytes->n += (size_t)n;
		else if (n == 0) break;
		else return err_set(err, ERR_IO, "%s: %s", path, gzerror(file, &n));
	}
	int code;
	const char *story = gzerror(file, &code);
	return code != Z_OK ? err_set(err, ERR_IO, "%s: %s", path, code == Z_BUF_ERROR ? "the gzip file is cut short" : story) : ERR_NONE;
}

static enum err bytes_read(const char *path, struct bytes *bytes, struct error *err)
{
	struct stat about;
	unsigned char magic[2] = {0, 0};
	int fd = strcmp(path, "-") ? open(path, O_RDONLY | O_CLOEXEC) : dup(STDIN_FILENO);
	if (fd < 0) return err_set(err, ERR_IO, "%s: %s", path, strerror(errno));
	bool plain = !fstat(fd, &about) && S_ISREG(about.st_mode) && about.st_size > 0 && lseek(fd, 0, SEEK_CUR) == 0 &&
		     pread(fd, magic, 2, 0) >= 0 && !(magic[0] == 0x1f && magic[1] == 0x8b);
	if (plain) {
		void *map = mmap(NULL, (size_t)about.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
		if (map != MAP_FAILED) {
			*bytes = (struct bytes){map, (size_t)about.st_size, true};
			madvise(map, bytes->n, MADV_SEQUENTIAL);
			close(fd);
			return ERR_NONE;
		}
	}
	gzFile file = gzdopen(fd, "rb"); /* what is not gzip it reads as it is */
	if (!file) {
		close(fd);
		return err_set(err, ERR_IO, "%s: there is no memory to read it", path);
	}
	gzbuffer(file, 1 << 18);
	enum err kind = bytes_pour(file, path, bytes, err);
	gzclose(file);
	return kind;
}

static void bytes_done(struct bytes *bytes)
{
	if (bytes->mapped) munmap(bytes->start, bytes->n);
	else free(bytes->start);
}

/* ---- Names ---- */

static uint64_t hash_of(const char *text, size_t n)
{
	uint64_t hash = n * UINT64_C(0x9e3779b97f4a7c15), word;
	for (; n >= 8; n -= 8, text += 8) {
		memcpy(&word, text, 8);
		hash = (hash ^ word) * UINT64_C(0xff51afd7ed558ccd);
		hash ^= hash >> 32;
	}
	if (n) {
		word = 0;
		memcpy(&word, text, n);
		hash = (hash ^ word) * UINT64_C(0xff51afd7ed558ccd);
		hash ^= hash >> 32;
	}
	hash *= UINT64_C(0xc4ceb9fe1a85ec53);
	return hash ^ hash >> 29;
}

static void names_widen(struct top_names *names)
{
	uint64_t *old = names->slots;
	uint32_t old_mask = names->mask;
	names->room = names->room ? names->room * 2 : 1024;
	names->mask = names->room * 2 - 1;
	names->name = must(reallocarray(names->name, names->room, sizeof *names->name));
	names->length = must(reallocarray(names->length, names->room, sizeof *names->length));
	names->slots = must(calloc((size_t)names->mask + 1, sizeof *names->slots));
	for (uint32_t i = 0; old && i <= old_mask; i++) {
		if (!old[i]) continue;
		uint32_t number = (uint32_t)old[i] - 1;
		uint32_t at = (uint32_t)hash_of(names->name[number], names->length[number]) & names->mask;
		while (names->slots[at]) at = (at + 1) & names->mask;
		names->slots[at] = old[i];
	}
	free(old);
}

static const char *names_keep(struct top_names *names, const char *text, size_t n)
{
	if (n + 1 > names->block_left) {
		char *block = must(malloc(BLOCK));
		memcpy(block, &names->blocks, sizeof names->blocks);
		names->blocks = block;
		names->block = block + sizeof(void *);
		names->block_left = BLOCK - sizeof(void *);
	}
	char *kept = names->block;
	memcpy(kept, text, n);
	kept[n] = '\0';
	names->block += n + 1;
	names->block_left -= n + 1;
	return kept;
}

static uint32_t names_number(struct top_names *names, const char *text, size_t n, uint64_t hash)
{
	if (names->n == names->room) names_widen(names);
	uint32_t at = (uint32_t)hash & names->mask;
	uint64_t tag = hash & UINT64_C(0xffffffff00000000);
	for (; names->slots[at]; at = (at + 1) & names->mask) {
		if ((names->slots[at] & UINT64_C(0xffffffff00000000)) != tag) continue;
		uint32_t number = (uint32_t)names->slots[at] - 1;
		if (names->length[number] == n && !memcmp(names->name[number], text, n)) return number;
	}
	names->slots[at] = tag | (names->n + 1);
	names->name[names->n] = names_keep(names, text, n);
	names->length[names->n] = (uint32_t)n;
	return names->n++;
}

static void names_expect(const struct top_names *names, uint64_t hash)
{
	if (names->slots) __builtin_prefetch(&names->slots[(uint32_t)hash & names->mask]);
}

static void names_done(struct top_names *names)
{
	for (void *block = names->blocks, *next; block; block = next) {
		memcpy(&next, block, sizeof next);
		free(block);
	}
	free(names->name);
	free(names->length);
	free(names->slots);
}

/* ---- Lines ---- */

enum column { AT, VOTER, POST, AUTHOR, COMMUNITY, PUBLISHED, WEIGHT, POSITION, COLUMNS };

static const char *const column_names[COLUMNS] = {"time", "voter", "post", "author", "community", "published", "weight", "position"};

struct field {
	const char *text;
	uint32_t n;
};

struct reading {
	const char *path;
	enum top_table_kind kind;
	struct top_table *table;
	struct error *err;
	const char *at, *end;
	size_t line, room, post_room;
	uint8_t place[COLUMNS_MOST];    /* of a field in the line: which column it is; COLUMNS: none */
	int columns;
	bool has[COLUMNS];
	char *unquoted;                 /* room for a line's quoted fields */
	size_t unquoted_room;
};

static enum err wrong(const struct reading *r, const char *column, const char *what)
{
	return err_set(r->err, ERR_SYNTAX, "%s, line %zu: %s%s%s", r->path, r->line, column, *column ? ": " : "", what);
}

/* Up to the line's end (not in it), which is found here. A field in quotes is unpacked beside. */
static enum err fields_cut(struct reading *r, struct field *fields, int most, int *ret_n)
{
	const char *p = r->at, *end = memchr(p, '\n', (size_t)(r->end - p));
	int n = 0;
	if (!end) end = r->end;
	r->at = end < r->end ? end + 1 : end;
	if (end > p && end[-1] == '\r') end--;
	char *spare = NULL;
	for (;;) {
		struct field field;
		if (p < end && *p == '"') {
			if (!spare) {
				size_t room = (size_t)(end - p) + 1;
				if (room > r->unquoted_room) r->unquoted = must(realloc(r->unquoted, r->unquoted_room = room * 2));
				spare = r->unquoted;
			}
			field.text = spare;
			for (p++; p < end && (*p != '"' || (p + 1 < end && p[1] == '"')); p++) {
				if (*p == '"') p++;
				*spare++ = *p;
			}
			if (p == end) return wrong(r, "", "a quote is not closed in its line");
			field.n = (uint32_t)(spare - field.text);
			p++;
			if (p < end && *p != ',') return wrong(r, "", "after a closing quote a comma is wanted");
		} else {
			const char *from = p;
			while (p < end && *p != ',') p++;
			field = (struct field){from, (uint32_t)(p - from)};
		}
		if (n < most) fields[n] = field;
		n++;
		if (p >= end) break;
		p++;
	}
	*ret_n = n;
	return ERR_NONE;
}

static bool same_word(const struct field *field, const char *word)
{
	return field->n == strlen(word) && !strncasecmp(field->text, word, field->n);
}

static struct field trimmed(struct field field)
{
	while (field.n && (*field.text == ' ' || *field.text == '\t')) field.text++, field.n--;
	while (field.n && (field.text[field.n - 1] == ' ' || field.text[field.n - 1] == '\t')) field.n--;
	return field;
}

static enum err header_read(struct reading *r)
{
	static const enum column wanted[2][5] = {{AT, VOTER, POST, AUTHOR, COLUMNS}, {AT, POSITION, POST, AUTHOR, COLUMNS}};
	struct field fields[COLUMNS_MOST];
	if (r->end - r->at >= 3 && !memcmp(r->at, "\xef\xbb\xbf", 3)) r->at += 3;
	r->line = 1;
	if (r->at == r->end) return wrong(r, "", "the table is empty: its first line names the columns");
	enum err kind = fields_cut(r, fields, COLUMNS_MOST, &r->columns);
	if (kind) return kind;
	if (r->columns > COLUMNS_MOST) return wrong(r, "", "there are more than 64 columns");
	for (int i = 0; i < r->columns; i++) {
		struct field name = trimmed(fields[i]);
		r->place[i] = COLUMNS;
		for (int c = 0; c < COLUMNS; c++) {
			if (!same_word(&name, column_names[c])) continue;
			if (r->kind == TOP_TABLE_SNAPSHOTS && (c == VOTER || c == WEIGHT || c == PUBLISHED)) continue;
			if (r->kind == TOP_TABLE_VOTES && c == POSITION) continue;
			if (r->has[c]) return wrong(r, column_names[c], "this column is there twice");
			r->has[c] = true;
			r->place[i] = (uint8_t)c;
		}
	}
	for (const enum column *c = wanted[r->kind]; *c != COLUMNS; c++)
		if (!r->has[*c]) return wrong(r, column_names[*c], "there is no such column; the first line names the columns");
	return ERR_NONE;
}

/* Unix seconds are read here, anything else by exchange/stamp. */
static bool moment_read(const struct field *field, int64_t *ret_at, bool *ret_iso)
{
	int64_t seconds = 0, micros = 0;
	uint32_t i = 0;
	for (; i < field->n && i < 12 && field->text[i] >= '0' && field->text[i] <= '9'; i++) seconds = seconds * 10 + (field->text[i] - '0');
	if (i && i < field->n && field->text[i] == '.' && field->n - i - 1 <= 6) {
		uint32_t from = ++i;
		for (; i < field->n && field->text[i] >= '0' && field->text[i] <= '9'; i++) micros = micros * 10 + (field->text[i] - '0');
		for (uint32_t digits = i - from; digits < 6; digits++) micros *= 10;
	}
	if (i && i == field->n && seconds < 250000000000) {
		*ret_at = seconds * 1000000 + micros;
		*ret_iso = false;
		return true;
	}
	char text[64];
	if (field->n >= sizeof text) return false;
	memcpy(text, field->text, field->n);
	text[field->n] = '\0';
	return stamp_moment(text, ret_at, ret_iso);
}

static bool real_read(const struct field *field, double *ret)
{
	char text[64], *end;
	if (!field->n || field->n >= sizeof text) return false;
	memcpy(text, field->text, field->n);
	text[field->n] = '\0';
	*ret = strtod(text, &end);
	return !*end && isfinite(*ret);
}

/* ---- Rows ---- */

struct row {
	int64_t at, published;
	double weight;
	uint16_t position;
	struct field voter, post, author, community;
	uint64_t hash[4];
	size_t line;
};

static void rows_widen(struct reading *r)
{
	struct top_table *t = r->table;
	r->room = r->room ? r->room * 2 : 1 << 16;
	t->at = must(reallocarray(t->at, r->room, sizeof *t->at));
	t->post = must(reallocarray(t->post, r->room, sizeof *t->post));
	if (r->kind == TOP_TABLE_VOTES) t->voter = must(reallocarray(t->voter, r->room, sizeof *t->voter));
	else {
		t->position = must(reallocarray(t->position, r->room, sizeof *t->position));
		t->line = must(reallocarray(t->line, r->room, sizeof *t->line));
	}
	if (r->has[WEIGHT]) t->weight = must(reallocarray(t->weight, r->room, sizeof *t->weight));
}

static void posts_widen(struct reading *r)
{
	struct top_table *t = r->table;
	r->post_room = r->post_room ? r->post_room * 2 : 1 << 12;
	t->author_of = must(reallocarray(t->author_of, r->post_room, sizeof *t->author_of));
	t->community_of = must(reallocarray(t->community_of, r->post_room, sizeof *t->community_of));
	t->published = must(reallocarray(t->published, r->post_room, sizeof *t->published));
}

/* The values of a line, and the hashes of its names. */
static enum err row_parse(struct reading *r, const struct field *fields, struct row *row)
{
	bool iso;
	*row = (struct row){.published = INT64_MAX, .weight = NAN, .line = r->line};
	for (int i = 0; i < r->columns; i++) {
		struct field field = trimmed(fields[i]);
		switch (r->place[i]) {
		case AT:
			if (!moment_read(&field, &row->at, &iso)) return wrong(r, "time", "a moment is wanted: Unix seconds or ISO 8601");
			if (iso) r->table->iso = true;
			break;
		case VOTER: row->voter = field; break;
		case POST: row->post = field; break;
		case AUTHOR: row->author = field; break;
		case COMMUNITY: row->community = field; break;
		case PUBLISHED:
			if (field.n && !moment_read(&field, &row->published, &iso)) return wrong(r, "published", "a moment is wanted: Unix seconds or ISO 8601");
			break;
		case WEIGHT: {
			double weight;
			if (!field.n) break;
			if (!real_read(&field, &weight) || (weight < 0 && weight != -1)) return wrong(r, "weight", "a number from 0 is wanted, or -1, which takes a vote back");
			row->weight = weight;
			r->table->has_weights = true;
			if (weight < 0) r->table->has_backs = true;
			break;
		}
		case POSITION: {
			double position;
			if (!real_read(&field, &position) || position < 1 || position > TOP_MOST || position != floor(position))
				return wrong(r, "position", "a whole number from 1 to 1000 is wanted");
			row->position = (uint16_t)position;
			break;
		}
		default: break;
		}
	}
	if (!row->post.n) return wrong(r, "post", "it is empty");
	if (r->kind == TOP_TABLE_VOTES && !row->voter.n) return wrong(r, "voter", "it is empty");
	if (row->post.n > NAME_MOST || row->voter.n > NAME_MOST || row->author.n > NAME_MOST || row->community.n > NAME_MOST)
		return wrong(r, "", "a name is longer than 1000 bytes");
	row->hash[0] = hash_of(row->post.text, row->post.n);
	names_expect(&r->table->posts, row->hash[0]);
	row->hash[1] = hash_of(row->author.text, row->author.n);
	names_expect(&r->table->people, row->hash[1]);
	if (r->kind == TOP_TABLE_VOTES) {
		row->hash[2] = hash_of(row->voter.text, row->voter.n);
		names_expect(&r->table->people, row->hash[2]);
	}
	if (row->community.n) row->hash[3] = hash_of(row->community.text, row->community.n);
	return ERR_NONE;
}

static void row_take(struct reading *r, const struct row *row)
{
	struct top_table *t = r->table;
	if (t->n == r->room) rows_widen(r);
	uint32_t known = t->posts.n, post = names_number(&t->posts, row->post.text, row->post.n, row->hash[0]);
	if (post == known) {
		if (post == r->post_room) posts_widen(r);
		t->author_of[post] = t->community_of[post] = TOP_TABLE_NONE;
		t->published[post] = INT64_MAX;
	}
	if (t->author_of[post] == TOP_TABLE_NONE && row->author.n) t->author_of[post] = names_number(&t->people, row->author.text, row->author.n, row->hash[1]);
	if (t->community_of[post] == TOP_TABLE_NONE && row->community.n)
		t->community_of[post] = names_number(&t->communities, row->community.text, row->community.n, row->hash[3]);
	if (t->published[post] == INT64_MAX) t->published[post] = row->published;
	if (t->n && row->at < t->at[t->n - 1]) t->in_order = false;
	t->at[t->n] = row->at;
	t->post[t->n] = post;
	if (t->voter) t->voter[t->n] = names_number(&t->people, row->voter.text, row->voter.n, row->hash[2]);
	if (t->weight) t->weight[t->n] = row->weight;
	if (t->position) {
		t->position[t->n] = row->position;
		t->line[t->n] = (uint32_t)row->line;
	}
	t->n++;
}

/* Lines are parsed AHEAD of their names' being looked up, so that memory has time to come. A line with quotes stands in a buffer that the next one takes: such
 * lines are taken one by one. */
static enum err rows_read(struct reading *r, const struct top_table_progress *progress)
{
	struct field fields[COLUMNS_MOST];
	struct row rows[AHEAD];
	const char *start = r->at, *told = r->at;
	int n = 0;
	enum err kind = ERR_NONE;
	while (!kind && r->at < r->end) {
		int columns;
		r->line++;
		if (*r->at == '\n' || (*r->at == '\r' && r->at + 1 < r->end && r->at[1] == '\n')) {
			r->at += *r->at == '\r' ? 2 : 1;
			continue;
		}
		const char *line = r->at;
		kind = fields_cut(r, fields, COLUMNS_MOST, &columns);
		if (!kind && columns != r->columns) kind = wrong(r, "", columns < r->columns ? "fields are missing" : "there are more fields than columns");
		if (!kind) kind = row_parse(r, fields, &rows[n]);
		if (kind) break;
		n++;
		if (n == AHEAD || memchr(line, '"', (size_t)(r->at - line))) {
			for (int i = 0; i < n; i++) row_take(r, &rows[i]);
			n = 0;
		}
		if (r->table->n + AHEAD > INT32_MAX) kind = err_set(r->err, ERR_LIMIT, "%s: more than 2 thousand million rows", r->path);
		if (progress && progress->tell && r->at - told > 16 << 20) {
			told = r->at;
			progress->tell(progress->arg, (double)(r->at - start) / (double)(r->end - start), r->table->n);
		}
	}
	for (int i = 0; i < n && !kind; i++) row_take(r, &rows[i]);
	return kind;
}

enum err top_table_read(const char *path, enum top_table_kind kind, const struct top_table_progress *progress, struct top_table *ret_table, struct error *err)
{
	struct bytes bytes = {0};
	*ret_table = (struct top_table){.in_order = true};
	struct reading r = {.path = strcmp(path, "-") ? path : "standard input", .kind = kind, .table = ret_table, .err = err};
	enum err failed = bytes_read(path, &bytes, err);
	r.at = bytes.start ? bytes.start : "";
	r.end = r.at + bytes.n;
	if (!failed) failed = header_read(&r);
	if (!failed) failed = rows_read(&r, progress);
	free(r.unquoted);
	bytes_done(&bytes);
	if (failed) top_table_done(ret_table);
	return failed;
}

void top_table_done(struct top_table *t)
{
	free(t->at);
	free(t->voter);
	free(t->post);
	free(t->weight);
	free(t->position);
	free(t->line);
	free(t->author_of);
	free(t->community_of);
	free(t->published);
	names_done(&t->people);
	names_done(&t->posts);
	names_done(&t->communities);
	*t = (struct top_table){0};
}

static int by_time(const void *a, const void *b, void *at)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	const int64_t *moment = at;
	if (moment[x] != moment[y]) return moment[x] < moment[y] ? -1 : 1;
	return x < y ? -1 : 1;
}

uint32_t *top_table_order(const struct top_table *table)
{
	if (table->in_order) return NULL;
	uint32_t *order = must(reallocarray(NULL, table->n + 1, sizeof *order));
	for (size_t i = 0; i < table->n; i++) order[i] = (uint32_t)i;
	qsort_r(order, table->n, sizeof *order, by_time, table->at);
	return order;
}

/* A whole number of at most 18 digits. */
static bool number_read(const char *text, size_t n, int64_t *ret)
{
	int64_t value = 0;
	size_t i = n && *text == '-' ? 1 : 0;
	if (n == i || n - i > 18) return false;
	for (; i < n; i++) {
		if (text[i] < '0' || text[i] > '9') return false;
		value = value * 10 + (text[i] - '0');
	}
	*ret = *text == '-' ? -value : value;
	return true;
}

static int by_bytes(const void *a, const void *b, void *names)
{
	const struct top_names *posts = names;
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
	uint32_t n = posts->length[x] < posts->length[y] ? posts->length[x] : posts->length[y];
	int order = memcmp(posts->name[x], posts->name[y], n);
	if (order) return order;
	return posts->length[x] < posts->length[y] ? -1 : posts->length[x] > posts->length[y];
}

int64_t *top_table_ids(const struct top_table *table)
{
	const struct top_names *posts = &table->posts;
	int64_t *ids = must(reallocarray(NULL, posts->n + 1, sizeof *ids));
	uint32_t *words = NULL, n = 0;
	for (uint32_t i = 0; i < posts->n; i++) {
		if (number_read(posts->name[i], posts->length[i], &ids[i])) continue;
		if (!words) words = must(reallocarray(NULL, posts->n, sizeof *words));
		words[n++] = i;
	}
	if (n) qsort_r(words, n, sizeof *words, by_bytes, (void *)(uintptr_t)posts);
	for (uint32_t i = 0; i < n; i++) ids[words[i]] = INT64_C(1000000000000000000) + i;
	free(words);
	return ids;
}
