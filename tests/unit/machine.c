/*
 * machine.c - the test machine
 */
#include "test.h"

#include "machine.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"

static struct patch mutation;
static bool mutated;

void machine_mutate(const struct patch *patch)
{
	mutation = *patch;
	mutated = true;
}

/* Events taken back one by one, last first, give the world as it was. */
static void must_unfold(struct machine *m, size_t from)
{
	memcpy(m->unfolded, m->w, m->size);
	for (size_t i = m->log.count; i > from; i--)
		event_unfold(m->unfolded, &m->log.events[i - 1]);
	assert_memory_equal(m->unfolded, m->folded, m->size);
}

/* Events over the world as it was give the world as it is. */
static void must_fold(struct machine *m, size_t from)
{
	for (size_t i = from; i < m->log.count; i++)
		event_fold(m->folded, &m->log.events[i]);
	assert_memory_equal(m->w, m->folded, m->size);
}

/* The inputs so far, from the start, give the same bytes and events. */
static void must_replay(const struct machine *m)
{
	struct event_log log = { .capacity = m->log.count + STEP_EVENTS_MAX };

	log.events = am_calloc(log.capacity, sizeof *log.events);
	assert_non_null(log.events);
	world_init(m->folded, &m->limits);
	for (size_t i = 0; i < m->inputs; i++)
		engine_input(m->folded, &m->program, &m->input[i], &log, NULL);
	assert_int_equal(log.count, m->log.count);
	assert_memory_equal(m->w, m->folded, m->size);
	assert_memory_equal(log.events, m->log.events,
			    log.count * sizeof *log.events);
	am_free(log.events);
}

static void remember(struct machine *m, const struct input *in)
{
	if (m->inputs == m->input_room) {
		m->input_room = 2 * m->input_room + 64;
		m->input =
			am_realloc(m->input, m->input_room, sizeof *m->input);
		assert_non_null(m->input);
	}
	m->input[m->inputs++] = *in;
}

static void note_broken(struct machine *m)
{
	struct broken b;
	size_t n = check_world(m->w, &m->program, ~(uint64_t)0, &b, 1);

	if (n && !m->broken) {
		m->first = b;
		m->first_time = m->w->time;
	}
	m->broken += n;
}

bool machine_input(struct machine *m, const struct input *in)
{
	size_t from = m->log.count;

	if (m->log.capacity - m->log.count < STEP_EVENTS_MAX)
		fail_msg("the test needs a bigger log");
	m->last = engine_input(m->w, &m->program, in, &m->log, NULL);
	must_unfold(m, from);
	must_fold(m, from);
	if (m->last.why != REFUSED_NOT) {
		assert_int_equal(m->log.count, from);
		return false;
	}
	remember(m, in);
	for (size_t i = from; i < m->log.count && !m->may_warn; i++)
		if (m->log.events[i].kind == EV_WARN ||
		    m->log.events[i].kind == EV_OOPS)
			fail_msg("the simulated kernel complains: %u",
				 m->log.events[i].arg);
	if (m->checked)
		note_broken(m);
	return true;
}

uint32_t machine_steps(struct machine *m, uint32_t actor, uint32_t count)
{
	struct input next;
	uint32_t n = 0;

	while (n < count &&
	       drive_next(m->w, &m->program, actor, m->auto_ipi, &next)) {
		assert_true(machine_input(m, &next));
		n++;
	}
	return n;
}

uint32_t machine_finish(struct machine *m, uint32_t actor)
{
	return machine_steps(m, actor, UINT32_MAX);
}

bool machine_begin(struct machine *m, enum verb verb, uint32_t cpu, uint32_t a,
		   uint32_t b, const char *name)
{
	struct input in = { .kind = IN_VERB,
			    .verb = (uint8_t)verb,
			    .actor = (uint16_t)cpu,
			    .arg = { a, b } };

	name_pack(in.name, LABEL_WORDS, name ? name : "");
	return machine_input(m, &in);
}

