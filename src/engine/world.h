/*
 * world.h - the whole simulated machine as one block of plain 32-bit words
 *
 * A world holds no pointer and no padding, so a snapshot is memcpy, equality is
 * memcmp, and every change is "this word had that value, now it has this one"
 * (event.h).  Arrays are found by offset; their sizes are fixed at boot, and a
 * bigger world is laid out anew and the old one copied in (world_grow).
 *
 * The first part is all that decides what happens next.  The shown part (PIDs,
 * names, serial numbers) follows it and is never read by a statement.
 *
 *	mm 0 is NULL, mm 1 is init_mm; task 0 is nobody, tasks 1..ncpus idle
 *
 * A reference to an mm is a `ref`: the mm's id and what this very pointer owns
 * of it: nothing, one mm_count, one mm_users.  So it is exact at every
 * statement who holds each unit of both counters (check.c, F1 and F4).
 *
 * Kernel: v6.12 include/linux/mm_types.h, sched.h, kernel/sched/sched.h,
 *         arch/x86/include/asm/tlbflush.h
 */
#ifndef ENGINE_WORLD_H
#define ENGINE_WORLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef uint32_t task_id;
typedef uint32_t mm_id;
typedef uint32_t cpu_id;
typedef uint32_t ref;

enum { TASK_NONE = 0, MM_NONE = 0, MM_INIT = 1, STACK_NONE = 0 };
#define CPU_NONE UINT32_MAX
#define MM_SWITCHING 0x3ffffffeu /* LOADED_MM_SWITCHING of tlbflush.h */

/* What a ref owns; the rest of the word is the mm. */
enum { OWNS_NOTHING = 0, OWNS_COUNT = 1, OWNS_USER = 2 };

static inline ref ref_to(mm_id mm, uint32_t owns)
{
	return mm << 2 | owns;
}
static inline mm_id ref_mm(ref r)
{
	return r >> 2;
}
static inline uint32_t ref_owns(ref r)
{
	return r & 3;
}

/* task_struct.__state, .exit_state and .flags: the kernel's numbers */
enum {
	TASK_RUNNING = 0,
	TASK_INTERRUPTIBLE = 1,
	TASK_UNINTERRUPTIBLE = 2,
	TASK_DEAD = 0x80
};
enum { EXIT_DEAD = 0x10, EXIT_ZOMBIE = 0x20 };
enum {
	PF_IDLE = 0x2,
	PF_EXITING = 0x4,
	PF_FORKNOEXEC = 0x40,
	PF_KTHREAD = 0x200000
};
enum { SLOT_FREE = 0, SLOT_EMBRYO = 1, SLOT_LIVE = 2 };
enum { CPU_OFFLINE = 0, CPU_ONLINE = 1, CPU_DYING = 2 };
enum { WORK_NONE = 0, WORK_MMPUT = 1 };
#define MMAP_WRITER UINT32_MAX /* mmap_lock held for writing */

/* Written by the CPU that runs the task; mm also under task_lock. */
struct task {
	uint32_t slot;  /* SLOT_* */
	ref mm;         /* real address space, or NULL */
	ref active_mm;  /* the one in force while on a CPU */
	uint32_t flags; /* PF_* */
	uint32_t state; /* __state */
	uint32_t exit_state;
	uint32_t on_rq;        /* runnable */
	uint32_t on_cpu;       /* from the pick until finish_task() */
	uint32_t stack;        /* kernel path in progress, or STACK_NONE */
	uint32_t vfork_parent; /* who waits for vfork_done of this task */
	uint32_t vfork_child;  /* whom this task waits for */
	uint32_t alloc_lock;   /* task_lock() */
	uint32_t real_parent;
};

/* Counters are written by anyone, atomically. */
struct mm {
	uint32_t slot; /* SLOT_FREE or SLOT_LIVE */
	uint32_t mm_users;
	uint32_t mm_count;
	uint32_t kept;      /* counts that nobody will give back (init_mm) */
	uint32_t mmap_lock; /* readers, or MMAP_WRITER */
	uint32_t tables;    /* user page tables: 0 none, 1 linked, 2 unlinked */
	uint32_t work;    /* WORK_*: a queued work item owns the users' count */
	uint32_t tlb_gen; /* context.tlb_gen */
};

/* Only this CPU writes here. */
struct cpu {
	uint32_t online;  /* CPU_* */
	uint32_t idle;    /* rq->idle */
	uint32_t curr;    /* rq->curr */
	uint32_t current; /* whose registers are loaded: changes in switch_to */
	ref prev_mm;      /* rq->prev_mm */
	ref loaded_mm;    /* cpu_tlbstate.loaded_mm; never owns */
	ref tlb_mm;       /* before 4.14 cpu_tlbstate.active_mm; never owns */
	uint32_t is_lazy; /* cpu_tlbstate_shared.is_lazy, or TLBSTATE_LAZY */
	uint32_t irqs_off;
	uint32_t preempt_count;
	uint32_t sched_stack; /* __schedule() in progress */
	uint32_t irq_stack;   /* interrupt in progress */
	uint32_t walk;        /* canon: the walk cache points into loaded_mm */
};

