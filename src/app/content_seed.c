#include "app/content_seed.h"

#include <string.h>

#include "app/check.h"
#include "app/content.h"
#include "base/id.h"
#include "base/text.h"
#include "core/advisor/evidence.h"
#include "store/content_store.h"
#include "store/member_store.h"

static const char *word(const json_t *object, const char *field)
{
	const char *text = json_string_value(json_object_get(object, field));
	return text ? text : "";
}

static int64_t number(const json_t *object, const char *field)
{
	return json_integer_value(json_object_get(object, field));
}

/* Products are the team's to edit, in its own language: each text is stored once. */
static const char *own(const struct use *use, const json_t *object, const char *field)
{
	return word(json_object_get(object, field), use->who.language);
}

/* One line of a playbook: the item and its words in every language. *ret_item is also set where it was there already. */
static enum err item_seed(struct use *use, int64_t playbook_id, const struct content_item *item, const json_t *texts, int64_t *ret_item)
{
	static const char *const parts[] = {"clarify", "agree", "complete", "say", "client"};
	int64_t team_id = use->who.team_id;
	enum err kind = content_item_find(use->db, team_id, playbook_id, item->key, ret_item, &use->error);
	if (kind || *ret_item) return kind;
	*ret_item = id_new(use->now);
	if ((kind = content_item_insert(use->db, team_id, playbook_id, *ret_item, item, &use->error))) return kind;
	for (int i = 0; i < CONTENT_LANGUAGES; i++) {
		const char *language = content_languages[i];
		if ((kind = content_item_text(use->db, team_id, *ret_item, language, "text", word(texts, language), &use->error))) return kind;
		for (size_t p = 0; p < sizeof parts / sizeof *parts; p++) {
			const json_t *part = json_object_get(texts, parts[p]);
			if (!part) continue;
			if ((kind = content_item_text(use->db, team_id, *ret_item, language, parts[p], word(part, language), &use->error))) return kind;
		}
	}
	return ERR_NONE;
}

/* A plain list of lines of one kind. `variety` names the field that says which variety each is; NULL: none. */
static enum err lines_seed(struct use *use, int64_t playbook_id, const json_t *lines, const char *kind_name, const char *variety)
{
	size_t i;
	json_t *line;
	int64_t id;
	json_array_foreach(lines, i, line) {
		struct content_item item = {word(line, "key"), kind_name, variety ? word(line, variety) : "", "", "", (int64_t)i + 1, 0, 0};
		enum err kind = item_seed(use, playbook_id, &item, line, &id);
		if (kind) return kind;
	}
	return ERR_NONE;
}

/* The places of questions go by level first across the funnels, so that the first question of every funnel stands before the second of any. */
static enum err funnels_seed(struct use *use, int64_t playbook_id, const json_t *funnels)
{
	size_t i, j;
	json_t *funnel, *question;
	int64_t id;
	json_array_foreach(funnels, i, funnel) {
		json_t *motive = json_pack("[s]", word(funnel, "motive"));
		int64_t mask = content_motives(motive);
		json_decref(motive);
		json_array_foreach(json_object_get(funnel, "questions"), j, question) {
			struct content_item item = {word(question, "key"), "question", "", word(question, "level"), word(question, "type"),
						    (int64_t)(10 * j + i + 1), mask, 0};
			enum err kind = item_seed(use, playbook_id, &item, question, &id);
			if (kind) return kind;
		}
	}
	return ERR_NONE;
}

static enum err spin_seed(struct use *use, int64_t playbook_id, const json_t *questions, int64_t objection_id)
{
	size_t i;
	json_t *question;
	int64_t id;
	json_array_foreach(questions, i, question) {
		struct content_item item = {word(question, "key"), "spin", "", word(question, "level"), "", (int64_t)i + 1, 0, objection_id};
		enum err kind = item_seed(use, playbook_id, &item, question, &id);
		if (kind) return kind;
	}
	return ERR_NONE;
}

/* N3: what may stand behind a position, and the questions that bring it out. */
static enum err position_seed(struct use *use, int64_t playbook_id, const json_t *objection, int64_t objection_id)
{
	size_t i;
	json_t *interest;
	int64_t id;
	json_array_foreach(json_object_get(objection, "interests"), i, interest) {
		struct content_item item = {word(interest, "key"), "interest", word(interest, "risk"), "", "", (int64_t)i + 1,
					    content_motives(json_object_get(interest, "motives")), objection_id};
		enum err kind = item_seed(use, playbook_id, &item, interest, &id);
		if (kind) return kind;
	}
	return spin_seed(use, playbook_id, json_object_get(objection, "spin"), objection_id);
}

