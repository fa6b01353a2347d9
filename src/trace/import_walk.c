/*
 * import_walk.c - inputs for the host: the only way the import acts
 *
 * A record brings its CPU to a statement.  What follows that statement without
 * another record being due is run at once (settle), so that after each record
 * the machine is where the kernel was.
 */
#include "trace/import_compare.h"
#include "trace/import_known.h"
#include "trace/import_walk.h"

enum { STATEMENTS_MAX = 4096 };

static bool full(const struct world *w)
{
	return !slot_lowest_free(w, MAP_TASK) || !slot_lowest_free(w, MAP_MM) ||
	       !slot_lowest_free(w, MAP_STACK) ||
	       !slot_lowest_free(w, MAP_HOLDER);
}

static void hand_over(struct import *im, const struct input *in)
{
	if (im->failed)
		return;
	if (im->host.input(im->host.ctx, in) == HOST_FAILED)
		im->failed = true;
}

static bool is_dead(const struct world *w, task_id t)
{
	const struct task *task = world_task(w, t);

	return task->slot == SLOT_LIVE && task->state == TASK_DEAD &&
	       !task->on_cpu && !task->stack;
}

/* Dead tasks go when room is short: no record tells of their reaping. */
static void reap(struct import *im)
{
	const struct world *w = world_now(im);

	for (task_id t = w->max.cpus + 1; t < w->max.tasks; t++) {
		struct input in = { .kind = IN_PATH,
				    .verb = PATH_release_task,
				    .actor = (uint16_t)im->r->cpu,
				    .arg = { t } };
		uint32_t pid = pid_of(im, t);

		if (!is_dead(w, t))
			continue;
		if (bindings_get(&im->pids, pid) == t)
			bindings_drop(&im->pids, pid);
		hand_over(im, &in);
		run_out(im, in.actor, actor_stack(world_now(im), in.actor));
		w = world_now(im);
	}
}

static void double_if(uint32_t *slots, const struct world *w, enum slot_map map)
{
	if (!slot_lowest_free(w, map))
		*slots *= 2;
}

static void make_room(struct import *im)
{
	const struct world *w = world_now(im);
	struct limits more;

	if (!slot_lowest_free(w, MAP_TASK) && slot_lowest_free(w, MAP_STACK))
		reap(im);
	w = world_now(im);
	more = w->max;
	double_if(&more.tasks, w, MAP_TASK);
	double_if(&more.mms, w, MAP_MM);
	double_if(&more.stacks, w, MAP_STACK);
	double_if(&more.holders, w, MAP_HOLDER);
	if (full(w) &&
	    (!world_size(&more) ||
	     im->host.grow(im->host.ctx, &more) != HOST_DONE || !known_fit(im)))
		im->failed = true;
}

void ensure_room(struct import *im)
{
	if (!im->failed && full(world_now(im)))
		make_room(im);
}

void give(struct import *im, const struct input *in)
{
	ensure_room(im);
	hand_over(im, in);
}

void force_for(struct import *im, struct place_of_word at, uint32_t value,
	       uint32_t holder)
{
	struct event word = { .kind = (uint8_t)at.kind,
			      .object = at.object,
			      .field = (uint8_t)at.field,
			      .arg = at.field };
	struct input in = { .kind = IN_FORCE,
			    .verb = (uint8_t)at.kind,
			    .actor = (uint16_t)im->r->cpu,
			    .arg = { at.object, value, at.field, holder } };

	if (event_value(world_now(im), &word) != value)
		hand_over(im, &in);
}

/* Words of a task or CPU are theirs: so is what they own by them. */
void force(struct import *im, enum event_kind kind, uint32_t object,
	   uint32_t field, uint32_t value)
{
	uint32_t holder = kind == EV_TASK  ? holder_word(HOLDER_TASK, object)
			  : kind == EV_CPU ? holder_word(HOLDER_CPU, object)
			  : kind == EV_HOLDER
				  ? holder_word(HOLDER_LABEL, object)
				  : 0;

	force_for(im, (struct place_of_word){ kind, object, field }, value,
		  holder);
}

