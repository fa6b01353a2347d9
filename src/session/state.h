/*
 * state.h - the state of a world as tables: tasks, mms, CPUs, holders
 */
#ifndef SESSION_STATE_H
#define SESSION_STATE_H

#include "session/history.h"
#include "session/table.h"

/* Which tasks ps is asked for. */
struct chosen_tasks {
	bool kernel, user, running; /* -k -u -r */
	const task_id *task;        /* or these alone */
	unsigned tasks;
};

void state_tasks(struct table *t, const struct world *w,
		 const struct chosen_tasks *only);
/* One line for each mm. */
void state_mms(struct table *t, const struct world *w);
void state_cpus(struct table *t, const struct world *w,
		const struct program *p);
/* The run queue of @cpu, or of all with CPU_NONE. */
void state_runq(struct table *t, const struct world *w, cpu_id cpu);

/* state_mask - "0,1,3", "-" when empty */
void state_mask(struct text *out, const struct world *w, mm_id mm);
/* state_holders - "sh, kworker/1:0, kvm": who holds units of @unit kind */
void state_holders(struct text *out, const struct world *w, mm_id mm,
		   uint32_t unit);
/* state_holder - the name of one holder */
struct held;
void state_holder(struct text *out, const struct world *w,
		  const struct held *h);

#endif
