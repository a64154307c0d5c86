#include "core/advisor/belief.h"

#include <math.h>
#include <string.h>

double belief_sigmoid(double logit)
{
	if (logit >= 0) return 1.0 / (1.0 + exp(-logit));
	double e = exp(logit);
	return e / (1.0 + e);
}

static void place(struct belief *belief, int n, int room, double *storage)
{
	MUST(n >= 1 && n <= room && room <= BELIEF_ROOM_MAX);
	memset(storage, 0, BELIEF_DOUBLES(room) * sizeof *storage);
	*belief = (struct belief){.n = n, .room = room, .mean = storage, .scratch = storage + room, .covariance = storage + 2 * (size_t)room};
}

static double *row(const struct belief *belief, int i)
{
	return belief->covariance + (size_t)i * (size_t)belief->room;
}

void belief_init(struct belief *belief, const struct evidence_def *defs, int n, int room, double *storage)
{
	place(belief, n, room, storage);
	for (int i = 0; i < n; i++) {
		MUST(isfinite(defs[i].mean) && defs[i].sd > 0);
		belief->mean[i] = defs[i].mean;
		row(belief, i)[i] = defs[i].sd * defs[i].sd;
	}
}

void belief_grow(struct belief *belief, double mean, double sd)
{
	MUST(belief->n < belief->room && isfinite(mean) && sd > 0);
	int i = belief->n++;
	belief->mean[i] = mean;
	row(belief, i)[i] = sd * sd; /* the rest of its row and column is 0 since place() */
}

/* w·x and xᵀΣx; Σx is left in sx where it is wanted. Zeros of x are skipped: most evidence is absent most of the time. */
static struct belief_score score(const struct belief *belief, const double *x, double *sx)
{
	struct belief_score score = {0, 0};
	if (sx) memset(sx, 0, (size_t)belief->n * sizeof *sx);
	for (int i = 0; i < belief->n; i++) {
		if (x[i] == 0) continue;
		const double *r = row(belief, i);
		score.logit += belief->mean[i] * x[i];
		if (sx) {
			for (int j = 0; j < belief->n; j++) sx[j] += r[j] * x[i];
		} else {
			double off = 0;
			for (int j = 0; j < i; j++) off += r[j] * x[j];
			score.variance += x[i] * (r[i] * x[i] + 2 * off);
		}
	}
	if (sx)
		for (int i = 0; i < belief->n; i++) score.variance += sx[i] * x[i];
	score.variance = fmax(score.variance, 0.0);
	return score;
}

struct belief_score belief_score(const struct belief *belief, const double *x)
{
	return score(belief, x, NULL);
}

/* The mode of the posterior along Σx: the a with a = m + v·(y − σ(a)). The left side rises and the right side falls, so there
 * is one, between m and m + v for y = 1, m − v and m for y = 0. Newton, held to that bracket. */
static double mode_along(double m, double v, double y)
{
	double low = y > 0 ? m : m - v, high = y > 0 ? m + v : m, a = m;
	for (int i = 0; i < 100; i++) {
		double p = belief_sigmoid(a), g = a - m - v * (y - p);
		if (g > 0) high = a;
		else low = a;
		double next = a - g / (1 + v * p * (1 - p));
		if (!(next > low && next < high)) next = low + (high - low) / 2;
		if (fabs(next - a) <= 1e-14 * (1 + fabs(a))) return next;
		a = next;
	}
	return a;
}

/* log σ(a), without overflow. */
static double log_sigmoid(double a)
{
	return (a < 0 ? a : 0) - log1p(exp(-fabs(a)));
}

struct step {
	double shift;  /* E[y − σ(a)] */
	double shrink; /* E[σ'(a)] − Var[σ(a)] */
};

/* The moments, by the trapezoid rule around the mode. The posterior is nowhere wider than the prior, so that 8 of its standard deviations to each side hold
 * all of it; for so smooth a density steps of half a standard deviation (and half a logit, the scale of σ) are exact to the last digits. A prior so wide that
 * this would take over 400 points is given 400: there σ is a mere step. */
static struct step moments(double m, double v, double y)
{
	double sd = sqrt(v), mode = mode_along(m, v, y), sign = y > 0 ? 1 : -1;
	int half = (int)ceil(fmin(fmax(16, 16 * sd), 200));
	double width = 8 * sd / half, top = log_sigmoid(sign * mode) - (mode - m) * (mode - m) / (2 * v);
	double sum = 0, e = 0, ee = 0, h = 0;
	for (int i = -half; i <= half; i++) {
		double a = mode + i * width, off = belief_sigmoid(-sign * a); /* |y − σ(a)|, exact in the far end too */
		double weight = exp(log_sigmoid(sign * a) - (a - m) * (a - m) / (2 * v) - top);
		sum += weight;
		e += weight * off;
		ee += weight * off * off;
		h += weight * off * (1 - off);
	}
	e /= sum;
	return (struct step){sign * e, fmin(fmax(h / sum - (ee / sum - e * e), 0), (1 - 1e-9) / v)};
}

