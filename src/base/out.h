/*
 * out.h - the one writer: all that people see passes here
 *
 * What is written is escaped (base/escape.h; newlines pass), gathered, and
 * sent on at out_flush().  Each call is a piece of text of its own.  The first
 * loss is remembered: out_error() tells main(), so that the exit status can
 * say it.  Once a write has failed, all that follows is thrown away.  main()
 * ignores SIGPIPE; a reader who left is then the failure EPIPE.
 *
 * A name from outside may hold a newline, which would pass here: put it into
 * the text with escape_name() first.
 */
#ifndef BASE_OUT_H
#define BASE_OUT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/text.h"

struct out {
	int fd;
	struct text *sink; /* takes the bytes instead of fd, for tests */
	int error;         /* errno of the first loss; 0: all is well */
	bool closed;       /* a write failed: nothing more is sent */
	size_t used;
	char buffer[4096];
};

/* out_init - starts writing to @fd, which stays the caller's */
void out_init(struct out *o, int fd);

/* out_init_text - starts writing to @sink */
void out_init_text(struct out *o, struct text *sink);

/* out_write - writes @length bytes, escaped */
void out_write(struct out *o, const char *bytes, size_t length);

/* out_puts - writes a C string, escaped; adds nothing */
void out_puts(struct out *o, const char *string);

/*
 * out_text - writes a text that was built, escaped
 *
 * Errors: a text that ran out of memory counts as lost output: ENOMEM.
 */
void out_text(struct out *o, const struct text *t);

/* out_printf - writes what printf() would, escaped; errors as out_text() */
void out_printf(struct out *o, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* out_flush - sends on what was gathered; false once output was lost */
bool out_flush(struct out *o);

/* out_error - errno of the first lost output, 0 when none was lost */
int out_error(const struct out *o);

#endif
