/* Products: cards, their courses, and what is studied of them. */
#include "app/product.h"
#include "web/pages.h"

void products_show(struct request *r)
{
	json_t *model;
	if (reply_outcome(r, product_list_page(&r->use, request_flag(r, "archived"), &model))) reply_page(r, "products", model);
}

void product_show(struct request *r)
{
	json_t *model;
	if (reply_outcome(r, product_page(&r->use, request_id(r, "product"), &model))) reply_fragment(r, "product", "product_course", model);
}

static struct product_fields fields_of(struct request *r)
{
	return (struct product_fields){
		.name = request_text(r, "name"),
		.summary = request_text(r, "summary"),
		.segment = request_text(r, "segment"),
		.price_minor = request_int(r, "price", -1),
		.playbook_id = request_id(r, "playbook"),
	};
}

void product_new_show(struct request *r)
{
	json_t *model;
	if (reply_outcome(r, product_form_page(&r->use, 0, &model))) reply_page(r, "product_form", model);
}

void product_new_make(struct request *r)
{
	int64_t product_id;
	struct product_fields fields = fields_of(r);
	if (!reply_outcome(r, product_make(&r->use, &fields, &product_id))) return;
	reply_redirect(r, "/products/%lld/edit", (long long)product_id);
}

void product_edit_show(struct request *r)
{
	json_t *model;
	if (reply_outcome(r, product_form_page(&r->use, request_id(r, "product"), &model))) reply_page(r, "product_form", model);
}

static void edited(struct request *r, enum outcome outcome, const char *anchor)
{
	if (!reply_outcome(r, outcome)) return;
	reply_flash(r, "saved");
	reply_redirect(r, "/products/%lld/edit%s", (long long)request_id(r, "product"), anchor);
}

void product_edit_save(struct request *r)
{
	struct product_fields fields = fields_of(r);
	if (!reply_outcome(r, product_change(&r->use, request_id(r, "product"), &fields))) return;
	reply_flash(r, "saved");
	reply_redirect(r, "/products/%lld", (long long)request_id(r, "product"));
}

void product_archive_do(struct request *r)
{
	if (!reply_outcome(r, product_shelve(&r->use, request_id(r, "product"), request_flag(r, "back")))) return;
	reply_flash(r, "saved");
	reply_redirect(r, "/products/%lld", (long long)request_id(r, "product"));
}

void feature_new_show(struct request *r)
{
	json_t *model;
	if (reply_outcome(r, product_feature_page(&r->use, request_id(r, "product"), 0, &model))) reply_page(r, "product_feature", model);
}

void feature_show(struct request *r)
{
	json_t *model;
	if (reply_outcome(r, product_feature_page(&r->use, request_id(r, "product"), request_id(r, "feature"), &model))) reply_page(r, "product_feature", model);
}

static void feature_put(struct request *r, int64_t feature_id)
{
	edited(r,
	       product_feature_put(&r->use, request_id(r, "product"), feature_id, request_text(r, "characteristic"), request_text(r, "advantage"),
				   request_text(r, "benefit"), request_list(r, "motives")),
	       "#features");
}

void feature_new_make(struct request *r)
{
	feature_put(r, 0);
}

void feature_save(struct request *r)
{
	feature_put(r, request_id(r, "feature"));
}

void feature_remove(struct request *r)
{
	edited(r, product_feature_remove(&r->use, request_id(r, "product"), request_id(r, "feature")), "#features");
}

void lesson_save(struct request *r)
{
	edited(r, product_lesson_put(&r->use, request_id(r, "product"), request_id(r, "lesson"), request_text(r, "text")), "#lessons");
}

void lesson_remove(struct request *r)
{
	edited(r, product_lesson_remove(&r->use, request_id(r, "product"), request_id(r, "lesson")), "#lessons");
}

void product_study_tick(struct request *r)
{
	int64_t product_id = request_id(r, "product"), forget = request_id(r, "forget");
	if (!reply_outcome(r, product_study(&r->use, product_id, forget ? forget : request_id(r, "subject"), !forget))) return;
	reply_redirect(r, "/products/%lld", (long long)product_id);
}
