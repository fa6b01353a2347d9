/*
 * random.c - see random.h
 */
#include "random.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "engine/world_alpha.h"
#include "engine/fault.h"

enum { EPISODE_EVENTS = 4 * STEP_EVENTS_MAX, STEPS_MAX = 20000 };
/* With so few mms two that fork at once are often one too many. */
enum { SCARCE_MMS = 4 };

/* splitmix64 */
uint32_t dice_below(struct dice *d, uint32_t sides)
{
	uint64_t z = d->state += 0x9e3779b97f4a7c15u;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return (uint32_t)((z ^ z >> 31) >> 16) % sides;
}

static uint32_t below(struct episode *e, uint32_t sides)
{
	return dice_below(&e->dice, sides);
}

static bool one_in(struct episode *e, uint32_t sides)
{
	return below(e, sides) == 0;
}

__attribute__((format(printf, 2, 3))) static bool fail(struct episode *e,
						       const char *format, ...)
{
	va_list ap;

	if (e->fault[0])
		return false;
	va_start(ap, format);
	vsnprintf(e->fault, sizeof e->fault, format, ap);
	va_end(ap);
	return false;
}

/* --- one input, checked --------------------------------------------------- */

static bool folds(struct episode *e)
{
	memcpy(e->folded, e->w, e->size);
	for (size_t i = e->log.count; i > 0; i--)
		event_unfold(e->folded, &e->log.events[i - 1]);
	if (memcmp(e->folded, e->before, e->size) != 0)
		return fail(e, "unfold differs");
	for (size_t i = 0; i < e->log.count; i++)
		event_fold(e->folded, &e->log.events[i]);
	if (memcmp(e->folded, e->w, e->size) != 0)
		return fail(e, "fold differs");
	return true;
}

static void digest_events(struct episode *e)
{
	const uint32_t *words = (const uint32_t *)e->log.events;

	for (size_t i = 0; i < e->log.count * sizeof(struct event) / 4; i++)
		e->digest = (e->digest ^ words[i]) * 16777619u;
	e->events += e->log.count;
}

static bool holds(struct episode *e)
{
	struct broken b;

	if (!check_world(e->w, e->p, ~(uint64_t)0, &b, 1))
		return true;
	return fail(e, "%s of %u broken: expected %u, found %u",
		    invariant_name(b.invariant), b.object, b.expected, b.found);
}

/* A bad access is the access's fault, not the kernel's. */
static bool is_complaint(const struct event *ev)
{
	return ev->kind == EV_WARN ||
	       (ev->kind == EV_OOPS && ev->arg != TROUBLE_FAULT &&
		ev->arg != TROUBLE_FAULT_NO_MM);
}

static bool complains(struct episode *e)
{
	for (size_t i = 0; i < e->log.count; i++)
		if (is_complaint(&e->log.events[i])) {
			fail(e, "the simulated kernel complains: %u",
			     e->log.events[i].arg);
			return true;
		}
	return false;
}

static bool same_as_model(struct episode *e)
{
	if (!e->watch.differs)
		return true;
	return fail(e, "model: %s: expected %llu, found %llu", e->watch.differs,
		    (unsigned long long)e->watch.expected,
		    (unsigned long long)e->watch.found);
}

static void cover(struct episode *e, const struct flat_op *op)
{
	for (bool more = op != NULL; more; op++) {
		more = op->atomic;
		if (op->code == FLAT_DO && e->coverage)
			e->coverage->ran[op->path][op->index] = 1;
	}
}

static bool remember(struct episode *e, const struct input *in)
{
	if (e->inputs == e->input_room) {
		e->input_room = 2 * e->input_room + 1024;
		e->input =
			am_realloc(e->input, e->input_room, sizeof *e->input);
		if (!e->input)
			return fail(e, "out of memory");
	}
	e->input[e->inputs++] = *in;
	return true;
}