static enum err objections_seed(struct use *use, int64_t playbook_id, const json_t *objections)
{
	size_t i, j;
	json_t *objection, *answer;
	int64_t objection_id, id;
	json_array_foreach(objections, i, objection) {
		struct content_item item = {word(objection, "key"), "objection", *word(objection, "heard") ? "argument" : word(objection, "risk"), "", "", (int64_t)i + 1,
					    content_motives(json_object_get(objection, "mirrors")), 0};
		enum err kind = item_seed(use, playbook_id, &item, objection, &objection_id);
		if (kind) return kind;
		json_array_foreach(json_object_get(objection, "answers"), j, answer) {
			struct content_item line = {word(answer, "key"), "answer", "", "", "", (int64_t)j + 1,
						    content_motives(json_object_get(answer, "motives")), objection_id};
			if ((kind = item_seed(use, playbook_id, &line, answer, &id))) return kind;
		}
		if ((kind = position_seed(use, playbook_id, objection, objection_id))) return kind;
	}
	return ERR_NONE;
}

/* A product that is there already is the team's: nothing in it is touched. */
static enum err product_seed(struct use *use, int64_t playbook_id, const char *segment, const json_t *product, const char *currency)
{
	int64_t team_id = use->who.team_id, product_id;
	size_t i;
	json_t *at;
	enum err kind = content_product_find(use->db, team_id, word(product, "key"), &product_id, &use->error);
	if (kind || product_id) return kind;
	const char *name = own(use, product, "name");
	struct content_product row = {
		.key = word(product, "key"), .name = name, .name_fold = text_fold(use->arena, name), .summary = own(use, product, "summary"),
		.segment = segment, .playbook_id = playbook_id, .at = use->now,
		.price_minor = strcmp(currency, word(product, "currency")) ? 0 : number(product, "price_minor"),
	};
	product_id = id_new(use->now);
	if ((kind = content_product_insert(use->db, team_id, product_id, &row, &use->error))) return kind;
	json_array_foreach(json_object_get(product, "features"), i, at) {
		kind = content_feature_insert(use->db, team_id, product_id, id_new(use->now), (int64_t)i + 1, own(use, at, "characteristic"),
					      own(use, at, "advantage"), own(use, at, "benefit"), content_motives(json_object_get(at, "motives")),
					      &use->error);
		if (kind) return kind;
	}
	json_array_foreach(json_object_get(product, "course"), i, at) {
		kind = content_lesson_insert(use->db, team_id, product_id, id_new(use->now), (int64_t)i + 1, own(use, at, "text"), &use->error);
		if (kind) return kind;
	}
	return ERR_NONE;
}

/* Values are ours and theirs as money and as a share of the deal. In another currency the money becomes a share of what such a deal usually is. */
static struct trade_value value_of(const json_t *value, int64_t deal_minor)
{
	struct trade_value own = {json_integer_value(json_array_get(value, 0)), json_integer_value(json_array_get(value, 1))};
	if (deal_minor) own = (struct trade_value){0, own.share + own.minor * 10000 / deal_minor};
	return own;
}

/* N1. A variable that is there already is the team's: nothing in it is touched. deal_minor 0: the company counts in the content's currency. */
static enum err variable_seed(struct use *use, int64_t playbook_id, const json_t *variable, int64_t place, int64_t deal_minor)
{
	int64_t team_id = use->who.team_id, variable_id;
	size_t i;
	json_t *at;
	enum err kind = content_variable_find(use->db, team_id, playbook_id, word(variable, "key"), &variable_id, &use->error);
	if (kind || variable_id) return kind;
	struct content_variable row = {
		.key = word(variable, "key"), .family = word(variable, "family"), .playbook_id = playbook_id, .place = place,
		.price = json_is_true(json_object_get(variable, "price")), .step = number(variable, "step"),
	};
	variable_id = id_new(use->now);
	kind = content_variable_insert(use->db, team_id, variable_id, &row, &use->error);
	for (int l = 0; !kind && l < CONTENT_LANGUAGES; l++) {
		const char *language = content_languages[l];
		kind = content_variable_text(use->db, team_id, variable_id, language, word(variable, language), word(json_object_get(variable, "unit"), language),
					     word(json_object_get(variable, "hint"), language), &use->error);
	}
	json_array_foreach(json_object_get(variable, "options"), i, at) {
		const json_t *theirs = json_object_get(at, "theirs"), *x = json_object_get(at, "x");
		int64_t option_id = id_new(use->now), number_x = json_integer_value(x);
		struct content_option option = {
			.place = (int64_t)i + 1, .x = x ? &number_x : NULL, .starts = json_is_true(json_object_get(at, "starts")),
			.ours = value_of(json_object_get(at, "ours"), deal_minor),
			.theirs_low = value_of(json_array_get(theirs, 0), deal_minor), .theirs_high = value_of(json_array_get(theirs, 1), deal_minor),
		};
		if (!kind) kind = content_option_insert(use->db, team_id, variable_id, option_id, &option, &use->error);
		for (int l = 0; !kind && l < CONTENT_LANGUAGES; l++)
			kind = content_option_text(use->db, team_id, variable_id, option_id, content_languages[l], word(at, content_languages[l]), &use->error);
	}
	return kind;
}

