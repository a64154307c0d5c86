#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "base/parse.h"
#include "cli/commands.h"
#include "store/store.h"
#include "web/server.h"

/* "ADDR:PORT", "[v6]:PORT" or "PORT" */
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
	snprintf(address, 64, "%.*s", colon ? (int)n : 9, colon ? text : "127.0.0.1");
	*ret_port = (int)port;
	return true;
}

int cmd_serve(struct cli_args *args)
{
	const char *db = "sturgeon.db", *listen = "127.0.0.1:8080";
	char address[64];
	struct server_options options = {.address = address, .log_requests = true};
	struct error error;
	cli_value(args, "--db", &db);
	cli_value(args, "--listen", &listen);
	options.behind_proxy = cli_flag(args, "--behind-proxy");
	if (cli_flag(args, "--quiet")) options.log_requests = false;
	if (!cli_rest(args)) return 2;
	if (!listen_parse(listen, address, &options.port)) return cli_usage("--listen wants ADDR:PORT, not \"%s\"", listen);

	sigset_t stop;
	int signal_number;
	sigemptyset(&stop);
	sigaddset(&stop, SIGINT);
	sigaddset(&stop, SIGTERM);
	sigprocmask(SIG_BLOCK, &stop, NULL); /* every thread inherits it; only sigwait takes them */
	signal(SIGPIPE, SIG_IGN);

	struct store *store;
	struct server *server;
	if (store_open(db, &error, &store)) return cli_fail("%s", error.text);
	if (server_start(store, &options, &error, &server)) {
		store_close(store);
		return cli_fail("%s", error.text);
	}
	char url[128];
	snprintf(url, sizeof url, strchr(address, ':') ? "http://[%s]:%d/" : "http://%s:%d/", address, server_port(server));
	log_line(LOG_INFO, "listening", "s", "url", url);
	sigwait(&stop, &signal_number);
	log_line(LOG_INFO, "stopping", "");
	server_stop(server);
	store_close(store);
	return 0;
}