/* True unless something went wrong; *done says whether it was accepted. */
static bool do_input(struct episode *e, const struct input *in, bool *done)
{
	struct sight seen = watch_look(&e->watch, in);
	struct verdict v;

	memcpy(e->before, e->w, e->size);
	e->log.count = 0;
	v = engine_input(e->w, e->p, in, &e->log, NULL);
	*done = v.why == REFUSED_NOT;
	if (!remember(e, in))
		return false;
	if (!*done) {
		e->refused_seen[v.why]++;
		if (memcmp(e->w, e->before, e->size) != 0 || e->log.count)
			return fail(e, "a refused input changed the world");
		return true;
	}
	e->actor = v.actor;
	e->statements += seen.op != NULL;
	digest_events(e);
	cover(e, seen.op);
	watch_done(&e->watch, in, &v, &seen, e->log.events, e->log.count);
	return !complains(e) && folds(e) && holds(e) && same_as_model(e);
}

/* --- getting on ----------------------------------------------------------- */

/* Up to @count statements of @actor, or what it waits for. */
static bool go_on(struct episode *e, uint32_t actor, uint32_t count)
{
	struct input next;
	bool done;

	while (count-- > 0 && drive_next(e->w, e->p, actor, true, &next))
		if (!do_input(e, &next, &done))
			return false;
	return true;
}

/* Everybody goes on until all are done, or wait for what does not come. */
static bool finish_all(struct episode *e)
{
	struct input next;
	uint32_t steps = 0;

	for (uint32_t a = 0; a < e->w->actors; a++) {
		if (!drive_next(e->w, e->p, a, true, &next))
			continue;
		if (++steps > STEPS_MAX)
			return fail(e, "it does not come to an end");
		if (!go_on(e, a, 1000))
			return false;
		a = UINT32_MAX;
	}
	return true;
}

static bool mid_path(const struct episode *e, cpu_id but)
{
	for (cpu_id c = 0; c < e->w->max.cpus; c++)
		if (c != but && actor_stack(e->w, c))
			return true;
	return false;
}

/* --- what to type --------------------------------------------------------- */

static const uint8_t weights[VERBS] = {
	[VERB_boot] = 1,
	[VERB_spawn] = 10,
	[VERB_fork] = 16,
	[VERB_vfork] = 5,
	[VERB_clone] = 12,
	[VERB_kthread] = 6,
	[VERB_user_mode_thread] = 6,
	[VERB_exec] = 10,
	[VERB_exit] = 14,
	[VERB_switch] = 80,
	[VERB_wake] = 6,
	[VERB_block] = 4,
	[VERB_migrate] = 2,
	[VERB_kthread_use_mm] = 14,
	[VERB_kthread_unuse_mm] = 12,
	[VERB_mmget] = 4,
	[VERB_mmput] = 6,
	[VERB_mmgrab] = 4,
	[VERB_mmdrop] = 6,
	[VERB_mmget_not_zero] = 4,
	[VERB_mmput_async] = 5,
	[VERB_get_task_mm] = 5,
	[VERB_run_work] = 6,
	[VERB_fault] = 10,
	[VERB_flush] = 10,
	[VERB_ipi] = 8,
	[VERB_leave_mm] = 4,
	[VERB_anon_on] = 6,
	[VERB_anon_off] = 6,
	[VERB_wait] = 12,
	[VERB_cpu_down] = 5,
	[VERB_cpu_up] = 6,
};

static uint8_t any_verb(struct episode *e)
{
	uint32_t sum = 0, at;
	uint8_t v = 0;

	if (e->limits.mms == SCARCE_MMS && one_in(e, 3))
		return VERB_fork;
	for (int i = 0; i < VERBS; i++)
		sum += weights[i];
	at = below(e, sum);
	while (at >= weights[v])
		at -= weights[v++];
	return v;
}

/* One that was preempted or sleeps inside a path, or any. */
static task_id any_task(struct episode *e)
{
	task_id t = 1 + below(e, e->w->max.tasks - 1);

	if (one_in(e, 2))
		return t;
	for (uint32_t i = 0; i < e->w->max.tasks; i++) {
		task_id other = 1 + (t + i) % (e->w->max.tasks - 1);

		if (world_task(e->w, other)->stack &&
		    !world_task(e->w, other)->on_cpu)
			return other;
	}
	return t;
}

