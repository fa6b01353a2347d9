/*
 * show.h - how tasks, mms, CPUs and times are written for people
 *
 * The names that commands take are the names that answers give.  A task whose
 * name others have too is written with its PID, qemu(103).  Names come from
 * outside, so they are escaped here, once.
 */
#ifndef SESSION_SHOW_H
#define SESSION_SHOW_H

#include "base/text.h"
#include "engine/step.h"

struct moment;

/* show_task - "sh", "qemu(103)"; "NULL" for nobody */
void show_task(struct text *out, const struct world *w, task_id t);
/* show_task_key - "task:100"; idle tasks by name, as they all have PID 0 */
void show_task_key(struct text *out, const struct world *w, task_id t);
/* show_comm - its name alone, as in a column that stands beside the PID */
void show_comm(struct text *out, const struct world *w, task_id t);
/* show_mm - "mm1", "init_mm", "NULL"; what a bug left pointing at nothing is
 * "(freed)" */
void show_mm(struct text *out, const struct world *w, mm_id mm);
/* show_label - the label of an outside holder */
void show_label(struct text *out, const struct world *w, uint32_t holder);
/* show_actor - "cpu1", or the label of an outside holder */
void show_actor(struct text *out, const struct world *w, uint32_t actor);
/* show_function - a path without the prefix that only we give it */
void show_function(struct text *out, const struct program *p,
		   enum path_id path);
/* show_moment - "t12", "t12.3" */
void show_moment(struct text *out, struct moment at);

/* show_state - R, S, D, Z or X, as ps writes them */
char show_state(const struct world *w, task_id t);
char show_state_letter(uint32_t state, uint32_t exit_state);

/* show_wrapped - @s, broken at blanks so that it stands in columns @at to
 * @width; the first line begins where the text is now */
void show_wrapped(struct text *out, const char *s, size_t at, size_t width);

/*
 * has_one_count - is this a world of kernel 2.2 (engine/path_2_2.c)?
 *
 * There alone the idle task has an mm, init_mm, and there is one counter, no
 * active_mm, no mm_cpumask, no lazy CPU.
 */
static inline bool has_one_count(const struct world *w)
{
	return ref_mm(world_task(w, 1)->mm) == MM_INIT;
}

/* show_quoted - a JSON string of what @value shows */
void show_quoted(struct text *out, const char *value);

#endif
