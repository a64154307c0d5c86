#include "web/deliver.h"

#include <microhttpd.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "app/secret.h"
#include "base/log.h"
#include "base/moment.h"
#include "web/label.h"
#include "web/render.h"
#include "web/metrics.h"
#include "web/squeeze.h"
#include "web/stream.h"
#include "web/wire.h"

static const char CSP[] = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
			  "connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

static void add(struct MHD_Response *response, const char *name, const char *value)
{
	if (MHD_add_response_header(response, name, value) != MHD_YES) log_line(LOG_WARNING, "header_refused", "s", "name", name);
}

static void add_safety(struct MHD_Response *response)
{
	add(response, "Content-Security-Policy", CSP);
	add(response, "X-Content-Type-Options", "nosniff");
	add(response, "Referrer-Policy", "same-origin");
	add(response, "Cross-Origin-Opener-Policy", "same-origin");
	add(response, "Cross-Origin-Resource-Policy", "same-origin");
}

static bool queue(struct exchange *x, int status, struct MHD_Response *response)
{
	x->status = status;
	enum MHD_Result result = MHD_queue_response(x->connection, (unsigned)status, response);
	MHD_destroy_response(response);
	return result == MHD_YES;
}

/* Does the browser take this coding? "br;q=0" says no. */
static bool takes(const struct exchange *x, const char *coding)
{
	const char *at = wire_header(x, "Accept-Encoding");
	size_t n = strlen(coding);
	for (; at && *at; at += strcspn(at, ",")) {
		at += strspn(at, ", \t");
		if (strncasecmp(at, coding, n) || !strchr(",; \t", at[n])) continue;
		const char *q = at + n + strspn(at + n, "; \t");
		return strncasecmp(q, "q=0", 3) != 0 || (q[3] == '.' && strspn(q + 4, "0") != strspn(q + 4, "0123456789"));
	}
	return false;
}

/* ---- Assets ---- */

bool deliver_asset(struct exchange *x)
{
	const struct asset *asset = x->asset;
	bool br = asset->br && takes(x, "br"), gzip = !br && asset->gzip && takes(x, "gzip"); /* a browser takes Brotli where the connection is safe: behind a proxy's TLS, or here */
	const void *bytes = br ? asset->br : gzip ? asset->gzip : asset->bytes;
	size_t n = br ? asset->br_bytes : gzip ? asset->gzip_bytes : asset->size;
	struct MHD_Response *response = MHD_create_response_from_buffer(n, (void *)(uintptr_t)bytes, MHD_RESPMEM_PERSISTENT);
	add(response, "Content-Type", asset->content_type);
	add(response, "Cache-Control", asset->forever ? "public, max-age=31536000, immutable" : "public, max-age=3600");
	add_safety(response);
	if (asset->gzip) add(response, "Vary", "Accept-Encoding");
	if (br || gzip) add(response, "Content-Encoding", br ? "br" : "gzip");
	return queue(x, 200, response);
}

/* ---- Replies ---- */

