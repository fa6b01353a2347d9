/*
 * world.c - how a world is laid out, grown, and told apart from another
 */
#include "engine/world_alpha.h"

#include <assert.h>
#include <string.h>

enum { MAP_LEVELS_MAX = 6 };

static uint32_t words_for_bits(uint32_t bits)
{
	return (bits + 31) / 32;
}

/* A slot map: a bit per slot (set: free), then a bit per word, and so on. */
static uint32_t map_words(uint32_t slots)
{
	uint32_t sum = 0;

	do {
		slots = words_for_bits(slots);
		sum += slots;
	} while (slots > 1);
	return sum;
}

static uint32_t map_slots(const struct world *w, enum slot_map map)
{
	const uint32_t slots[] = { w->max.tasks, w->max.mms, w->max.stacks,
				   w->max.holders };

	return slots[map];
}

uint32_t slot_lowest_free(const struct world *w, enum slot_map map)
{
	uint32_t at[MAP_LEVELS_MAX], levels = 0, bits = map_slots(w, map);
	uint32_t where = w->map_at[map], slot = 0;

	do {
		at[levels++] = where;
		bits = words_for_bits(bits);
		where += bits;
	} while (bits > 1);
	while (levels-- > 0) {
		uint32_t word = *(WORLD_CWORD(w, at[levels]) + slot);

		if (word == 0)
			return 0;
		slot = slot * 32 + (uint32_t)__builtin_ctz(word);
	}
	return slot;
}

void slot_mark(struct world *w, enum slot_map map, uint32_t slot, bool used)
{
	uint32_t where = w->map_at[map], bits = map_slots(w, map);
	bool free = !used;

	do {
		uint32_t *word = WORLD_WORD(w, where) + slot / 32;

		*word = (*word & ~(1u << slot % 32)) | (uint32_t)free
							       << slot % 32;
		free = *word != 0;
		slot /= 32;
		bits = words_for_bits(bits);
		where += bits;
	} while (bits > 1);
}

/* Slots in use among the 32 of word @i of a map; 0 and those past the end are
 * none. */
static uint32_t used_in_word(const struct world *w, enum slot_map map,
			     uint32_t i)
{
	uint32_t slots = map_slots(w, map), last = slots - i * 32;
	uint32_t used = ~*(WORLD_CWORD(w, w->map_at[map]) + i);

	if (last < 32)
		used &= (1u << last) - 1;
	return i == 0 ? used & ~1u : used;
}

uint32_t slot_next_used(const struct world *w, enum slot_map map, uint32_t from)
{
	uint32_t words = words_for_bits(map_slots(w, map));

	for (uint32_t i = from / 32; i < words; i++) {
		uint32_t used = used_in_word(w, map, i);

		if (i == from / 32)
			used &= UINT32_MAX << from % 32;
		if (used)
			return i * 32 + (uint32_t)__builtin_ctz(used);
	}
	return 0;
}

uint32_t slots_used(const struct world *w, enum slot_map map)
{
	uint32_t words = words_for_bits(map_slots(w, map)), n = 0;

	for (uint32_t i = 0; i < words; i++)
		for (uint32_t u = used_in_word(w, map, i); u; u &= u - 1)
			n++;
	return n;
}

uint32_t mask_next(const uint32_t *mask, uint32_t bits, uint32_t from)
{
	while (from < bits) {
		uint32_t word = mask[from / 32] >> from % 32;

		if (word) {
			from += (uint32_t)__builtin_ctz(word);
			return from < bits ? from : bits;
		}
		from = (from / 32 + 1) * 32;
	}
	return bits;
}

struct limits limits_tiny(uint32_t cpus)
{
	return (struct limits){ .cpus = cpus,
				.tasks = cpus + 8,
				.mms = 6,
				.stacks = 2 * cpus + 9,
				.holders = 4 };
}

struct limits limits_class(uint32_t cpus)
{
	return (struct limits){ .cpus = cpus,
				.tasks = cpus + 65,
				.mms = 34,
				.stacks = 2 * cpus + 49,
				.holders = 33 };
}

struct limits limits_trace(uint32_t cpus)
{
	return (struct limits){ .cpus = cpus,
				.tasks = cpus + 1024,
				.mms = 1024,
				.stacks = 2 * cpus + 512,
				.holders = 512 };
}

static uint32_t place(uint32_t *at, size_t size, uint32_t count)
{
	uint32_t here = *at;

	*at += (uint32_t)(size / 4) * count;
	return here;
}

/* Nothing of an Alpha takes room in another machine. */
static void lay_out_alpha(struct world *w, uint32_t *at)
{
	uint32_t alpha = w->max.alpha;

	w->pcb_at = place(at, sizeof(struct pcb), alpha * w->max.tasks);
	w->cpu_data_at =
		place(at, sizeof(struct cpu_data), alpha * w->max.cpus);
	w->context_at = place(at, sizeof(struct context),
			      alpha * w->max.mms * w->max.cpus);
}

