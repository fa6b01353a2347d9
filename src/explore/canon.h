/*
 * canon.h - the canonical model as something to search
 *
 * Its kernel paths are those of the profiles canon and canon-tables; a step
 * here is one row of the canonical step table: to pick the next task, to go on
 * with what a CPU is inside of, or to begin something together with its first
 * statement.  Who may begin what is said here (canon_steps.c); everything that
 * changes the world is an input of the engine.
 */
#ifndef EXPLORE_CANON_H
#define EXPLORE_CANON_H

#include "engine/step.h"
#include "explore/scenario.h"

struct canon;
struct canon_rule;

/* One numbered step: @rule on @cpu; @arg is a task, an mm or a CPU. */
struct canon_step {
	const struct canon_rule *rule;
	cpu_id cpu;
	uint32_t arg;
};

enum {
	CANON_RULES_MAX = 12,
	CANON_STEPS_MAX = SCENARIO_MAX * (CANON_RULES_MAX + 4 * SCENARIO_MAX),
	CANON_EVENTS = 4 * STEP_EVENTS_MAX
};

struct canon {
	struct scenario scenario;
	struct limits limits; /* of its worlds */
	struct program program;
	uint32_t steps;
	struct canon_step step[CANON_STEPS_MAX];
	/* of the last step */
	const struct canon_step *last;
	const char *broken; /* "I3: ...", or NULL */
	uint32_t acting;    /* task that was current */
	struct event_log log;
	struct event events[CANON_EVENTS];
};

/* canon_new - NULL when out of memory; canon_free() when done */
struct canon *canon_new(const struct scenario *scenario);
void canon_free(struct canon *c);
/* canon_model - what search_run() wants; valid as long as @c */
struct model canon_model(struct canon *c);

/* canon_boot.c: the program with its mistakes; the first state. */
void canon_link(struct canon *c);
void canon_boot(struct canon *c, struct world *w);

/* canon_steps.c: numbers the steps; may it be taken, as which input? */
void canon_list_steps(struct canon *c);
bool canon_allows(const struct canon *c, const struct world *w,
		  const struct canon_step *step, struct input *in);
bool canon_is_pick(const struct canon_step *step);
/* Does the step go on to the first statement of what it begins? */
bool canon_enters(const struct canon_step *step);

/* canon_check.c: what the last step, from @from to @to, broke, or NULL. */
const char *canon_broken(const struct canon *c, const struct world *from,
			 const struct world *to);

/* canon_words.c: the last step in words. */
void canon_tell(void *self, struct text *out);
void canon_complain(void *self, struct text *out);

#endif
