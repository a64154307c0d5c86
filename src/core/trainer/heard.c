#include "core/trainer/heard.h"

#include <string.h>

#include "base/text.h"

static const char *const group_words[HEARD_GROUPS] = {"act", "type", "funnel", "spin", "close", "motive"};
static const char *const act_words[HEARD_ACTS] = {"none", "question", "small_talk", "argument", "agree_opinion", "agree_fact", "offer", "closing", "goodbye", "pressure",
	"offer_cut", "refuse_cut"};
static const char *const type_words[] = {"open", "closed", "alternative", "focused"};
static const char *const funnel_words[] = {"situational", "specifying", "detailing"};
static const char *const spin_words[] = {"situation", "problem", "implication", "direct"};
static const char *const close_words[] = {"contract", "payment", "alternative"};
static const char *const motive_words[MOTIVE_COUNT] = {"safety", "economy", "prestige", "comfort"};
#define FIND(words, name) find(words, sizeof(words) / sizeof *(words), name)

static int find(const char *const *words, size_t n, const char *name)
{
	for (size_t i = 0; i < n; i++)
		if (!strcmp(words[i], name)) return (int)i;
	return -1;
}

const char *heard_act_word(enum heard_act act)
{
	return act_words[act];
}

/* ---- Learning ---- */

void heard_lexicon(struct lexicon *lexicon, struct arena *arena, int most_patterns, int most_fillers)
{
	*lexicon = (struct lexicon){
		.patterns = ARENA_ARRAY(arena, struct heard_pattern, most_patterns), .room = most_patterns,
		.fillers = ARENA_ARRAY(arena, const char *, most_fillers), .filler_room = most_fillers, .arena = arena,
	};
}

bool heard_filler(struct lexicon *lexicon, const char *word)
{
	if (lexicon->n_fillers == lexicon->filler_room) return false;
	lexicon->fillers[lexicon->n_fillers++] = text_fold(lexicon->arena, word);
	return true;
}

static bool token_read(struct arena *arena, const char *text, size_t n, struct heard_token *token)
{
	*token = (struct heard_token){.kind = TOKEN_WORDS};
	if (n == 1 && *text == '_') token->kind = TOKEN_ANY;
	if (n == 2 && !strncmp(text, "..", 2)) token->kind = TOKEN_GAP;
	if (token->kind != TOKEN_WORDS) return true;
	for (const char *at = text, *end = text + n; at < end;) {
		const char *bar = memchr(at, '|', (size_t)(end - at)), *stop = bar ? bar : end;
		if (token->n == HEARD_ALTERNATIVES || stop == at) return false;
		bool stem = stop[-1] == '*';
		const char *word = text_fold(arena, arena_strndup(arena, at, (size_t)(stop - at) - stem));
		if (!*word) return false;
		token->words[token->n] = word;
		token->lengths[token->n] = (int)strlen(word);
		token->stems[token->n++] = stem;
		at = stop + 1;
	}
	return token->n > 0;
}

static int value_find(enum heard_group group, const char *name)
{
	int level;
	switch (group) {
	case HEARD_OF_ACT: return FIND(act_words, name);
	case HEARD_OF_TYPE: return FIND(type_words, name);
	case HEARD_OF_FUNNEL: return (level = FIND(funnel_words, name)) < 0 ? -1 : LEVEL_SITUATIONAL + level;
	case HEARD_OF_SPIN: return (level = FIND(spin_words, name)) < 0 ? -1 : LEVEL_SITUATION + level;
	case HEARD_OF_CLOSE: return FIND(close_words, name);
	case HEARD_OF_MOTIVE: return FIND(motive_words, name);
	case HEARD_GROUPS: break;
	}
	return -1;
}

bool heard_learn(struct lexicon *lexicon, const char *group_name, const char *name, const char *text)
{
	struct heard_token tokens[HEARD_TOKENS];
	int group = FIND(group_words, group_name), n = 0;
	if (group < 0 || lexicon->n == lexicon->room || *text < '1' || *text > '9' || text[1] != ' ') return false;
	struct heard_pattern pattern = {.group = (enum heard_group)group, .value = value_find((enum heard_group)group, name), .weight = *text - '0'};
	if (pattern.value < 0) return false;
	for (const char *at = text + 2; *at;) {
		size_t length = strcspn(at, " ");
		if (length == 1 && *at == '?') {
			pattern.asks = true;
		} else if (length > 0) {
			bool begins = *at == '^';
			if (begins && n > 0) return false;
			pattern.begins |= begins;
			if (n == HEARD_TOKENS || !token_read(lexicon->arena, at + begins, length - begins, &tokens[n++])) return false;
		}
		at += length + (at[length] == ' ');
	}
	if (n == 0) return false;
	struct heard_token *kept = ARENA_ARRAY(lexicon->arena, struct heard_token, n);
	memcpy(kept, tokens, sizeof *kept * (size_t)n);
	pattern.tokens = kept;
	pattern.n = n;
	lexicon->patterns[lexicon->n++] = pattern;
	return true;
}

