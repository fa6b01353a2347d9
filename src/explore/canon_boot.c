/*
 * canon_boot.c - the machine of a scenario: its program and its first state
 *
 * Kernel threads take the task slots after the idle tasks, user tasks those
 * after them: then the lowest free slot is always a user's.
 */
#include "explore/canon.h"

#include <assert.h>

#include "engine/drive.h"

/* --- mistakes, as patches --------------------------------------------------- */

static const struct mistake {
	enum scenario_op op;
	enum patch_kind kind;
	enum path_id path;
	enum op_code code; /* of the op that is patched, */
	uint8_t what;      /* and which: found in the table, not numbered */
} mistakes[] = {
	{ OP_BUG_NOGRAB, PATCH_DROP, PATH_context_switch, OP_DO,
	  ST_mmgrab_lazy_tlb },
	{ OP_BUG_DROPFIRST, PATCH_NEGATE, PATH_context_switch, OP_IF,
	  CO_never },
	{ OP_BUG_EXITNOGRAB, PATCH_DROP, PATH_do_exit, OP_DO,
	  ST_mmgrab_lazy_tlb },
	{ OP_BUG_EXEC, PATCH_NEGATE, PATH_do_execve, OP_IF, CO_never },
	{ OP_BUG_LAZYPT, PATCH_NEGATE, PATH_canon_unmap, OP_IF, CO_never },
};

enum { MISTAKES = sizeof mistakes / sizeof *mistakes };

static struct patch patch_of(const struct program *p, const struct mistake *m)
{
	const struct op *ops = p->path[m->path]->ops;
	uint32_t n = path_length(p->path[m->path]), i = 0;

	while (i < n && (ops[i].code != m->code || ops[i].what != m->what))
		i++;
	assert(i < n);
	return (struct patch){ (uint8_t)m->kind, (uint8_t)m->path, (uint8_t)i };
}

void canon_link(struct canon *c)
{
	bool tables = c->scenario.ops & OP_PT, linked;
	const struct profile *profile =
		profile_find(tables ? "canon-tables" : "canon");
	struct patch patches[MISTAKES];
	uint32_t n = 0;

	linked = program_link(&c->program, profile, NULL, 0);
	for (size_t i = 0; i < MISTAKES; i++)
		if (c->scenario.ops & mistakes[i].op &&
		    c->program.path[mistakes[i].path])
			patches[n++] = patch_of(&c->program, &mistakes[i]);
	linked = linked && program_link(&c->program, profile, patches, n);
	assert(linked);
}

/* --- the first state --------------------------------------------------------- */

static void put(struct canon *c, struct world *w, struct input in)
{
	struct verdict v;

	c->log.count = 0;
	v = engine_input(w, &c->program, &in, &c->log, NULL);
	assert(v.why == REFUSED_NOT);
}

static void start_cpus(struct canon *c, struct world *w)
{
	struct input in;

	for (uint32_t i = 0; drive_boot(w, i, &in); i++) {
		uint32_t cpu = i;

		put(c, w, in);
		while (drive_next(w, &c->program, cpu, false, &in))
			put(c, w, in);
	}
}

static void make_tasks(struct canon *c, struct world *w, uint32_t count,
		       uint32_t flags, mm_id first_mm)
{
	for (uint32_t i = 0; i < count; i++) {
		mm_id mm = first_mm && !c->scenario.share ? first_mm + i
							  : first_mm;

		put(c, w,
		    (struct input){ .kind = IN_TASK,
				    .arg = { i + 1, flags, mm } });
	}
}

static void make_mms(struct canon *c, struct world *w)
{
	const struct scenario *s = &c->scenario;
	uint32_t used = s->share ? s->live > 0 : s->live;

	for (uint32_t i = 0; i < used; i++)
		put(c, w,
		    (struct input){ .kind = IN_MM,
				    .arg = { s->share ? s->live : 1, 1 } });
	if (!c->program.profile.canon_tables)
		return;
	for (mm_id mm = MM_INIT + 1; mm < c->limits.mms; mm++)
		put(c, w,
		    (struct input){ .kind = IN_FORCE,
				    .verb = EV_MM,
				    .arg = { mm, 1, FIELD_OF(mm, tables) } });
}

void canon_boot(struct canon *c, struct world *w)
{
	world_init(w, &c->limits);
	start_cpus(c, w);
	make_mms(c, w);
	make_tasks(c, w, c->scenario.kthreads, PF_KTHREAD, MM_NONE);
	make_tasks(c, w, c->scenario.live, 0, MM_INIT + 1);
}
