/*
 * verify.c - a host without history: a world, and room for one input's events
 */
#include "trace/verify.h"

#include <string.h>

#include "base/mem.h"
#include "trace/import.h"

enum { ROOM = 4 * STEP_EVENTS_MAX };

struct private_world {
	struct world *w;
	const struct program *program;
	struct event event[ROOM];
};

static const struct world *private_now(void *ctx)
{
	const struct private_world *p = ctx;

	return p->w;
}

static enum host_result private_input(void *ctx, const struct input *in)
{
	struct private_world *p = ctx;
	struct event_log log = { .events = p->event, .capacity = ROOM };

	return engine_input(p->w, p->program, in, &log, NULL).why == REFUSED_NOT
		       ? HOST_DONE
		       : HOST_REFUSED;
}

static enum host_result private_grow(void *ctx, const struct limits *max)
{
	struct private_world *p = ctx;
	struct world *more = am_alloc(world_size(max));

	if (!more)
		return HOST_FAILED;
	world_grow(more, max, p->w);
	am_free(p->w);
	p->w = more;
	return HOST_DONE;
}

static bool follow(struct import *im, struct score *s, struct text *why)
{
	enum import_result r;

	do
		r = import_next(im, why);
	while (r == IMPORT_RECORD);
	*s = *import_score(im);
	s->differences = (struct text){ 0 };
	text_add(&s->differences, text_string(&import_score(im)->differences));
	return r == IMPORT_END;
}

static bool follow_privately(const char *path, const struct scout *scout,
			     struct private_world *p, struct score *s,
			     struct text *why)
{
	struct limits max = limits_trace(scout->cpus);
	struct import_host host = { .ctx = p,
				    .program = p->program,
				    .world = private_now,
				    .input = private_input,
				    .grow = private_grow };
	struct import *im;
	bool ok = false;

	p->w = am_alloc(world_size(&max));
	if (!p->w) {
		text_add(why, "out of memory");
		return false;
	}
	world_init(p->w, &max);
	im = import_open(path, scout, &host, why);
	if (im)
		ok = follow(im, s, why);
	import_close(im);
	am_free(p->w);
	return ok;
}

/* The program of the recording's kernel, when none is given. */
static struct program *own_program(const struct scout *scout)
{
	struct program *own = am_alloc(sizeof *own);

	if (own &&
	    !program_link(own, profile_find(scout_kernel(scout)), NULL, 0)) {
		am_free(own);
		own = NULL;
	}
	return own;
}

bool verify_score(const char *path, const struct program *program,
		  struct score *s, struct text *why)
{
	struct scout *scout = am_alloc(sizeof *scout);
	struct private_world *p = am_calloc(1, sizeof *p);
	struct program *own = NULL;
	bool ok = false;

	memset(s, 0, sizeof *s);
	if (!scout || !p) {
		text_add(why, "out of memory");
	} else if (scout_read(scout, path, why)) {
		if (!program)
			own = own_program(scout);
		p->program = program ? program : own;
		if (p->program)
			ok = follow_privately(path, scout, p, s, why);
		else
			text_add(why, "out of memory");
	}
	am_free(own);
	am_free(p);
	am_free(scout);
	return ok;
}

enum verify_result verify_recording(const char *path,
				    const struct program *program,
				    struct text *out)
{
	struct score s;
	enum verify_result r = VERIFY_FAILED;

	if (verify_score(path, program, &s, out)) {
		score_report(&s, out);
		r = score_differs(&s) ? VERIFY_DIFFERS : VERIFY_AGREES;
	}
	text_free(&s.differences);
	return r;
}
