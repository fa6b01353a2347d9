/*
 * upper.h - what the layers above bring to a session
 *
 * Session includes nothing of course/, trace/ and explore/: their commands and
 * what else they do come in through these functions.
 */
#ifndef SESSION_UPPER_H
#define SESSION_UPPER_H

#include "session/call.h"
#include "session/error.h"
#include "session/history.h"

struct amm;
struct recording;
struct text;

/* A command: false with @e filled (but for its place) when it is refused. */
typedef bool command_fn(struct amm *a, const struct call *call,
			struct error *e);

/*
 * What a lesson does around commands: course/.
 *
 * command: the function of one of its commands, or NULL.  allows: may this
 * command be done now?  record: a line that changed the session, as the
 * journal has it.  after: a command was done.
 */
struct teaching {
	command_fn *(*command)(enum cmd id);
	bool (*allows)(struct amm *a, const struct call *c, struct error *e);
	void (*record)(struct amm *a, const char *line);
	void (*after)(struct amm *a, const struct call *c);
	void (*prompt)(const struct amm *a, struct text *out);
	void (*free)(struct amm *a);
};

/* What the layers above bring: their commands, and places in recordings. */
struct upper {
	const struct teaching *teaching;
	command_fn *explore, *import_trace;
	bool (*import_position)(const struct amm *a, uint32_t line,
				struct moment *out);
	void (*recording_free)(struct recording *r);
};

#endif