/*
 * A cross-call in progress, one per actor: it waits for it, so it has no other.
 * The target reads it (flush_tlb_info, call_single_data).
 */
struct cross_call {
	uint32_t func; /* CALL_* or 0 */
	uint32_t mm;   /* plain mm id; MM_NONE: any (batched unmap) */
	uint32_t freed_tables;
	uint32_t start_lo, start_hi, end_lo, end_hi;
	uint32_t new_tlb_gen;
	uint32_t todo;    /* CPUs not looked at yet */
	uint32_t waiting; /* CPUs that have not acknowledged */
};
enum { CALL_NONE = 0, CALL_FLUSH = 1, CALL_SHOOT = 2 };

/* One kernel path in progress: task, number and mm locals. */
enum { STACK_TASKS = 3, STACK_NUMBERS = 5, STACK_REFS = 6 };
struct stack {
	uint32_t slot;
	uint32_t pc;     /* program-wide index of the next op */
	uint32_t below;  /* the path that this one interrupted or called */
	uint32_t result; /* what the last test or decrement said */
	uint32_t task[STACK_TASKS];
	uint32_t number[STACK_NUMBERS];
	ref mm[STACK_REFS];
};

/* A holder outside of the machine: /proc files, KVM, a debugger.  Also hotplug. */
struct holder {
	uint32_t slot;
	uint32_t mm;     /* plain mm id */
	uint32_t users;  /* units of mm_users it owns */
	uint32_t counts; /* units of mm_count it owns */
	uint32_t stack;
};

/* The shown part: what people see, and what never decides anything. */
enum { NAME_WORDS = 4, LABEL_WORDS = 8 };
struct task_shown {
	uint32_t pid;
	uint32_t tgid;
	uint32_t cpu; /* where it runs or last ran */
	uint32_t serial;
	uint32_t name[NAME_WORDS]; /* comm, zero padded */
	uint32_t next_name
		[NAME_WORDS]; /* of the child or program it is making */
};
struct mm_shown {
	uint32_t serial; /* the 7 in mm7, never used twice */
	uint32_t ctx_id;
	uint32_t owner;   /* first task that had it: for messages */
	uint32_t assumed; /* 1: a recording did not name it */
};
struct holder_shown {
	uint32_t label[LABEL_WORDS];
};

struct limits {
	uint32_t cpus, tasks, mms, stacks, holders;
	uint32_t alpha; /* 1: with what only an Alpha has (world_alpha.h) */
};

struct world {
	uint32_t words;        /* of the whole block */
	uint32_t hashed_words; /* up to where the shown part begins */
	struct limits max;
	uint32_t mask_words; /* of one CPU mask */
	uint32_t actors;     /* cpus, then holders */
	uint32_t cpu_at, task_at, mm_at, mask_at, call_at, todo_at, pending_at,
		stack_at, holder_at, map_at[4];
	uint32_t pcb_at, cpu_data_at, context_at; /* Alpha */
	uint32_t task_shown_at, mm_shown_at, holder_shown_at;
	uint32_t program; /* hash of the program that made it */
	/* shown counters */
	uint32_t time; /* statements run since boot */
	uint32_t next_pid, next_kernel_pid, next_mm_serial, next_task_serial,
		last_mm_ctx_id;
};

#define WORLD_WORD(w, at) (((uint32_t *)(w)) + (at))
#define WORLD_CWORD(w, at) (((const uint32_t *)(w)) + (at))

static inline struct cpu *cpu_of(struct world *w, cpu_id c)
{
	return (struct cpu *)WORLD_WORD(w, w->cpu_at) + c;
}
static inline struct task *task_of(struct world *w, task_id t)
{
	return (struct task *)WORLD_WORD(w, w->task_at) + t;
}
static inline struct mm *mm_of(struct world *w, mm_id m)
{
	return (struct mm *)WORLD_WORD(w, w->mm_at) + m;
}
static inline struct cross_call *cross_call_of(struct world *w, uint32_t actor)
{
	return (struct cross_call *)WORLD_WORD(w, w->call_at) + actor;
}
static inline struct stack *stack_of(struct world *w, uint32_t s)
{
	return (struct stack *)WORLD_WORD(w, w->stack_at) + s;
}
static inline struct holder *holder_of(struct world *w, uint32_t h)
{
	return (struct holder *)WORLD_WORD(w, w->holder_at) + h;
}
static inline struct task_shown *task_shown_of(struct world *w, task_id t)
{
	return (struct task_shown *)WORLD_WORD(w, w->task_shown_at) + t;
}
static inline struct mm_shown *mm_shown_of(struct world *w, mm_id m)
{
	return (struct mm_shown *)WORLD_WORD(w, w->mm_shown_at) + m;
}
static inline struct holder_shown *holder_shown_of(struct world *w, uint32_t h)
{
	return (struct holder_shown *)WORLD_WORD(w, w->holder_shown_at) + h;
}

