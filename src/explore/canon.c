/*
 * canon.c - the canonical model as something to search
 */
#include "explore/canon.h"

#include <assert.h>
#include <string.h>

#include "base/mem.h"
#include "explore/model.h"

static struct limits limits_of(const struct scenario *s)
{
	uint32_t tasks = s->users + s->kthreads;

	return (struct limits){
		.cpus = s->cpus,
		.tasks = 1 + s->cpus + tasks,
		.mms = 2 + s->mms,
		/* two fixed ones for each CPU, one for each task inside a
		 * path, and one more for each CPU's walk */
		.stacks = 1 + 2 * s->cpus + tasks + s->cpus + s->cpus,
		.holders = 1,
	};
}

struct canon *canon_new(const struct scenario *scenario)
{
	struct canon *c = am_calloc(1, sizeof *c);

	if (!c)
		return NULL;
	c->scenario = *scenario;
	c->limits = limits_of(scenario);
	c->log = (struct event_log){ .events = c->events,
				     .capacity = CANON_EVENTS };
	canon_link(c);
	canon_list_steps(c);
	return c;
}

void canon_free(struct canon *c)
{
	am_free(c);
}

static void init(void *self, uint32_t *state)
{
	canon_boot(self, (struct world *)state);
}

static void input(struct canon *c, struct world *w, const struct input *in)
{
	struct verdict v = engine_input(w, &c->program, in, &c->log, NULL);

	assert(v.why == REFUSED_NOT);
}

static enum taken next(void *self, const uint32_t *from, uint32_t step,
		       uint32_t *to)
{
	struct canon *c = self;
	const struct world *before = (const struct world *)from;
	struct world *w = (struct world *)to;
	struct input in;

	c->last = &c->step[step];
	if (!canon_allows(c, before, c->last, &in))
		return STEP_OFF;
	memcpy(to, from, world_size(&c->limits));
	c->log.count = 0;
	c->acting = world_cpu(before, c->last->cpu)->current;
	input(c, w, &in);
	in.kind = IN_STEP;
	if (canon_enters(c->last))
		input(c, w, &in);
	c->broken = canon_broken(c, before, w);
	return c->broken ? STEP_WRONG : STEP_TAKEN;
}

static size_t key(void *self, const uint32_t *state, uint32_t *out)
{
	(void)self;
	return world_canonical((const struct world *)state, out);
}

struct model canon_model(struct canon *c)
{
	size_t words = world_size(&c->limits) / 4;

	return (struct model){ .self = c,
			       .words = words,
			       .key_words = words,
			       .steps = c->steps,
			       .init = init,
			       .next = next,
			       .key = key,
			       .tell = canon_tell,
			       .complain = canon_complain };
}
