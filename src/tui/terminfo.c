/*
 * terminfo.c - is this terminal known?
 */
#include "tui/terminfo.h"

#include <curses.h>
#include <term.h>

/* newterm() would say so too, but keeps memory when it fails. */
bool terminfo_knows(int fd)
{
	TERMINAL *before = cur_term;
	int found = 0;
	bool knows = setupterm(NULL, fd, &found) == OK && found == 1 &&
		     cursor_address != NULL;

	if (cur_term != before) {
		del_curterm(cur_term);
		set_curterm(before);
	}
	return knows;
}
