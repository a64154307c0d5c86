/* Imports: a table is uploaded, looked at, taken. Looking at a long table takes a while: it is the slow part of its route, away from the writer. */
#include "app/import.h"
#include "web/pages.h"

void import_list_show(struct request *r)
{
	json_t *model;
	if (reply_outcome(r, import_list_page(&r->use, &model))) reply_page(r, "import", model);
}

static enum guess_kind kind_of(const struct request *r)
{
	return request_text(r, "kind")[0] == 'd' ? GUESS_DEALS : GUESS_CLIENTS;
}

void import_look(struct request *r)
{
	const struct value *file = request_file(r, "file");
	struct import_found *found = ARENA_NEW(r->arena, struct import_found);
	if (reply_outcome(r, import_run(&r->use, kind_of(r), file->bytes, file->bytes_count, NULL, false, found))) r->prepared = found;
}

void import_new(struct request *r)
{
	const struct value *file = request_file(r, "file");
	int64_t import_id;
	if (!reply_outcome(r, import_keep(&r->use, kind_of(r), file->text, file->bytes, file->bytes_count, r->prepared, &import_id))) return;
	reply_redirect(r, "/import/%lld", (long long)import_id);
}

void import_show(struct request *r)
{
	json_t *model;
	if (reply_outcome(r, import_page(&r->use, request_id(r, "import"), &model))) reply_page(r, "import_show", model);
}

void import_look_as_chosen(struct request *r)
{
	struct import_typed typed = {request_list(r, "column"), request_list(r, "stage"), request_text(r, "twins"), request_text(r, "segment"), request_text(r, "nameless")};
	struct import_found *found = ARENA_NEW(r->arena, struct import_found);
	if (reply_outcome(r, import_look_again(&r->use, request_id(r, "import"), &typed, found))) r->prepared = found;
}

void import_choose(struct request *r)
{
	if (!reply_outcome(r, import_keep_again(&r->use, request_id(r, "import"), r->prepared))) return;
	reply_redirect(r, "/import/%lld", (long long)request_id(r, "import"));
}

void import_do(struct request *r)
{
	if (!reply_outcome(r, import_take(&r->use, request_id(r, "import")))) return;
	reply_flash(r, "import_taken");
	reply_redirect(r, "/import/%lld", (long long)request_id(r, "import"));
}

void import_drop_it(struct request *r)
{
	if (!reply_outcome(r, import_forget(&r->use, request_id(r, "import")))) return;
	reply_redirect(r, "/import");
}

void import_refused_show(struct request *r)
{
	const char *bytes;
	size_t n;
	if (reply_outcome(r, import_refused_table(&r->use, request_id(r, "import"), &bytes, &n))) reply_bytes(r, "text/csv; charset=utf-8", "refused.csv", bytes, n);
}
