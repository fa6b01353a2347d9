/*
 * do_lua.h - where a script meets the session: `lua`, and lines it runs
 *
 * Session knows no Lua: struct amm_script (activemm.h) stands for it.  A line
 * that a script runs is a line like any other, told and journaled by itself;
 * only what it says goes to the script instead of the people.
 */
#ifndef SESSION_DO_LUA_H
#define SESSION_DO_LUA_H

#include "session/session.h"

struct amm_request; /* activemm.h */

command_fn do_lua;

/* script_show - `--lua`: the Lua that does what @c does */
bool script_show(struct amm *a, const struct call *c);

/* script_file - `source x.lua`; false when it failed, which it said */
bool script_file(struct amm *a, const char *name, struct error *e);
/* script_names - is this the name of a Lua file? */
bool script_names(const char *name);
/* script_run - see amm_run() */
enum outcome script_run(struct amm *a, const struct amm_request *r);
/* script_effects - see amm_effects() */
void script_effects(struct amm *a);
/* script_eval - see amm_eval() */
enum outcome script_eval(struct amm *a, const char *text, size_t length);
/* script_say - see amm_say() */
void script_say(struct amm *a, const char *bytes, size_t length);
/* script_prompt_line - a line typed at the prompt of the script; false with
 * @e when it failed */
bool script_prompt_line(struct amm *a, const char *line, size_t length,
			struct error *e);
/* script_leave - the same for the end of input */
bool script_leave(struct amm *a, struct error *e);
/* script_refuses - fills @e when a script runs what only people may do */
bool script_refuses(const struct amm *a, const struct command *c,
		    struct error *e);
/* script_tell - after a command of people, or a line of a script: tells the
 * script what was committed */
void script_tell(struct amm *a);
/* script_lesson - a lesson file, read with @seed; NULL: why not, in @why */
struct lesson;
struct lesson *script_lesson(const struct amm *a, const char *path,
			     uint32_t seed, struct text *why);
/* script_stops - should the command that runs stop where it is? */
bool script_stops(const struct amm *a);

#endif
