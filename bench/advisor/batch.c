#include "batch.h"

#include <math.h>

static void *must(void *memory)
{
	if (!memory) abort();
	return memory;
}

static double dot(const double *a, const double *b, int n)
{
	double sum = 0;
	for (int i = 0; i < n; i++) sum += a[i] * b[i];
	return sum;
}

/* The penalised negative log-likelihood at w; with gradient and hessian where they are wanted. */
static double objective(const struct advisor_table *table, const double *w, const double *precision, double *gradient, double *hessian)
{
	int n = table->features;
	double *x = must(calloc((size_t)n, sizeof *x)), value = 0;
	for (int i = 0; i < n; i++) {
		value += precision[i] * w[i] * w[i] / 2;
		if (gradient) gradient[i] = precision[i] * w[i];
		for (int j = 0; gradient && j < n; j++) hessian[i * n + j] = i == j ? precision[i] : 0;
	}
	for (size_t r = 0; r < table->rows; r++) {
		if (!advisor_table_trains(table, r)) continue;
		advisor_table_row(table, r, x);
		double a = dot(w, x, n), p = 1 / (1 + exp(-a)), y = table->happened[r] ? 1 : 0;
		value += (a > 0 ? a : 0) + log1p(exp(-fabs(a))) - y * a;
		for (int i = 0; gradient && i < n; i++) {
			if (x[i] == 0) continue;
			gradient[i] += (p - y) * x[i];
			for (int j = 0; j <= i; j++) hessian[i * n + j] += p * (1 - p) * x[i] * x[j];
		}
	}
	free(x);
	return value;
}

/* Solves A·step = b for a positive definite A (lower triangle), which becomes its Cholesky factor. */
static void solve(double *a, const double *b, double *step, int n)
{
	for (int i = 0; i < n; i++)
		for (int j = 0; j <= i; j++) {
			double sum = a[i * n + j] - dot(a + i * n, a + j * n, j);
			a[i * n + j] = i == j ? sqrt(sum) : sum / a[j * n + j];
		}
	for (int i = 0; i < n; i++) step[i] = (b[i] - dot(a + i * n, step, i)) / a[i * n + i];
	for (int i = n - 1; i >= 0; i--) {
		for (int j = i + 1; j < n; j++) step[i] -= a[j * n + i] * step[j];
		step[i] /= a[i * n + i];
	}
}

struct batch batch_train(const struct advisor_table *table, double sd, double bias_sd)
{
	int n = table->features;
	size_t d = (size_t)n;
	struct batch batch = {.weight = must(calloc(d, sizeof(double)))};
	double *gradient = must(calloc(d, sizeof(double))), *hessian = must(calloc(d * d, sizeof(double))), *step = must(calloc(d, sizeof(double)));
	double *precision = must(calloc(d, sizeof(double))), *tried = must(calloc(d, sizeof(double)));
	for (int i = 0; i < n; i++) precision[i] = i ? 1 / (sd * sd) : 1 / (bias_sd * bias_sd);
	for (batch.steps = 0; batch.steps < 100; batch.steps++) {
		double value = objective(table, batch.weight, precision, gradient, hessian);
		batch.gradient = 0;
		for (int i = 0; i < n; i++) batch.gradient = fmax(batch.gradient, fabs(gradient[i]));
		if (batch.gradient < 1e-8) break;
		solve(hessian, gradient, step, n);
		for (double length = 1; length > 1e-6; length /= 2) {
			for (int i = 0; i < n; i++) tried[i] = batch.weight[i] - length * step[i];
			if (objective(table, tried, precision, NULL, NULL) <= value) break;
		}
		memcpy(batch.weight, tried, d * sizeof(double));
	}
	free(gradient);
	free(hessian);
	free(step);
	free(precision);
	free(tried);
	return batch;
}

struct calibration_pair *batch_predict(const struct batch *batch, const struct advisor_table *table, size_t *ret_n)
{
	int n = table->features;
	double *x = must(calloc((size_t)n, sizeof *x));
	struct calibration_pair *pairs = must(calloc(table->rows, sizeof *pairs));
	*ret_n = 0;
	for (size_t r = 0; r < table->rows; r++) {
		if (advisor_table_trains(table, r)) continue;
		advisor_table_row(table, r, x);
		pairs[(*ret_n)++] = (struct calibration_pair){1 / (1 + exp(-dot(batch->weight, x, n))), table->happened[r]};
	}
	free(x);
	return pairs;
}
