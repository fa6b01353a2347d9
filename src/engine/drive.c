/*
 * drive.c - which input comes next
 */
#include "engine/drive.h"

static struct input step_of(uint32_t actor)
{
	return (struct input){ .kind = IN_STEP,
			       .actor = (uint16_t)actor,
			       .count = 1 };
}

/* A CPU in an interrupt that @actor waits for. */
static cpu_id answering(const struct world *w, uint32_t actor)
{
	for (cpu_id c = 0; c < w->max.cpus && world_call(w, actor)->waiting;
	     c++) {
		uint32_t s = world_cpu(w, c)->irq_stack;

		if (s && world_stack(w, s)->number[0] == actor)
			return c;
	}
	return CPU_NONE;
}

static bool drive_answer(const struct world *w, uint32_t actor,
			 struct input *next)
{
	cpu_id c = answering(w, actor);

	if (c != CPU_NONE) {
		*next = step_of(c);
		return true;
	}
	c = ipi_deliverable(w, actor);
	if (c == CPU_NONE)
		return false;
	*next = (struct input){ .kind = IN_VERB,
				.verb = VERB_ipi,
				.actor = (uint16_t)c,
				.arg = { actor } };
	return true;
}

/* A CPU that cpu_down waits for. */
static bool drive_dying(const struct world *w, const struct program *p,
			uint32_t actor, struct input *next)
{
	const struct flat_op *op = actor_op(w, p, actor);
	uint32_t c;

	if (op->what != CO_cpu_is_dead)
		return false;
	c = world_stack(w, actor_stack(w, actor))->number[0];
	if (actor_state(w, p, c) != ACTOR_READY)
		return false;
	*next = step_of(c);
	return true;
}

bool drive_next(const struct world *w, const struct program *p, uint32_t actor,
		bool auto_ipi, struct input *next)
{
	switch (actor_state(w, p, actor)) {
	case ACTOR_READY:
		*next = step_of(actor);
		return true;
	case ACTOR_WAITS:
		return (auto_ipi && drive_answer(w, actor, next)) ||
		       drive_dying(w, p, actor, next);
	default:
		return false;
	}
}

bool drive_boot(const struct world *w, uint32_t i, struct input *next)
{
	*next = (struct input){ .kind = IN_VERB,
				.verb = i ? VERB_cpu_up : VERB_boot,
				.arg = { i } };
	return i < w->max.cpus;
}
