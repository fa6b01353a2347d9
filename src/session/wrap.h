/*
 * wrap.h - paragraphs into lines
 */
#ifndef SESSION_WRAP_H
#define SESSION_WRAP_H

#include <stddef.h>

struct text;

#define WRAP_COLUMNS 79

/*
 * wrap_text - appends @paragraphs, each line indented by @indent blanks
 *
 * A newline ends a paragraph.  Lines are broken at blanks so that they take at
 * most WRAP_COLUMNS; a word that is longer stands alone.  A paragraph that
 * begins with two blanks is not broken.
 */
void wrap_text(struct text *out, const char *paragraphs, size_t indent);

/*
 * wrap_entry - appends a term and, from column @column on, what it is
 *
 * A term that reaches into the column stands on a line of its own.
 */
void wrap_entry(struct text *out, const char *term, size_t column,
		const char *meaning);

#endif
