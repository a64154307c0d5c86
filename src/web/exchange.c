#include "web/exchange.h"

#include <string.h>

#include "app/member.h"
#include "app/secret.h"
#include "base/log.h"
#include "base/moment.h"
#include "base/tr.h"
#include "store/member_store.h"
#include "web/params.h"
#include "web/render.h"
#include "web/session.h"
#include "web/slow.h"
#include "web/wire.h"

void exchange_log_failure(const struct exchange *x, const struct error *error)
{
	const struct route *route = x->request.route;
	log_line(LOG_ERROR, "request_failed", "ssss", "path", route ? route->path : "", "kind", err_name(error->kind), "text", error->text, "handler",
		 route ? route->handler_name : "");
}

static void reader_give(struct exchange *x)
{
	if (x->reader) store_reader_give(wire_store(x), x->reader);
	x->reader = NULL;
	x->request.use.db = NULL;
}

static bool reader_take(struct exchange *x)
{
	struct error error;
	x->reader = store_reader_take(wire_store(x), &error);
	if (!x->reader) exchange_log_failure(x, &error);
	x->request.use.db = x->reader;
	return x->reader != NULL;
}

/* What a failure of the world is to whoever asked. */
static int status_of(enum err kind)
{
	switch (kind) {
	case ERR_CONFLICT: return 409;
	case ERR_BUSY:
	case ERR_CLOSED: return 503;
	case ERR_FULL: return 507;
	default: return 500;
	}
}

/* Shows the page of a form again, with what was typed and what is wrong. */
static void form_again(struct exchange *x)
{
	struct request *r = &x->request;
	const struct route *page = route_form(r->route);
	if (r->wants_json || r->htmx || !page) return;
	json_t *typed = json_incref(r->typed), *mistakes = r->use.mistakes;
	struct form form;
	form_init(&form, x->arena);
	params_path(&form, &x->match);
	form_query(&form, r->query);
	r->route = page;
	r->use.mistakes = json_object();
	params_read(r, &form, &(struct body){0});
	json_decref(r->use.mistakes);
	r->use.mistakes = mistakes; /* the arena frees it */
	r->again = typed;
	page->handle(r);
	r->again = NULL;
	if (r->reply.kind == REPLY_PAGE) {
		render_mistakes(r, r->reply.model, typed, mistakes);
		r->reply.status = 422;
	}
	json_decref(typed);
}

/* ---- Writing ---- */

/* On the writer's thread. */
static enum err write_run(struct write *write, struct db *db, struct error *err)
{
	struct exchange *x = (struct exchange *)write;
	struct request *r = &x->request;
	r->use.db = db;
	if (x->turning) {
		char token[SECRET_TOKEN];
		enum outcome outcome = session_turn(&r->use, r->session_token, token);
		if (outcome == DONE) r->set_session = arena_strdup(x->arena, token);
		if (outcome == FAILED) *err = r->use.error;
		return outcome == FAILED ? err->kind : ERR_NONE;
	}
	r->route->handle(r);
	if (r->reply.kind != REPLY_PROBLEM) return ERR_NONE;
	if (r->reply.status == 500) {
		*err = r->use.error;
		return err->kind ? err->kind : err_set(err, ERR_STORE, "the handler failed without saying why");
	}
	if (r->reply.status == 422) { /* nothing half done; then the form is read again from what is there */
		enum err kind = db_undo(db, err);
		if (kind || (kind = db_savepoint(db, err))) return kind;
		form_again(x);
	}
	write_refuse(write);
	return ERR_NONE;
}

static void wake(struct exchange *x)
{
	x->request.use.db = NULL;
	x->phase = READY;
	wire_wake(x);
}

static void write_done(struct write *write, enum err kind, const struct error *error)
{
	struct exchange *x = (struct exchange *)write;
	if (kind) {
		exchange_log_failure(x, error);
		x->request.set_session = NULL;
		if (!x->turning) reply_problem(&x->request, status_of(kind));
	}
	wake(x);
}

static void writer_submit(struct exchange *x)
{
	x->write.run = write_run;
	x->write.done = write_done;
	if (store_submit(wire_store(x), &x->write)) return;
	reply_problem(&x->request, 503);
	wake(x);
}

/* ---- What takes long ---- */

static void slow_run(struct exchange *x)
{
	struct request *r = &x->request;
	if (!reader_take(x)) {
		reply_problem(r, 500);
		wake(x);
		return;
	}
	r->route->slow(r);
	bool go_on = r->reply.kind == REPLY_NONE;
	if (!go_on && r->reply.status == 500) exchange_log_failure(x, &r->use.error);
	if (!go_on && r->reply.status == 422) form_again(x);
	reader_give(x);
	if (go_on) writer_submit(x);
	else wake(x);
}

static void slow_or_refuse(struct exchange *x)
{
	if (slow_submit(wire_slow(x), x, slow_run)) return;
	reply_problem(&x->request, 503);
	wake(x);
}

/* ---- Who may ---- */

static bool is_loopback(const char *address)
{
	return !strncmp(address, "127.", 4) || !strcmp(address, "::1") || !strncmp(address, "::ffff:127.", 11);
}

/* Whoever comes through a proxy is not from this machine, whatever the proxy is called. */
static bool is_local(const struct exchange *x)
{
	static const char *const proxies[] = {"X-Forwarded-For", "Forwarded", "Via", "X-Real-IP", "X-Forwarded-Host"};
	for (size_t i = 0; i < sizeof proxies / sizeof *proxies; i++)
		if (wire_header(x, proxies[i])) return false;
	return is_loopback(x->request.address);
}