/* What the current task uses or, where borrowers are counted, borrows. */
static mm_id own_mm(const struct episode *e, cpu_id c)
{
	const struct task *t = world_task(e->w, world_cpu(e->w, c)->current);

	return ref_mm(e->p->profile.lazy_refcount ? t->active_mm : t->mm);
}

/* Rather one that is inside nothing: there is more that it can do. */
static cpu_id any_cpu(struct episode *e)
{
	cpu_id c = below(e, e->w->max.cpus);

	for (int tries = 0; tries < 4 && actor_stack(e->w, c); tries++)
		c = below(e, e->w->max.cpus);
	return c;
}

static uint32_t any_code(struct episode *e)
{
	static const uint32_t bits[] = { X86_PF_USER, X86_PF_INSTR, FAULT_AC,
					 FAULT_FIXUP, FAULT_DISABLED };
	uint32_t code = FAULT_AC;

	for (size_t i = 0; i < sizeof bits / sizeof *bits; i++)
		if (one_in(e, 2))
			code ^= bits[i];
	return code;
}

static struct input any_input(struct episode *e)
{
	struct input in = { .kind = IN_VERB,
			    .verb = any_verb(e),
			    .actor = (uint16_t)any_cpu(e) };

	switch ((enum verb)in.verb) {
	case VERB_switch:
	case VERB_wake:
	case VERB_block:
	case VERB_migrate:
	case VERB_wait:
	case VERB_get_task_mm:
		in.arg[0] = any_task(e);
		in.arg[1] = below(e, e->w->max.cpus);
		break;
	case VERB_ipi:
		in.arg[0] = below(e, e->w->actors);
		break;
	case VERB_fault:
		in.arg[0] = any_code(e);
		in.arg[e->p->profile.i386 ? 1 : 2] =
			one_in(e, 4) ? UINT32_MAX : 0;
		break;
	case VERB_cpu_down:
	case VERB_cpu_up:
		in.arg[0] = below(e, e->w->max.cpus);
		break;
	default:
		in.arg[0] = below(e, e->w->max.mms + 1);
		in.arg[1] = in.verb == VERB_kthread_use_mm || one_in(e, 2);
		break;
	}
	/* On an Alpha the flush of an mm that goes meanwhile does no harm. */
	if (in.verb == VERB_flush && !(e->limits.alpha && one_in(e, 4)))
		in.arg[0] = own_mm(e, in.actor);
	if (in.verb >= VERB_mmget && in.verb <= VERB_run_work)
		name_pack(in.name, LABEL_WORDS, one_in(e, 2) ? "kvm" : "proc");
	return in;
}

/*
 * Hotplug races with shootdown in the kernel as it was (a CPU that is gone is
 * not shot): there a CPU goes only while nothing else happens.
 */
static bool goes_alone(const struct episode *e, const struct input *in)
{
	return in->verb == VERB_cpu_down && e->p->profile.lazy_shootdown &&
	       e->p->path[PATH_idle_task_exit];
}

static struct input likely_input(struct episode *e)
{
	struct input in = any_input(e);

	for (int tries = 0; tries < 12; tries++) {
		if (engine_check(e->w, e->p, &in).why == REFUSED_NOT)
			break;
		in = any_input(e);
	}
	return in;
}

/* --- commands ------------------------------------------------------------- */

/*
 * Who names an mm or a task must see to it that it stays until a reference
 * is taken: a race that the kernel leaves to its callers.
 */
static bool takes_reference(struct episode *e, enum verb v, uint32_t actor)
{
	switch (v) {
	case VERB_mmget:
	case VERB_mmgrab:
	case VERB_mmget_not_zero:
	case VERB_flush:
		return go_on(e, actor, 1);
	case VERB_get_task_mm:
	case VERB_kthread_use_mm:
		if (!go_on(e, actor, 6))
			return false;
		return actor_state(e->w, e->p, actor) != ACTOR_WAITS ||
		       finish_all(e);
	default:
		return true;
	}
}

