/*
 * stops.h - breakpoints, watchpoints and displays
 *
 * A stop is asked after each statement, forwards and, for reverse-continue,
 * over states of the past; it looks at the statement's events and at the world
 * after them, and changes nothing.
 */
#ifndef SESSION_STOPS_H
#define SESSION_STOPS_H

#include "session/session.h"

enum { STOPS_MAX = 64 };

enum stop_kind { STOP_NONE, STOP_FUNCTION, STOP_EVENT, STOP_WATCH, STOP_SHOW };

struct stop {
	uint8_t kind; /* enum stop_kind; STOP_SHOW is a display */
	bool enabled, once, on_cpu, has_condition;
	cpu_id cpu;
	enum path_id path;
	enum event_kind event;
	struct expr condition; /* `if EXPR`, or the watched or shown one */
	struct value value;    /* STOP_WATCH: as last seen */
	bool known;            /* value is set */
	uint32_t hits;
	char text[128]; /* as typed, for lists */
};

/* Numbers are index + 1 and are not used again. */
struct stops {
	uint32_t count;
	struct stop stop[STOPS_MAX];
};

/* One statement: its events, where its stack rested before, the world after. */
struct instant {
	const struct world *world;
	const struct program *program;
	const struct event *event;
	size_t events;
	cpu_id cpu; /* selected: for % in conditions */
	struct moment at;
	enum form form; /* of the line that says it */
};

/*
 * stops_hit - the number of the first stop that @at hits, or 0
 *
 * Updates what watchpoints saw last.  @why gets a line that says it.
 */
uint32_t stops_hit(struct amm *a, const struct instant *at, struct text *why);

/* Does an enabled breakpoint wait for this event? */
bool stops_expect(const struct stops *s, enum event_kind event);

/* Watchpoints look at the world anew (after time was travelled). */
void stops_refresh(struct amm *a);
/* The displays, shown after each command. */
void stops_show(struct amm *a);
void stops_show_one(struct amm *a, uint32_t number);

command_fn do_break, do_tbreak, do_watch, do_display, do_undisplay, do_delete,
	do_enable, do_disable, look_info_breakpoints, look_info_watchpoints,
	look_info_display;

#endif
