/*
 * luaname.h - how Lua names a command, and the things it takes
 *
 * From the command table alone, so a new command is a function of Lua too.
 * Blanks and dashes become _, and a word of Lua gets one behind it: reverse_step,
 * goto_.  An argument is named by its kind, a flag by itself; a second one of
 * the same name gets a 2.
 */
#ifndef SESSION_LUANAME_H
#define SESSION_LUANAME_H

#include "activemm.h"
#include "session/call.h"

/* luaname_verb, luaname_item - see amm_verb_at(), amm_item_at() */
bool luaname_verb(enum cmd id, struct amm_verb *verb);
bool luaname_item(enum cmd id, unsigned n, struct amm_item *item);

/* luaname_call - appends the Lua that does what @c does: m:exit{cpu=1} */
void luaname_call(struct text *out, const struct call *c);

#endif
