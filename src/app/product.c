#include "app/product.h"

#include <string.h>

#include "app/deal.h"
#include "base/id.h"
#include "base/tr.h"

static const char *const motive_words[] = {"safety", "economy", "prestige", "comfort"};
enum { MOTIVES = 4 };

/* A mask → the words of those in it. */
static json_t *motives_json(int64_t mask)
{
	json_t *list = json_array();
	for (int i = 0; i < MOTIVES; i++)
		if (mask >> i & 1) json_array_append_new(list, json_string(motive_words[i]));
	return list;
}

static bool motives_read(const char *const *words, int64_t *ret_mask)
{
	*ret_mask = 0;
	for (; *words; words++) {
		int i = 0;
		while (i < MOTIVES && strcmp(motive_words[i], *words)) i++;
		if (i == MOTIVES) return false;
		*ret_mask |= 1 << i;
	}
	return true;
}

enum outcome product_list_page(struct use *use, bool archived, json_t **ret_model)
{
	json_t *products, *product;
	size_t i;
	if (product_list(use->db, use->who.team_id, use->who.member_id, archived, &products, &use->error)) return FAILED;
	json_array_foreach(products, i, product) {
		int64_t subjects = json_integer_value(json_object_get(product, "subjects"));
		json_object_set_new(product, "learnt", json_boolean(subjects && subjects == json_integer_value(json_object_get(product, "studied"))));
	}
	*ret_model = json_pack("{so sb sb}", "products", products, "archived", archived, "may_change", use->who.role >= ROLE_LEAD);
	return DONE;
}

/* Features and lessons, each with its tick; and how many of them there are and are ticked. */
static enum outcome subjects_put(struct use *use, int64_t product_id, json_t *model)
{
	json_t *features, *lessons, *subject;
	size_t i;
	int64_t n = 0, studied = 0;
	if (product_feature_list(use->db, use->who.team_id, product_id, use->who.member_id, &features, &use->error)) return FAILED;
	json_object_set_new(model, "features", features);
	if (product_lesson_list(use->db, use->who.team_id, product_id, use->who.member_id, &lessons, &use->error)) return FAILED;
	json_object_set_new(model, "lessons", lessons);
	json_array_foreach(features, i, subject) {
		n++;
		studied += json_is_true(json_object_get(subject, "studied"));
		json_object_set_new(subject, "motives", motives_json(json_integer_value(json_object_get(subject, "motives"))));
	}
	json_array_foreach(lessons, i, subject) {
		n++;
		studied += json_is_true(json_object_get(subject, "studied"));
	}
	json_object_set_new(model, "subjects", json_integer(n));
	json_object_set_new(model, "studied", json_integer(studied));
	json_object_set_new(model, "share", json_real(n ? (double)studied / (double)n : 0));
	return DONE;
}

enum outcome product_page(struct use *use, int64_t product_id, json_t **ret_model)
{
	json_t *product, *model, *members;
	if (product_load(use->db, use->who.team_id, product_id, &product, &use->error)) return FAILED;
	if (!product) return ABSENT;
	model = json_pack("{so sb}", "product", product, "may_change", use->who.role >= ROLE_LEAD);
	enum outcome outcome = subjects_put(use, product_id, model);
	if (!outcome && use->who.role >= ROLE_LEAD) {
		outcome = use_done(product_study_list(use->db, use->who.team_id, product_id, &members, &use->error));
		if (!outcome) json_object_set_new(model, "members", members);
	}
	if (outcome) json_decref(model);
	else *ret_model = model;
	return outcome;
}

enum outcome product_form_page(struct use *use, int64_t product_id, json_t **ret_model)
{
	json_t *product = NULL, *playbooks, *model;
	if (use->who.role < ROLE_LEAD) return REFUSED;
	if (product_id && product_load(use->db, use->who.team_id, product_id, &product, &use->error)) return FAILED;
	if (product_id && !product) return ABSENT;
	if (product_playbooks(use->db, use->who.team_id, use->who.language, &playbooks, &use->error)) {
		json_decref(product);
		return FAILED;
	}
	if (!product) {
		*ret_model = json_pack("{s{so} sn s{ss ss ss ss ss}}", "choices", "playbook", playbooks, "product", "form", "name", "", "summary", "", "price", "", "segment", "b2b",
				       "playbook", "");
		return DONE;
	}
	json_t *price = json_object_get(product, "price_minor");
	const char *amount = deal_amount(use->arena, json_is_integer(price) ? json_integer_value(price) : -1);
	model = json_pack("{s{so} sO s{sO sO ss sO sO}}", "choices", "playbook", playbooks, "product", product, "form", "name", json_object_get(product, "name"), "summary",
			  json_object_get(product, "summary"), "price", amount, "segment", json_object_get(product, "segment"), "playbook",
			  json_object_get(product, "playbook_id"));
	json_decref(product);
	enum outcome outcome = subjects_put(use, product_id, model);
	if (outcome) json_decref(model);
	else *ret_model = model;
	return outcome;
}

static json_t *motive_choices(void)
{
	json_t *list = json_array();
	for (int i = 0; i < MOTIVES; i++) json_array_append_new(list, json_pack("{ss}", "id", motive_words[i]));
	return list;
}

