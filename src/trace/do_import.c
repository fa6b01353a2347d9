/*
 * do_import.c - `import trace`: verified, or walked as a time line
 */
#include "trace/do_import.h"

#include <string.h>

#include "base/mem.h"
#include "session/do_machine.h"
#include "session/keep.h"
#include "session/say.h"
#include "session/show.h"
#include "trace/import.h"
#include "trace/places.h"
#include "trace/verify.h"

/* All records are one command. */
struct recording {
	uint32_t command;
	struct places places;
};

void recording_free(struct recording *r)
{
	if (r)
		places_free(&r->places);
	am_free(r);
}

bool recording_position(const struct amm *a, uint32_t line, struct moment *out)
{
	const struct recording *r = a->recording;

	out->command = r->command;
	return places_find(&r->places, line, &out->statement);
}

/* --- the session as a host -------------------------------------------------- */

static const struct world *live(void *ctx)
{
	const struct amm *a = ctx;

	return amm_live(a);
}

static enum host_result give(void *ctx, const struct input *in)
{
	struct amm *a = ctx;
	struct verdict v = history_input(a->history, in);

	if (!history_healthy(a->history))
		return HOST_FAILED;
	return v.why == REFUSED_NOT ? HOST_DONE : HOST_REFUSED;
}

static enum host_result grow(void *ctx, const struct limits *max)
{
	struct amm *a = ctx;

	return history_grow(a->history, max) ? HOST_DONE : HOST_FAILED;
}

/* --- following ---------------------------------------------------------------- */

static bool failed(struct error *e, struct text *why)
{
	error_set(e, STATUS_FILE, "%s", text_string(why));
	text_free(why);
	return false;
}

static enum import_result follow(struct amm *a, struct import *im,
				 struct recording *r, struct text *why)
{
	enum import_result got;

	while ((got = import_next(im, why)) == IMPORT_RECORD) {
		session_tick(a);
		if (a->interrupted) {
			text_add(why, "interrupted");
			return IMPORT_FAILED;
		}
		if (!places_add(&r->places, (uint32_t)import_line(im),
				history_now(a->history).statement)) {
			text_add(why, "out of memory");
			return IMPORT_FAILED;
		}
	}
	return got;
}

static void say_followed(struct amm *a, const struct import *im)
{
	const struct score *s = import_score(im);
	const struct places *p = &a->recording->places;
	struct text m = { 0 };

	if (a->form == FORM_JSON) {
		text_addf(&m,
			  ",\"records\":%zu,\"adoptions\":%llu,"
			  "\"divergences\":%llu",
			  p->count, (unsigned long long)s->adoptions,
			  (unsigned long long)s->divergences);
		say_json(a, text_string(&m));
		text_free(&m);
		return;
	}
	text_addf(&a->out, "%zu records followed, %u statements; ", p->count,
		  history_now(a->history).statement);
	text_addf(&a->out, "adoptions %llu, divergences %llu\n",
		  (unsigned long long)s->adoptions,
		  (unsigned long long)s->divergences);
	if (p->count)
		text_addf(&a->out,
			  "now at line %u; 'goto line:%u' is its "
			  "beginning\n",
			  p->line, p->first_line);
}

/* One entry, one record after the other; what was read stays when it fails. */
static bool follow_all(struct amm *a, const char *path,
		       const struct scout *scout, struct error *e)
{
	struct import_host host = { .ctx = a,
				    .program = a->program,
				    .world = live,
				    .input = give,
				    .grow = grow };
	struct recording *r = am_calloc(1, sizeof *r);
	struct text why = { 0 };
	enum import_result got = IMPORT_FAILED;
	struct import *im;

	if (!r || !history_begin(a->history, keep_line(a), a->cpu)) {
		am_free(r);
		text_add(&why, "out of memory");
		return failed(e, &why);
	}
	r->command = history_now(a->history).command;
	im = import_open(path, scout, &host, &why);
	if (im)
		got = follow(a, im, r, &why);
	history_commit(a->history, false);
	a->recording = r;
	if (got == IMPORT_END)
		say_followed(a, im);
	import_close(im);
	keep_commit(a);
	if (got != IMPORT_END)
		return failed(e, &why);
	text_free(&why);
	return true;
}

static bool walk(struct amm *a, const struct call *c, struct boot *b,
		 struct error *e)
{
	struct scout *scout = am_calloc(1, sizeof *scout);
	struct text why = { 0 };
	bool ok = scout && scout_read(scout, c->arg[0].text, &why);

	if (ok) {
		b->cpus = scout->cpus;
		if (!b->profile)
			b->profile = profile_find(scout_kernel(scout));
		ok = machine_boot(a, b, e) &&
		     follow_all(a, c->arg[0].text, scout, e);
	} else {
		failed(e, &why);
	}
	am_free(scout);
	return ok;
}

/* --- verifying ---------------------------------------------------------------- */

static bool verify(struct amm *a, const struct call *c, const struct boot *b,
		   struct error *e)
{
	struct program *p = NULL;
	struct text report = { 0 };
	enum verify_result r = VERIFY_FAILED;

	if (b->profile)
		p = am_alloc(sizeof *p);
	if (!b->profile || (p && program_link(p, b->profile, NULL, 0)))
		r = verify_recording(c->arg[0].text, p, &report);
	am_free(p);
	if (r == VERIFY_FAILED)
		return failed(e, &report);
	if (r == VERIFY_DIFFERS)
		keep_outcome(a, OUTCOME_NO);
	say_page(a, "report", &report);
	return true;
}

bool do_import_trace(struct amm *a, const struct call *c, struct error *e)
{
	const struct arg *kernel = call_flag(c, "--kernel");
	struct boot b = { .seed = a->seed, .recording = true };

	if (kernel && !machine_profile(kernel->text, &b, e))
		return false;
	if (kernel && b.profile->one_count) {
		error_set(e, STATUS_NO_SUCH_PROFILE,
			  "no recording can be of kernel %s", b.profile->name);
		error_hint(e, "what is recorded are active_mm and two "
			      "counters, which it has not: --kernel=6.12");
		error_at(e, kernel->column, kernel->length);
		return false;
	}
	return call_flag(c, "--verify") ? verify(a, c, &b, e)
					: walk(a, c, &b, e);
}
