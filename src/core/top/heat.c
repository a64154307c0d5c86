#include "core/top/heat.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

/* APART: so many binary digits below another number, one cannot move it by half its last digit. */
enum { APART = 60, EXPONENT_BIAS = 1023, FRACTION_BITS = 52, SPARE_BITS = FRACTION_BITS + 1 - HEAT_DIGITS };

/* x = sum · 2^base with 1 ≤ sum < 2; x > 0 and finite. */
static struct heat split(double x)
{
	uint64_t bits;
	memcpy(&bits, &x, sizeof bits);
	int64_t exponent = (int64_t)(bits >> FRACTION_BITS);
	if (!exponent) { /* subnormal */
		int whole;
		double part = frexp(x, &whole);
		return (struct heat){part * 2, whole - 1};
	}
	bits = (bits & ((UINT64_C(1) << FRACTION_BITS) - 1)) | (uint64_t)EXPONENT_BIAS << FRACTION_BITS;
	memcpy(&x, &bits, sizeof x);
	return (struct heat){x, exponent - EXPONENT_BIAS};
}

/* 2^-n, 0 ≤ n ≤ APART. */
static double half_times(int64_t n)
{
	uint64_t bits = (uint64_t)(EXPONENT_BIAS - n) << FRACTION_BITS;
	double x;
	memcpy(&x, &bits, sizeof x);
	return x;
}

/* x to HEAT_DIGITS binary digits, the nearest. */
static double shorten(double x)
{
	uint64_t bits;
	memcpy(&bits, &x, sizeof bits);
	bits = (bits + (UINT64_C(1) << (SPARE_BITS - 1))) >> SPARE_BITS << SPARE_BITS;
	memcpy(&x, &bits, sizeof x);
	return x;
}

/* 1 ≤ sum ≤ 4 back to 1 ≤ sum < 2. */
static void carry(struct heat *heat)
{
	bool over = heat->sum >= 2;
	heat->sum = over ? heat->sum / 2 : heat->sum;
	heat->base += over;
}

struct heat_moment heat_moment(int64_t at, int64_t half_life_us)
{
	int64_t whole = at / half_life_us, rest = at % half_life_us;
	if (rest < 0) {
		whole--;
		rest += half_life_us;
	}
	return (struct heat_moment){exp2((double)rest / (double)half_life_us), whole};
}

void heat_add_then(struct heat *heat, const struct heat_moment *moment, double weight)
{
	if (!(weight > 0) || !isfinite(weight)) return;
	struct heat add = split(weight);
	add.sum = shorten(add.sum * moment->part);
	add.base += moment->whole;
	carry(&add);
	if (!heat->sum) {
		*heat = add;
		return;
	}
	int64_t apart = heat->base - add.base;
	const struct heat *more = apart < 0 ? &add : heat, *less = apart < 0 ? heat : &add;
	if (apart < 0) apart = -apart;
	double sum = apart > APART ? more->sum : more->sum + less->sum * half_times(apart);
	*heat = (struct heat){sum, more->base};
	carry(heat);
}

void heat_add(struct heat *heat, int64_t at, int64_t half_life_us, double weight)
{
	struct heat_moment moment = heat_moment(at, half_life_us);
	heat_add_then(heat, &moment, weight);
}

double heat_log2(const struct heat *heat)
{
	return heat->sum ? (double)heat->base + log2(heat->sum) : -INFINITY;
}

double heat_at(const struct heat *heat, int64_t at, int64_t half_life_us)
{
	if (!heat->sum) return 0;
	struct heat_moment moment = heat_moment(at, half_life_us);
	int64_t whole = heat->base - moment.whole;
	return ldexp(heat->sum / moment.part, (int)(whole > 4096 ? 4096 : whole < -4096 ? -4096 : whole));
}

int64_t heat_until(const struct heat *heat, double floor, int64_t half_life_us)
{
	if (!heat->sum) return INT64_MIN;
	__extension__ typedef __int128 wide;
	/* The whole half-lives exactly; what is left is less than one, of which a double tells the microseconds. */
	struct heat least = split(floor);
	wide until = (wide)(heat->base - least.base) * half_life_us + (wide)llround((double)half_life_us * (log2(heat->sum) - log2(least.sum)));
	return until > INT64_MAX ? INT64_MAX : until <= INT64_MIN ? INT64_MIN + 1 : (int64_t)until;
}