/* ---- Hearing ---- */

struct word {
	const char *text;
	int length;
};

struct sentence {
	const struct word *words;
	int n;
	bool asks;
};

static bool letter(unsigned char c)
{
	return c >= 0x80 || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '%';
}

/* Bytes of marks outside ASCII that part words: the ellipsis and quotes (U+2010…U+203A), « and ». */
static int mark(const char *at)
{
	const unsigned char *b = (const unsigned char *)at;
	if (b[0] == 0xe2 && b[1] == 0x80) return 3;
	if (b[0] == 0xc2 && (b[1] == 0xab || b[1] == 0xbb || b[1] == 0xa0)) return 2;
	return 0;
}

/* The next sentence from *at on; its words are laid after those there already. false: there is none. */
static bool sentence_next(const char **at, struct word *words, int *n, struct sentence *ret)
{
	*ret = (struct sentence){.words = words + *n};
	while (**at) {
		const char *from = *at;
		int skip = mark(from);
		if (skip > 0) {
			*at += skip;
		} else if (letter((unsigned char)*from)) {
			while (**at && letter((unsigned char)**at) && mark(*at) == 0) ++*at;
			if (*n < HEARD_WORDS) {
				words[(*n)++] = (struct word){from, (int)(*at - from)};
				ret->n++;
			}
		} else {
			bool digits = from[0] == '.' && from[1] >= '0' && from[1] <= '9';
			ret->asks |= *from == '?';
			++*at;
			if ((*from == '.' || *from == '?' || *from == '!' || *from == ';') && !digits && ret->n > 0) return true;
		}
	}
	return ret->n > 0;
}

static bool token_is(const struct heard_token *token, const struct word *word)
{
	if (token->kind == TOKEN_ANY) return true;
	for (int i = 0; i < token->n; i++) {
		bool fits = token->stems[i] ? word->length >= token->lengths[i] : word->length == token->lengths[i];
		if (fits && !memcmp(word->text, token->words[i], (size_t)token->lengths[i])) return true;
	}
	return false;
}

static bool follows(const struct heard_pattern *pattern, int token, const struct sentence *sentence, int at)
{
	if (token == pattern->n) return true;
	if (pattern->tokens[token].kind == TOKEN_GAP) {
		for (int skip = 0; skip <= HEARD_GAP && at + skip <= sentence->n; skip++)
			if (follows(pattern, token + 1, sentence, at + skip)) return true;
		return false;
	}
	return at < sentence->n && token_is(&pattern->tokens[token], &sentence->words[at]) && follows(pattern, token + 1, sentence, at + 1);
}

static bool filler(const struct lexicon *lexicon, const struct word *word)
{
	for (int i = 0; i < lexicon->n_fillers; i++)
		if ((int)strlen(lexicon->fillers[i]) == word->length && !memcmp(lexicon->fillers[i], word->text, (size_t)word->length)) return true;
	return false;
}

static bool stands_in(const struct lexicon *lexicon, const struct heard_pattern *pattern, const struct sentence *sentence)
{
	if (pattern->asks && !sentence->asks) return false;
	for (int at = 0; at < sentence->n; at++) {
		if (follows(pattern, 0, sentence, at)) return true;
		if (pattern->begins && !filler(lexicon, &sentence->words[at])) return false;
	}
	return false;
}

/* The value of the greatest score among n from `first` on; −1: nothing scores. Equal ones: the later. */
static int greatest(const int *scores, int first, int n)
{
	int best = -1;
	for (int i = first; i < first + n; i++)
		if (scores[i] > 0 && (best < 0 || scores[i] >= scores[best])) best = i;
	return best;
}

