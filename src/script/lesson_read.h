/*
 * lesson_read.h - the table of a lesson, field by field
 *
 * Read with lua_rawget() only, inside a protected call: a field that is not
 * what it should be, or that nobody knows, raises an error that names it.
 */
#ifndef SCRIPT_LESSON_READ_H
#define SCRIPT_LESSON_READ_H

#include <stdbool.h>

#include <lua.h>

#include "activemm.h"

/* lesson_read - copies the table at @index into @l; its setup is not run */
void lesson_read(lua_State *L, int index, struct lesson *l);

/* lesson_marked - did the string at @index go through amm.gettext? */
bool lesson_marked(lua_State *L, int index);

/* A table that is read, and the name it goes by in messages. */
struct table {
	lua_State *L;
	int at;
	struct lesson *l;
	const char *name;
};

/* lesson_step_read - one of the steps, into @s */
void lesson_step_read(struct table *t, struct step *s);

/* lesson_fields.c.  Strings belong to the lesson; a field that is not there is
 * NULL, 0 or false.  A number may stand where an expression is wanted. */
void field_check(struct table *t, const char *const *known);
const char *field_string(struct table *t, const char *key);
const char *field_text(struct table *t, const char *key);
const char *field_body(struct table *t);
uint32_t field_number(struct table *t, const char *key);
bool field_flag(struct table *t, const char *key);
void field_lines(struct table *t, const char *key, struct lesson_lines *to);
/* Calls @f for each table in the list @key, or does nothing. */
void field_each(struct table *t, const char *key,
		void (*f)(struct table *item, void *context), void *context);
/* The table @key into @sub, pushed; false: there is none, nothing pushed. */
bool field_table(struct table *t, const char *key, struct table *sub);

#endif