static void send_to_login(struct request *r)
{
	if (r->wants_json || r->wants_stream || r->htmx || r->route->method == POST) {
		reply_problem(r, 401);
		return;
	}
	if (!strcmp(r->path, "/desk") && !*r->query) {
		reply_redirect(r, "/login");
		return;
	}
	struct buf next;
	buf_init(&next, 4000);
	buf_text(&next, "/login?next=");
	for (const char *p = *r->query ? arena_printf(r->arena, "%s?%s", r->path, r->query) : r->path; *p; p++) {
		if (strchr("/-._~", *p) || (*p >= '0' && *p <= '9') || (*p >= 'a' && *p <= 'z') || (*p >= 'A' && *p <= 'Z')) buf_char(&next, *p);
		else buf_printf(&next, "%%%02X", (unsigned char)*p);
	}
	reply_redirect(r, "%s", next.overflow ? "/login" : next.bytes);
	buf_done(&next);
}

/* Says a reply where the one who asks may not. */
static bool may(struct exchange *x)
{
	struct request *r = &x->request;
	enum who who = r->route->who;
	enum role role = r->use.who.role;
	if (who == WHO_ANYONE) return true;
	if (who == WHO_LOCAL) {
		if (is_local(x)) return true;
		reply_problem(r, 403);
		return false;
	}
	if (who == WHO_FIRST || !r->company) {
		if (who == WHO_FIRST && !r->company) return true;
		reply_redirect(r, r->company ? "/" : "/start");
		return false;
	}
	if (who == WHO_STRANGER) {
		if (!role) return true;
		reply_redirect(r, "/desk");
		return false;
	}
	if (who == WHO_READER && json_is_true(json_object_get(r->company, "open_reading"))) return true;
	if (!role) {
		send_to_login(r);
		return false;
	}
	if ((who == WHO_LEAD && role < ROLE_LEAD) || (who == WHO_ADMIN && role < ROLE_ADMIN)) {
		reply_problem(r, 403);
		return false;
	}
	return true;
}

static void json_close(void *json)
{
	json_decref(json);
}

/* Who is asking: fills the request from the cookie. false where the data does not answer. */
static bool identify(struct exchange *x, bool *ret_turn)
{
	struct request *r = &x->request;
	struct error error;
	if (session_read(r, wire_cookie(x, "sturgeon"), wire_cookie(x, "sturgeon_form"), wire_header(x, "Accept-Language"), ret_turn, &error) ||
	    company_load(x->reader, &r->company, &error)) {
		exchange_log_failure(x, &error);
		return false;
	}
	if (!r->company) return true;
	arena_defer(x->arena, json_close, r->company);
	moment_zone_set(json_string_value(json_object_get(r->company, "zone"))); /* it may have been changed, by a page or a command */
	return true;
}

/* ---- The way through ---- */

/* Lets the connection sleep until wake(). false: it sleeps, or is awake again already; true: the server is stopping, and that is the reply. */
static bool sleep_until(struct exchange *x, void (*submit)(struct exchange *))
{
	reader_give(x);
	x->phase = ASLEEP;
	if (!wire_sleep(x)) {
		reply_problem(&x->request, 503);
		return true;
	}
	submit(x);
	return false;
}

/* A request whose sender is known: checks it, and lets its handler answer, at once (GET) or after the commit (POST). */
static bool answer(struct exchange *x)
{
	struct request *r = &x->request;
	struct body body = {wire_header(x, "Content-Type"), x->body.bytes ? x->body.bytes : "", x->body.used};
	bool post = r->route->method == POST;
	if (!may(x)) return true;
	form_init(&x->form, x->arena);
	params_path(&x->form, &x->match);
	form_query(&x->form, r->query);
	if (post) form_body(&x->form, &body);
	if (x->form.too_many || x->form.broken) {
		reply_problem(r, x->form.too_many ? 413 : 400);
		return true;
	}
	if (post && !session_meant(r, &x->form, wire_header(x, "X-CSRF-Token"), wire_header(x, "Sec-Fetch-Site"))) {
		use_mistake(&r->use, "csrf", N_("This form is too old: open the page again and repeat"));
		reply_problem(r, 403);
		return true;
	}
	params_read(r, &x->form, &body);
	if (!use_valid(&r->use)) {
		reply_problem(r, 422);
		if (post) form_again(x);
		return true;
	}
	if (post) return sleep_until(x, r->route->slow ? slow_or_refuse : writer_submit);
	r->route->handle(r);
	if (r->reply.kind == REPLY_PROBLEM && r->reply.status == 500) exchange_log_failure(x, &r->use.error);
	return true;
}

static bool problem(struct exchange *x, int status)
{
	reply_problem(&x->request, status);
	return true;
}

static bool work(struct exchange *x)
{
	struct request *r = &x->request;
	bool turn = false;
	if (!x->readable) return problem(x, 400);
	if (wire_stopping(x)) return problem(x, 503);
	if (!reader_take(x) || !identify(x, &turn)) return problem(x, 500);
	if (!r->route) return problem(x, x->known_method && !x->match.allowed ? 404 : 405);
	if (x->drained) return problem(x, 413);
	if (turn && r->route->method == GET && !r->wants_json && !r->htmx) {
		x->turning = true;
		return sleep_until(x, writer_submit);
	}
	return answer(x);
}

/* The token is turned (or was not: then the old one goes on); now the page itself. */
static bool work_after_turn(struct exchange *x)
{
	x->turning = false;
	return reader_take(x) ? answer(x) : problem(x, 500);
}

static bool awake(struct exchange *x, bool said)
{
	if (!said) return false;
	reader_give(x);
	x->phase = READY;
	return true;
}

bool exchange_work(struct exchange *x)
{
	x->started = moment_steady();
	return awake(x, work(x));
}

bool exchange_go_on(struct exchange *x)
{
	return x->turning ? awake(x, work_after_turn(x)) : true;
}