void belief_learn(struct belief *belief, const double *x, bool happened)
{
	double *sx = belief->scratch;
	struct belief_score before = score(belief, x, sx);
	MUST(isfinite(before.logit) && isfinite(before.variance));
	belief->taught++;
	if (before.variance <= 0) return; /* no evidence at all: nothing to move */
	struct step step = moments(before.logit, before.variance, happened ? 1.0 : 0.0);
	for (int i = 0; i < belief->n; i++) {
		belief->mean[i] += step.shift * sx[i];
		double *r = row(belief, i);
		for (int j = 0; j <= i; j++) {
			r[j] -= step.shrink * sx[i] * sx[j];
			row(belief, j)[i] = r[j]; /* the mirror is a copy, so symmetry is to the bit */
		}
	}
}

/* Bytes. */

static const unsigned char magic[4] = {'S', 'B', 'L', '1'};

static void put(unsigned char **at, uint64_t value, int bytes)
{
	for (int i = 0; i < bytes; i++) *(*at)++ = (unsigned char)(value >> (8 * i));
}

static uint64_t take(const unsigned char **at, int bytes)
{
	uint64_t value = 0;
	for (int i = 0; i < bytes; i++) value |= (uint64_t)*(*at)++ << (8 * i);
	return value;
}

static void put_double(unsigned char **at, double value)
{
	uint64_t bits;
	memcpy(&bits, &value, sizeof bits);
	put(at, bits, 8);
}

static bool take_double(const unsigned char **at, double *ret)
{
	uint64_t bits = take(at, 8);
	memcpy(ret, &bits, sizeof bits);
	return isfinite(*ret);
}

size_t belief_bytes(int n)
{
	size_t d = (size_t)n;
	return sizeof magic + 4 + 8 + 8 * (d + d * (d + 1) / 2);
}

void belief_encode(const struct belief *belief, unsigned char *ret_bytes)
{
	unsigned char *at = ret_bytes;
	memcpy(at, magic, sizeof magic);
	at += sizeof magic;
	put(&at, (uint64_t)belief->n, 4);
	put(&at, (uint64_t)belief->taught, 8);
	for (int i = 0; i < belief->n; i++) put_double(&at, belief->mean[i]);
	for (int i = 0; i < belief->n; i++)
		for (int j = 0; j <= i; j++) put_double(&at, row(belief, i)[j]);
}

bool belief_sound(struct belief *belief)
{
	bool sound = true;
	for (int j = 0; sound && j < belief->n; j++) { /* Cholesky: L, transposed, over the mirror; its diagonal in scratch */
		for (int k = j; sound && k < belief->n; k++) {
			double sum = row(belief, k)[j];
			for (int i = 0; i < j; i++) sum -= row(belief, i)[j] * row(belief, i)[k];
			if (k > j) row(belief, j)[k] = sum / belief->scratch[j];
			else if (sum > 0 && isfinite(sum)) belief->scratch[j] = sqrt(sum);
			else sound = false;
		}
	}
	for (int i = 0; i < belief->n; i++) {
		sound &= isfinite(belief->mean[i]) != 0;
		for (int j = 0; j < i; j++) row(belief, j)[i] = row(belief, i)[j];
	}
	return sound;
}

enum err belief_decode(struct belief *belief, int room, double *storage, const void *bytes, size_t size, struct error *err)
{
	const unsigned char *at = bytes;
	if (size < belief_bytes(1) || memcmp(at, magic, sizeof magic)) return err_set(err, ERR_CORRUPT, "belief: not a belief");
	at += sizeof magic;
	uint64_t n = take(&at, 4), taught = take(&at, 8);
	if (n < 1 || n > BELIEF_ROOM_MAX || size != belief_bytes((int)n) || taught > INT64_MAX)
		return err_set(err, ERR_CORRUPT, "belief: %zu bytes cannot hold %llu weights", size, (unsigned long long)n);
	if (n > (uint64_t)room) return err_set(err, ERR_LIMIT, "belief: %llu weights, room for %d", (unsigned long long)n, room);
	place(belief, (int)n, room, storage);
	belief->taught = (int64_t)taught;
	bool finite = true;
	for (int i = 0; i < belief->n; i++) finite &= take_double(&at, &belief->mean[i]);
	for (int i = 0; i < belief->n; i++)
		for (int j = 0; j <= i; j++) {
			finite &= take_double(&at, &row(belief, i)[j]);
			row(belief, j)[i] = row(belief, i)[j];
		}
	if (!finite || !belief_sound(belief)) return err_set(err, ERR_CORRUPT, "belief: the covariance is not one");
	return ERR_NONE;
}
