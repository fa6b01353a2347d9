/*
 * do_files.h - scripts and saved sessions
 */
#ifndef SESSION_DO_FILES_H
#define SESSION_DO_FILES_H

#include "base/lines.h"
#include "session/session.h"

#define ENGINE_VERSION "0.1.0"

struct script {
	const char *name;
	struct lines *lines;
	bool verbose; /* shows each command before it runs */
	bool quiet;   /* shows only what a command that failed says */
};

/* script_open - here or beside the program; lines_close(s->lines) ends it */
bool script_open(struct amm *a, struct script *s, const char *name,
		 struct error *e);
/* script_next - its next line, joined from those that end in a backslash */
enum lines_result script_next(struct script *s, struct text *line);
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
