#include "app/top_out.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "exchange/stamp.h"

enum { BUFFER = 256 * 1024, NUMBER = 48 };

struct out {
	FILE *to;
	char *bytes;
	size_t used;
	bool failed;
};

static void *must(void *memory)
{
	if (!memory) abort();
	return memory;
}

static struct out out_open(FILE *to, const char *header)
{
	struct out out = {.to = to, .bytes = must(malloc(BUFFER))};
	out.used = strlen(header);
	memcpy(out.bytes, header, out.used);
	return out;
}

static void out_flush(struct out *out)
{
	if (!out->failed && fwrite(out->bytes, 1, out->used, out->to) != out->used) out->failed = true;
	out->used = 0;
}

static enum err out_close(struct out *out, struct error *err)
{
	out_flush(out);
	if (fflush(out->to)) out->failed = true;
	free(out->bytes);
	return out->failed ? err_set(err, ERR_IO, "what was to be printed could not be written: %s", strerror(errno)) : ERR_NONE;
}

static void out_bytes(struct out *out, const char *bytes, size_t n)
{
	if (n > BUFFER - out->used) out_flush(out);
	for (; n > BUFFER; n -= BUFFER, bytes += BUFFER) {
		memcpy(out->bytes, bytes, BUFFER);
		out->used = BUFFER;
		out_flush(out);
	}
	memcpy(out->bytes + out->used, bytes, n);
	out->used += n;
}

static void out_char(struct out *out, char c)
{
	out_bytes(out, &c, 1);
}

/* A field, quoted where it must be. */
static void out_text(struct out *out, const char *text)
{
	size_t n = strcspn(text, "\",\r\n");
	if (!text[n] && *text != ' ') {
		out_bytes(out, text, n);
		return;
	}
	out_char(out, '"');
	for (; *text; text++) {
		if (*text == '"') out_char(out, '"');
		out_char(out, *text);
	}
	out_char(out, '"');
}

static void out_count(struct out *out, uint64_t n)
{
	char digits[24];
	size_t at = sizeof digits;
	do digits[--at] = (char)('0' + n % 10);
	while (n /= 10);
	out_bytes(out, digits + at, sizeof digits - at);
}

static void out_stamp(struct out *out, int64_t at, bool iso)
{
	char text[32];
	out_bytes(out, text, (size_t)stamp_write(at, iso, text));
}

/* 15 significant digits without closing zeros. x ≥ 0. */
static void out_real(struct out *out, double x)
{
	char text[NUMBER];
	int decimals = x > 0 ? 14 - (int)floor(log10(x)) : 0;
	decimals = decimals < 0 ? 0 : decimals > 24 ? 24 : decimals;
	int n = snprintf(text, sizeof text, "%.*f", decimals, x);
	if (decimals) {
		while (text[n - 1] == '0') n--;
		if (text[n - 1] == '.') n--;
	}
	out_bytes(out, text, (size_t)n);
}

static const char *name_of(const uint32_t *of, const char *const *names, uint32_t post)
{
	return of && of[post] != RATING_NOBODY ? names[of[post]] : "";
}

static enum err rating_made(const struct top_history *history, struct rating **ret_rating, struct error *err)
{
	struct rating *rating = rating_new();
	for (uint32_t post = 0; post < history->posts; post++)
		rating_post(rating, post, history->author_of[post], history->community_of ? history->community_of[post] : RATING_NOBODY);
	size_t put = rating_load(rating, history->tenures, history->n);
	if (put < history->n) {
		const struct tenure *wrong = &history->tenures[put];
		rating_free(rating);
		return err_set(err, ERR_CORRUPT, "post %.60s: its tenure at position %u does not follow the one before it", history->post[wrong->post], (unsigned)wrong->position);
	}
	*ret_rating = rating;
	return ERR_NONE;
}

static int by_name(const void *a, const void *b, void *names)
{
	const char *const *name = names;
	return strcmp(name[*(const uint32_t *)a], name[*(const uint32_t *)b]);
}

/* order[who]: his place among all names. */
static uint32_t *names_order(const char *const *names, const struct rating_figure *figures, size_t n, size_t groups)
{
	uint32_t *sorted = must(malloc((n + 1) * sizeof *sorted)), *order = must(calloc(groups + 1, sizeof *order));
	for (size_t i = 0; i < n; i++) sorted[i] = figures[i].who;
	qsort_r(sorted, n, sizeof *sorted, by_name, (void *)(uintptr_t)names);
	for (size_t i = 0; i < n; i++) order[sorted[i]] = (uint32_t)i;
	free(sorted);
	return order;
}