static bool after_command(struct episode *e, uint32_t actor, bool alone)
{
	if (alone || one_in(e, 20))
		return finish_all(e);
	if (e->limits.mms == SCARCE_MMS && one_in(e, 2))
		return true;
	if (one_in(e, 6))
		return go_on(e, actor, 1000);
	return go_on(e, actor, below(e, 16)) &&
	       go_on(e, below(e, e->w->actors), below(e, 16));
}

static bool command(struct episode *e)
{
	struct input in = one_in(e, 6) ? any_input(e) : likely_input(e);
	bool done, between = mid_path(e, in.actor);
	uint32_t actor;

	if (goes_alone(e, &in) && !world_quiet(e->w, e->p))
		return true;
	e->commands++;
	if (!do_input(e, &in, &done))
		return false;
	e->accepted += done;
	e->in_between += done && between;
	actor = done ? e->actor : in.actor;
	if (done && !takes_reference(e, (enum verb)in.verb, actor))
		return false;
	if (!after_command(e, actor, done && goes_alone(e, &in)))
		return false;
	watch_compare(&e->watch);
	return same_as_model(e);
}

static bool boot(struct episode *e)
{
	struct input next;
	bool done;

	for (uint32_t i = 0; drive_boot(e->w, i, &next); i++)
		if (!do_input(e, &next, &done) || !finish_all(e))
			return false;
	return true;
}

/* Not far from the last ASN, so that every episode comes to it. */
static bool wear_out_asns(struct episode *e)
{
	struct input in = { .kind = IN_FORCE,
			    .verb = EV_CPU_DATA,
			    .arg = { 0, ASN_FIRST_VERSION + EV5_MAX_ASN - 6,
				     FIELD_OF(cpu_data, last_asn) } };
	bool done;

	for (; e->limits.alpha && in.arg[0] < e->limits.cpus; in.arg[0]++)
		if (!do_input(e, &in, &done))
			return false;
	return true;
}

/* The same inputs from the start give the same events and bytes. */
static bool replays(struct episode *e)
{
	uint64_t events = e->events;
	uint32_t digest = e->digest;

	e->events = 0;
	e->digest = 0;
	world_init(e->before, &e->limits);
	for (size_t i = 0; i < e->inputs; i++) {
		e->log.count = 0;
		engine_input(e->before, e->p, &e->input[i], &e->log, NULL);
		digest_events(e);
	}
	if (e->events != events || e->digest != digest)
		return fail(e, "replay gives other events");
	if (memcmp(e->before, e->w, e->size) != 0)
		return fail(e, "replay gives another world");
	return true;
}

bool episode_run(struct episode *e, const struct program *p, uint32_t cpus,
		 uint64_t seed, uint32_t commands)
{
	e->p = p;
	e->limits = limits_tiny(cpus);
	e->limits.alpha = p->profile.arch == ARCH_ALPHA;
	if (seed / 10 % 2 == 0)
		e->limits.mms = SCARCE_MMS;
	e->size = world_size(&e->limits);
	e->dice.state = seed;
	e->w = am_calloc(1, e->size);
	e->before = am_calloc(1, e->size);
	e->folded = am_calloc(1, e->size);
	e->log.events = am_calloc(EPISODE_EVENTS, sizeof *e->log.events);
	e->log.capacity = EPISODE_EVENTS;
	if (!e->w || !e->before || !e->folded || !e->log.events)
		return fail(e, "out of memory");
	world_init(e->w, &e->limits);
	watch_init(&e->watch, e->w, p);
	if (!boot(e) || !wear_out_asns(e))
		return false;
	while (e->commands < commands)
		if (!command(e))
			return false;
	return replays(e);
}

void episode_free(struct episode *e)
{
	am_free(e->w);
	am_free(e->before);
	am_free(e->folded);
	am_free(e->log.events);
	am_free(e->input);
	memset(e, 0, sizeof *e);
}