bool machine_do(struct machine *m, enum verb verb, uint32_t cpu, uint32_t a,
		uint32_t b, const char *name)
{
	if (!machine_begin(m, verb, cpu, a, b, name))
		return false;
	machine_finish(m, m->last.actor);
	return true;
}

static void boot(struct machine *m)
{
	struct input next;

	for (uint32_t i = 0; drive_boot(m->w, i, &next); i++) {
		assert_true(machine_input(m, &next));
		machine_finish(m, m->last.actor);
	}
}

struct machine *machine_of(const struct profile *profile, uint32_t cpus,
			   const struct patch *patches, uint32_t count)
{
	struct machine *m = am_calloc(1, sizeof *m);

	assert_non_null(m);
	assert_true(program_link(&m->program, profile, patches, count));
	m->limits = limits_class(cpus);
	m->limits.alpha = profile->arch == ARCH_ALPHA;
	m->size = world_size(&m->limits);
	m->w = am_calloc(1, m->size);
	m->folded = am_calloc(1, m->size);
	m->unfolded = am_calloc(1, m->size);
	m->log.events = am_calloc(MACHINE_EVENTS, sizeof *m->log.events);
	m->log.capacity = MACHINE_EVENTS;
	assert_non_null(m->log.events);
	m->auto_ipi = true;
	m->checked = true;
	world_init(m->w, &m->limits);
	memcpy(m->folded, m->w, m->size);
	boot(m);
	return m;
}

struct machine *machine_patched(const char *profile, uint32_t cpus,
				const struct patch *patches, uint32_t count)
{
	return machine_of(profile_find(profile), cpus, patches, count);
}

struct machine *machine_new(const char *profile, uint32_t cpus)
{
	bool patched = mutated && strcmp(profile, "6.12") == 0;

	return machine_patched(profile, cpus, &mutation, patched);
}

void machine_free(struct machine *m)
{
	if (!m->by_hand)
		must_replay(m);
	am_free(m->input);
	am_free(m->w);
	am_free(m->folded);
	am_free(m->unfolded);
	am_free(m->log.events);
	am_free(m);
}

task_id machine_task(const struct machine *m, const char *name)
{
	for (task_id t = 1; t < m->w->max.tasks; t++) {
		char shown[NAME_WORDS * 4];

		name_unpack(shown, world_task_shown(m->w, t)->name, NAME_WORDS);
		if (world_task(m->w, t)->slot && strcmp(shown, name) == 0)
			return t;
	}
	return TASK_NONE;
}

mm_id machine_mm(const struct machine *m, uint32_t serial)
{
	for (mm_id mm = MM_INIT + 1; mm < m->w->max.mms; mm++)
		if (world_mm_shown(m->w, mm)->serial == serial)
			return mm;
	return MM_NONE;
}

task_id machine_spawn(struct machine *m, const char *name)
{
	assert_true(machine_do(m, VERB_spawn, 0, 0, 0, name));
	return machine_task(m, name);
}

bool machine_switch(struct machine *m, uint32_t cpu, const char *name)
{
	task_id t = strcmp(name, "idle") == 0 ? world_cpu(m->w, cpu)->idle
					      : machine_task(m, name);

	return machine_do(m, VERB_switch, cpu, t, 0, NULL);
}

uint32_t machine_saw(const struct machine *m, size_t from, enum event_kind kind,
		     uint32_t object)
{
	uint32_t n = 0;

	for (size_t i = from; i < m->log.count; i++)
		n += m->log.events[i].kind == kind &&
		     m->log.events[i].object == object;
	return n;
}

enum path_id machine_place(const struct machine *m, uint32_t actor)
{
	const struct flat_op *op = actor_op(m->w, &m->program, actor);

	return op ? (enum path_id)op->path : PATH_NONE;
}

void machine_run_to(struct machine *m, uint32_t actor,
		    enum statement_id statement)
{
	for (;;) {
		const struct flat_op *op = actor_op(m->w, &m->program, actor);

		assert_non_null(op);
		op += op->code == FLAT_WAIT;
		if (op->code == FLAT_DO && op->what == statement)
			return;
		assert_int_equal(machine_steps(m, actor, 1), 1);
	}
}
