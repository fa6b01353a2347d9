/*
 * naive.h - the rules of mm_users, mm_count and active_mm a second time
 *
 * Written from the rules, not from the engine: flat lists of who points where,
 * and every count is found by asking all of them again.  Nothing here is ever
 * incremented or decremented.  It is told what a recording of a kernel would
 * show (who was switched to, who let go of an mm) and says what must follow.
 *
 * Tasks, CPUs and outside holders go by their numbers, an mm by its ctx_id.
 */
#ifndef MODEL_NAIVE_H
#define MODEL_NAIVE_H

#include <stdbool.h>
#include <stdint.h>

enum { NAIVE_NO_MM = 0, NAIVE_INIT_MM = 1 };
enum { NAIVE_TASKS = 80, NAIVE_CPUS = 8, NAIVE_HOLDS = 80, NAIVE_STALE = 40 };

struct naive_task {
	bool there, kthread, zombie;
	bool flagged; /* PF_KTHREAD: until exec is through */
	uint64_t mm, active_mm;
	uint64_t leaving; /* its unit of mm_users is not yet given back */
	uint64_t making;  /* an mm that it makes and nobody has yet */
	bool uncounted;   /* 2.2: it has exited, and init_mm does not know */
};

struct naive_cpu {
	bool online;
	bool marked; /* TLBSTATE_LAZY */
	bool left;   /* out of the mask of what it has still loaded */
	uint32_t curr, idle;
	uint64_t loaded_mm;
	uint64_t stale[NAIVE_STALE]; /* mms whose masks it has not left yet */
};

/* How kernels differ. */
struct naive_rules {
	const char *kernel;
	bool shot;       /* borrowers are not counted but shot */
	bool marks;      /* lazy is a state, whatever is loaded */
	bool keeps_cr3;  /* a flush takes a lazy CPU's bit, not its CR3 */
	bool loads_init; /* a kernel thread runs on init_mm at once */
	bool calls_all;  /* a flush calls lazy CPUs too */
	bool stale;      /* a switch leaves its bit behind */
	bool idle_null;  /* the idle task of a dead CPU borrows nothing */
	bool alpha;      /* no lazy flag, no masks, init_mm taken once */
	bool one_count;  /* 2.2: init_mm is an mm like others, nobody borrows */
};

/* One unit that an outside holder or a work item has. */
enum naive_unit { NAIVE_NOTHING, NAIVE_USER, NAIVE_COUNT, NAIVE_WORK };
struct naive_hold {
	enum naive_unit unit;
	uint32_t who;
	uint64_t mm;
};

struct naive {
	struct naive_rules rules;
	struct naive_task task[NAIVE_TASKS];
	struct naive_cpu cpu[NAIVE_CPUS];
	struct naive_hold hold[NAIVE_HOLDS];
	uint32_t lost; /* 2.2: kernel threads that ended with their count */
};

/* CPUs are offline, their idle tasks (@cpu + 1) exist. */
void naive_init(struct naive *n, uint32_t cpus, const char *kernel, bool alpha);

/* What is seen to happen. */
void naive_cpu_up(struct naive *n, uint32_t cpu);
void naive_cpu_dies(struct naive *n, uint32_t cpu);
void naive_makes_mm(struct naive *n, uint32_t task, uint64_t mm);
/* The mm in the making, if it is that, has found its task. */
void naive_new_task(struct naive *n, uint32_t task, bool kthread, uint64_t mm);
void naive_switch(struct naive *n, uint32_t cpu, uint32_t next);
void naive_exec(struct naive *n, uint32_t cpu, uint64_t mm);
void naive_through_exec(struct naive *n, uint32_t cpu);
void naive_loads(struct naive *n, uint32_t cpu);         /* what exec gave it */
void naive_leaves_mm(struct naive *n, uint32_t cpu);     /* exit_mm, unuse_mm */
void naive_exits_to_init(struct naive *n, uint32_t cpu); /* 2.2 */
void naive_marked(struct naive *n, uint32_t cpu);        /* enter_lazy_tlb */
void naive_uses_mm(struct naive *n, uint32_t cpu, uint64_t mm);
void naive_back(struct naive *n, uint32_t cpu); /* end_lazy_tlb */
void naive_put(struct naive *n, uint32_t task); /* mmput of what it left */
void naive_zombie(struct naive *n, uint32_t task);
void naive_reaped(struct naive *n, uint32_t task);
void naive_to_init_mm(struct naive *n, uint32_t cpu); /* leave_mm */
/* A flush of @mm reaches @cpu. */
void naive_flushed(struct naive *n, uint32_t cpu, uint64_t mm);
void naive_hold(struct naive *n, uint32_t who, enum naive_unit unit,
		uint64_t mm);
void naive_release(struct naive *n, uint32_t who, enum naive_unit unit);
/* Without counted borrowers: whoever borrows a dead mm is sent to init_mm. */
void naive_shoot(struct naive *n);

/* What must be. */
uint64_t naive_users(const struct naive *n, uint64_t mm);
uint64_t naive_count(const struct naive *n, uint64_t mm);
bool naive_lazy(const struct naive *n, uint32_t cpu);
bool naive_in_mask(const struct naive *n, uint32_t cpu, uint64_t mm);

#endif
