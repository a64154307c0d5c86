#include "core/journal/difference.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

struct piece {
	const char *text;
	size_t n;
	uint32_t hash;
};

struct side {
	struct piece *list;
	int n;
};

static uint32_t hash_of(const char *text, size_t n)
{
	uint32_t hash = 2166136261u;
	for (size_t i = 0; i < n; i++) hash = (hash ^ (unsigned char)text[i]) * 16777619u;
	return hash;
}

static bool same(const struct piece *a, const struct piece *b)
{
	return a->hash == b->hash && a->n == b->n && !memcmp(a->text, b->text, a->n);
}

static void put(struct differences *out, enum difference_kind kind, const struct piece *piece)
{
	out->list[out->n++] = (struct difference){kind, piece->text, piece->n};
}

/* Goes back through what each step d had reached, and marks which pieces are the same. Rows are d + 1 wide, one after another: row d begins at d(d+1)/2; diagonal
 * k = −d, −d+2, …, d stands at (k + d) / 2. */
static int *reached(int *rows, int d, int k)
{
	return &rows[(size_t)d * (size_t)(d + 1) / 2 + (size_t)((k + d) / 2)];
}

static void walk_back(int *rows, int d, int x, int y, unsigned char *old_stays, unsigned char *new_stays)
{
	for (; d > 0; d--) {
		int k = x - y;
		bool down = k == -d || (k != d && *reached(rows, d - 1, k - 1) < *reached(rows, d - 1, k + 1));
		int before = down ? k + 1 : k - 1;
		int from_x = *reached(rows, d - 1, before), from_y = from_x - before;
		for (; x > from_x + !down && y > from_y + down; x--, y--) old_stays[x - 1] = new_stays[y - 1] = 1;
		x = from_x;
		y = from_y;
	}
	for (; x > 0 && y > 0; x--, y--) old_stays[x - 1] = new_stays[y - 1] = 1;
}

/* Myers's forward search. false: more than DIFFERENCE_MOST changes. */
static bool search(const struct side *a, const struct side *b, unsigned char *old_stays, unsigned char *new_stays)
{
	int most = a->n + b->n < DIFFERENCE_MOST ? a->n + b->n : DIFFERENCE_MOST;
	int *rows = malloc(((size_t)most + 1) * ((size_t)most + 2) / 2 * sizeof *rows);
	bool found = false;
	if (!rows) abort();
	for (int d = 0; d <= most && !found; d++) {
		for (int k = -d; k <= d && !found; k += 2) {
			int x = 0;
			if (d) {
				bool down = k == -d || (k != d && *reached(rows, d - 1, k - 1) < *reached(rows, d - 1, k + 1));
				x = down ? *reached(rows, d - 1, k + 1) : *reached(rows, d - 1, k - 1) + 1;
			}
			int y = x - k;
			while (x < a->n && y < b->n && x >= 0 && y >= 0 && same(&a->list[x], &b->list[y])) x++, y++;
			*reached(rows, d, k) = x;
			found = x >= a->n && y >= b->n;
			if (found) walk_back(rows, d, x, y, old_stays, new_stays);
		}
	}
	free(rows);
	return found;
}

static struct differences compare(struct arena *arena, struct side a, struct side b)
{
	struct differences out = {ARENA_ARRAY(arena, struct difference, a.n + b.n + 1), 0};
	struct piece *ends = b.list;
	int head = 0, tail = 0;
	while (head < a.n && head < b.n && same(&a.list[head], &b.list[head])) put(&out, DIFFERENCE_SAME, &b.list[head++]);
	while (tail < a.n - head && tail < b.n - head && same(&a.list[a.n - 1 - tail], &b.list[b.n - 1 - tail])) tail++;
	ends += b.n - tail;
	a = (struct side){a.list + head, a.n - head - tail};
	b = (struct side){b.list + head, b.n - head - tail};
	unsigned char *old_stays = arena_alloc(arena, (size_t)a.n + 1), *new_stays = arena_alloc(arena, (size_t)b.n + 1);
	search(&a, &b, old_stays, new_stays);
	for (int x = 0, y = 0; x < a.n || y < b.n;) {
		if (x < a.n && !old_stays[x]) put(&out, DIFFERENCE_GONE, &a.list[x++]);
		else if (y < b.n && !new_stays[y]) put(&out, DIFFERENCE_COME, &b.list[y++]);
		else {
			put(&out, DIFFERENCE_SAME, &b.list[y++]);
			x++;
		}
	}
	for (int i = 0; i < tail; i++) put(&out, DIFFERENCE_SAME, &ends[i]);
	return out;
}

