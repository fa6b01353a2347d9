/*
 * walk.c - random commands
 */
#include "course/walk.h"

#include "course/judge.h"

enum { TRIES = 30 };

/* xorshift64*: any seed but 0 */
static uint32_t draw(uint64_t *chance, uint32_t below)
{
	uint64_t x = *chance ? *chance : 1;

	x ^= x >> 12;
	x ^= x << 25;
	x ^= x >> 27;
	*chance = x;
	return (uint32_t)(x * 0x2545f4914f6cdd1d >> 33) % below;
}

/* The @nth live task, counted around. */
static task_id any_task(const struct world *w, uint32_t nth)
{
	uint32_t live = 0;

	for (task_id t = 1; t < w->max.tasks; t++)
		live += world_task(w, t)->slot == SLOT_LIVE;
	nth %= live ? live : 1;
	for (task_id t = 1; t < w->max.tasks; t++)
		if (world_task(w, t)->slot == SLOT_LIVE && nth-- == 0)
			return t;
	return TASK_NONE;
}

static void random_line(const struct world *w, uint64_t *chance,
			struct text *line)
{
	uint32_t cpu = draw(chance, w->max.cpus);
	uint32_t what = draw(chance, 10);
	task_id t = any_task(w, draw(chance, 1000));

	text_clear(line);
	if (what < 6)
		text_addf(line, "@%u switch %u", cpu,
			  world_task_shown(w, t)->pid);
	else if (what == 6)
		text_addf(line, "@%u idle", cpu);
	else if (what == 7)
		text_addf(line, "@%u exit", cpu);
	else if (what == 8)
		text_addf(line, "spawn walk%u", draw(chance, 1000));
	else
		text_addf(line, "@%u kthread walk%u", cpu, draw(chance, 1000));
}

bool walk_solves(struct trial *x, uint32_t commands, uint64_t *chance)
{
	const struct step *s = course_step(x->a->course);
	struct text line = { 0 };
	bool solved = false;

	for (uint32_t tries = 0; commands > 0 && !solved && tries < TRIES;
	     tries++) {
		random_line(amm_live(x->a), chance, &line);
		if (!trial_line(x, text_string(&line)))
			continue;
		commands--;
		tries = 0;
		solved = judge_solved(x->a, s);
	}
	text_free(&line);
	return solved;
}
