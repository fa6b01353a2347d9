/*
 * script.h - Lua for a session: `lua`, `source x.lua`, the Lua prompt
 */
#ifndef SCRIPT_SCRIPT_H
#define SCRIPT_SCRIPT_H

struct amm;
struct script;

/*
 * script_new - lets @a run Lua; the state is made at the first use
 *
 * Errors: NULL when out of memory.
 */
struct script *script_new(struct amm *a);
/* script_free - after it @a runs no Lua any more */
void script_free(struct script *x);

#endif