const char *deliver_disposition(struct arena *arena, const char *file_name)
{
	struct buf line;
	buf_init(&line, 4096);
	buf_text(&line, "attachment; filename=\"");
	for (const unsigned char *p = (const unsigned char *)file_name; *p; p++) {
		if ((*p & 0xc0) == 0x80) continue; /* one _ a character */
		buf_char(&line, *p < 0x20 || *p >= 0x7f || strchr("\"\\/%", *p) ? '_' : (char)*p);
	}
	buf_text(&line, "\"; filename*=UTF-8''");
	for (const unsigned char *p = (const unsigned char *)file_name; *p; p++) {
		bool plain = (*p >= '0' && *p <= '9') || (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z') || strchr("-._~", *p);
		if (plain) buf_char(&line, (char)*p);
		else buf_printf(&line, "%%%02X", *p);
	}
	const char *text = line.overflow ? "attachment" : arena_strdup(arena, line.bytes);
	buf_done(&line);
	return text;
}

static void add_cookie(struct exchange *x, struct MHD_Response *response, const char *name, const char *value, int64_t seconds, const char *same_site)
{
	add(response, "Set-Cookie",
	    arena_printf(x->arena, "%s=%s; Path=/; HttpOnly; SameSite=%s; Max-Age=%lld%s", name, value, same_site, (long long)seconds,
			 x->request.secure ? "; Secure" : ""));
}

static void add_cookies(struct exchange *x, struct MHD_Response *response, bool flash_shown, const char *fresh_form_token)
{
	struct request *r = &x->request;
	if (r->set_session) add_cookie(x, response, "sturgeon", r->set_session, *r->set_session ? 14 * 86400 : 0, "Lax");
	if (fresh_form_token) add_cookie(x, response, "sturgeon_form", fresh_form_token, 86400, "Strict");
	if (r->reply.flash && r->reply.kind == REPLY_REDIRECT) add_cookie(x, response, "sturgeon_flash", r->reply.flash, 30, "Lax");
	else if (flash_shown) add_cookie(x, response, "sturgeon_flash", "", 0, "Lax");
}

/* Where a redirect leads; ret_status becomes what says it. */
static void add_location(struct exchange *x, struct MHD_Response *response, int *ret_status)
{
	const struct request *r = &x->request;
	if (r->htmx) {
		add(response, "HX-Redirect", r->reply.location);
		*ret_status = 200;
	} else if (!r->wants_json) {
		add(response, "Location", r->reply.location);
	}
}

static void add_allow(struct exchange *x, struct MHD_Response *response)
{
	bool get = x->match.allowed & 1u << GET, post = x->match.allowed & 1u << POST;
	add(response, "Allow", get && post ? "GET, HEAD, POST" : post ? "POST" : "GET, HEAD");
}

static void render(struct exchange *x, const char *flash, struct rendered *ret)
{
	render_reply(&x->request, flash, ret);
	if (!ret->body.overflow) return;
	log_line(LOG_ERROR, "page_too_large", "s", "path", x->request.path);
	buf_done(&ret->body);
	reply_problem(&x->request, 500);
	render_reply(&x->request, NULL, ret);
}

/* ---- Streams ---- */

enum { STREAM_BLOCK = 1024 };

static ssize_t stream_more(void *cls, uint64_t at, char *out, size_t max)
{
	(void)at;
	ssize_t n = stream_read(cls, out, max);
	return n < 0 ? MHD_CONTENT_READER_END_OF_STREAM : n;
}

/* Nothing of the request is needed any more, and it will stand open for long: its memory goes now, but for what the log says at its end. */
static void request_forget(struct exchange *x)
{
	struct request *r = &x->request;
	arena_free(x->arena);
	x->arena = NULL;
	*r = (struct request){.path = "", .query = "", .theme = "", .server = r->server, .route = r->route, .address = r->address};
	buf_done(&x->body);
}

static bool deliver_stream(struct exchange *x)
{
	const struct request *r = &x->request;
	x->stream = stream_open(wire_streams(x), x, wire_header(x, "Last-Event-ID"));
	if (!x->stream) {
		reply_problem(&x->request, 503);
		return deliver_reply(x);
	}
	struct MHD_Response *response = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, STREAM_BLOCK, stream_more, x->stream, NULL);
	add(response, "Content-Type", "text/event-stream; charset=utf-8");
	add_safety(response);
	add(response, "Cache-Control", "private, no-store");
	add(response, "X-Accel-Buffering", "no"); /* nginx passes it on as it comes */
	metrics_request((int)(r->route - routes), 200, moment_steady() - x->started); /* answered; how long it listens is no time of an answer */
	request_forget(x);
	return queue(x, 200, response);
}

bool deliver_reply(struct exchange *x)
{
	if (x->request.reply.kind == REPLY_STREAM) return deliver_stream(x);
	struct request *r = &x->request;
	struct rendered rendered = {0};
	char form_token[SECRET_TOKEN];
	const char *fresh = NULL, *flash = NULL;
	bool page = !r->wants_json && !r->htmx && r->reply.kind != REPLY_REDIRECT && r->reply.kind != REPLY_BYTES;
	if (!r->use.who.member_id && !r->csrf && page) {
		secret_token(form_token);
		r->csrf = fresh = form_token;
	}
	if (page) flash = wire_cookie(x, "sturgeon_flash");
	bool flash_came = flash && *flash;
	if (flash_came && !label_known("flash", flash)) flash = NULL; /* a cookie is whatever somebody put there */
	render(x, flash_came ? flash : r->reply.flash, &rendered);
	size_t n = rendered.body.used;
	char *bytes = buf_take(&rendered.body), *squeezed;
	bool br = takes(x, "br");
	bool packed = (br || takes(x, "gzip")) && r->reply.kind != REPLY_BYTES && squeeze(br ? SQUEEZE_BROTLI : SQUEEZE_GZIP, bytes, n, &squeezed, &n);
	if (packed) {
		free(bytes);
		bytes = squeezed;
	}
	struct MHD_Response *response = MHD_create_response_from_buffer(n, bytes, MHD_RESPMEM_MUST_FREE);
	add(response, "Content-Type", rendered.content_type);
	add_safety(response);
	add(response, "Cache-Control", r->reply.forever ? "private, max-age=31536000, immutable" : "private, no-cache");
	add(response, "Vary", "Accept, Accept-Encoding, Cookie, HX-Request");
	if (packed) add(response, "Content-Encoding", br ? "br" : "gzip");
	if (r->reply.kind == REPLY_REDIRECT) add_location(x, response, &rendered.status);
	if (r->reply.kind == REPLY_BYTES && r->reply.etag) add(response, "ETag", r->reply.etag);
	if (r->reply.kind == REPLY_BYTES && r->reply.file_name) add(response, "Content-Disposition", deliver_disposition(x->arena, r->reply.file_name));
	if (rendered.status == 405) add_allow(x, response);
	if (rendered.status == 503 || rendered.status == 429) add(response, "Retry-After", "2");
	add_cookies(x, response, flash_came, fresh);
	return queue(x, rendered.status, response);
}
