#include "app/bargain_words.h"

#include <string.h>

#include "base/buf.h"
#include "base/parse.h"

json_t *bargain_words_change(const struct bargain_table *table, const struct package *from, int v, int to)
{
	const struct table_variable *variable = &table->variables[v];
	const struct option *options = table->bargain.variables[v].options, *was = &options[from->choice[v]];
	int64_t ours = options[to].ours - was->ours, theirs = options[to].theirs - was->theirs;
	return json_pack("{ss ss ss sb sb sI sI sI}", "variable", variable->row->name, "option", variable->options[to].name, "family", variable->row->family, "price", variable->row->price,
			 "give", ours < 0 || (ours == 0 && theirs > 0), "cost", (json_int_t)(ours < 0 ? -ours : 0), "ours", (json_int_t)ours, "theirs", (json_int_t)theirs);
}

json_t *bargain_words_package(struct arena *arena, const struct bargain_table *table, const struct package *package)
{
	struct option value = package_value(&table->bargain, package), now = package_value(&table->bargain, &table->now);
	json_t *gives = json_array(), *takes = json_array(), *choice = json_array();
	struct table_below below;
	struct buf put;
	buf_init(&put, 8192);
	for (int v = 0; v < table->bargain.n; v++) {
		json_array_append_new(choice, json_integer(package->choice[v]));
		if (package->choice[v] == table->now.choice[v]) continue;
		json_t *change = bargain_words_change(table, &table->now, v, package->choice[v]);
		json_array_append_new(json_is_true(json_object_get(change, "give")) ? gives : takes, change);
		buf_printf(&put, "%cput=%lld:%lld", json_array_size(gives) + json_array_size(takes) == 1 ? '?' : '&', (long long)table->variables[v].row->id, (long long)table->variables[v].options[package->choice[v]].value);
	}
	const char *address = arena_printf(arena, "/deals/%lld/bargain%s#table", (long long)table->deal.deal_id, put.used ? put.bytes : "");
	buf_done(&put);
	bool same = !json_array_size(gives) && !json_array_size(takes);
	return json_pack("{sI sI sI sI so so sb so ss sb}", "ours", (json_int_t)value.ours, "theirs", (json_int_t)value.theirs, "gain_ours", (json_int_t)(value.ours - now.ours), "gain_theirs",
			 (json_int_t)(value.theirs - now.theirs), "gives", gives, "takes", takes, "same", same, "choice", choice, "address", address, "below",
			 bargain_table_below(table, package, &below));
}

bool bargain_words_put(const struct bargain_table *table, const char *put, int *ret_variable, int *ret_option)
{
	char text[64];
	int64_t variable, value;
	snprintf(text, sizeof text, "%s", put);
	char *colon = strchr(text, ':');
	if (!colon) return false;
	*colon = '\0';
	if (!parse_int(text, &variable) || !parse_int(colon + 1, &value)) return false;
	*ret_variable = bargain_table_variable(table, variable);
	*ret_option = *ret_variable < 0 ? -1 : bargain_table_option(table, *ret_variable, value);
	return *ret_option >= 0;
}