static struct side lines_of(struct arena *arena, const char *text)
{
	int n = 1;
	for (const char *p = text; *p; p++) n += *p == '\n';
	struct side side = {ARENA_ARRAY(arena, struct piece, n), 0};
	while (*text) {
		size_t bytes = strcspn(text, "\n");
		side.list[side.n++] = (struct piece){text, bytes, hash_of(text, bytes)};
		text += bytes + (text[bytes] == '\n');
	}
	return side;
}

/* Words and what stands between them, in turn: so that a space stays a space. */
static struct side words_of(struct arena *arena, const char *text, size_t n)
{
	struct side side = {ARENA_ARRAY(arena, struct piece, n + 1), 0};
	for (size_t at = 0; at < n;) {
		size_t end = at;
		bool space = text[at] == ' ';
		while (end < n && (text[end] == ' ') == space) end++;
		side.list[side.n++] = (struct piece){text + at, end - at, hash_of(text + at, end - at)};
		at = end;
	}
	return side;
}

struct differences difference_lines(struct arena *arena, const char *old, const char *new)
{
	return compare(arena, lines_of(arena, old), lines_of(arena, new));
}

/* Pieces of one kind that stand together in a text become one. */
static void join(struct differences *d)
{
	int n = 0;
	for (int i = 0; i < d->n; i++) {
		struct difference *last = n ? &d->list[n - 1] : NULL;
		if (last && last->kind == d->list[i].kind && last->text + last->n == d->list[i].text) last->n += d->list[i].n;
		else d->list[n++] = d->list[i];
	}
	d->n = n;
}

/* A run of changes with lone spaces between them: "gone space gone come come" reads better as one piece gone and one come. The spaces go and come with the words
 * around them. */
struct run {
	int from, until;
	bool gone, come;
};

static bool lone_space(const struct differences *d, int i)
{
	return d->list[i].kind == DIFFERENCE_SAME && d->list[i].n == 1 && *d->list[i].text == ' ' && i + 1 < d->n && d->list[i + 1].kind != DIFFERENCE_SAME;
}

static struct run run_at(const struct differences *d, int from)
{
	struct run run = {from, from, false, false};
	if (d->list[from].kind == DIFFERENCE_SAME) return run;
	while (run.until < d->n && (d->list[run.until].kind != DIFFERENCE_SAME || lone_space(d, run.until))) {
		run.gone = run.gone || d->list[run.until].kind == DIFFERENCE_GONE;
		run.come = run.come || d->list[run.until].kind == DIFFERENCE_COME;
		run.until++;
	}
	return run;
}

/* The run's text of one side as one piece: from its first byte to its last, which stand together there. */
static struct difference whole(const struct differences *d, const struct run *run, enum difference_kind kind)
{
	struct difference piece = {kind, NULL, 0};
	size_t before = 0; /* spaces that stay, before the first piece of this side */
	for (int i = run->from; i < run->until; i++) {
		if (d->list[i].kind == DIFFERENCE_SAME) *(piece.text ? &piece.n : &before) += 1;
		if (d->list[i].kind != kind) continue;
		if (!piece.text) {
			piece.text = d->list[i].text - before;
			piece.n = before;
		}
		piece.n += d->list[i].n;
	}
	return piece;
}

static void runs_join(struct arena *arena, struct differences *d)
{
	struct difference *out = ARENA_ARRAY(arena, struct difference, d->n + 1);
	int n = 0;
	for (int i = 0; i < d->n;) {
		struct run run = run_at(d, i);
		if (run.gone && run.come) {
			out[n++] = whole(d, &run, DIFFERENCE_GONE);
			out[n++] = whole(d, &run, DIFFERENCE_COME);
			i = run.until;
		} else {
			do out[n++] = d->list[i++];
			while (i < run.until);
		}
	}
	*d = (struct differences){out, n};
}

struct differences difference_words(struct arena *arena, const char *old, size_t old_bytes, const char *new, size_t new_bytes)
{
	struct differences d = compare(arena, words_of(arena, old, old_bytes), words_of(arena, new, new_bytes));
	runs_join(arena, &d);
	join(&d);
	return d;
}

double difference_alike(const struct differences *d)
{
	size_t same_bytes = 0, all = 0;
	for (int i = 0; i < d->n; i++) {
		bool stays = d->list[i].kind == DIFFERENCE_SAME;
		same_bytes += stays ? 2 * d->list[i].n : 0;
		all += stays ? 2 * d->list[i].n : d->list[i].n;
	}
	return all ? (double)same_bytes / (double)all : 1;
}
