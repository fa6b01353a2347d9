/*
 * event.h - every change of a world, told as it happens
 *
 * Statements never store into a world themselves: they call change() or
 * change_bit(), which tell the event and apply it by the very function that
 * fold uses.  So the events over the old world give the new one, word for
 * word, and unfold goes back.  Events say what changed and why; pictures are
 * drawn from the world.
 */
#ifndef ENGINE_EVENT_H
#define ENGINE_EVENT_H

#include "engine/world.h"

enum event_kind {
#define CHANGE(kind, type) kind,
#define BIT(kind, array) kind,
#define NOTE(kind, name) kind,
#include "engine/event.def"
#undef CHANGE
#undef BIT
#undef NOTE
	EVENT_KINDS
};

/* What the simulated kernel complains about (EV_WARN, EV_OOPS). */
enum trouble {
	TROUBLE_NONE,
	TROUBLE_USE_MM_NOT_KTHREAD,  /* kthread_use_mm: PF_KTHREAD not set */
	TROUBLE_USE_MM_HAS_MM,       /* kthread_use_mm: tsk->mm set */
	TROUBLE_UNUSE_MM_NO_MM,      /* kthread_unuse_mm: no tsk->mm */
	TROUBLE_DROP_INIT_MM,        /* __mmdrop: mm is init_mm */
	TROUBLE_DROP_CURRENT_MM,     /* __mmdrop: current->mm */
	TROUBLE_DROP_CURRENT_ACTIVE, /* __mmdrop: current->active_mm */
	TROUBLE_EXIT_ACTIVE,         /* exit_mm: active_mm is not mm */
	TROUBLE_IDLE_NOT_IDLE,  /* idle_task_exit: wrong task or CPU online */
	TROUBLE_SHOOT_HAS_MM,   /* do_shoot_lazy_tlb: current has an mm */
	TROUBLE_LEAVE_NOT_LAZY, /* leave_mm: not lazy */
	TROUBLE_DEAD_MM,        /* a counter of a freed mm is touched */
	TROUBLE_FAULT,       /* a bad access of the kernel, without a fixup */
	TROUBLE_FAULT_NO_MM, /* the same by a task that has no mm */
	TROUBLE_VMA_OF_NULL, /* mm of a borrower is dereferenced */
	TROUBLE_IDLE_NOT_INIT_MM, /* finish_cpu: the idle task's active_mm */
	TROUBLE_TLB_OTHER, /* switch_mm: cpu_tlbstate.active_mm is another */
	TROUBLE_PREV_BORROWS_NONE, /* schedule: current->active_mm is NULL */
	TROUBLE_NEXT_BORROWS,      /* schedule: next has no mm but borrows */
	TROUBLE_NEXT_NOT_OWN,      /* schedule: next->active_mm is not its mm */
	TROUBLE_COUNT,
};

struct event {
	uint32_t time;  /* number of the statement since boot */
	uint16_t actor; /* CPU, or ncpus + outside holder, that ran it */
	uint8_t kind;
	uint8_t field; /* word of the struct that changed */
	uint16_t path; /* source: path and statement; PATH_NONE: set-up */
	uint16_t statement;
	uint32_t object;
	uint32_t old, new;
	uint32_t holder; /* HOLDER_*: who took or gave a unit */
	uint32_t arg;
};
_Static_assert(sizeof(struct event) == 32, "an event is 32 bytes");

/* A holder is packed into a word: what it is, and which. */
enum holder_kind {
	HOLDER_NOBODY,
	HOLDER_TASK,
	HOLDER_CPU,
	HOLDER_USERS,
	HOLDER_LABEL,
	HOLDER_STACK,
	HOLDER_WORK
};
static inline uint32_t holder_word(enum holder_kind k, uint32_t id)
{
	return (uint32_t)k << 28 | id;
}
static inline enum holder_kind holder_kind(uint32_t h)
{
	return (enum holder_kind)(h >> 28);
}
static inline uint32_t holder_id(uint32_t h)
{
	return h & 0x0fffffff;
}

/* The caller owns the buffer; a step or an entry adds at most STEP_EVENTS_MAX. */
enum { STEP_EVENTS_MAX = 256 };
struct event_log {
	struct event *events;
	size_t count, capacity;
};

#define FIELD_OF(type, member) ((uint8_t)(offsetof(struct type, member) / 4))

/*
 * event_fold   - apply one event forwards; notes but EV_STEP change nothing
 * event_unfold - take it back: the world is as before the event
 *
 * Needs:  @w is the world in which the event was told (fold: before it,
 *         unfold: after it, all later ones taken back).
 */
void event_fold(struct world *w, const struct event *e);
void event_unfold(struct world *w, const struct event *e);

/* The value that the word or bit of a change has in this world now. */
uint32_t event_value(const struct world *w, const struct event *e);

/* The mask whose bits events of @kind about @object change, or NULL. */
uint32_t *event_mask(struct world *w, enum event_kind kind, uint32_t object);

/* A slot word (the first of its struct) changed: keeps the slot maps true. */
void slot_changed(struct world *w, uint8_t kind, uint32_t slot, bool used);

/* Printable name of a kind ("borrow", "EV_TASK" kinds give the struct's name). */
const char *event_kind_name(enum event_kind kind);

#endif
