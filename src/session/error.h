/*
 * error.h - what to tell a learner who asked wrongly
 *
 * An error says what was wrong, where, and what to try.  It is data until
 * somebody shows it, in one of three forms that say the same:
 *
 *	error[E101]: unknown command 'swich'
 *	  swich sh
 *	  ^~~~~
 *	help: did you mean 'switch'?  ('help' lists commands)
 *
 *	error E101, column 1, "swich": unknown command 'swich'. Help: ...
 *
 *	{"ok":false,"error":{"code":"E101","msg":...,"hint":...,...}}
 *
 * What the simulated kernel does wrong is not an error: it has codes that
 * begin with K- and words of its own (warn, oops), so that nobody mistakes a
 * slip of the keyboard for a bug of the kernel, or the reverse.
 */
#ifndef SESSION_ERROR_H
#define SESSION_ERROR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct text;

enum status {
	STATUS_OK,
#define STATUS(id, number, exit, title, page) STATUS_##id,
#include "session/status.def"
#undef STATUS
	STATUS_COUNT
};

struct status_info {
	unsigned number; /* the 101 of E101 */
	int exit;
	const char *title, *page;
};

const struct status_info *status_info(enum status s);

/* status_find - the status written @word ("E101", "e101"), or STATUS_OK */
enum status status_find(const char *word);

struct error {
	enum status status; /* STATUS_OK: no error */
	uint32_t column;    /* first byte of the place, from 0 */
	uint32_t length;    /* of the place; 0: no place is shown */
	char message[240];
	char hint[240]; /* empty: none */
};

/*
 * error_set - an error at @length bytes from @column of the line
 *
 * Returns false, so that a caller can end with `return error_set(...)`.  The
 * hint is empty until error_hint().  Text that is too long is cut with '~'.
 */
bool error_set(struct error *e, enum status s, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
void error_at(struct error *e, size_t column, size_t length);
void error_hint(struct error *e, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

enum form { FORM_HUMAN, FORM_PLAIN, FORM_JSON };

/* error_show - @e about @line ("" when there is none), a line end included */
void error_show(struct text *out, const struct error *e, const char *line,
		enum form form);

/* What the simulated kernel says when it goes wrong. */
struct complaint {
	bool oops;        /* else a warning */
	const char *code; /* what follows K- */
	const char *message;
	const char *hint; /* NULL: none */
};

void complaint_show(struct text *out, const struct complaint *c,
		    enum form form);

#endif
