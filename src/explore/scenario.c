/*
 * scenario.c - options of the explorer, read
 */
#include "explore/scenario.h"

#include <string.h>

#include "base/escape.h"
#include "base/text.h"
#include "engine/program.h"
#include "session/suggest.h"

enum { STATES_DEFAULT = 20000000 };

static const struct word {
	const char *word;
	uint32_t bit;
} words[] = {
#define OP(id, bit, meaning) { #id, OP_##id },
#include "explore/op.def"
#undef OP
};

void explore_options_init(struct explore_options *o)
{
	*o = (struct explore_options){
		.scenario = { .users = 2,
			      .kthreads = 1,
			      .cpus = 2,
			      .mms = 2,
			      .live = 2,
			      .ops = OP_EXIT },
		.limits = { .states = STATES_DEFAULT },
	};
}

/* As much of a word as a message can hold. */
static void quote(struct text *why, const char *word, size_t length)
{
	enum { QUOTED_MAX = 40 };

	text_add(why, "'");
	escape_text(why, word, length < QUOTED_MAX ? length : QUOTED_MAX);
	text_add(why, length < QUOTED_MAX ? "'" : "...'");
}

/* --- numbers --------------------------------------------------------------- */

static bool read_number(const char *word, uint32_t *number)
{
	uint64_t n = 0;

	if (!*word)
		return false;
	for (; *word; word++) {
		if (*word < '0' || *word > '9' || n > UINT32_MAX / 10)
			return false;
		n = n * 10 + (uint64_t)(*word - '0');
	}
	*number = (uint32_t)n;
	return n < UINT32_MAX;
}

static const struct number {
	const char *name;
	size_t at; /* in struct explore_options */
	uint32_t least, most;
} numbers[] = {
#define NUMBER(name, field) #name, offsetof(struct explore_options, field)
	{ NUMBER(users, scenario.users), 1, SCENARIO_MAX },
	{ NUMBER(kthreads, scenario.kthreads), 0, SCENARIO_MAX },
	{ NUMBER(cpus, scenario.cpus), 1, SCENARIO_MAX },
	{ NUMBER(mms, scenario.mms), 1, SCENARIO_MAX },
	{ NUMBER(live, scenario.live), 0, SCENARIO_MAX },
	{ NUMBER(states, limits.states), 1, 400000000 },
	{ NUMBER(depth, limits.depth), 1, 1000000 },
	{ NUMBER(time, limits.seconds), 1, 1000000 },
#undef NUMBER
};

enum { NUMBERS = sizeof numbers / sizeof *numbers };

static bool set_number(struct explore_options *o, const struct number *n,
		       const char *value, struct text *why)
{
	uint32_t v;

	if (!read_number(value, &v) || v < n->least || v > n->most) {
		text_addf(why, "--%s wants a number from %u to %u, not ",
			  n->name, n->least, n->most);
		quote(why, value, strlen(value));
		return false;
	}
	memcpy((char *)o + n->at, &v, sizeof v);
	if (strcmp(n->name, "live") == 0)
		o->live_given = true;
	return true;
}

/* --- words ----------------------------------------------------------------- */

static bool set_boot(struct explore_options *o, const char *value,
		     struct text *why)
{
	bool share = strcmp(value, "share") == 0;

	if (!share && strcmp(value, "own") != 0) {
		text_add(why, "--boot is 'own' (each task its own mm) or "
			      "'share' (all the same one), not ");
		quote(why, value, strlen(value));
		return false;
	}
	o->scenario.share = share;
	return true;
}

static bool find_op(const char *word, size_t length, uint32_t *ops)
{
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		if (strlen(words[i].word) == length &&
		    memcmp(words[i].word, word, length) == 0) {
			*ops |= words[i].bit;
			return true;
		}
	}
	return false;
}

static void complain_op(const char *word, size_t length, struct text *why)
{
	struct suggest near;
	char phrase[SUGGEST_PHRASE];

	suggest_init(&near, word, length);
	text_add(why, "--ops has no ");
	quote(why, word, length);
	text_add(why, "; it knows");
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		suggest_offer(&near, words[i].word);
		text_addf(why, "%s %s", i ? "," : "", words[i].word);
	}
	suggest_phrase(&near, phrase);
	if (phrase[0])
		text_addf(why, "; %s", phrase);
}

static bool set_ops(struct explore_options *o, const char *value,
		    struct text *why)
{
	uint32_t ops = 0;
	const char *end;

	for (;; value = end + 1) {
		size_t length = strcspn(value, ",");

		end = value + length;
		if (!find_op(value, length, &ops)) {
			complain_op(value, length, why);
			return false;
		}
		if (!*end)
			break;
	}
	o->scenario.ops = ops;
	return true;
}

static bool set_kernel(struct explore_options *o, const char *value,
		       struct text *why)
{
	const struct profile *p = profile_find(value);

	if (!p) {
		text_add(why, "there is no kernel ");
		quote(why, value, strlen(value));
		text_add(why, "; there are");
		for (uint32_t i = 0; profile_at(i); i++)
			text_addf(why, "%s %s", i ? "," : "",
				  profile_at(i)->name);
		return false;
	}
	o->kernel = p->canon ? NULL : p;
	return true;
}

bool explore_option(struct explore_options *o, const char *name,
		    const char *value, struct text *why)
{
	for (size_t i = 0; i < NUMBERS; i++)
		if (strcmp(numbers[i].name, name) == 0)
			return set_number(o, &numbers[i], value, why);
	if (strcmp(name, "boot") == 0)
		return set_boot(o, value, why);
	if (strcmp(name, "ops") == 0)
		return set_ops(o, value, why);
	if (strcmp(name, "kernel") == 0)
		return set_kernel(o, value, why);
	text_add(why, "explore has no option ");
	quote(why, name, strlen(name));
	text_add(why, "; it has --users, --kthreads, --cpus, --mms, --live, "
		      "--boot, --ops, --kernel, --states, --depth and --time");
	return false;
}

bool explore_options_check(struct explore_options *o, struct text *why)
{
	struct scenario *s = &o->scenario;

	if (!o->live_given)
		s->live = s->users;
	if (s->live > s->users) {
		text_addf(why,
			  "there is no room for %u live tasks among %u: --live "
			  "may not be more than --users",
			  s->live, s->users);
		return false;
	}
	if (!s->share && s->live > s->mms) {
		text_addf(why,
			  "%u live tasks with an mm of their own need %u mms, "
			  "not %u: more --mms, or --boot=share",
			  s->live, s->live, s->mms);
		return false;
	}
	if (o->kernel && s->ops & OPS_OF_CANON) {
		text_add(why, "BUG_... and ACCT belong to the canonical model: "
			      "leave them or --kernel out");
		return false;
	}
	return true;
}