bool start_path(struct import *im, cpu_id c, enum path_id path,
		const uint32_t args[3])
{
	struct input in = { .kind = IN_PATH,
			    .verb = (uint8_t)path,
			    .actor = (uint16_t)c };

	for (int i = 0; args && i < 3; i++)
		in.arg[i] = args[i];
	if (engine_check(world_now(im), im->p, &in).why == REFUSED_no_such_path)
		return false;
	give(im, &in);
	return !im->failed;
}

void start_switch(struct import *im, cpu_id c, task_id next, uint32_t state)
{
	struct input in = { .kind = IN_SWITCH,
			    .actor = (uint16_t)c,
			    .arg = { next, state } };

	hand_over(im, &in);
}

const struct flat_op *next_op(const struct import *im, uint32_t actor)
{
	return actor_op(world_now(im), im->p, actor);
}

bool step_once(struct import *im, uint32_t actor)
{
	struct input in = { .kind = IN_STEP,
			    .actor = (uint16_t)actor,
			    .count = 1 };

	if (im->failed ||
	    actor_state(world_now(im), im->p, actor) != ACTOR_READY)
		return false;
	hand_over(im, &in);
	return !im->failed;
}

void run_ready(struct import *im, uint32_t actor)
{
	struct input in = { .kind = IN_STEP,
			    .actor = (uint16_t)actor,
			    .count = STATEMENTS_MAX };

	while (!im->failed &&
	       actor_state(world_now(im), im->p, actor) == ACTOR_READY)
		hand_over(im, &in);
}

/* A switch stands at sched_switch until its next record: that one is past. */
static bool in_the_way(const struct flat_op *op)
{
	return op->tracepoint != TP_none && op->tracepoint != TP_sched_switch;
}

bool run_to(struct import *im, uint32_t actor, enum tracepoint_id tp)
{
	for (int i = 0; i < STATEMENTS_MAX; i++) {
		const struct flat_op *op = next_op(im, actor);

		if (!op)
			return false;
		if (op->tracepoint == tp)
			return true;
		if (in_the_way(op) || !step_once(im, actor))
			return false;
	}
	return false;
}

static bool rests(const struct flat_op *op)
{
	return op->tracepoint != TP_none || op->windows & W_SLEEP ||
	       (op->code == FLAT_DO && op->what == ST_switch_to);
}

void settle(struct import *im, uint32_t actor)
{
	for (int i = 0; i < STATEMENTS_MAX; i++) {
		const struct flat_op *op = next_op(im, actor);

		if (!op || rests(op) || !step_once(im, actor))
			return;
	}
}

void carry_on(struct import *im, uint32_t actor)
{
	step_once(im, actor);
	settle(im, actor);
}

/* CPUs that never ran what @actor waits for will not any more. */
bool stop_waiting(struct import *im, uint32_t actor)
{
	const struct world *w = world_now(im);
	const struct flat_op *op = next_op(im, actor);

	if (!op || op->code != FLAT_WAIT || op->what != CO_acked)
		return false;
	for (cpu_id c = 0; c < w->max.cpus; c++)
		if (bit_in(cpu_pending(w, c), actor))
			force(im, EV_PENDING, c, actor, 0);
	force(im, EV_CALL, actor, FIELD_OF(cross_call, waiting), 0);
	return true;
}

void run_out(struct import *im, uint32_t actor, uint32_t stack)
{
	if (stack == STACK_NONE)
		return;
	for (int i = 0; i < STATEMENTS_MAX; i++) {
		if (actor_stack(world_now(im), actor) != stack)
			return;
		if (!step_once(im, actor) && !stop_waiting(im, actor))
			return;
	}
}

mm_id mm_at(const struct import *im, uint32_t actor)
{
	const struct world *w = world_now(im);
	const struct flat_op *op = next_op(im, actor);

	if (!op || OPERAND_KIND(op->arg[0]) != M(0))
		return MM_NONE;
	return ref_mm(world_stack(w, actor_stack(w, actor))
			      ->mm[OPERAND_INDEX(op->arg[0])]);
}

bool reach(struct import *im, cpu_id c, enum tracepoint_id tp)
{
	if (run_to(im, c, tp))
		return true;
	diverge(im, "cpu%u cannot be at %s here", c, tracepoint_name(tp));
	return false;
}
