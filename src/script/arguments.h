/*
 * arguments.h - the arguments of a method become a line of the session
 *
 * m:switch{cpu=1, task="sh"} is the line "@1 switch sh": by name or by place,
 * quoted where it must be, lists as words or with commas.  What the command
 * takes comes from the session's table, so nothing here knows a command.
 */
#ifndef SCRIPT_ARGUMENTS_H
#define SCRIPT_ARGUMENTS_H

#include <stdbool.h>

#include <lua.h>

/*
 * arguments_push_line - pushes the line that verb @verb with the arguments
 * from stack place 2 on is
 *
 * They are put into one table, at 2.  Raises for what the verb does not take.
 */
void arguments_push_line(lua_State *L, unsigned verb);

/* arguments_know - does verb @verb take an argument called @key? */
bool arguments_know(unsigned verb, const char *key);

#endif