/* Offsets of all arrays; the header is the first thing in the block. */
static void lay_out(struct world *w, const struct limits *m)
{
	const uint32_t slots[] = { m->tasks, m->mms, m->stacks, m->holders };
	uint32_t at = sizeof(struct world) / 4;

	w->max = *m;
	w->mask_words = words_for_bits(m->cpus);
	w->actors = m->cpus + m->holders;
	w->cpu_at = place(&at, sizeof(struct cpu), m->cpus);
	w->task_at = place(&at, sizeof(struct task), m->tasks);
	w->mm_at = place(&at, sizeof(struct mm), m->mms);
	w->stack_at = place(&at, sizeof(struct stack), m->stacks);
	w->holder_at = place(&at, sizeof(struct holder), m->holders);
	w->call_at = place(&at, sizeof(struct cross_call), w->actors);
	w->mask_at = place(&at, 4 * w->mask_words, m->mms);
	w->todo_at = place(&at, 4 * w->mask_words, w->actors);
	w->pending_at = place(&at, 4 * words_for_bits(w->actors), m->cpus);
	for (int i = 0; i < 4; i++)
		w->map_at[i] = place(&at, 4, map_words(slots[i]));
	lay_out_alpha(w, &at);
	w->hashed_words = at;
	w->task_shown_at = place(&at, sizeof(struct task_shown), m->tasks);
	w->mm_shown_at = place(&at, sizeof(struct mm_shown), m->mms);
	w->holder_shown_at =
		place(&at, sizeof(struct holder_shown), m->holders);
	w->words = at;
}

size_t world_size(const struct limits *max)
{
	struct world w = { 0 };

	if (max->cpus < 1 || max->cpus > 4096 || max->tasks > 2000000 ||
	    max->mms > 2000000 || max->stacks > 200000 ||
	    max->holders > 60000 || max->alpha > 1 ||
	    (max->alpha && max->cpus > ALPHA_CPUS_MAX))
		return 0;
	lay_out(&w, max);
	return (size_t)w.words * 4;
}

/* Slot 0 of each map is nobody. */
static void mark_free(struct world *w)
{
	for (int map = 0; map < 4; map++) {
		uint32_t first = map == MAP_STACK ? first_pool_stack(w) : 1;

		for (uint32_t s = first; s < map_slots(w, (enum slot_map)map);
		     s++)
			slot_mark(w, (enum slot_map)map, s, false);
	}
}

static void name_idle(struct world *w, task_id t, cpu_id c)
{
	char name[NAME_WORDS * 4] = "swapper/";
	char digits[8];
	size_t n = 0, at = 8;

	do
		digits[n++] = (char)('0' + c % 10);
	while ((c /= 10) != 0);
	while (n > 0)
		name[at++] = digits[--n];
	memcpy(task_shown_of(w, t)->name, name, sizeof name);
}

static void make_idle(struct world *w, cpu_id c)
{
	task_id t = c + 1;

	*task_of(w, t) = (struct task){ .slot = SLOT_LIVE,
					.on_rq = 1,
					.on_cpu = 1,
					.flags = PF_IDLE | PF_KTHREAD };
	*cpu_of(w, c) =
		(struct cpu){ .idle = t,
			      .curr = t,
			      .current = t,
			      .loaded_mm = ref_to(MM_INIT, OWNS_NOTHING) };
	if (w->max.alpha)
		pcb_of(w, t)->ptbr = MM_INIT;
	task_shown_of(w, t)->cpu = c;
	name_idle(w, t, c);
	slot_mark(w, MAP_TASK, t, true);
}

void world_init(struct world *w, const struct limits *max)
{
	size_t size = world_size(max);
	struct limits mine = *max; /* @max may be in @w */

	assert(size > 0);
	memset(w, 0, size);
	lay_out(w, &mine);
	max = &w->max;
	mark_free(w);
	*mm_of(w, MM_INIT) = (struct mm){
		.slot = SLOT_LIVE, .mm_users = 2, .mm_count = 1, .kept = 1
	};
	slot_mark(w, MAP_MM, MM_INIT, true);
	mm_shown_of(w, MM_INIT)->ctx_id = 1;
	for (cpu_id c = 0; c < max->cpus; c++)
		make_idle(w, c);
	task_of(w, 1)->active_mm = ref_to(MM_INIT, OWNS_NOTHING);
	w->last_mm_ctx_id = 1;
	w->next_pid = 1;
	w->next_kernel_pid = 2;
	w->next_mm_serial = 1;
	w->next_task_serial = 1;
}
