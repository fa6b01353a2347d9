/*
 * wide.h - UTF-8 and the wide characters of libedit
 *
 * A wchar_t is a Unicode character.  The locale is not asked: a line is UTF-8
 * in every locale, as the language wants it.
 */
#ifndef REPL_WIDE_H
#define REPL_WIDE_H

#include <wchar.h>

#include "base/text.h"

/* wide_add - appends @count characters as UTF-8; what is none becomes U+FFFD */
void wide_add(struct text *out, const wchar_t *wide, size_t count);

/*
 * wide_from - the characters of a UTF-8 text, for am_free()
 *
 * Errors: NULL when out of memory.  A byte that is no UTF-8 becomes U+FFFD.
 */
wchar_t *wide_from(const char *bytes);

#endif