enum err top_out_rating(const struct top_history *history, enum rating_by by, FILE *to, struct error *err)
{
	struct rating *rating;
	const char *const *names = by == RATING_AUTHORS ? history->author : history->community;
	enum err kind = rating_made(history, &rating, err);
	if (kind) return kind;
	size_t groups = rating_groups(rating, by);
	struct rating_figure *figures = must(malloc((groups + 1) * sizeof *figures));
	size_t n = rating_all(rating, by, history->span, figures);
	uint32_t *order = names_order(names, figures, n, groups);
	rating_rank(figures, n, RATING_KEY_POINTS, order);
	struct out out = out_open(to, by == RATING_AUTHORS ? "rank,author,rating,posts,entered,time_s,place_h,best,mean_position,longest_s,now\n"
							   : "rank,community,rating,posts,entered,time_s,place_h,best,mean_position,longest_s,now\n");
	for (size_t i = 0; i < n; i++) {
		const struct rating_figure *figure = &figures[i];
		out_count(&out, i + 1);
		out_char(&out, ',');
		out_text(&out, names[figure->who]);
		out_char(&out, ',');
		out_real(&out, rating_points(figure));
		out_char(&out, ',');
		out_count(&out, figure->posts);
		out_char(&out, ',');
		out_count(&out, figure->entered);
		out_char(&out, ',');
		out_stamp(&out, figure->time_us, false);
		out_char(&out, ',');
		out_real(&out, rating_hours(figure->place));
		out_char(&out, ',');
		out_count(&out, figure->best);
		out_char(&out, ',');
		out_real(&out, rating_mean_position(figure));
		out_char(&out, ',');
		out_stamp(&out, figure->longest_us, false);
		out_char(&out, ',');
		out_count(&out, figure->now);
		out_char(&out, '\n');
	}
	free(order);
	free(figures);
	rating_free(rating);
	return out_close(&out, err);
}

enum err top_out_tenures(const struct top_history *history, FILE *to, struct error *err)
{
	const struct rating_span *span = &history->span;
	struct out out = out_open(to, "post,author,community,position,from,to\n");
	for (size_t i = 0; i < history->n; i++) {
		const struct tenure *tenure = &history->tenures[i];
		if (tenure->from >= span->to || tenure->to <= span->from) continue; /* what begins at the very end has no time yet */
		out_text(&out, history->post[tenure->post]);
		out_char(&out, ',');
		out_text(&out, name_of(history->author_of, history->author, tenure->post));
		out_char(&out, ',');
		out_text(&out, name_of(history->community_of, history->community, tenure->post));
		out_char(&out, ',');
		out_count(&out, tenure->position);
		out_char(&out, ',');
		out_stamp(&out, tenure->from > span->from ? tenure->from : span->from, history->iso);
		out_char(&out, ',');
		out_stamp(&out, tenure->to < span->to ? tenure->to : span->to, history->iso);
		out_char(&out, '\n');
	}
	return out_close(&out, err);
}

enum err top_out_top(const struct top_history *history, int64_t at, FILE *to, struct error *err)
{
	struct rating *rating;
	enum err kind = rating_made(history, &rating, err);
	if (kind) return kind;
	struct rating_held *held = must(calloc(TOP_MOST, sizeof *held));
	size_t n = rating_top(rating, at, held, TOP_MOST);
	struct out out = out_open(to, "position,post,author,community,since,in_top_since\n");
	for (size_t i = 0; i < n && i < TOP_MOST; i++) {
		out_count(&out, held[i].position);
		out_char(&out, ',');
		out_text(&out, history->post[held[i].post]);
		out_char(&out, ',');
		out_text(&out, name_of(history->author_of, history->author, held[i].post));
		out_char(&out, ',');
		out_text(&out, name_of(history->community_of, history->community, held[i].post));
		out_char(&out, ',');
		out_stamp(&out, held[i].since, history->iso);
		out_char(&out, ',');
		out_stamp(&out, held[i].stay_from, history->iso);
		out_char(&out, '\n');
	}
	free(held);
	rating_free(rating);
	return out_close(&out, err);
}

enum err top_out_summary(const struct top_summary *summary, FILE *to, struct error *err)
{
	double rate = summary->seconds > 0 ? (double)summary->events / summary->seconds : 0;
	fprintf(to,
		"{\n  \"events\": %" PRId64 ",\n  \"ignored\": %" PRId64 ",\n  \"posts\": %" PRId64 ",\n  \"people\": %" PRId64 ",\n  \"communities\": %" PRId64 ",\n  \"changes\": %" PRId64
		",\n  \"seconds\": %.6f,\n  \"events_per_s\": %.0f,\n  \"peak_memory_bytes\": %" PRId64 "\n}\n",
		summary->events, summary->ignored, summary->posts, summary->authors, summary->communities, summary->changes, summary->seconds, rate, summary->peak_memory_bytes);
	if (fflush(to) || ferror(to)) return err_set(err, ERR_IO, "what was to be printed could not be written: %s", strerror(errno));
	return ERR_NONE;
}
