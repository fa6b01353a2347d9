/*
 * text.h - a string that grows
 *
 * All output is built in such texts and shown by base/out.h.  A text is a C
 * string at every moment.  When memory runs out the text stays as it was, and
 * `failed` stays set until text_clear() or text_free(): one check after many appends is
 * enough.
 *
 * Start with `struct text t = { 0 };` and end with text_free(&t).
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct text {
	char *bytes; /* NULL until something is appended: see text_string() */
	size_t length;
	size_t room;
	bool failed; /* something is missing: memory ran out */
};

/* text_string - the text as a C string, "" when empty; valid until it grows */
const char *text_string(const struct text *t);

/*
 * text_append - adds @length bytes as they are
 *
 * Errors: the text is unchanged and marked as failed when out of memory.  So
 * for all functions below.
 */
void text_append(struct text *t, const char *bytes, size_t length);

/* text_add - adds a C string as it is */
void text_add(struct text *t, const char *string);

/* text_addc - adds one byte, @count times: text_addc(t, ' ', 4) */
void text_addc(struct text *t, char byte, size_t count);

/* text_addf, text_addv - add what printf() would print */
void text_addf(struct text *t, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void text_addv(struct text *t, const char *format, va_list args)
	__attribute__((format(printf, 2, 0)));

/* text_addu - adds a number; for what is printed with every line */
void text_addu(struct text *t, uint64_t number);

/* text_cut - shortens the text to @length bytes */
void text_cut(struct text *t, size_t length);

/* text_clear - empties the text, keeps its memory, forgets a failure */
void text_clear(struct text *t);

/* text_free - gives the memory back; the text is then empty and usable */
void text_free(struct text *t);

#endif
