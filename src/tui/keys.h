/*
 * keys.h - keys of a terminal as the characters that libedit knows them by
 *
 * ncurses gives a key such as Up as one code; ~/.editrc and libedit name it by
 * the characters that terminals send, in the form of normal mode: ESC [ A.  In
 * vi mode ESC is a key of its own, so there such keys become private codes,
 * which nobody can type (they are C1 controls) and edit.c binds in both maps.
 */
#ifndef TUI_KEYS_H
#define TUI_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <wchar.h>

enum { KEYS_CHARACTERS = 6, KEYS_REQUEST = 0x80 };

/* A key as ncurses tells it. */
struct press {
	bool code; /* value is a KEY_ of curses.h, not a character */
	wint_t value;
};

/* keys_characters - fills @out, returns how many; 0: the key means nothing */
size_t keys_characters(const struct press *p, bool vi,
		       wchar_t out[static KEYS_CHARACTERS]);

/* keys_private - the function that private code @nth is for, NULL: no more */
const wchar_t *keys_private(int nth, wchar_t *code);

#endif