static enum err variables_seed(struct use *use, int64_t playbook_id, const json_t *playbook, const char *currency)
{
	bool same = !strcmp(currency, word(json_object_get(playbook, "product"), "currency"));
	size_t i;
	json_t *variable;
	json_array_foreach(json_object_get(playbook, "variables"), i, variable) {
		enum err kind = variable_seed(use, playbook_id, variable, (int64_t)i + 1, same ? 0 : number(playbook, "deal_minor"));
		if (kind) return kind;
	}
	return ERR_NONE;
}

static enum err playbook_seed(struct use *use, const json_t *playbook, int64_t place, const char *currency)
{
	static const struct {
		const char *field, *kind, *variety;
	} lists[] = {
		{"preparation", "preparation", "for"}, {"openers", "opener", "tone"}, {"probes", "probe", NULL},
		{"terms", "term", NULL}, {"closes", "close", "form"},
	};
	int64_t team_id = use->who.team_id, playbook_id;
	const char *segment = word(playbook, "segment");
	enum err kind = content_playbook_find(use->db, team_id, word(playbook, "key"), &playbook_id, &use->error);
	if (kind) return kind;
	if (!playbook_id) {
		playbook_id = id_new(use->now);
		if ((kind = content_playbook_insert(use->db, team_id, playbook_id, word(playbook, "key"), segment, place, &use->error))) return kind;
		for (int i = 0; i < CONTENT_LANGUAGES; i++) {
			kind = content_playbook_name(use->db, team_id, playbook_id, content_languages[i],
						     word(json_object_get(playbook, "name"), content_languages[i]), &use->error);
			if (kind) return kind;
		}
	}
	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
		if ((kind = lines_seed(use, playbook_id, json_object_get(playbook, lists[i].field), lists[i].kind, lists[i].variety))) return kind;
	if ((kind = funnels_seed(use, playbook_id, json_object_get(playbook, "funnels")))) return kind;
	if ((kind = objections_seed(use, playbook_id, json_object_get(playbook, "objections")))) return kind;
	if ((kind = spin_seed(use, playbook_id, json_object_get(playbook, "spin"), 0))) return kind;
	if ((kind = variables_seed(use, playbook_id, playbook, currency))) return kind;
	return product_seed(use, playbook_id, segment, json_object_get(playbook, "product"), currency);
}

static enum err signals_seed(struct use *use, const json_t *signals)
{
	size_t i;
	json_t *signal;
	json_array_foreach(signals, i, signal) {
		const struct evidence_def *def = &evidence_builtin[i];
		int64_t signal_id, team_id = use->who.team_id;
		enum err kind = content_signal_find(use->db, team_id, def->key, &signal_id, &use->error);
		if (kind) return kind;
		if (signal_id) continue;
		signal_id = id_new(use->now);
		kind = content_signal_insert(use->db, team_id, signal_id, def->key, (int64_t)i, word(signal, "hotkey"), def->mean, def->sd, use->now,
					     &use->error);
		for (int l = 0; !kind && l < CONTENT_LANGUAGES; l++)
			kind = content_signal_text(use->db, team_id, signal_id, content_languages[l], word(json_object_get(signal, "name"), content_languages[l]),
						   word(json_object_get(signal, "why"), content_languages[l]),
						   word(json_object_get(signal, "absent"), content_languages[l]), &use->error);
		if (kind) return kind;
	}
	return ERR_NONE;
}

enum outcome content_seed(struct use *use)
{
	json_t *company;
	enum err kind = company_load(use->db, &company, &use->error);
	for (int i = 0, place = 0; !kind && i < content_files_count; i++) {
		json_t *content = content_load(&content_files[i]);
		if (!strcmp(content_files[i].name, "signals")) kind = signals_seed(use, content);
		else kind = playbook_seed(use, content, ++place, word(company, "currency"));
		json_decref(content);
	}
	if (!kind) json_decref(company);
	return use_done(kind);
}

static enum outcome team_upgrade(struct use *use, int64_t *ret_wrong)
{
	json_t *company;
	*ret_wrong = 0;
	if (company_load(use->db, &company, &use->error)) return FAILED;
	use->who.language = arena_strdup(use->arena, word(company, "language"));
	json_decref(company);
	return content_seed(use);
}

static enum err upgrade_in(struct db *db, void *arg, struct error *err)
{
	int64_t wrong;
	(void)arg;
	enum err kind = check_each_team(db, team_upgrade, &wrong, err);
	return kind ? kind : content_known_set(db, content_digest(), err);
}

enum err content_upgrade(struct store *store, struct error *err)
{
	int64_t known;
	struct db *db = store_reader_take(store, err);
	if (!db) return err->kind;
	enum err kind = content_known(db, &known, err);
	store_reader_give(store, db);
	return kind || known == content_digest() ? kind : store_write(store, upgrade_in, NULL, err);
}
