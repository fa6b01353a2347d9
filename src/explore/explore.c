/*
 * explore.c - searches a small machine whole and says what it found
 */
#include "explore/explore.h"

#include "base/mem.h"
#include "base/text.h"
#include "explore/canon.h"
#include "explore/kernel.h"

static void add_numbers(const struct search_result *r, struct text *out)
{
	text_addf(out, "states %u\nedges %llu\nlevels", r->states,
		  (unsigned long long)r->edges);
	for (uint32_t i = 0; i < r->level_count; i++)
		text_addf(out, " %u", r->levels[i]);
	text_add(out, "\n");
}

/* Takes the steps again, this time telling them. */
static void add_trail(const struct model *m, const struct search_result *r,
		      struct text *out)
{
	uint32_t *states = am_calloc(2 * m->words, sizeof *states);
	uint32_t *from = states, *to = states + m->words;

	if (!states) {
		out->failed = true;
		return;
	}
	text_addf(out, "counterexample %u steps\n", r->trail_count);
	m->init(m->self, from);
	for (uint32_t i = 0; i < r->trail_count; i++) {
		uint32_t *done = from;

		m->next(m->self, from, r->trail[i], to);
		text_addf(out, "%u ", i + 1);
		m->tell(m->self, out);
		text_add(out, "\n");
		from = to;
		to = done;
	}
	text_add(out, "broken ");
	m->complain(m->self, out);
	text_add(out, "\n");
	am_free(states);
}

static void add_end(const struct explore_options *o, enum search_end end,
		    uint32_t depth, struct text *out)
{
	const struct search_limits *l = &o->limits;

	switch (end) {
	case SEARCH_COMPLETE:
	case SEARCH_WRONG:
		return;
	case SEARCH_STATES:
		text_addf(out, "stopped at %u states (--states)", l->states);
		break;
	case SEARCH_DEPTH:
		text_addf(out, "stopped at depth %u (--depth)", l->depth);
		break;
	case SEARCH_SECONDS:
		text_addf(out, "stopped after %u seconds (--time)", l->seconds);
		break;
	case SEARCH_STOPPED:
		text_add(out, "stopped when asked to");
		break;
	case SEARCH_NO_MEMORY:
		text_add(out, "stopped: out of memory");
		break;
	}
	text_addf(out, ": no counterexample up to depth %u\n", depth);
}

/* A level that was not looked at to its end proves nothing. */
static uint32_t searched_depth(const struct search_result *r)
{
	if (r->end == SEARCH_DEPTH)
		return r->level_count - 1;
	return r->level_count > 2 ? r->level_count - 2 : 0;
}

static enum search_end search(const struct explore_options *o,
			      const struct model *m, struct text *out)
{
	struct search_result r;
	enum search_end end;

	search_run(m, &o->limits, &r);
	end = r.end;
	add_numbers(&r, out);
	if (end == SEARCH_WRONG)
		add_trail(m, &r, out);
	add_end(o, end, searched_depth(&r), out);
	search_result_free(&r);
	return end;
}

static enum search_end search_canon(const struct explore_options *o,
				    struct text *out)
{
	struct canon *c = canon_new(&o->scenario);
	enum search_end end = SEARCH_NO_MEMORY;
	struct model m;

	if (c) {
		m = canon_model(c);
		end = search(o, &m, out);
	}
	canon_free(c);
	return end;
}

static enum search_end search_kernel(const struct explore_options *o,
				     struct text *out)
{
	struct kernel *k = kernel_new(&o->scenario, o->kernel, NULL, 0);
	enum search_end end = SEARCH_NO_MEMORY;
	struct model m;

	if (k) {
		m = kernel_model(k);
		end = search(o, &m, out);
	}
	kernel_free(k);
	return end;
}

enum search_end explore_run(const struct explore_options *o, struct text *out)
{
	enum search_end end =
		o->kernel ? search_kernel(o, out) : search_canon(o, out);

	if (end == SEARCH_NO_MEMORY && out->length == 0)
		text_add(out, "stopped: out of memory\n");
	return end;
}

int explore_exit(enum search_end end)
{
	switch (end) {
	case SEARCH_COMPLETE:
		return 0;
	case SEARCH_WRONG:
		return 1;
	default:
		return 6;
	}
}
