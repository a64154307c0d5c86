#include "base/zone.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/moment.h"

enum { FILE_MAX = 256 * 1024, HEAD = 44, NAME_MAX_BYTES = 60, OFFSET_MAX = 26 * 3600 };

/* When the clock changes each year, as the line at a file's end has it: "M3.5.0/3" is 03:00 on the last Sunday of March. */
struct change {
	char kind;                      /* 'M' month, week, weekday; 'J' day 1–365, 29 February never counted; '0' day 0–365 */
	int month, week, day;
	int second;                     /* after local midnight; may be negative or beyond the day */
};

struct zone {
	struct zone *next;
	char name[NAME_MAX_BYTES + 1];
	int64_t *at;                    /* seconds at which the offset changes, growing */
	int32_t *offset;                /* from at[i] on */
	int count, first;               /* first: the offset before them all */
	bool yearly;                    /* after them all: standard time, and summer time between two changes a year */
	int standard, summer;
	struct change begins, ends;     /* of summer time */
};

static struct zone *zones;              /* all that were read, newest first */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

/* ---- The line at the end: a zone as POSIX writes it ---- */

static bool number(const char **at, int *ret)
{
	int value = 0, digits = 0;
	for (; **at >= '0' && **at <= '9' && digits < 4; (*at)++, digits++) value = value * 10 + (**at - '0');
	*ret = value;
	return digits > 0;
}

static bool name_skip(const char **at)
{
	const char *from = *at;
	if (**at == '<') {
		*at += strcspn(*at, ">");
		return *(*at)++ == '>';
	}
	while ((**at | 32) >= 'a' && (**at | 32) <= 'z') (*at)++;
	return *at - from >= 3;
}

/* [+-]hh[:mm[:ss]] */
static bool clock_read(const char **at, int *ret_seconds)
{
	int hours, minutes = 0, seconds = 0, sign = **at == '-' ? -1 : 1;
	if (**at == '-' || **at == '+') (*at)++;
	if (!number(at, &hours) || hours > 167) return false;
	if (**at == ':' && ((*at)++, !number(at, &minutes) || minutes > 59)) return false;
	if (**at == ':' && ((*at)++, !number(at, &seconds) || seconds > 59)) return false;
	*ret_seconds = sign * (hours * 3600 + minutes * 60 + seconds);
	return true;
}

static bool change_read(const char **at, struct change *ret)
{
	*ret = (struct change){.kind = '0', .second = 2 * 3600};
	if (*(*at)++ != ',') return false;
	if (**at == 'M') {
		ret->kind = *(*at)++;
		if (!number(at, &ret->month) || *(*at)++ != '.' || !number(at, &ret->week) || *(*at)++ != '.' || !number(at, &ret->day)) return false;
		if (ret->month < 1 || ret->month > 12 || ret->week < 1 || ret->week > 5 || ret->day > 6) return false;
	} else {
		if (**at == 'J') ret->kind = *(*at)++;
		if (!number(at, &ret->day) || ret->day > 365) return false;
	}
	return **at != '/' || ((*at)++, clock_read(at, &ret->second));
}

/* "EET-2EEST,M3.5.0/3,M10.5.0/4" */
static bool rule_read(struct zone *zone, const char *at)
{
	int west;
	if (!name_skip(&at) || !clock_read(&at, &west)) return false;
	zone->standard = zone->summer = -west;
	if (!*at) return true;
	if (!name_skip(&at)) return false;
	zone->summer = zone->standard + 3600;
	if (*at != ',') {
		if (!clock_read(&at, &west)) return false;
		zone->summer = -west;
	}
	return zone->yearly = change_read(&at, &zone->begins) && change_read(&at, &zone->ends) && !*at;
}

/* The local second at which a change happens in a year, on the clock that runs before it. */
static int64_t change_at(const struct change *change, int year)
{
	int32_t day = day_from_date(year, 1, 1);
	bool leap = day_from_date(year + 1, 1, 1) - day == 366;
	if (change->kind == 'M') {
		day = day_from_date(year, change->month, 1);
		int32_t next = change->month == 12 ? day_from_date(year + 1, 1, 1) : day_from_date(year, change->month + 1, 1);
		day += (change->day - day_weekday(day) % 7 + 7) % 7 + 7 * (change->week - 1);
		while (day >= next) day -= 7;
	} else if (change->kind == 'J') {
		day += change->day - 1 + (leap && change->day >= 60);
	} else {
		day += change->day;
	}
	return (int64_t)day * 86400 + change->second;
}

/* The newest of the changes of three years that is not after the second decides. */
static int yearly_offset(const struct zone *zone, int64_t second)
{
	int year, month, day, offset = zone->standard;
	int64_t newest = INT64_MIN;
	int64_t days = second / 86400;
	day_to_date((int32_t)(days < -700000 ? -700000 : days > 2900000 ? 2900000 : days), &year, &month, &day);
	for (int y = year - 1; y <= year + 1; y++) {
		int64_t begins = change_at(&zone->begins, y) - zone->standard, ends = change_at(&zone->ends, y) - zone->summer;
		if (ends <= second && ends > newest) {
			newest = ends;
			offset = zone->standard;
		}
		if (begins <= second && begins >= newest) {
			newest = begins;
			offset = zone->summer;
		}
	}
	return offset;
}

