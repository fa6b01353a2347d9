/*
 * narrate.c - from events to effects
 *
 * The events of one statement are taken together: a word that changed twice in
 * it has one effect, and the order is that of the first change.
 */
#include "session/narrate.h"

#include <string.h>

#include "base/mem.h"
#include "session/crosscall.h"
#include "session/effect.h"
#include "session/head.h"
#include "session/show.h"
#include "session/tell.h"

enum { CALLS_MAX = 8 };

struct teller {
	const struct telling *t;
	struct world *w; /* before the statement, then after it */
	struct effects effects;
	struct crosscall call[CALLS_MAX];
	unsigned calls;
};

/* --- cross-calls ---------------------------------------------------------- */

static struct crosscall *call_by(struct teller *k, uint32_t from)
{
	for (unsigned i = 0; i < k->calls; i++)
		if (k->call[i].from == from)
			return &k->call[i];
	return NULL;
}

static void end_call(struct teller *k, struct crosscall *c, bool ended)
{
	crosscall_tell(c, k->w, ended, &k->effects);
	*c = k->call[--k->calls];
}

static struct crosscall *open_call(struct teller *k, uint32_t from)
{
	struct crosscall *c = call_by(k, from);

	if (c)
		return c;
	if (k->calls == CALLS_MAX)
		end_call(k, &k->call[0], false);
	c = &k->call[k->calls++];
	crosscall_begin(c, k->w, k->t->program, from);
	return c;
}

/* --- one statement -------------------------------------------------------- */

static bool starts_group(const struct event *e, const struct event *first)
{
	return e->kind == EV_STEP ||
	       (e->path == PATH_NONE) != (first->path == PATH_NONE);
}

static size_t group_length(const struct event *e, size_t count)
{
	size_t n = 1;

	while (n < count && !starts_group(&e[n], e))
		n++;
	return n;
}

static void gather_call(struct teller *k, const struct statement *s)
{
	const struct event *e = statement_events(s);
	struct crosscall *c = open_call(k, s->from);

	crosscall_see(c, k->t->program, e, s->count);
	if (crosscall_ends(c, k->t->program, e))
		end_call(k, c, true);
}

static void tell_statement(struct teller *k, size_t at, size_t count)
{
	struct statement s = { .w = k->w,
			       .p = k->t->program,
			       .batch = k->t->events,
			       .batch_count = k->t->count,
			       .at = at,
			       .count = count };

	statement_begin(&s);
	for (size_t i = 0; i < count; i++)
		event_fold(k->w, &k->t->events[at + i]);
	head_start(&k->effects, &s);
	tell_effects(&k->effects, &s);
	if (s.in_call && k->t->form != FORM_JSON)
		gather_call(k, &s);
}

/* --- all of them ---------------------------------------------------------- */

static void tell_all(struct teller *k)
{
	const struct event *e = k->t->events;
	size_t n;

	for (size_t i = k->t->count; i > 0; i--)
		event_unfold(k->w, &e[i - 1]);
	for (size_t i = 0; i < k->t->count; i += n) {
		n = group_length(&e[i], k->t->count - i);
		tell_statement(k, i, n);
	}
	while (k->calls)
		end_call(k, &k->call[0], false);
}

bool narrate_effects(struct effects *out, const struct telling *t)
{
	size_t size = (size_t)t->after->words * 4;
	struct teller k = { .t = t,
			    .effects = { .form = t->form,
					 .width = t->width ? t->width : 79,
					 .granularity = t->granularity,
					 .actor = ACTOR_NOBODY } };

	k.w = am_alloc(size);
	*out = k.effects;
	if (!k.w)
		return false;
	memcpy(k.w, t->after, size);
	tell_all(&k);
	am_free(k.w);
	*out = k.effects;
	return !out->failed;
}

bool narrate(struct text *out, const struct telling *t)
{
	struct effects effects;
	bool ok = narrate_effects(&effects, t);

	effects_show(out, &effects);
	effects_free(&effects);
	return ok && !out->failed;
}

/* --- boot ----------------------------------------------------------------- */

static void add_idle_tasks(struct text *out, const struct world *w)
{
	cpu_id last = w->max.cpus - 1;

	if (last > 3) {
		text_addf(out, "cpu0 swapper/0 ... cpu%u swapper/%u", last,
			  last);
		return;
	}
	for (cpu_id c = 0; c <= last; c++)
		text_addf(out, "%scpu%u swapper/%u", c ? ", " : "", c, c);
}

static void boot_json(struct text *out, const struct world *w,
		      const struct profile *p, uint32_t seed)
{
	text_addf(out, "{\"arch\":\"%s\",\"kernel\":\"%s\",\"cpus\":%u,",
		  profile_machine(p), p->name, w->max.cpus);
	if (p->refcount_y)
		text_addf(out, "\"MMU_LAZY_TLB_REFCOUNT\":\"%c\",",
			  p->lazy_refcount ? 'y' : 'n');
	if (p->one_count)
		text_addf(out, "\"seed\":%u,\"init_mm.count\":%u}", seed,
			  world_mm(w, MM_INIT)->mm_users);
	else
		text_addf(out, "\"seed\":%u,\"init_mm.mm_count\":%u}", seed,
			  world_mm(w, MM_INIT)->mm_count);
}

void narrate_boot(struct text *out, const struct world *w,
		  const struct program *p, uint32_t seed, enum form form)
{
	uint32_t n = w->max.cpus;

	if (form == FORM_JSON) {
		boot_json(out, w, &p->profile, seed);
		return;
	}
	text_addf(out, "%s, kernel %s, %u CPU%s", profile_machine(&p->profile),
		  p->profile.name, n, n > 1 ? "s" : "");
	if (p->profile.refcount_y)
		text_addf(out, ", MMU_LAZY_TLB_REFCOUNT=%c",
			  p->profile.lazy_refcount ? 'y' : 'n');
	if (p->profile.lazy_shootdown)
		text_add(out, ", MMU_LAZY_TLB_SHOOTDOWN=y");
	text_addf(out, ", seed %u\n", seed);
	add_idle_tasks(out, w);
	text_add(out, p->profile.one_count ? ": mm init_mm\n"
					   : ": mm NULL, active_mm init_mm\n");
	if (!p->profile.note)
		return;
	text_add(out, "note: ");
	show_wrapped(out, p->profile.note, 6, 79);
	text_add(out, "\n");
}
