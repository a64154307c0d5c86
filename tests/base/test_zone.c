/* Zones against the C library's own reading of the same files, which is set through the environment: fine in a test of one thread. */
#include "check.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/moment.h"
#include "base/rng.h"
#include "base/zone.h"

static const char *const names[] = {
	"Europe/Kyiv", "Europe/Kiev", "Europe/Warsaw", "Europe/London", "Europe/Dublin", "Europe/Chisinau", "Africa/Casablanca", "America/New_York",
	"America/St_Johns", "America/Nuuk", "America/Sao_Paulo", "Asia/Kathmandu", "Asia/Tehran", "Asia/Gaza", "Australia/Lord_Howe", "Antarctica/Troll",
	"Pacific/Chatham", "Pacific/Apia", "Pacific/Kiritimati", "UTC", "Etc/GMT+12", "EST5EDT",
};

static void same(const struct zone *zone, time_t second)
{
	struct tm tm;
	assert_non_null(localtime_r(&second, &tm));
	int offset = zone_offset(zone, second);
	if (offset != tm.tm_gmtoff) fail_msg("%s at %lld: %d, the C library says %ld", zone_name(zone), (long long)second, offset, tm.tm_gmtoff);
}

static void zone_offset__is_the_c_librarys(void **state)
{
	struct rng rng;
	(void)state;
	rng_init(&rng, 1);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const struct zone *zone = zone_find(names[i]);
		if (!zone) fail_msg("the system does not have %s", names[i]);
		setenv("TZ", names[i], 1);
		tzset();
		for (int k = 0; k < 20000; k++) same(zone, (time_t)rng_between(&rng, -3000000000, 7000000000)); /* 1874 … 2191 */
		/* Around each change of the clock, also where only the yearly rule says it. */
		for (time_t at = 0, step = 86400; at < 4102444800; at += step) {
			int before = zone_offset(zone, at), after = zone_offset(zone, at + step);
			if (before == after) continue;
			for (time_t s = at; s <= at + step; s += 600) same(zone, s);
			for (time_t s = at; s <= at + step; s += 1800) same(zone, s - 1);
		}
	}
	unsetenv("TZ");
	tzset();
}

static void zone_find__takes_only_zones(void **state)
{
	static const char *const bad[] = {"", "Europe", "../../../etc/passwd", "/etc/localtime", "Europe/../Europe/Kyiv", "Europe//Kyiv", "tzdata.zi", "zone.tab",
					  "right/Europe/Kyiv", "Europe/Kyiv/", "Europe/Kyiv\n", "Київ", "Mars/Olympus"};
	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (zone_find(bad[i])) fail_msg("\"%s\" is taken for a zone", bad[i]);
	assert_null(zone_find(NULL));
	assert_ptr_equal(zone_find("Europe/Kyiv"), zone_find("Europe/Kyiv"));
}

static int failure; /* anything but NULL tells of a failure */

static void *turn_zones(void *arg)
{
	for (int i = 0; i < 2000; i++) {
		if (!moment_zone_set(names[(size_t)i % 8])) return arg;
		int32_t day = day_of(INT64_C(1764066600000000));
		if (day != 20417 && day != 20416) return arg; /* the 24th or the 25th, wherever */
	}
	return NULL;
}

static void moment_zone_set__while_threads_read(void **state)
{
	pthread_t threads[4];
	(void)state;
	for (int i = 0; i < 4; i++) assert_int_equal(pthread_create(&threads[i], NULL, turn_zones, &failure), 0);
	for (int i = 0; i < 4; i++) {
		void *bad;
		pthread_join(threads[i], &bad);
		assert_null(bad);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(zone_offset__is_the_c_librarys),
		cmocka_unit_test(zone_find__takes_only_zones),
		cmocka_unit_test(moment_zone_set__while_threads_read),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
