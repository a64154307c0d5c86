#include <malloc.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "app/call_fact.h"
#include "app/content_seed.h"
#include "app/score_keep.h"
#include "app/work.h"
#include "base/log.h"
#include "base/parse.h"
#include "cli/commands.h"
#include "exchange/wording.h"
#include "store/claim.h"
#include "store/store.h"
#include "web/server.h"

/* "ADDR:PORT", "[v6]:PORT", "localhost:PORT" or "PORT" */
static bool listen_parse(const char *text, char address[64], int *ret_port)
{
	const char *colon = strrchr(text, ':');
	int64_t port;
	size_t n = colon ? (size_t)(colon - text) : 0;
	if (n > 1 && text[0] == '[' && text[n - 1] == ']') {
		text++;
		n -= 2;
	}
	if (n >= 64 || !parse_int(colon ? colon + 1 : text, &port) || port < 0 || port > 65535) return false;
	if (!colon || (n == 9 && !strncmp(text, "localhost", n))) snprintf(address, 64, "127.0.0.1");
	else snprintf(address, 64, "%.*s", (int)n, text);
	*ret_port = (int)port;
	return server_address_good(address);
}

static void work_failed(const char *what, const struct error *error)
{
	log_line(LOG_ERROR, "work failed", "ss", "what", what, "error", error->text);
}

/* The key is read once and wiped from the environment, where other programs of this user could see it. */
static bool wording_open(const char *base, const char *model, struct wording **ret_wording, const char **ret_wrong)
{
	char *key = getenv("STURGEON_WORDING_KEY");
	*ret_wrong = *model && !*base ? "it needs --wording too" : NULL;
	*ret_wording = *base ? wording_new(base, model, key, ret_wrong) : NULL;
	if (key) explicit_bzero(key, strlen(key));
	unsetenv("STURGEON_WORDING_KEY");
	return !*ret_wrong;
}

int cmd_serve(struct cli_args *args)
{
	const char *db = "sturgeon.db", *listen = "127.0.0.1:8080", *wording = "", *model = "", *wrong;
	char address[64];
	struct server_options options = {.address = address, .log_requests = true};
	struct error error;
	cli_value(args, "--db", &db);
	cli_value(args, "--listen", &listen);
	cli_value(args, "--wording", &wording);
	cli_value(args, "--wording-model", &model);
	options.behind_proxy = cli_flag(args, "--behind-proxy");
	if (cli_flag(args, "--quiet")) options.log_requests = false;
	if (!cli_rest(args)) return 2;
	if (!listen_parse(listen, address, &options.port)) return cli_usage("--listen wants ADDR:PORT, not \"%s\"", listen);

	if (!wording_open(wording, model, &options.wording, &wrong)) return cli_usage("--wording: %s", wrong);

	mallopt(M_MMAP_THRESHOLD, 256 * 1024); /* what is large (an upload) goes back to the system at once; unset, the threshold grows with it */

	sigset_t stop;
	int signal_number, claim;
	sigemptyset(&stop);
	sigaddset(&stop, SIGINT);
	sigaddset(&stop, SIGTERM);
	sigprocmask(SIG_BLOCK, &stop, NULL); /* every thread inherits it; only sigwait takes them */
	signal(SIGPIPE, SIG_IGN);
	signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is a failed write, not the end */

	struct store *store;
	struct server *server;
	if (claim_take(db, &error, &claim)) {
		wording_free(options.wording);
		return cli_fail("%s", error.text);
	}
	if (store_open(db, &error, &store)) {
		claim_drop(claim);
		wording_free(options.wording);
		return cli_fail("%s", error.text);
	}
	if (content_upgrade(store, &error) || call_fact_upgrade(store, &error) || score_upgrade(store, &error) || server_start(store, &options, &error, &server)) {
		store_close(store);
		claim_drop(claim);
		wording_free(options.wording);
		return cli_fail("%s", error.text);
	}
	struct work *work = work_start(store, work_failed);
	char url[128];
	snprintf(url, sizeof url, strchr(address, ':') ? "http://[%s]:%d/" : "http://%s:%d/", address, server_port(server));
	log_line(LOG_INFO, "listening", "s", "url", url);
	sigwait(&stop, &signal_number);
	log_line(LOG_INFO, "stopping", "");
	sigprocmask(SIG_UNBLOCK, &stop, NULL); /* who asks a second time will not wait: what was answered is on disk already */
	server_stop(server);
	work_stop(work);
	store_close(store);
	claim_drop(claim);
	wording_free(options.wording);
	return 0;
}
