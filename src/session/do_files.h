/*
 * do_files.h - scripts and saved sessions
 */
#ifndef SESSION_DO_FILES_H
#define SESSION_DO_FILES_H

#include "session/session.h"

#define ENGINE_VERSION "0.1.0"

struct lines;
struct script {
	const char *name;
	struct lines *lines;
	bool verbose; /* shows each command before it runs */
	bool quiet;   /* shows only what a command that failed says */
};

/* session_script - the session as the script that makes it again */
void session_script(struct amm *a, struct text *out);
/*
 * session_source - runs a file of commands, to its first error
 *
 * False without @e when one of its commands failed: that was said already.
 */
bool session_source(struct amm *a, const char *name, bool verbose,
		    struct error *e);
/* file_failed - the error that @why says, which is freed; returns false */
bool file_failed(struct error *e, struct text *why);
/* session_prompt - "(amm 0) ", or "amm> " in plain form */
const char *session_prompt(struct amm *a);

#endif
