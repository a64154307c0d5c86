#include "app/demo_answer.h"

#include "app/answer_publish.h"
#include "app/poll.h"
#include "base/moment.h"

enum { LEAD = 1, ANSWERERS = 11, SELL = 1, NEGOTIATE = 2, BOTH = 3 };

static const struct {
	int place;
	const char *reason;
} answers[ANSWERERS] = {
	{SELL, "Майже всі дзвінки в нас перші. Домовлятися ще нема з ким."},
	{NEGOTIATE, "Клієнти давно знають, чого хочуть. Питають тільки про строки й оплату."},
	{SELL, ""},
	{BOTH, "Перший дзвінок – продаж, другий – уже умови. Як за підручником."},
	{SELL, "Думали, що ведемо переговори, а подивилися записи – умовляємо."},
	{NEGOTIATE, ""},
	{SELL, "У роздробі інакше не буває."},
	{BOTH, ""},
	{NEGOTIATE, "Тендери. Хто не вміє торгуватися, той поступається ціною."},
	{SELL, ""},
	{BOTH, "Залежить від менеджера, і це нам не подобається."},
};

static enum outcome published(struct demo_world *world, int64_t at, int64_t *ret_post_id)
{
	static const struct answer_given given = {.span = "90", .from = -1, .to = -1, .segment = "", .since = -1, .until = -1, .mode = "", .advised = "", .led = "", .outcome = "", .step = "",
						  .reached = "", .first = "", .package = "", .motive = "", .turn = ""};
	struct use use = demo_world_act(world, LEAD, at);
	struct answer_text *text = ARENA_NEW(use.arena, struct answer_text);
	enum outcome outcome = answer_compose(&use, &given, text);
	if (!outcome) outcome = answer_publish(&use, text, ret_post_id);
	return demo_world_acted(world, &use, outcome);
}

enum outcome demo_answer_make(struct demo_world *world, struct demo_crowd *crowd, int32_t day)
{
	int64_t post_id, at = demo_world_moment(day, 17 * 60 + 40);
	enum outcome outcome = published(world, at, &post_id);
	for (int i = 0; !outcome && i < ANSWERERS; i++) {
		at += 7 * MOMENT_HOUR + i * 11 * MOMENT_MINUTE;
		if (at >= world->now || crowd->people[i].member_id == world->members[LEAD]) continue;
		struct use use = demo_crowd_act(crowd, i, at);
		outcome = poll_answer(&use, post_id, answers[i].place, answers[i].reason);
		outcome = demo_crowd_acted(crowd, &use, outcome == REFUSED ? DONE : outcome); /* who is banned by then says nothing */
	}
	return outcome;
}
