/*
 * do_explore.c - `explore`: a small machine of its own, searched whole
 *
 * The machine of the session is not touched.
 */
#include "explore/do_explore.h"

#include <inttypes.h>
#include <string.h>

#include "explore/explore.h"
#include "session/do_lua.h"
#include "session/keep.h"
#include "session/say.h"

static bool wrong(struct error *e, const struct arg *at, struct text *why)
{
	error_set(e, STATUS_FLAG_VALUE, "%s", text_string(why));
	if (at)
		error_at(e, at->column, at->length);
	error_hint(e, "help explore shows what it takes");
	text_free(why);
	return false;
}

/* Numbers may be typed as anywhere: 0x10, 4k. */
static bool set_option(struct explore_options *o, const char *name,
		       const struct arg *value, struct text *why)
{
	struct text number = { 0 };
	bool ok;

	if (value->kind != ARG_NUMBER)
		return explore_option(o, name, value->text, why);
	text_addf(&number, "%" PRIu64, value->number);
	ok = explore_option(o, name, text_string(&number), why);
	text_free(&number);
	return ok;
}

static bool read_options(const struct call *c, struct explore_options *o,
			 struct error *e)
{
	struct text why = { 0 };

	for (unsigned i = 0; i < c->flags; i++) {
		const struct call_flag *f = &c->flag[i];
		char name[32];

		if (f->value.kind == ARG_NONE || f->length < 3)
			continue; /* --count */
		text_cut_to(name,
			    f->length - 1 < sizeof name ? f->length - 1
							: sizeof name,
			    f->name + 2);
		if (!set_option(o, name, &f->value, &why))
			return wrong(e, &f->value, &why);
	}
	if (!explore_options_check(o, &why))
		return wrong(e, NULL, &why);
	text_free(&why);
	return true;
}

static bool interrupted(void *arg)
{
	const struct amm *a = arg;

	session_tick(a);
	return script_stops(a);
}

bool do_explore(struct amm *a, const struct call *c, struct error *e)
{
	struct explore_options o;
	struct text found = { 0 };
	int status;

	explore_options_init(&o);
	if (!read_options(c, &o, e))
		return false;
	o.limits.stop = interrupted;
	o.limits.stop_arg = a;
	status = explore_exit(explore_run(&o, &found));
	if (status != OUTCOME_OK)
		keep_outcome(a, (enum outcome)status);
	say_page(a, "explore", &found);
	return true;
}