/* The same for readers. */
static inline const struct cpu *world_cpu(const struct world *w, cpu_id c)
{
	return (const struct cpu *)WORLD_CWORD(w, w->cpu_at) + c;
}
static inline const struct task *world_task(const struct world *w, task_id t)
{
	return (const struct task *)WORLD_CWORD(w, w->task_at) + t;
}
static inline const struct mm *world_mm(const struct world *w, mm_id m)
{
	return (const struct mm *)WORLD_CWORD(w, w->mm_at) + m;
}
static inline const struct cross_call *world_call(const struct world *w,
						  uint32_t a)
{
	return (const struct cross_call *)WORLD_CWORD(w, w->call_at) + a;
}
static inline const struct stack *world_stack(const struct world *w, uint32_t s)
{
	return (const struct stack *)WORLD_CWORD(w, w->stack_at) + s;
}
static inline const struct holder *world_holder(const struct world *w,
						uint32_t h)
{
	return (const struct holder *)WORLD_CWORD(w, w->holder_at) + h;
}
static inline const struct task_shown *world_task_shown(const struct world *w,
							task_id t)
{
	return (const struct task_shown *)WORLD_CWORD(w, w->task_shown_at) + t;
}
static inline const struct mm_shown *world_mm_shown(const struct world *w,
						    mm_id m)
{
	return (const struct mm_shown *)WORLD_CWORD(w, w->mm_shown_at) + m;
}
static inline const struct holder_shown *
world_holder_shown(const struct world *w, uint32_t h)
{
	return (const struct holder_shown *)WORLD_CWORD(w, w->holder_shown_at) +
	       h;
}

/* CPU masks: mm_cpumask(mm); an actor's cross-call list; a CPU's pending callers. */
static inline bool bit_in(const uint32_t *mask, uint32_t bit)
{
	return mask[bit / 32] >> bit % 32 & 1;
}
static inline const uint32_t *mm_cpumask(const struct world *w, mm_id m)
{
	return WORLD_CWORD(w, w->mask_at) + (size_t)m * w->mask_words;
}
static inline const uint32_t *call_todo(const struct world *w, uint32_t actor)
{
	return WORLD_CWORD(w, w->todo_at) + (size_t)actor * w->mask_words;
}
static inline uint32_t pending_words(const struct world *w)
{
	return (w->actors + 31) / 32;
}
static inline const uint32_t *cpu_pending(const struct world *w, cpu_id c)
{
	return WORLD_CWORD(w, w->pending_at) + (size_t)c * pending_words(w);
}

/* First set bit at or after @from, or @bits when there is none. */
uint32_t mask_next(const uint32_t *mask, uint32_t bits, uint32_t from);

/* Presets of the design: explorer and hostile build; a class; recordings. */
struct limits limits_tiny(uint32_t cpus);
struct limits limits_class(uint32_t cpus);
struct limits limits_trace(uint32_t cpus);

/* Bytes that a world of these limits takes; 0 when it would not fit. */
size_t world_size(const struct limits *max);

/*
 * world_init - lay out an empty machine as it is at link time
 *
 * @w has world_size(@max) bytes.  init_mm and the idle task of CPU 0 exist, all
 * CPUs are offline.  Boot itself is a kernel path (path_cpu.c).
 * Kernel: mm/init-mm.c, init/init_task.c
 */
void world_init(struct world *w, const struct limits *max);

/* Lays out @to (world_size(@max) bytes) with everything that @from holds. */
void world_grow(struct world *to, const struct limits *max,
		const struct world *from);

/* Lowest free slot, or 0: slot maps make this independent of the world's size. */
enum slot_map { MAP_TASK, MAP_MM, MAP_STACK, MAP_HOLDER };
/* Below it each CPU has its two: scheduler and interrupt; none is given out. */
static inline uint32_t first_pool_stack(const struct world *w)
{
	return 2 * w->max.cpus + 1;
}
uint32_t slot_lowest_free(const struct world *w, enum slot_map map);
void slot_mark(struct world *w, enum slot_map map, uint32_t slot, bool used);
/* The first slot in use at or after @from (0 is never one); 0: there is none. */
uint32_t slot_next_used(const struct world *w, enum slot_map map,
			uint32_t from);
uint32_t slots_used(const struct world *w, enum slot_map map);

/*
 * world_canonical - the state as bytes, without what does not matter
 *
 * Two worlds that can do the same things give the same bytes: growing counters
 * and the shown part are left out, stacks stand with their owners, so that
 * which pool slot they took does not show.  Returns the length in words; @out
 * has room for world_canonical_words(w).
 */
size_t world_canonical_words(const struct world *w);
size_t world_canonical(const struct world *w, uint32_t *out);

#endif