enum outcome product_feature_page(struct use *use, int64_t product_id, int64_t feature_id, json_t **ret_model)
{
	json_t *product, *features, *feature, *form = NULL;
	size_t i;
	if (use->who.role < ROLE_LEAD) return REFUSED;
	if (product_load(use->db, use->who.team_id, product_id, &product, &use->error)) return FAILED;
	if (!product) return ABSENT;
	if (product_feature_list(use->db, use->who.team_id, product_id, use->who.member_id, &features, &use->error)) {
		json_decref(product);
		return FAILED;
	}
	json_array_foreach(features, i, feature) {
		if (json_integer_value(json_object_get(feature, "id")) == feature_id) form = json_incref(feature);
	}
	json_decref(features);
	if (feature_id && !form) {
		json_decref(product);
		return ABSENT;
	}
	json_t *motives = motives_json(json_integer_value(json_object_get(form, "motives")));
	if (!form) form = json_pack("{ss ss ss}", "characteristic", "", "advantage", "", "benefit", "");
	json_object_set_new(form, "motives", motives);
	*ret_model = json_pack("{so so s{so} so}", "product", product, "form", form, "choices", "motives", motive_choices(), "feature", feature_id ? json_integer(feature_id) : json_null());
	return DONE;
}

/* Its playbook is the team's own. */
static enum outcome fields_check(struct use *use, const struct product_fields *fields)
{
	json_t *playbooks, *playbook;
	size_t i;
	bool found = !fields->playbook_id;
	if (found) return DONE;
	if (product_playbooks(use->db, use->who.team_id, use->who.language, &playbooks, &use->error)) return FAILED;
	json_array_foreach(playbooks, i, playbook) found = found || json_integer_value(json_object_get(playbook, "id")) == fields->playbook_id;
	json_decref(playbooks);
	return found ? DONE : use_mistake(use, "playbook", N_("There is no such playbook"));
}

enum outcome product_make(struct use *use, const struct product_fields *fields, int64_t *ret_product_id)
{
	if (use->who.role < ROLE_LEAD) return REFUSED;
	enum outcome outcome = fields_check(use, fields);
	if (outcome) return outcome;
	*ret_product_id = id_new(use->now);
	return use_done(product_insert(use->db, use->arena, use->who.team_id, *ret_product_id, "", fields, use->now, &use->error));
}

/* DONE where a lead asks about a product of his team's. */
static enum outcome lead_of(struct use *use, int64_t product_id)
{
	bool there;
	if (use->who.role < ROLE_LEAD) return REFUSED;
	if (product_there(use->db, use->who.team_id, product_id, &there, &use->error)) return FAILED;
	return there ? DONE : ABSENT;
}

enum outcome product_change(struct use *use, int64_t product_id, const struct product_fields *fields)
{
	enum outcome outcome = lead_of(use, product_id);
	if (!outcome) outcome = fields_check(use, fields);
	return outcome ? outcome : use_done(product_update(use->db, use->arena, use->who.team_id, product_id, fields, &use->error));
}

enum outcome product_shelve(struct use *use, int64_t product_id, bool back)
{
	enum outcome outcome = lead_of(use, product_id);
	return outcome ? outcome : use_done(product_archive(use->db, use->who.team_id, product_id, back ? 0 : use->now, &use->error));
}

/* After a change by id: was there such a thing? */
static enum outcome changed(struct use *use, enum err kind)
{
	if (kind) return FAILED;
	return db_changed(use->db) ? DONE : ABSENT;
}

enum outcome product_feature_put(struct use *use, int64_t product_id, int64_t feature_id, const char *characteristic, const char *advantage, const char *benefit,
				 const char *const *motives)
{
	int64_t mask, team_id = use->who.team_id;
	enum outcome outcome = lead_of(use, product_id);
	if (outcome) return outcome;
	if (!motives_read(motives, &mask)) return use_mistake(use, "motives", N_("This is none of the motives"));
	if (!mask) return use_mistake(use, "motives", N_("Tick at least one motive that this benefit serves"));
	if (feature_id)
		return changed(use, product_feature_update(use->db, team_id, product_id, feature_id, characteristic, advantage, benefit, mask, &use->error));
	return use_done(product_feature_insert(use->db, team_id, product_id, id_new(use->now), characteristic, advantage, benefit, mask, &use->error));
}

enum outcome product_feature_remove(struct use *use, int64_t product_id, int64_t feature_id)
{
	enum outcome outcome = lead_of(use, product_id);
	return outcome ? outcome : changed(use, product_feature_drop(use->db, use->who.team_id, product_id, feature_id, &use->error));
}

enum outcome product_lesson_put(struct use *use, int64_t product_id, int64_t lesson_id, const char *text)
{
	enum outcome outcome = lead_of(use, product_id);
	if (outcome) return outcome;
	if (lesson_id) return changed(use, product_lesson_update(use->db, use->who.team_id, product_id, lesson_id, text, &use->error));
	return use_done(product_lesson_insert(use->db, use->who.team_id, product_id, id_new(use->now), text, &use->error));
}

enum outcome product_lesson_remove(struct use *use, int64_t product_id, int64_t lesson_id)
{
	enum outcome outcome = lead_of(use, product_id);
	return outcome ? outcome : changed(use, product_lesson_drop(use->db, use->who.team_id, product_id, lesson_id, &use->error));
}

enum outcome product_study(struct use *use, int64_t product_id, int64_t subject_id, bool studied)
{
	bool there;
	int64_t team_id = use->who.team_id;
	if (product_subject_there(use->db, team_id, product_id, subject_id, &there, &use->error)) return FAILED;
	if (!there) return ABSENT;
	return use_done(product_studied_set(use->db, team_id, product_id, use->who.member_id, subject_id, studied, use->now, &use->error));
}
