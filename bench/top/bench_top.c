/* The main top beside Redis: bench_top [VOTES] [STURGEON], from the top of the source: build/bench/bench_top 20000000 build/sturgeon
 *
 * Votes are drawn (200,000 readers, posts that are voted for mostly while they are young, one post a 20 votes); the engine eats them and its tenures are taken. Beside it in
 * the same run: Redis (ZINCRBY, 1,000 to a pipeline, the server started here on a free port of 127.0.0.1 and ended), the whole command over the same votes as CSV, and how the
 * cost goes with the number of posts. One thread each; the best of three. */
#include <arpa/inet.h>
#include <math.h>
#include <netinet/in.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/moment.h"
#include "base/parse.h"
#include "base/rng.h"
#include "core/top/top.h"
#include "core/top/vote_weight.h"
#include "core/top/weigher.h"

#define START (INT64_C(1760000000) * 1000000)
enum { READERS = 200000, AUTHORS = 50000, PIPELINE = 1000, AHEAD = 24 };

struct votes {
	size_t n;
	uint32_t posts;
	int64_t *at;
	uint32_t *post, *reader;
};

static struct votes draw(size_t n, uint32_t posts)
{
	struct votes v = {n, posts, malloc(n * 8), malloc(n * 4), malloc(n * 4)};
	struct rng rng;
	int64_t at = START;
	if (!v.at || !v.post || !v.reader) abort();
	rng_init(&rng, 1);
	for (size_t i = 0; i < n; i++) {
		double u = rng_unit(&rng);
		int64_t newest = (int64_t)((double)i / (double)n * posts), back = (int64_t)(u * u * u * u * 20000);
		at += (int64_t)rng_below(&rng, 360000);
		v.at[i] = at;
		v.post[i] = (uint32_t)(newest > back ? newest - back : 0);
		v.reader[i] = (uint32_t)rng_below(&rng, READERS);
	}
	return v;
}

static void votes_free(struct votes *v)
{
	free(v->at);
	free(v->post);
	free(v->reader);
}

static uint32_t author_of(uint32_t post)
{
	return READERS + post * 2654435761u % AUTHORS;
}

static double now_s(void)
{
	return (double)moment_steady() / 1e6;
}

struct taken {
	uint64_t n, sum;
};

static void told(void *arg, uint64_t number, const struct tenure *tenure)
{
	struct taken *taken = arg;
	taken->n++;
	taken->sum += number ^ (uint64_t)tenure->to;
}

static double engine_once(const struct votes *v, bool weighs, struct taken *taken)
{
	struct top *top = top_new(&top_rules_default, told, taken);
	struct weigher *weigher = weighs ? weigher_new() : NULL;
	double begun = now_s();
	for (uint32_t post = 0; post < v->posts; post++) top_post(top, post, post, START, 0, (struct heat){0});
	for (size_t i = 0; i < v->n; i++) {
		double weight = 1;
		if (i + AHEAD < v->n) {
			top_expect(top, v->post[i + AHEAD]);
			if (weighs) weigher_expect(weigher, v->reader[i + AHEAD], v->post[i + AHEAD], author_of(v->post[i + AHEAD]));
		}
		if (weighs) {
			int nth = weigher_vote(weigher, v->reader[i], v->post[i], author_of(v->post[i]), v->at[i]);
			weight = nth > 0 ? vote_weight(false, nth, 1) : 0;
		}
		top_vote(top, v->post[i], v->at[i], weight);
	}
	top_end(top, v->at[v->n - 1]);
	double took = now_s() - begun;
	top_free(top);
	weigher_free(weigher);
	return took;
}

static double engine(const struct votes *v, bool weighs, struct taken *taken)
{
	double best = 1e9;
	for (int i = 0; i < 3; i++) {
		*taken = (struct taken){0};
		double took = engine_once(v, weighs, taken);
		if (took < best) best = took;
	}
	return (double)v->n / best;
}

/* ---- Redis ---- */

static int port_free(void)
{
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	socklen_t n = sizeof to;
	int fd = socket(AF_INET, SOCK_STREAM, 0), port = 0;
	if (!bind(fd, (struct sockaddr *)&to, sizeof to) && !getsockname(fd, (struct sockaddr *)&to, &n)) port = ntohs(to.sin_port);
	close(fd);
	return port;
}

static pid_t redis_start(int port)
{
	char text[16];
	snprintf(text, sizeof text, "%d", port);
	fflush(stdout);
	pid_t pid = fork();
	if (pid) return pid;
	if (!freopen("/dev/null", "w", stdout)) _exit(127);
	execlp("redis-server", "redis-server", "--port", text, "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", (char *)NULL);
	_exit(127);
}

