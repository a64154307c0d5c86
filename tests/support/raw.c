#include "raw.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include "base/buf.h"
#include "check.h"

int raw_open(struct web *web)
{
	struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)web->port), .sin_addr = {htonl(INADDR_LOOPBACK)}};
	struct timeval patience = {.tv_sec = 10};
	int fd = socket(AF_INET, SOCK_STREAM, 0);
	if (fd < 0 || connect(fd, (const struct sockaddr *)&to, sizeof to)) fail_msg("no connection to the server");
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
	return fd;
}

void raw_send(int fd, const void *bytes, size_t n)
{
	const char *at = bytes;
	while (n) {
		ssize_t sent = send(fd, at, n, MSG_NOSIGNAL);
		if (sent <= 0) return;
		at += sent;
		n -= (size_t)sent;
	}
}

void raw_text(int fd, const char *text)
{
	raw_send(fd, text, strlen(text));
}

void raw_reset(int fd)
{
	struct linger at_once = {.l_onoff = 1};
	setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
	close(fd);
}

struct raw *raw_read(struct web *web, int fd)
{
	struct raw *raw = ARENA_NEW(web->arena, struct raw);
	struct buf came;
	char piece[16384];
	ssize_t n;
	buf_init(&came, 64 << 20);
	while ((n = recv(fd, piece, sizeof piece, 0)) > 0) buf_add(&came, piece, (size_t)n);
	close(fd);
	raw->count = came.used;
	raw->bytes = arena_strndup(web->arena, came.bytes ? came.bytes : "", came.used);
	buf_done(&came);
	return raw;
}

struct raw *raw_ask(struct web *web, const char *request)
{
	int fd = raw_open(web);
	raw_text(fd, request);
	return raw_read(web, fd);
}

int raw_status(const struct raw *raw, int which)
{
	const char *at = raw->bytes;
	while ((at = strstr(at, "HTTP/1.1 "))) {
		at += 9;
		if (!which--) return (int)strtol(at, NULL, 10);
	}
	return 0;
}

const char *raw_header(struct web *web, const struct raw *raw, const char *name)
{
	size_t n = strlen(name);
	const char *end = strstr(raw->bytes, "\r\n\r\n");
	for (const char *line = raw->bytes; end && line < end; line = strstr(line, "\r\n") + 2)
		if (!strncasecmp(line, name, n) && line[n] == ':') {
			const char *value = line + n + 1 + strspn(line + n + 1, " ");
			return arena_strndup(web->arena, value, strcspn(value, "\r\n"));
		}
	return NULL;
}
