/*
 * conversation.h - a session as activemm.c runs it: lines in, text out
 */
#ifndef SESSION_CONVERSATION_H
#define SESSION_CONVERSATION_H

#include "session/session.h"

struct session_config {
	uint32_t cpus;              /* 0: 2 */
	const char *kernel;         /* NULL: "6.12" */
	uint32_t seed;              /* 0: 1 */
	const struct profile *held; /* whatever `boot` says; or NULL */
	bool json, plain, batch, no_shell, journal;
};

/*
 * session_new - a booted machine and what a conversation with it needs
 *
 * Errors: NULL, and a constant sentence in *@why (which may be NULL).
 */
struct amm *session_new(const struct session_config *config,
			const struct upper *upper, const char **why);
void session_free(struct amm *a);

/* session_do - one line, or the last stepping one again when it is empty */
enum outcome session_do(struct amm *a, const char *line, size_t length);
/* session_since - the number of the first event of the last line that changed
 * the machine; of none after going back, and in a machine just booted */
uint64_t session_since(const struct amm *a);
/* session_do_file - `source`, for a name that no line could hold */
enum outcome session_do_file(struct amm *a, const char *name);

/* session_leave - the end of input; see amm_leave() */
bool session_leave(struct amm *a);

/* keep_journal.c: a session that a crash left */
const char *session_unfinished(const struct amm *a);
void session_resume(struct amm *a);
void session_discard(struct amm *a);
void session_finish(struct amm *a);

#endif
