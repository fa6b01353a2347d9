/*
 * escape.h - the one rule that makes text from outside safe to show
 *
 * Names, error texts, file contents: none may move the cursor, retitle the
 * window, or make the terminal type.  So text is read as UTF-8; what
 * base/unicode.h calls shown passes, everything else becomes visible and
 * nothing is dropped (dropping would join its neighbours):
 *
 *	^[		a control byte (ESC), ^J a newline, ^? DEL
 *	\x9b		a byte that is not UTF-8
 *	\u{202e}	any other character: C1, bidi, zero width, private use
 *
 * A combining mark needs a shown character before it, and only four may
 * follow one; more become visible.  Escaped text passes unchanged through a
 * second escaping, so a name may be escaped where it is put into a sentence
 * and the sentence again where it is written.
 */
#ifndef BASE_ESCAPE_H
#define BASE_ESCAPE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

#define ESCAPE_BYTES 16 /* room for the longest single escape */
#define NAME_COLUMNS 64 /* what a name is cut to, usually */

/* One pass over a text.  Start with { .newlines = ... }. */
struct escaper {
	bool newlines;       /* '\n' passes: for our own output of many lines */
	unsigned marks_left; /* combining marks that may still follow */
};

/*
 * escape_step - escapes the first character of @bytes, @length > 0
 *
 * Emits:   the shown form in @out, of *@out_length bytes, no NUL.
 * Returns: the bytes of input used, at least 1.
 */
size_t escape_step(struct escaper *e, const char *bytes, size_t length,
		   char out[static ESCAPE_BYTES], size_t *out_length);

/* escape_text - appends @bytes escaped; newlines become ^J */
void escape_text(struct text *out, const char *bytes, size_t length);

/*
 * escape_name - appends @name escaped and cut to @columns screen columns
 *
 * A cut name ends with '~', within the columns.
 */
void escape_name(struct text *out, const char *name, size_t columns);

/*
 * escape_json - appends @bytes as the inside of a JSON string, no quotes
 *
 * The result is ASCII or shown characters only; a byte that is not UTF-8
 * becomes the four characters \x9b, with the backslash doubled as JSON wants.
 */
void escape_json(struct text *out, const char *bytes, size_t length);

/* escape_columns - the screen columns that escaped text takes */
size_t escape_columns(const char *bytes, size_t length);

#endif