int zone_offset(const struct zone *zone, int64_t second)
{
	if (!zone->count || second >= zone->at[zone->count - 1]) {
		if (zone->yearly) return yearly_offset(zone, second);
		return zone->count ? zone->offset[zone->count - 1] : zone->first;
	}
	if (second < zone->at[0]) return zone->first;
	int low = 0, high = zone->count - 1; /* at[low] <= second < at[high] */
	while (high - low > 1) {
		int middle = low + (high - low) / 2;
		if (zone->at[middle] <= second) low = middle;
		else high = middle;
	}
	return zone->offset[low];
}

/* ---- The file ---- */

struct counts {
	uint32_t utc_flags, wall_flags, leaps, times, types, chars;
};

static uint32_t word(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* The head of one of a file's two blocks, whose times have `width` bytes. false where its body would not fit into what is left. */
static bool head_read(const unsigned char *p, size_t left, size_t width, struct counts *c, size_t *ret_body)
{
	if (left < HEAD || memcmp(p, "TZif", 4)) return false;
	*c = (struct counts){word(p + 20), word(p + 24), word(p + 28), word(p + 32), word(p + 36), word(p + 40)};
	if (c->utc_flags > 256 || c->wall_flags > 256 || c->leaps > 10000 || c->times > 10000 || !c->types || c->types > 256 || c->chars > 10000) return false;
	*ret_body = c->times * width + c->times + c->types * 6 + c->chars + c->leaps * (width + 4) + c->wall_flags + c->utc_flags;
	return *ret_body <= left - HEAD;
}

static bool offset_good(int32_t offset)
{
	return offset > -OFFSET_MAX && offset < OFFSET_MAX;
}

static bool body_read(struct zone *zone, const unsigned char *p, const struct counts *c)
{
	const unsigned char *kind = p + c->times * 8, *types = kind + c->times;
	zone->at = calloc(c->times + 1, sizeof *zone->at);
	zone->offset = calloc(c->times + 1, sizeof *zone->offset);
	if (!zone->at || !zone->offset) abort();
	zone->first = (int32_t)word(types);
	if (!offset_good(zone->first) || c->leaps) return false; /* a zone that counts leap seconds is none of ours */
	for (uint32_t i = 0; i < c->times; i++) {
		zone->at[i] = (int64_t)((uint64_t)word(p + 8 * i) << 32 | word(p + 8 * i + 4));
		if (kind[i] >= c->types || (i && zone->at[i] <= zone->at[i - 1])) return false;
		zone->offset[i] = (int32_t)word(types + 6 * kind[i]);
		if (!offset_good(zone->offset[i])) return false;
	}
	zone->count = (int)c->times;
	return true;
}

/* Version 2 and later: a block with 32-bit times for old readers, then one with 64-bit times, then a line. */
static bool file_parse(struct zone *zone, const unsigned char *p, size_t n)
{
	struct counts c;
	size_t body;
	char line[80];
	if (!head_read(p, n, 4, &c, &body) || p[4] < '2') return false;
	p += HEAD + body;
	n -= HEAD + body;
	if (!head_read(p, n, 8, &c, &body) || !body_read(zone, p + HEAD, &c)) return false;
	p += HEAD + body;
	n -= HEAD + body;
	const unsigned char *end = n > 1 && *p == '\n' ? memchr(p + 1, '\n', n - 1) : NULL;
	if (!end || (size_t)(end - p) > sizeof line) return false;
	snprintf(line, sizeof line, "%.*s", (int)(end - p - 1), (const char *)p + 1);
	if (!*line || rule_read(zone, line)) {
		if (!*line || zone->yearly) return true;
		if (!zone->count) zone->first = zone->standard;
		return true; /* no summer time any more: the last offset of the list goes on */
	}
	return false;
}

static bool file_load(struct zone *zone)
{
	char path[100];
	struct stat st;
	snprintf(path, sizeof path, "/usr/share/zoneinfo/%s", zone->name);
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	if (fd < 0) return false;
	bool good = false;
	unsigned char *bytes = NULL;
	if (!fstat(fd, &st) && S_ISREG(st.st_mode) && st.st_size > HEAD && st.st_size <= FILE_MAX) {
		size_t n = (size_t)st.st_size;
		bytes = malloc(n);
		if (!bytes) abort();
		good = read(fd, bytes, n) == (ssize_t)n && file_parse(zone, bytes, n);
	}
	free(bytes);
	close(fd);
	return good;
}

/* Parts of letters, digits, _ + and -, joined by single slashes: nothing that leaves the folder. */
static bool name_good(const char *name)
{
	size_t n = strlen(name);
	if (!n || n > NAME_MAX_BYTES || name[0] == '/' || name[n - 1] == '/' || strstr(name, "//")) return false;
	return strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_+-/") == n;
}

static struct zone *zone_load(const char *name)
{
	struct zone *zone = calloc(1, sizeof *zone);
	if (!zone) abort();
	snprintf(zone->name, sizeof zone->name, "%s", name);
	if (file_load(zone)) return zone;
	free(zone->at);
	free(zone->offset);
	free(zone);
	return NULL;
}

const struct zone *zone_find(const char *name)
{
	if (!name || !name_good(name)) return NULL;
	pthread_mutex_lock(&lock);
	struct zone *zone = zones;
	while (zone && strcmp(zone->name, name)) zone = zone->next;
	if (!zone && (zone = zone_load(name))) {
		zone->next = zones;
		zones = zone;
	}
	pthread_mutex_unlock(&lock);
	return zone;
}

const char *zone_name(const struct zone *zone)
{
	return zone->name;
}