static int redis_connect(int port)
{
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK), .sin_port = htons((uint16_t)port)};
	for (int i = 0; i < 100; i++) {
		int fd = socket(AF_INET, SOCK_STREAM, 0);
		if (!connect(fd, (struct sockaddr *)&to, sizeof to)) return fd;
		close(fd);
		usleep(50000);
	}
	return -1;
}

/* Every reply of ZINCRBY is "$n\r\nnumber\r\n": two line ends. */
static bool replies_take(int fd, int n)
{
	static char bytes[1 << 16];
	for (int ends = 0; ends < 2 * n;) {
		ssize_t got = read(fd, bytes, sizeof bytes);
		if (got <= 0) return false;
		for (ssize_t i = 0; i < got; i++) ends += bytes[i] == '\n';
	}
	return true;
}

static double redis(const struct votes *v, size_t n)
{
	static char out[PIPELINE * 128];
	int port = port_free();
	pid_t pid = redis_start(port);
	int fd = redis_connect(port);
	double rate = 0, begun = now_s();
	bool good = fd >= 0;
	for (size_t i = 0; i < n && good;) {
		size_t used = 0;
		int m = 0;
		for (; m < PIPELINE && i < n; m++, i++) {
			char weight[32], post[16];
			int w = snprintf(weight, sizeof weight, "%.6g", exp2((double)(v->at[i] - START) / 43200e6 / 64)), p = snprintf(post, sizeof post, "%u", v->post[i]);
			used += (size_t)snprintf(out + used, sizeof out - used, "*4\r\n$7\r\nZINCRBY\r\n$1\r\nt\r\n$%d\r\n%s\r\n$%d\r\n%s\r\n", w, weight, p, post);
		}
		for (size_t sent = 0; sent < used && good;) {
			ssize_t one = write(fd, out + sent, used - sent);
			good = one > 0;
			if (good) sent += (size_t)one;
		}
		good = good && replies_take(fd, m);
	}
	if (good) rate = (double)n / (now_s() - begun);
	if (fd >= 0) close(fd);
	kill(pid, SIGTERM);
	waitpid(pid, NULL, 0);
	return rate;
}

/* ---- The whole command ---- */

static void command(const struct votes *v, const char *binary, const char *how)
{
	char path[] = "/tmp/sturgeon-bench-XXXXXX", line[400];
	int fd = mkstemp(path);
	FILE *file = fd < 0 ? NULL : fdopen(fd, "w");
	if (!file) return;
	fputs("time,voter,post,author\n", file);
	for (size_t i = 0; i < v->n; i++)
		fprintf(file, "%lld.%06lld,%u,%u,%u\n", (long long)(v->at[i] / 1000000), (long long)(v->at[i] % 1000000), v->reader[i], v->post[i], author_of(v->post[i]));
	fclose(file);
	snprintf(line, sizeof line, "%s top replay %s --out summary %s", binary, how, path);
	fflush(stdout);
	printf("\n%s\n", line);
	fflush(stdout);
	if (system(line)) printf("it failed\n"); /* NOLINT: a command of the bench's own making */
	unlink(path);
}

int main(int argc, char **argv)
{
	int64_t n = 20000000;
	struct taken taken, weighed;
	if (argc > 1 && (!parse_int(argv[1], &n) || n < 1000)) {
		fprintf(stderr, "usage: bench_top [VOTES] [STURGEON]\n");
		return 2;
	}
	struct votes v = draw((size_t)n, (uint32_t)(n / 20));
	double ours = engine(&v, false, &taken), ours_weighed = engine(&v, true, &weighed);
	printf("%lld votes, %u posts, K = 50\n", (long long)n, v.posts);
	printf("engine, weights given   %7.2f million votes/s, %llu tenures\n", ours / 1e6, (unsigned long long)taken.n);
	printf("engine, weighed by T8   %7.2f million votes/s, %llu tenures\n", ours_weighed / 1e6, (unsigned long long)weighed.n);
	double theirs = redis(&v, (size_t)(n < 2000000 ? n : 2000000));
	if (theirs > 0) printf("Redis ZINCRBY           %7.2f million votes/s (2 million, pipelined)\nratio                   %7.1f   weighed by T8 %.1f\n", theirs / 1e6, ours / theirs, ours_weighed / theirs);
	else printf("Redis is not here\n");
	if (argc > 2) {
		command(&v, argv[2], "--plain");
		command(&v, argv[2], "");
	}
	votes_free(&v);
	printf("\nposts        votes/s (million), weights given\n");
	for (uint32_t posts = 10000; posts <= 10000000; posts *= 10) {
		struct votes some = draw(5000000, posts);
		printf("%9u  %7.2f\n", posts, engine(&some, false, &taken) / 1e6);
		votes_free(&some);
	}
	return 0;
}
