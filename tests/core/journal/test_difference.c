#include <string.h>

#include "base/buf.h"
#include "base/rng.h"
#include "check.h"
#include "core/journal/difference.h"

static struct arena *arena;

static int set_up(void **state)
{
	(void)state;
	arena = arena_new(512 << 20);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

/* "=same|-gone|+come" */
static const char *told(struct differences d)
{
	struct buf out;
	buf_init(&out, 1 << 20);
	for (int i = 0; i < d.n; i++) buf_printf(&out, "%s%c%.*s", i ? "|" : "", "=-+"[d.list[i].kind], (int)d.list[i].n, d.list[i].text);
	const char *text = arena_strdup(arena, out.bytes ? out.bytes : "");
	buf_done(&out);
	return text;
}

static const char *words(const char *a, const char *b)
{
	return told(difference_words(arena, a, strlen(a), b, strlen(b)));
}

static void difference_lines__what_goes_stands_before_what_comes(void **state)
{
	(void)state;
	assert_string_equal(told(difference_lines(arena, "a\nb\nc", "a\nB\nc\nd")), "=a|-b|+B|=c|+d");
	assert_string_equal(told(difference_lines(arena, "", "a")), "+a");
	assert_string_equal(told(difference_lines(arena, "a\n", "")), "-a");
	assert_string_equal(told(difference_lines(arena, "a\n\nb", "a\n\nb")), "=a|=|=b");
	assert_string_equal(told(difference_lines(arena, "a\nb\nc\na\nb\nb\na", "c\nb\na\nb\na\nc")), "-a|-b|=c|+b|=a|=b|-b|=a|+c"); /* Myers's own example: five changes */
}

static void difference_words__as_one_reads(void **state)
{
	(void)state;
	assert_string_equal(words("Перші три дзвінки я", "Перші п’ять дзвінків я"), "=Перші |-три дзвінки|+п’ять дзвінків|= я");
	assert_string_equal(words("Ціна висока", "Ціна не висока"), "=Ціна |+не |=висока");
	assert_string_equal(words("старе слово тут", "нова думка тут"), "-старе слово|+нова думка|= тут");
	assert_string_equal(words("a b", "a b"), "=a b");
	assert_string_equal(words("", "a  b"), "+a  b");
}

static void difference_alike__tells_another_text_from_a_changed_one(void **state)
{
	(void)state;
	struct differences d = difference_words(arena, "один два три чотири", 34, "один два три п’ять", 31);
	assert_true(difference_alike(&d) > 0.5);
	d = difference_words(arena, "один", 8, "п’ять", 11);
	assert_true(difference_alike(&d) == 0);
	d = difference_words(arena, "", 0, "", 0);
	assert_true(difference_alike(&d) == 1);
}

/* The invariant of the header: each side is given back, and equal pieces are equal. */
static void gives_both_back(const char *old, const char *new, struct differences d, const char *between)
{
	struct buf was, is;
	buf_init(&was, 1 << 22);
	buf_init(&is, 1 << 22);
	for (int i = 0; i < d.n; i++) {
		struct buf *const sides[] = {&was, &is};
		for (int k = 0; k < 2; k++) {
			if (d.list[i].kind == (k ? DIFFERENCE_GONE : DIFFERENCE_COME)) continue;
			if (sides[k]->used) buf_text(sides[k], between);
			buf_add(sides[k], d.list[i].text, d.list[i].n);
		}
	}
	assert_string_equal(was.bytes ? was.bytes : "", old);
	assert_string_equal(is.bytes ? is.bytes : "", new);
	buf_done(&was);
	buf_done(&is);
}

static const char *some(struct rng *rng, int most, const char *between)
{
	const char *text = "";
	for (int n = (int)(rng_next(rng) % (unsigned)most); n >= 0; n--) text = arena_printf(arena, "%s%s%c", text, *text ? between : "", (char)('a' + rng_next(rng) % 3));
	return text;
}

static void difference__gives_both_sides_back(void **state)
{
	struct rng rng;
	(void)state;
	rng_init(&rng, 7);
	for (int i = 0; i < 3000; i++) {
		const char *a = some(&rng, 12, "\n"), *b = some(&rng, 12, "\n");
		gives_both_back(a, b, difference_lines(arena, a, b), "\n");
		a = some(&rng, 12, rng_next(&rng) % 4 ? " " : "  ");
		b = some(&rng, 12, " ");
		gives_both_back(a, b, difference_words(arena, a, strlen(a), b, strlen(b)), "");
	}
}

static void difference_lines__of_two_texts_with_nothing_in_common(void **state)
{
	(void)state;
	struct buf a, b;
	buf_init(&a, 1 << 20);
	buf_init(&b, 1 << 20);
	for (int i = 0; i < 4000; i++) {
		buf_printf(&a, "%sa%d", i ? "\n" : "", i);
		buf_printf(&b, "%sb%d", i ? "\n" : "", i);
	}
	struct differences d = difference_lines(arena, a.bytes, b.bytes);
	assert_int_equal(d.n, 8000);
	gives_both_back(a.bytes, b.bytes, d, "\n");
	buf_done(&a);
	buf_done(&b);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(difference_lines__what_goes_stands_before_what_comes),
		cmocka_unit_test(difference_words__as_one_reads),
		cmocka_unit_test(difference_alike__tells_another_text_from_a_changed_one),
		cmocka_unit_test(difference__gives_both_sides_back),
		cmocka_unit_test(difference_lines__of_two_texts_with_nothing_in_common),
	};
	return cmocka_run_group_tests_name("core/journal/difference", tests, set_up, tear_down);
}