struct heard heard_words(const struct lexicon *lexicon, const char *text, struct arena *arena)
{
	struct word words[HEARD_WORDS];
	struct sentence sentences[HEARD_WORDS];
	int n_words = 0, n = 0, scores[HEARD_GROUPS][HEARD_ACTS] = {0};
	bool asks = false;
	for (const char *at = text_fold(arena, text); n < HEARD_WORDS && sentence_next(&at, words, &n_words, &sentences[n]); n++) asks |= sentences[n].asks;
	for (int i = 0; i < lexicon->n; i++) {
		const struct heard_pattern *pattern = &lexicon->patterns[i];
		bool found = false;
		for (int s = 0; s < n && !found; s++) found = stands_in(lexicon, pattern, &sentences[s]);
		if (found) scores[pattern->group][pattern->value] += pattern->weight;
	}
	struct heard heard = {.type = QUESTION_CLOSED};
	int best = greatest(scores[HEARD_OF_ACT], HEARD_SMALL_TALK, HEARD_ACTS - HEARD_SMALL_TALK);
	int type = greatest(scores[HEARD_OF_TYPE], QUESTION_OPEN, QUESTION_FOCUSED + 1);
	/* "Tell me how …" asks without the mark. */
	int asked = asks ? HEARD_ASKS : scores[HEARD_OF_TYPE][QUESTION_OPEN] >= HEARD_ASKS + 1 ? HEARD_ASKS : 0;
	if (best >= 0 && scores[HEARD_OF_ACT][best] >= HEARD_ENOUGH && scores[HEARD_OF_ACT][best] > asked) {
		heard.act = (enum heard_act)best;
		heard.score = scores[HEARD_OF_ACT][best];
	} else if (asked >= HEARD_ENOUGH) {
		heard.act = HEARD_QUESTION;
		heard.score = asked;
	}
	if (type >= 0) heard.type = (enum question_type)type;
	heard.funnel = greatest(scores[HEARD_OF_FUNNEL], LEVEL_SITUATIONAL, 3);
	heard.spin = greatest(scores[HEARD_OF_SPIN], LEVEL_SITUATION, 4);
	int close = greatest(scores[HEARD_OF_CLOSE], CLOSE_CONTRACT, CLOSE_ALTERNATIVE + 1);
	heard.close = close >= 0 ? (enum close_kind)close : CLOSE_CONTRACT;
	for (int i = 0; i < MOTIVE_COUNT; i++)
		if (scores[HEARD_OF_MOTIVE][i] > 0) heard.motives |= MOTIVE_BIT(i);
	return heard;
}

struct move heard_move(const struct heard *heard, enum call_mode mode, bool in_hand)
{
	struct move move = {.motives = heard->motives, .type = heard->type, .close = heard->close};
	switch (heard->act) {
	case HEARD_SMALL_TALK: move.kind = MOVE_SMALL_TALK; break;
	case HEARD_QUESTION:
		if (mode == MODE_NEGOTIATION) {
			move.kind = MOVE_SPIN;
			move.level = heard->spin >= 0 ? (enum question_level)heard->spin : LEVEL_SITUATION;
		} else if (in_hand) {
			move.kind = MOVE_CLARIFY;
		} else {
			move.kind = MOVE_QUESTION;
			move.level = heard->funnel >= 0 ? (enum question_level)heard->funnel : LEVEL_SITUATIONAL;
		}
		break;
	case HEARD_ARGUMENT: move.kind = in_hand ? MOVE_ARGUE : MOVE_POINT; break;
	case HEARD_AGREE_OPINION: move.kind = MOVE_AGREE_OPINION; break;
	case HEARD_AGREE_FACT: move.kind = MOVE_AGREE_FACT; break;
	case HEARD_OFFER: move.kind = MOVE_OFFER; break;
	case HEARD_CLOSING: move.kind = MOVE_CLOSE; break;
	case HEARD_GOODBYE: move.kind = MOVE_GOODBYE; break;
	case HEARD_PRESSURE: move.kind = MOVE_PRESSURE; break;
	case HEARD_OFFER_CUT: move.kind = MOVE_OFFER_CUT; break;
	case HEARD_REFUSE_CUT: move.kind = MOVE_REFUSE_CUT; break;
	case HEARD_NOTHING:
	case HEARD_ACTS: move.kind = MOVE_UNKNOWN; break;
	}
	return move;
}

/* ---- Likeness ---- */

static int words_of(const char *folded, struct word words[HEARD_WORDS])
{
	struct sentence sentence;
	int n = 0;
	while (sentence_next(&folded, words, &n, &sentence)) {}
	for (int i = 0; i < n; i++) {
		int letters = 0, bytes = 0;
		while (bytes < words[i].length && letters < HEARD_STEM) {
			bytes++;
			while (bytes < words[i].length && ((unsigned char)words[i].text[bytes] & 0xc0) == 0x80) bytes++;
			letters++;
		}
		words[i].length = bytes;
	}
	return n;
}

int heard_alike(const char *a, const char *b, struct arena *arena)
{
	struct word one[HEARD_WORDS], other[HEARD_WORDS];
	bool taken[HEARD_WORDS] = {false};
	int n = words_of(text_fold(arena, a), one), m = words_of(text_fold(arena, b), other), both = 0;
	for (int i = 0; i < n; i++)
		for (int j = 0; j < m; j++) {
			if (taken[j] || one[i].length != other[j].length || memcmp(one[i].text, other[j].text, (size_t)one[i].length) != 0) continue;
			taken[j] = true;
			both++;
			break;
		}
	return n + m > 0 ? 200 * both / (n + m) : 0;
}
